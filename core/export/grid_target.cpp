// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/grid_target.h"

#include "base/error.h"
#include "base/half.h"
#include "export/huggingface_target.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace halftone {

using nlohmann::json;

namespace {

const QString kAsCoded = QStringLiteral("auto");

QString moduleName(const FolderTensor& tensor)
{
    return tensor.name.left(tensor.name.size() - static_cast<qsizetype>(std::strlen(".weight")));
}

std::int64_t ceilDivide(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

Index groupsOf(const FolderTensor& t, const GridShape& s)
{
    return s.groupColumns > 0 ? static_cast<Index>(ceilDivide(t.shape.at(1), s.groupColumns)) : 1;
}

template <class T>
std::vector<std::byte> bytesOf(const std::vector<T>& numbers)
{
    std::vector<std::byte> out(numbers.size() * sizeof(T));
    std::memcpy(out.data(), numbers.data(), out.size());
    return out;
}

ShardTensor integers(const QString& name, std::int64_t rows, std::int64_t columns)
{
    return {name, "I32", {rows, columns}, rows * columns * 4};
}

ShardTensor halves(const QString& name, std::int64_t rows, std::int64_t columns)
{
    return {name, "F16", {rows, columns}, rows * columns * 2};
}

// scale[group][row] or, not turned, scale[row][group]
std::vector<std::byte> scaleBytes(const Matrix& scale, bool turned)
{
    std::vector<std::uint16_t> out(static_cast<std::size_t>(scale.size()));
    for (Index r = 0; r < scale.rows(); ++r)
        for (Index g = 0; g < scale.cols(); ++g)
            out[static_cast<std::size_t>(turned ? g * scale.rows() + r : r * scale.cols() + g)] = floatToHalf(scale(r, g));
    return bytesOf(out);
}

// The widest group that is a whole part of every layer's rows.
Index commonGroup(const std::vector<FolderTensor>& tensors)
{
    for (const Index group : {128, 64, 32})
        if (std::all_of(tensors.begin(), tensors.end(),
                        [&](const FolderTensor& t) { return !t.linear || t.shape.at(1) % group == 0; }))
            return group;
    return 0;
}

// One tensor of the folder: of a layer's numbers, or plain.
struct Piece
{
    std::size_t tensor = 0;
    std::size_t which = 0;
};

} // namespace

std::vector<ExportType> GridTarget::types() const
{
    std::vector<ExportType> out{{kAsCoded, tr("As coded; 4 bits where the model is not"), readersOf(4)}};
    for (const int b : bits())
        out.push_back({QString::number(b), tr("%1 bits").arg(b), readersOf(b)});
    return out;
}

FolderPlan GridTarget::plan(const Checkpoint& checkpoint, const ExportChoices& choices) const
{
    if (!choices.exceptions.empty() || !choices.embeddingType.isEmpty() || !choices.headType.isEmpty())
        throw Error(tr("Types of single tensors, of embedding and head can be chosen for GGUF only."));
    const ModelConfig config = ModelConfig::of(checkpoint);
    FolderPlan plan;
    plan.type = exportType(*this, choices.type).id;
    plan.linearWeights = config.linearWeights();
    const auto tensors = std::make_shared<const std::vector<FolderTensor>>(huggingFaceTensors(checkpoint, config));
    const int asked = plan.type == kAsCoded ? 0 : plan.type.toInt();

    Layout layout;
    layout.shape = {asked > 0 ? asked : 4, commonGroup(*tensors)};
    layout.leastZero = 255;
    std::optional<GridShape> coded; // of the layers whose codes can be taken over
    int taken = 0, layers = 0;
    for (const FolderTensor& t : *tensors) {
        if (!t.linear)
            continue;
        ++layers;
        layout.layers.push_back(moduleName(t));
        if (t.shape.at(0) % divisor() != 0 || t.shape.at(1) % divisor() != 0)
            throw Error(tr("'%1' is %2 x %3, and this format needs multiples of %4.")
                            .arg(t.name).arg(t.shape.at(0)).arg(t.shape.at(1)).arg(divisor()));
        QString why;
        const auto own = gridShapeOf(checkpoint, t, why);
        const bool packed = checkpoint.packed(checkpoint.require(t.source)) != nullptr;
        if (packed && !own && asked == 0)
            throw Error(tr("'%1' cannot be taken over as it is coded: %2. Name a number of bits to have it rounded to "
                           "that, or export to gguf or huggingface.").arg(t.name, why));
        if (!own || (asked > 0 && own->bits != asked))
            continue;
        if (coded && !(*coded == *own))
            throw Error(tr("'%1' has %2 bits in groups of %3 and earlier layers have %4 in groups of %5; this format "
                           "takes one of each.").arg(t.name).arg(own->bits).arg(own->groupColumns)
                            .arg(coded->bits).arg(coded->groupColumns));
        coded = own;
        ++taken;
        const auto range = zeroRange(checkpoint, t);
        layout.leastZero = std::min(layout.leastZero, range[0]);
        layout.mostZero = std::max(layout.mostZero, range[1]);
    }
    if (coded)
        layout.shape = *coded;
    const std::vector<int> known = bits();
    if (std::find(known.begin(), known.end(), layout.shape.bits) == known.end())
        throw Error(tr("The layers have %1 bits, which '%2' does not store.").arg(layout.shape.bits).arg(id()));
    if (taken < layers) {
        const int middle = 1 << (layout.shape.bits - 1);
        layout.leastZero = std::min(layout.leastZero, roundsSymmetric() ? middle : 1);
        layout.mostZero = std::max(layout.mostZero, roundsSymmetric() ? middle : 2 * middle - 1);
        plan.losses << tr("%1 of %2 linear layers are rounded to the nearest of %3 bits here, without calibration: "
                          "quantize first with a method for this grid to lose less.")
                           .arg(layers - taken).arg(layers).arg(layout.shape.bits);
    }

    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < tensors->size(); ++i) {
        const FolderTensor& t = (*tensors)[i];
        std::vector<ShardTensor> own{plainTensor(t, "F16")};
        if (t.linear)
            own = layerTensors(moduleName(t), t, layout);
        else if (t.part == QLatin1String("head"))
            layout.kept.push_back(moduleName(t));
        for (std::size_t which = 0; which < own.size(); ++which) {
            plan.tensors.push_back(own[which]);
            plan.parts.push_back(t.part);
            pieces.push_back({i, which});
        }
    }
    plan.bytes = [this, tensors, pieces, layout, &checkpoint, rows = std::make_shared<FolderRows>(checkpoint),
                  held = std::make_shared<std::pair<std::size_t, GridLayer>>(tensors->size(), GridLayer{})](
                     std::size_t i, const PutBytes& put) {
        const Piece& piece = pieces[i];
        const FolderTensor& t = (*tensors)[piece.tensor];
        if (!t.linear)
            return putPlain(t, *rows, "F16", put);
        if (held->first != piece.tensor)
            *held = {piece.tensor, gridLayer(checkpoint, t, layout.shape, roundsSymmetric())};
        put(layerBytes(held->second, layout, piece.which));
    };
    plan.config = huggingFaceConfig(checkpoint, config, "float16");
    plan.readers = {readersOf(layout.shape.bits)};
    describe(plan, layout, choices);
    return plan;
}

