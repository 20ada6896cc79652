// SPDX-License-Identifier: GPL-3.0-or-later
// How long opening takes, and how much memory of its own, on files as large as real ones. The files
// are sparse: they take no room on the disk. Argument: a folder for them (default: the temporary one).
#include "base/error.h"
#include "checkpoint/checkpoint.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <chrono>
#include <cstdio>
#include <functional>

using namespace halftone;

namespace {

void writeSparse(const QString& path, const QByteArray& header, qint64 dataBytes)
{
    QFile file(path);
    const auto length = static_cast<quint64>(header.size());
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(reinterpret_cast<const char*>(&length), sizeof length) != sizeof length ||
        file.write(header) != header.size() || !file.resize(8 + header.size() + dataBytes))
        throw Error(tr("File '%1' cannot be written: %2.").arg(path, file.errorString()));
}

/// `count` tensors of rows x columns fp16 with names as long as real ones.
qint64 writeModel(const QString& path, int count, qint64 rows, qint64 columns)
{
    QByteArray header = "{";
    const qint64 bytes = rows * columns * 2;
    for (int i = 0; i < count; ++i)
        header += (i > 0 ? ",\"model.layers." : "\"model.layers.") + QByteArray::number(i) +
                  ".mlp.experts.down_proj.weight\":{\"dtype\":\"F16\",\"shape\":[" + QByteArray::number(rows) +
                  ',' + QByteArray::number(columns) + "],\"data_offsets\":[" + QByteArray::number(i * bytes) +
                  ',' + QByteArray::number((i + 1) * bytes) + "]}";
    header += '}';
    writeSparse(path, header, bytes * count);
    return bytes * count;
}

double anonymousMegabytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("RssAnon:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    return -1;
}

void measure(const char* what, const QString& path, double limitSeconds)
{
    const auto start = std::chrono::steady_clock::now();
    const auto model = Checkpoint::open(path);
    qint64 characters = 0;
    for (const auto& tensor : model->tensors())
        characters += tensor.name.size() + tensor.rows() + (model->find(tensor.name) == &tensor);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%-34s %7zu tensors %6.1f GB  %6.3f s (at most %.0f)  %6.1f MB anonymous\n", what,
                model->tensors().size(), static_cast<double>(model->fileBytes()) / 1e9, seconds.count(),
                limitSeconds, anonymousMegabytes());
    if (characters == 0)
        std::puts("nothing was listed");
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const QTemporaryDir folder(argc > 1 ? QFile::decodeName(argv[1]) + QStringLiteral("/open-XXXXXX")
                                            : QDir::tempPath() + QStringLiteral("/open-XXXXXX"));
        const QString large = folder.filePath(QStringLiteral("large.safetensors"));
        const QString many = folder.filePath(QStringLiteral("many.safetensors"));
        writeModel(large, 300, 4096, 5500);
        writeModel(many, 100000, 16, 16);
        std::printf("before: %.1f MB anonymous\n", anonymousMegabytes());
        measure("13.5 GB in 300 tensors", large, 1);
        measure("100,000 tensors", many, 2);

        QByteArray index = "{\"weight_map\":{";
        for (int i = 0; i < 100000; ++i)
            index += (i > 0 ? ",\"model.layers." : "\"model.layers.") + QByteArray::number(i) +
                     ".mlp.experts.down_proj.weight\":\"many.safetensors\"";
        QFile file(folder.filePath(QStringLiteral("model.safetensors.index.json")));
        if (!file.open(QIODevice::WriteOnly) || file.write(index + "}}") < 0)
            throw Error(tr("The index cannot be written."));
        file.close();
        measure("100,000 tensors with an index", many, 2);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
