// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/quick_model.h"

#include "checkpoint/mapped_file.h"
#include "model/config.h"
#include "packed/packed_matrix.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

namespace halftone {

namespace {

// The source, but for the layers that were coded.
class CodedCheckpoint : public Checkpoint
{
public:
    explicit CodedCheckpoint(std::shared_ptr<const Checkpoint> source) : m_source(std::move(source))
    {
        m_path = m_source->path();
        m_format = m_source->format();
        m_folder = m_source->folder();
        m_config = m_source->config();
        m_metadata = m_source->metadata();
        for (const QString& file : m_source->files())
            addFile(MappedFile::open(file));
        m_tensors = m_source->tensors();
        indexTensors();
    }

    void replace(const QString& name, PackedMatrix matrix)
    {
        for (TensorView& tensor : m_tensors)
            if (tensor.name == name) {
                tensor.type = ElementType::Packed;
                tensor.shape = {matrix.rows, matrix.columns};
                tensor.bytes = {};
            }
        m_packed.insert(name, std::make_shared<const PackedMatrix>(std::move(matrix)));
    }

    std::shared_ptr<const PackedMatrix> packed(const TensorView& tensor) const override
    {
        const auto coded = m_packed.value(tensor.name);
        return coded ? coded : m_source->packed(tensor);
    }

protected:
    void readPackedRows(const TensorView& tensor, std::int64_t rowBegin, std::int64_t rowCount,
                        std::span<float> out) const override
    {
        packed(tensor)->unpackRows(rowBegin, rowCount, out);
    }

private:
    std::shared_ptr<const Checkpoint> m_source;
    QHash<QString, std::shared_ptr<const PackedMatrix>> m_packed;
};

} // namespace

QuickModel quickModel(const std::shared_ptr<const Checkpoint>& source, const QString& method,
                      const Settings& settings, ComputeBackend& backend, Progress& progress)
{
    const ModelConfig config = ModelConfig::of(*source);
    const Quantizer& chosen = quantizer(method);
    const auto coded = std::make_shared<CodedCheckpoint>(source);
    QuickModel out;
    double lost = 0, whole = 0;
    for (Index block = 0; block < config.blocks; ++block)
        for (const Linear linear : kLinears) {
            progress.check();
            const QString name = config.names.weight(linear, block);
            const Matrix weights = source->readMatrix(source->require(name));
            const QuantizedMatrix result =
                quantizeMatrix(chosen, settings, {name, weights, nullptr, nullptr}, backend, progress);
            PackedMatrix packed = PackedMatrix::pack(name, result.coding, result.codes);
            out.bits += packed.bits();
            const double energy = weights.cast<double>().squaredNorm();
            lost += result.loss * energy;
            whole += energy;
            coded->replace(name, std::move(packed));
        }
    out.error = whole > 0 ? lost / whole : 0;
    out.checkpoint = coded;
    return out;
}

} // namespace halftone