QString GptqTarget::id() const { return QStringLiteral("gptq"); }
QString GptqTarget::title() const { return tr("GPTQ folder"); }
QString GptqTarget::purpose() const
{
    return tr("Grid codes in the layout of AutoGPTQ and GPTQModel, which transformers and vLLM run on a GPU.");
}

QString GptqTarget::readersOf(int bits) const
{
    return bits == 4 || bits == 8 ? tr("GPTQModel, transformers since 4.32 with it, vLLM")
                                  : tr("GPTQModel, transformers since 4.32 with it");
}

std::vector<ShardTensor> GptqTarget::layerTensors(const QString& name, const FolderTensor& t, const Layout& layout) const
{
    const GridShape& s = layout.shape;
    const std::int64_t rows = t.shape.at(0), columns = t.shape.at(1), groups = groupsOf(t, s);
    return {integers(name + QStringLiteral(".qweight"), columns * s.bits / 32, rows),
            integers(name + QStringLiteral(".qzeros"), groups, rows * s.bits / 32),
            halves(name + QStringLiteral(".scales"), groups, rows),
            {name + QStringLiteral(".g_idx"), "I32", {columns}, columns * 4}};
}

std::vector<std::byte> GptqTarget::layerBytes(const GridLayer& layer, const Layout& layout, std::size_t which) const
{
    const Index groups = layer.scale.cols();
    if (which == 0) { // words run down the inputs, outputs side by side
        std::vector<std::uint32_t> words(static_cast<std::size_t>(layer.columns * layer.bits / 32 * layer.rows), 0);
        for (Index row = 0; row < layer.rows; ++row)
            packWords(layer.codes.row(row).data(), 1, layer.columns, layer.bits, words.data() + row, layer.rows);
        return bytesOf(words);
    }
    if (which == 1) {
        // Version 1 of the format stores one less; version 2 stores it.
        const Index perGroup = layer.rows * layer.bits / 32;
        std::vector<std::uint32_t> words(static_cast<std::size_t>(groups * perGroup), 0);
        const int less = layout.symmetric() ? 1 : 0;
        std::vector<std::uint8_t> stored(static_cast<std::size_t>(layer.rows));
        for (Index g = 0; g < groups; ++g) {
            for (Index row = 0; row < layer.rows; ++row)
                stored[static_cast<std::size_t>(row)] = static_cast<std::uint8_t>(layer.zero(row, g) - less);
            packWords(stored.data(), 1, layer.rows, layer.bits, words.data() + g * perGroup, 1);
        }
        return bytesOf(words);
    }
    if (which == 2)
        return scaleBytes(layer.scale, true);
    std::vector<std::int32_t> group(static_cast<std::size_t>(layer.columns));
    for (Index j = 0; j < layer.columns; ++j)
        group[static_cast<std::size_t>(j)] = static_cast<std::int32_t>(j / layer.groupColumns);
    return bytesOf(group);
}

