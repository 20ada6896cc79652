// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/packed_folder.h"

#include "base/error.h"
#include "base/parallel.h"
#include "checkpoint/huggingface.h"
#include "checkpoint/strict_json.h"
#include "packed/packed_matrix.h"

#include <QFileInfo>

namespace halftone {

namespace {

const nlohmann::json* quantizationConfig(const nlohmann::json& config)
{
    const auto found = config.is_object() ? config.find("quantization_config") : config.end();
    if (!config.is_object() || found == config.end() || !found->is_object())
        return nullptr;
    const auto method = found->find("quant_method");
    const bool ours = method != found->end() && method->is_string() &&
                      QString::fromStdString(method->get<std::string>()) == kPackedQuantMethod;
    return ours ? &*found : nullptr;
}

// The files as a Hugging Face folder has them, with the packed tensors seen as what they stand for.
class PackedFolder : public Checkpoint
{
public:
    explicit PackedFolder(std::shared_ptr<const Checkpoint> plain)
        : Checkpoint(*plain), m_plain(std::move(plain))
    {
        m_format = QStringLiteral("halftone");
        checkVersion();
        m_packed.resize(m_tensors.size());
        parallelFor(static_cast<std::int64_t>(m_tensors.size()), [&](std::int64_t i) {
            TensorView& tensor = m_tensors[static_cast<std::size_t>(i)];
            if (!tensor.name.endsWith(kPackedSuffix))
                return;
            if (tensor.type != ElementType::U8 || tensor.shape.size() != 1)
                throw Error(tr("Tensor '%1' of '%2' is %3 with %4 dimensions; a packed matrix is U8 "
                               "with one.")
                                .arg(tensor.name, m_path, halftone::name(tensor.type))
                                .arg(tensor.shape.size()));
            tensor.name.chop(kPackedSuffix.size());
            auto matrix = std::make_shared<PackedMatrix>(
                PackedMatrix::parse(tensor.name, tensor.bytes, m_plain));
            tensor.type = ElementType::Packed;
            tensor.shape = {matrix->rows, matrix->columns};
            tensor.bytes = {};
            m_packed[static_cast<std::size_t>(i)] = std::move(matrix);
        });
        indexTensors();
        checkIntact();
    }

    std::shared_ptr<const PackedMatrix> packed(const TensorView& tensor) const override
    {
        const TensorView* own = find(tensor.name);
        return own ? m_packed[static_cast<std::size_t>(own - tensors().data())] : nullptr;
    }

protected:
    void readPackedRows(const TensorView& tensor, std::int64_t rowBegin, std::int64_t rowCount,
                        std::span<float> out) const override
    {
        const auto matrix = packed(tensor);
        if (!matrix)
            throw Error(tr("Tensor '%1' is missing from '%2'.").arg(tensor.name, m_path));
        matrix->unpackRows(rowBegin, rowCount, out);
    }

private:
    void checkVersion() const
    {
        const nlohmann::json* config = quantizationConfig(m_config);
        const auto version = config ? config->find("format_version") : m_config.end();
        if (!config || version == config->end() || !version->is_number_integer())
            throw Error(tr("The config.json of '%1' gives no format_version in its "
                           "quantization_config.").arg(m_path));
        if (*version < 1 || *version > kPackedFormatVersion)
            throw Error(tr("'%1' has packed format version %2; this program reads up to version %3. "
                           "A newer Halftone may open it.")
                            .arg(m_path, QString::fromStdString(version->dump()))
                            .arg(kPackedFormatVersion));
    }

    std::shared_ptr<const Checkpoint> m_plain;
    std::vector<std::shared_ptr<const PackedMatrix>> m_packed; // per tensor, null for plain ones
};

} // namespace

bool recognisesPackedFolder(const FirstLook& look)
{
    if (!recognisesHuggingFace(look))
        return false;
    const QString folder = look.isFolder ? look.path : QFileInfo(look.path).absolutePath();
    try {
        return quantizationConfig(readStrictJson(folder + QStringLiteral("/config.json"))) != nullptr;
    } catch (const Error&) {
        return false; // whoever opens it next says what is wrong
    }
}

std::shared_ptr<const Checkpoint> openPackedFolder(const QString& path)
{
    return std::make_shared<PackedFolder>(openHuggingFace(path));
}

} // namespace halftone
