// SPDX-License-Identifier: GPL-3.0-or-later
// A model as found on disk: named read-only tensors and what the files say about them, mapped into
// memory. Opening reads headers only; nothing here knows what a transformer is.
#pragma once

#include "base/matrix.h"
#include "base/tensor_view.h"

#include <QHash>
#include <QString>
#include <QStringList>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

namespace halftone {

class MappedFile;
struct PackedMatrix;
struct ResidentMatrix;

class Checkpoint
{
public:
    /// A folder (Hugging Face or Halftone packed), a .safetensors or a .gguf file, any shard or the
    /// index of a sharded model. Decides by content, not by the file's ending. Throws Error.
    static std::shared_ptr<const Checkpoint> open(const QString& path);

    virtual ~Checkpoint();

    const QString& path() const { return m_path; }
    /// "safetensors", "huggingface", "gguf" or "halftone".
    const QString& format() const { return m_format; }
    /// The files that hold tensors, absolute paths; TensorView::file indexes it.
    const QStringList& files() const { return m_files; }
    /// Sum of the sizes of files().
    std::int64_t fileBytes() const { return m_fileBytes; }
    /// The folder with tokenizer.json and the other small files; empty for a lone GGUF file.
    const QString& folder() const { return m_folder; }

    /// In the order of the files.
    const std::vector<TensorView>& tensors() const { return m_tensors; }
    const TensorView* find(const QString& name) const;
    /// Like find, but throws an Error that names the tensor and the file.
    const TensorView& require(const QString& name) const;

    /// config.json (huggingface, halftone, or beside a lone safetensors file); null otherwise.
    const nlohmann::json& config() const { return m_config; }
    /// GGUF: every key-value pair, flat ("llama.block_count": 30, "tokenizer.ggml.tokens": [...]).
    /// Safetensors: the merged __metadata__ strings. Never null: at least an empty object.
    const nlohmann::json& metadata() const { return m_metadata; }

    /// Decodes rows [rowBegin, rowBegin + rowCount) of a tensor seen as a matrix into `out`, row-major
    /// float, out.size() == rowCount * tensor.columns(). Works for every floating ElementType,
    /// block-quantized and packed ones too. Throws Error for integer tensors, and when the file was
    /// shortened after it was opened (never a crash). Thread-safe.
    void readRows(const TensorView& tensor, std::int64_t rowBegin, std::int64_t rowCount,
                  std::span<float> out) const;
    /// The whole tensor as one matrix, decoded on all cores.
    Matrix readMatrix(const TensorView& tensor) const;

    /// The packed form of a tensor of type Packed, nullptr for others.
    virtual std::shared_ptr<const PackedMatrix> packed(const TensorView& tensor) const;

    /// A tensor as products read it where that is how it is stored: nothing is copied. Packed matrices of one class, and
    /// Q8_0. nullptr for others.
    std::shared_ptr<const ResidentMatrix> mapped(const TensorView& tensor) const;

    /// What the tensor takes in its file: for a packed one the size of its packed form, whose
    /// TensorView::bytes is empty.
    std::int64_t storedBytes(const TensorView& tensor) const;

    /// Lets the system drop what of the mapped files lies in `part` from memory: it was read for the last time,
    /// or nearly so.
    void release(std::span<const std::byte> part) const;

    /// Throws Error when a mapped file was shortened or became unreadable since it was opened. Call
    /// after reading TensorView::bytes directly.
    void checkIntact() const;

protected:
    Checkpoint() = default;
    /// Appends to files() and keeps the mapping alive; returns the number for TensorView::file.
    int addFile(std::shared_ptr<MappedFile> file);
    /// Builds the name index; throws Error for a name that appears twice.
    void indexTensors();
    /// What readRows does for tensors of type Packed, whose bytes are not one block of rows; the
    /// arguments are checked already. The plain formats have none and throw Error.
    virtual void readPackedRows(const TensorView& tensor, std::int64_t rowBegin,
                                std::int64_t rowCount, std::span<float> out) const;

    /// The stored bytes of a tensor of type Packed.
    virtual std::span<const std::byte> packedBytes(const TensorView& tensor) const;
    /// Keeps the mapping of a tensor alive.
    std::shared_ptr<const void> fileOf(const TensorView& tensor) const;

    QString m_path;
    QString m_format;
    QString m_folder;
    QStringList m_files;
    std::int64_t m_fileBytes = 0;
    std::vector<TensorView> m_tensors;
    QHash<QString, int> m_index;
    nlohmann::json m_config;
    nlohmann::json m_metadata = nlohmann::json::object();
    std::vector<std::shared_ptr<MappedFile>> m_maps;
};

} // namespace halftone