void GptqTarget::describe(FolderPlan& plan, const Layout& layout, const ExportChoices& choices) const
{
    const bool second = !layout.symmetric();
    const QString version = choices.program.section(QLatin1Char(' '), -1);
    json q{{"quant_method", "gptq"},
           {"bits", layout.shape.bits},
           {"group_size", layout.shape.groupColumns > 0 ? layout.shape.groupColumns : -1},
           {"desc_act", false},
           {"sym", layout.symmetric()},
           {"lm_head", false},
           {"true_sequential", true},
           {"static_groups", false},
           {"damp_percent", 0.01},
           {"checkpoint_format", second ? "gptq_v2" : "gptq"},
           {"pack_dtype", "int32"},
           {"meta", {{"quantizer", {("halftone:" + version.toStdString())}}}}};
    if (second)
        plan.notes << tr("Its zero points are not all in the middle, which needs version 2 of the format: GPTQModel reads "
                         "it, and takes such a folder of another program in version 1 for ambiguous; older readers may not.");
    plan.config["quantization_config"] = q;
    plan.files[QStringLiteral("quantize_config.json")] = QByteArray::fromStdString(q.dump(2) + "\n");
    plan.use = QStringLiteral("from gptqmodel import GPTQModel\nmodel = GPTQModel.load(\".\")\n");
}

QString CompressedTensorsTarget::id() const { return QStringLiteral("compressed-tensors"); }
QString CompressedTensorsTarget::title() const { return tr("compressed-tensors folder"); }
QString CompressedTensorsTarget::purpose() const
{
    return tr("Grid codes as vLLM's own compressor writes them (pack-quantized), for vLLM and transformers.");
}

