// SPDX-License-Identifier: GPL-3.0-or-later
// bench_export MODEL [FOLDER [TYPES]]: how fast a model is written in every target and type (or TYPES of GGUF, with
// commas between), in MB of the model's own files a second, checksums and sync included. FOLDER is where the files go
// and vanish again.
#include "export/targets.h"

#include "base/error.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <chrono>
#include <cstdio>
#include <ctime>

using namespace halftone;

namespace {

void row(const ExportTarget& target, const ExportType& type, const Checkpoint& model, const QString& folder)
{
    double wall = 1e9, processor = 1e9;
    std::int64_t bytes = 0;
    for (int i = 0; i < 3; ++i) {
        ExportChoices choices;
        choices.type = choices.embeddingType = choices.headType = type.id;
        if (target.id() != QLatin1String("gguf"))
            choices.embeddingType = choices.headType = QString();
        const QString out = folder + QStringLiteral("/out");
        Progress progress;
        const std::clock_t ticks = std::clock();
        const auto begin = std::chrono::steady_clock::now();
        try {
            bytes = writeExport(target, out, model, choices, progress).bytes;
        } catch (const Error& e) {
            std::printf("%-20s %-6s %s\n", qPrintable(target.id()), qPrintable(type.id), e.what());
            return;
        }
        wall = std::min(wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        processor = std::min(processor, static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
        QFileInfo(out).isDir() ? QDir(out).removeRecursively() : QFile::remove(out);
    }
    const double megabytes = static_cast<double>(model.fileBytes()) / 1e6;
    std::printf("%-20s %-6s %9.1f %9.1f %9.1f\n", qPrintable(target.id()), qPrintable(type.id),
                static_cast<double>(bytes) / 1e6, megabytes / wall, megabytes / processor);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("bench_export MODEL [FOLDER [TYPES]]\n", stderr);
        return 2;
    }
    const auto model = Checkpoint::open(QString::fromLocal8Bit(argv[1]));
    QTemporaryDir scratch(argc > 2 ? QString::fromLocal8Bit(argv[2]) + QStringLiteral("/XXXXXX") : QDir::tempPath() + QStringLiteral("/XXXXXX"));
    std::printf("%s, %.1f MB\n%-20s %-6s %9s %9s %9s\n", argv[1], static_cast<double>(model->fileBytes()) / 1e6, "target",
                "type", "MB out", "MB/s", "MB/cpu s");
    const QStringList asked = argc > 3 ? QString::fromLocal8Bit(argv[3]).split(QLatin1Char(',')) : QStringList();
    for (const ExportTarget* target : exportTargets())
        for (const ExportType& type : target->types())
            if (asked.isEmpty() || (asked.contains(type.id) && target->id() == QLatin1String("gguf")))
                row(*target, type, *model, scratch.path());
    return 0;
}
