// SPDX-License-Identifier: GPL-3.0-or-later
// The first two blocks of the sample model as a checkpoint of its own, so that a whole run takes less
// than a second, and what runs of it are compared by.
#pragma once

#include "compute/cpu_backend.h"
#include "export/safetensors_writer.h"
#include "checkpoint/strict_json.h"
#include "pipeline/recipe.h"
#include "pipeline/run.h"

#include <QDir>
#include <QFile>
#include <QtTest>
#include <map>

namespace halftone {

inline QString sampleFile(const QString& name)
{
    return QStringLiteral(HALFTONE_RESOURCES "/sample/") + name;
}

inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

inline void writeBytes(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Makes the folder; returns it.
inline QString makeSmallSample(const QString& folder)
{
    QDir().mkpath(folder);
    nlohmann::json config = readStrictJson(sampleFile(QStringLiteral("config.json")));
    config["num_hidden_layers"] = 2;
    writeBytes(folder + QStringLiteral("/config.json"), QByteArray::fromStdString(config.dump(2)));
    for (const char* name : {"tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"})
        QFile::copy(sampleFile(QString::fromLatin1(name)),
                    folder + QLatin1Char('/') + QString::fromLatin1(name));
    const auto sample = Checkpoint::open(sampleFile(QString()));
    std::vector<SafetensorsEntry> entries;
    for (const TensorView& t : sample->tensors())
        if (!t.name.contains(QLatin1String(".layers.")) || t.name.contains(QLatin1String(".layers.0.")) ||
            t.name.contains(QLatin1String(".layers.1.")))
            entries.push_back({t.name, info(t.type).name, t.shape, t.bytes});
    writeSafetensors(folder + QStringLiteral("/model.safetensors"), entries, {});
    return folder;
}

/// PB-LLM with 30 % on three windows of 64 tokens, judged on two.
inline Recipe smallRecipe(const QString& model)
{
    Recipe r;
    r.model = model;
    r.settings = {{"salient_ratio", 0.3}};
    r.calibration = {sampleFile(QStringLiteral("calibration.txt")), 3, 64};
    r.evaluation = {sampleFile(QStringLiteral("held_out.txt")), 2, 64};
    r.backend = QStringLiteral("cpu");
    return r;
}

inline RunResult runTo(const Recipe& recipe, const QString& out, const RunOptions& options = {})
{
    const auto backend = makeCpuBackend();
    Progress progress;
    return runPipeline(recipe, out, *backend, progress, options);
}

/// Every file that must be equal from run to run: all but the times and the page that shows them.
inline std::map<QString, QByteArray> lastingFiles(const QString& folder)
{
    std::map<QString, QByteArray> out;
    for (const QString& name : QDir(folder).entryList(QDir::Files | QDir::Hidden))
        if (name != QLatin1String("times.json") && name != QLatin1String("report.html"))
            out[name] = bytesOf(folder + QLatin1Char('/') + name);
    return out;
}

/// Names of the files that differ or are missing; empty for equal folders.
inline QStringList differences(const QString& folder, const QString& other)
{
    const auto a = lastingFiles(folder), b = lastingFiles(other);
    QStringList out;
    for (const auto& [name, bytes] : a)
        if (!b.contains(name) || b.at(name) != bytes)
            out << name;
    for (const auto& [name, bytes] : b)
        if (!a.contains(name))
            out << name;
    return a.empty() ? QStringList{QStringLiteral("(empty)")} : out;
}

/// The sentence of the Error that a call throws; empty if it throws none.
template <typename Call>
QString sentenceOf(Call call)
{
    try {
        call();
    } catch (const Error& e) {
        return e.sentence();
    }
    return {};
}

} // namespace halftone