QString CompressedTensorsTarget::readersOf(int bits) const
{
    return bits == 4 || bits == 8 ? tr("vLLM, and transformers since 4.45 with compressed-tensors")
                                  : tr("transformers with compressed-tensors 0.20 or later");
}

std::vector<ShardTensor> CompressedTensorsTarget::layerTensors(const QString& name, const FolderTensor& t, const Layout& layout) const
{
    const GridShape& s = layout.shape;
    const std::int64_t rows = t.shape.at(0), columns = t.shape.at(1), groups = groupsOf(t, s);
    std::vector<ShardTensor> out{integers(name + QStringLiteral(".weight_packed"), rows, ceilDivide(columns * s.bits, 32)),
                                 halves(name + QStringLiteral(".weight_scale"), rows, groups),
                                 {name + QStringLiteral(".weight_shape"), "I64", {2}, 16}};
    if (!layout.symmetric())
        out.push_back(integers(name + QStringLiteral(".weight_zero_point"), ceilDivide(rows * s.bits, 32), groups));
    return out;
}

std::vector<std::byte> CompressedTensorsTarget::layerBytes(const GridLayer& layer, const Layout&, std::size_t which) const
{
    const Index groups = layer.scale.cols();
    if (which == 0) {
        const auto perRow = static_cast<Index>(ceilDivide(layer.columns * layer.bits, 32));
        std::vector<std::uint32_t> words(static_cast<std::size_t>(layer.rows * perRow), 0);
        for (Index row = 0; row < layer.rows; ++row)
            packWords(layer.codes.row(row).data(), 1, layer.columns, layer.bits, words.data() + row * perRow, 1);
        return bytesOf(words);
    }
    if (which == 1)
        return scaleBytes(layer.scale, false);
    if (which == 3) { // words run down the rows
        std::vector<std::uint32_t> words(static_cast<std::size_t>(ceilDivide(layer.rows * layer.bits, 32) * groups), 0);
        for (Index g = 0; g < groups; ++g)
            packWords(layer.zero.data() + g, groups, layer.rows, layer.bits, words.data() + g, groups);
        return bytesOf(words);
    }
    return bytesOf(std::vector<std::int64_t>{layer.rows, layer.columns});
}

void CompressedTensorsTarget::describe(FolderPlan& plan, const Layout& layout, const ExportChoices& choices) const
{
    const bool grouped = layout.shape.groupColumns > 0;
    json weights{{"num_bits", layout.shape.bits}, {"type", "int"}, {"symmetric", layout.symmetric()},
                 {"strategy", grouped ? "group" : "channel"}, {"dynamic", false}, {"observer", "minmax"}};
    weights["group_size"] = grouped ? json(layout.shape.groupColumns) : json();
    json ignored = json::array();
    for (const QString& name : layout.kept)
        ignored.push_back(name.toStdString());
    if (ignored.empty())
        ignored.push_back("lm_head");
    plan.config["quantization_config"] = {
        {"quant_method", "compressed-tensors"},
        {"format", "pack-quantized"},
        {"quantization_status", "compressed"},
        {"global_compression_ratio", nullptr},
        {"kv_cache_scheme", nullptr},
        {"ignore", ignored},
        {"config_groups", {{"group_0", {{"targets", {"Linear"}}, {"weights", weights}, {"input_activations", nullptr},
                                        {"output_activations", nullptr}}}}}};
    if (!layout.symmetric())
        plan.notes << tr("The layers have zero points: compressed-tensors itself reads them, but transformers 5.24 with "
                         "compressed-tensors 0.20 refuses such folders.");
    plan.config["quantization_config"]["version"] = choices.program.toStdString();
    plan.use = QStringLiteral("from transformers import AutoModelForCausalLM\n"
                              "model = AutoModelForCausalLM.from_pretrained(\".\")\n");
}

} // namespace halftone
