// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/checkpoint.h"

#include "base/error.h"
#include "base/parallel.h"
#include "checkpoint/dequantize.h"
#include "checkpoint/formats.h"
#include "checkpoint/mapped_file.h"
#include "packed/packed_matrix.h"
#include "packed/resident_matrix.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <fcntl.h>
#include <new>
#include <unistd.h>

namespace halftone {

std::shared_ptr<const Checkpoint> Checkpoint::open(const QString& path)
{
    const QFileInfo place(path);
    if (!place.exists() && !place.isSymLink())
        throw Error(tr("There is no file or folder '%1'.").arg(path));

    FirstLook look;
    look.path = place.absoluteFilePath();
    look.isFolder = place.isDir();
    if (look.isFolder) {
        if (faccessat(AT_FDCWD, QFile::encodeName(look.path).constData(), R_OK | X_OK, AT_EACCESS) != 0)
            throw Error(tr("Folder '%1' may not be read by this user.").arg(path));
    } else {
        const auto file = MappedFile::open(look.path);
        const auto head = file->bytes().first(std::min<std::size_t>(64, file->bytes().size()));
        look.head = QByteArray(reinterpret_cast<const char*>(head.data()),
                               static_cast<qsizetype>(head.size()));
    }
    for (const auto& format : checkpointFormats())
        if (format.recognises(look))
            return format.open(look.path);
    if (look.isFolder)
        throw Error(tr("Folder '%1' holds no model: expected safetensors files, with config.json and the tokenizer beside them.")
                        .arg(path));
    throw Error(tr("File '%1' is not a model: expected a .safetensors or .gguf file, a model's index, or a Hugging Face folder.")
                    .arg(path));
}

Checkpoint::~Checkpoint() = default;

const TensorView* Checkpoint::find(const QString& name) const
{
    const auto found = m_index.constFind(name);
    return found == m_index.constEnd() ? nullptr : &m_tensors[static_cast<std::size_t>(*found)];
}

const TensorView& Checkpoint::require(const QString& name) const
{
    if (const TensorView* tensor = find(name))
        return *tensor;
    throw Error(tr("Tensor '%1' is missing from '%2'.").arg(name, m_path));
}

namespace {
QString shapeText(const TensorView& tensor)
{
    QStringList extents;
    for (const auto extent : tensor.shape)
        extents += QString::number(extent);
    return extents.join(QLatin1Char('x'));
}
} // namespace

void Checkpoint::readRows(const TensorView& tensor, std::int64_t rowBegin, std::int64_t rowCount,
                          std::span<float> out) const
{
    const auto& type = info(tensor.type);
    if (!type.floating)
        throw Error(tr("Tensor '%1' holds %2 values, not floating-point numbers.")
                        .arg(tensor.name, QString::fromLatin1(type.name)));
    const std::int64_t columns = tensor.columns();
    if (rowBegin < 0 || rowCount < 0 || rowCount > tensor.rows() - rowBegin ||
        static_cast<std::int64_t>(out.size()) != rowCount * columns)
        throw Error(tr("%1 rows from row %2 of tensor '%3' (%4) were asked for, into %5 numbers.")
                        .arg(rowCount).arg(rowBegin).arg(tensor.name, shapeText(tensor))
                        .arg(out.size()));
    if (tensor.type == ElementType::Packed) {
        readPackedRows(tensor, rowBegin, rowCount, out);
    } else {
        const std::int64_t rowBytes = columns / type.blockElements * type.blockBytes;
        dequantize(tensor.type,
                   tensor.bytes.subspan(static_cast<std::size_t>(rowBegin * rowBytes),
                                        static_cast<std::size_t>(rowCount * rowBytes)),
                   out);
    }
    m_maps[static_cast<std::size_t>(tensor.file)]->checkIntact();
}

Matrix Checkpoint::readMatrix(const TensorView& tensor) const
{
    const std::int64_t rows = tensor.rows();
    const std::int64_t columns = tensor.columns();
    if (const auto stored = packed(tensor)) {
        Matrix matrix = stored->unpack();
        m_maps[static_cast<std::size_t>(tensor.file)]->checkIntact();
        return matrix;
    }
    Matrix matrix;
    try {
        matrix.resize(rows, columns);
    } catch (const std::bad_alloc&) {
        throw Error(tr("Tensor '%1' (%2) does not fit into memory.").arg(tensor.name, shapeText(tensor)));
    }
    m_maps[static_cast<std::size_t>(tensor.file)]->willNeed(tensor.bytes);
    constexpr std::int64_t kTileElements = 1 << 18;
    const std::int64_t tileRows = std::max<std::int64_t>(1, kTileElements / std::max<std::int64_t>(1, columns));
    parallelFor((rows + tileRows - 1) / tileRows, [&](std::int64_t tile) {
        const std::int64_t begin = tile * tileRows;
        const std::int64_t count = std::min(tileRows, rows - begin);
        readRows(tensor, begin, count,
                 {matrix.data() + begin * columns, static_cast<std::size_t>(count * columns)});
    });
    return matrix;
}

std::shared_ptr<const PackedMatrix> Checkpoint::packed(const TensorView&) const
{
    return nullptr;
}

std::span<const std::byte> Checkpoint::packedBytes(const TensorView&) const
{
    return {};
}

std::shared_ptr<const void> Checkpoint::fileOf(const TensorView& tensor) const
{
    const auto number = static_cast<std::size_t>(tensor.file);
    return number < m_maps.size() ? m_maps[number] : nullptr;
}

std::shared_ptr<const ResidentMatrix> Checkpoint::mapped(const TensorView& tensor) const
{
    const auto file = fileOf(tensor);
    if (!file)
        return nullptr;
    if (const auto bytes = packedBytes(tensor); !bytes.empty()) {
        auto there = ResidentMatrix::mapped(tensor.name, bytes, file);
        return there ? std::make_shared<const ResidentMatrix>(std::move(*there)) : nullptr;
    }
    if (tensor.type != ElementType::Q8_0)
        return nullptr;
    return std::make_shared<const ResidentMatrix>(
        ResidentMatrix::mappedQ8(tensor.name, tensor.rows(), tensor.columns(), tensor.bytes, file));
}

std::int64_t Checkpoint::storedBytes(const TensorView& tensor) const
{
    if (const auto bytes = packedBytes(tensor); !bytes.empty())
        return static_cast<std::int64_t>(bytes.size());
    const auto coded = packed(tensor);
    return static_cast<std::int64_t>(coded ? coded->bytes.size() : tensor.bytes.size());
}

void Checkpoint::release(std::span<const std::byte> part) const
{
    for (const auto& file : m_maps) {
        const std::span<const std::byte> all = file->bytes();
        if (!part.empty() && part.data() >= all.data() && part.data() + part.size() <= all.data() + all.size())
            file->release(part);
    }
}

void Checkpoint::checkIntact() const
{
    for (const auto& file : m_maps)
        file->checkIntact();
}

int Checkpoint::addFile(std::shared_ptr<MappedFile> file)
{
    m_files += file->path();
    m_fileBytes += static_cast<std::int64_t>(file->bytes().size());
    m_maps.push_back(std::move(file));
    return static_cast<int>(m_maps.size()) - 1;
}

void Checkpoint::indexTensors()
{
    m_index.clear();
    m_index.reserve(static_cast<qsizetype>(m_tensors.size()));
    for (std::size_t i = 0; i < m_tensors.size(); ++i) {
        const auto& tensor = m_tensors[i];
        const auto known = m_index.constFind(tensor.name);
        if (known == m_index.constEnd()) {
            m_index.insert(tensor.name, static_cast<int>(i));
            continue;
        }
        const QString& first = m_files[m_tensors[static_cast<std::size_t>(*known)].file];
        const QString& second = m_files[tensor.file];
        throw Error(first == second
                        ? tr("Tensor '%1' appears twice in '%2'.").arg(tensor.name, first)
                        : tr("Tensor '%1' is both in '%2' and in '%3'.").arg(tensor.name, first, second));
    }
}

void Checkpoint::readPackedRows(const TensorView& tensor, std::int64_t, std::int64_t,
                                std::span<float>) const
{
    throw Error(tr("Tensor '%1' is packed, but '%2' is not a packed folder.").arg(tensor.name, m_path));
}

} // namespace halftone
