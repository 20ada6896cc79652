// SPDX-License-Identifier: GPL-3.0-or-later
// halftone-cli as a person's shell runs it.
#pragma once

#include "../pipeline/small_sample.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace halftone {

struct Said
{
    int code = -1;       ///< exit code; -2 for a crash, -3 when it did not end
    QString out, error;
    nlohmann::json json() const { return nlohmann::json::parse(out.toStdString(), nullptr, false); }
};

inline QProcessEnvironment cliEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HALFTONE_RESOURCES"), QStringLiteral(HALFTONE_RESOURCES));
    return environment;
}

inline Said run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessEnvironment(cliEnvironment());
    process.start(program, arguments);
    Said said;
    if (!process.waitForFinished(300000)) {
        process.kill();
        process.waitForFinished();
        said.code = -3;
        return said;
    }
    said.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    said.out = QString::fromUtf8(process.readAllStandardOutput());
    said.error = QString::fromUtf8(process.readAllStandardError());
    return said;
}

inline Said cli(const QStringList& arguments)
{
    return run(QStringLiteral(HALFTONE_CLI), arguments);
}

/// The flags of a run that takes half a second on the small sample.
inline QStringList smallFlags()
{
    return {QStringLiteral("--windows"), QStringLiteral("2"), QStringLiteral("--context"), QStringLiteral("64"),
            QStringLiteral("--calibration"), sampleFile(QStringLiteral("calibration.txt")),
            QStringLiteral("--evaluation"), sampleFile(QStringLiteral("held_out.txt")),
            QStringLiteral("--evaluation-windows"), QStringLiteral("2"),
            QStringLiteral("--evaluation-context"), QStringLiteral("64")};
}

/// Splits at spaces: for tables of commands.
inline QStringList words(const QString& line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace halftone
