// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/packed_output.h"

#include "base/error.h"
#include "checkpoint/packed_folder.h"
#include "export/safetensors_writer.h"
#include "model/architectures.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <algorithm>

namespace halftone {

using nlohmann::json;

namespace {

const char* const kReportsKey = "halftone_layers";

bool isPlain(ElementType type)
{
    return info(type).blockElements == 1;
}

SafetensorsEntry entryOf(const TensorView& t)
{
    if (isPlain(t.type))
        return {t.name, info(t.type).name, t.shape, t.bytes};
    const auto rows = t.rows();
    const auto rowBytes = static_cast<std::int64_t>(t.bytes.size()) / std::max<std::int64_t>(1, rows);
    return {t.name + kGgmlEnding + name(t.type), "U8", {rows, rowBytes}, t.bytes};
}

SafetensorsEntry entryOf(const PackedMatrix& m)
{
    return {m.name + kPackedEnding, "U8", {static_cast<std::int64_t>(m.bytes.size())}, m.bytes};
}

SafetensorsEntry entryOf(const CodedLayer& layer)
{
    if (!layer.blockType)
        return entryOf(layer.packed);
    const auto bytes = static_cast<std::int64_t>(layer.blocks.size());
    return {layer.report.name + kGgmlEnding + name(*layer.blockType), "U8", {layer.report.rows, bytes / layer.report.rows}, layer.blocks};
}

// Names of the linear weights of a block.
QSet<QString> linearNames(const ModelConfig& config, Index block)
{
    QSet<QString> names;
    for (Linear linear : kLinears)
        names.insert(config.names.weight(linear, block));
    return names;
}

QString blockPrefix(const ModelConfig& config, Index block)
{
    const QString& name = config.names.attentionNorm; // "model.layers.%1.input_layernorm.weight"
    return name.left(name.indexOf(QLatin1String("%1"))) + QString::number(block) + QLatin1Char('.');
}

PackedMatrix codedTable(const Checkpoint& source, const QString& name, int bits,
                        ComputeBackend& backend, Progress& progress)
{
    // Groups of 64 columns, or the largest multiple of 8 that a narrower table allows.
    const Matrix weights = source.readMatrix(source.require(name));
    const Index group = std::min<Index>(64, std::max<Index>(8, weights.cols() / 8 * 8));
    const QuantizedMatrix coded =
        quantizeMatrix(quantizer(QStringLiteral("rtn")), {{"bits", bits}, {"group_size", group}},
                       {name, weights, nullptr, nullptr}, backend, progress);
    return PackedMatrix::pack(name, coded.coding, coded.codes);
}

json configOf(const Checkpoint& source, const ModelConfig& c, const Recipe& recipe)
{
    json config = source.config().is_object() ? source.config() : json::object();
    if (!source.config().is_object()) {
        // From GGUF, for people and other programs; Halftone itself reads the metadata file.
        config = {{"architectures", {c.architecture.toStdString()}},
                  {"num_hidden_layers", c.blocks},
                  {"hidden_size", c.hidden},
                  {"intermediate_size", c.feedForward},
                  {"num_attention_heads", c.heads},
                  {"num_key_value_heads", c.keyHeads},
                  {"head_dim", c.headWidth},
                  {"vocab_size", c.vocabulary},
                  {"max_position_embeddings", c.context},
                  {"rms_norm_eps", c.normEpsilon},
                  {"rope_theta", c.ropeBase},
                  {"tie_word_embeddings", c.tiedEmbeddings}};
        for (const Architecture& a : architectures())
            if (c.architecture == QLatin1String(a.gguf))
                config["architectures"] = {a.huggingFace};
    }
    config["quantization_config"] = {{"quant_method", "halftone"},
                                     {"version", kPackedFolderVersion},
                                     {"method", recipe.method.toStdString()},
                                     {"program", "Halftone " HALFTONE_VERSION}};
    return config;
}

// What a model needs beside its weights; everything else in its folder is not copied.
bool belongsToTokenizer(const QString& file)
{
    static const QStringList patterns{
        QStringLiteral("tokenizer*"),          QStringLiteral("special_tokens_map.json"),
        QStringLiteral("added_tokens.json"),   QStringLiteral("vocab.*"),
        QStringLiteral("merges.txt"),          QStringLiteral("chat_template*"),
        QStringLiteral("generation_config.json"), QStringLiteral("LICENSE*")};
    return QDir::match(patterns, file);
}

std::int64_t storedBytes(const Checkpoint& checkpoint, const QString& name)
{
    const TensorView* t = checkpoint.find(name);
    return t ? checkpoint.storedBytes(*t) : 0;
}

} // namespace

void writeBlockShard(const RunStore& store, Index shard, const Checkpoint& source,
                     const ModelConfig& config, Index block, const std::vector<CodedLayer>& layers)
{
    std::vector<SafetensorsEntry> entries;
    json reports = json::array();
    for (const CodedLayer& layer : layers) {
        entries.push_back(entryOf(layer));
        reports.push_back(layerJson(layer.report));
    }
    const QString prefix = blockPrefix(config, block);
    const QSet<QString> coded = linearNames(config, block);
    for (const TensorView& t : source.tensors())
        if (t.name.startsWith(prefix) && !coded.contains(t.name))
            entries.push_back(entryOf(t));
    writeSafetensors(store.shardPath(shard), entries, {{kReportsKey, reports.dump()}});
    source.checkIntact();
}

std::vector<LayerReport> reportsOfShard(const Checkpoint& shard)
{
    std::vector<LayerReport> out;
    const auto it = shard.metadata().find(kReportsKey);
    if (it == shard.metadata().end() || !it->is_string())
        throw Error(tr("'%1' lacks the reports of its layers; start over with --restart.")
                        .arg(shard.path()));
    try {
        for (const json& layer : json::parse(it->get<std::string>()))
            out.push_back(layerFromJson(layer));
    } catch (const json::exception&) {
        throw Error(tr("'%1' is damaged; start over with --restart.").arg(shard.path()));
    }
    return out;
}

void writeOuterShard(const RunStore& store, const Checkpoint& source, const ModelConfig& config,
                     const Recipe& recipe, ComputeBackend& backend, Progress& progress)
{
    std::vector<PackedMatrix> tables;
    const auto code = [&](const QString& name, int bits) {
        if (bits > 0 && source.find(name))
            tables.push_back(codedTable(source, name, bits, backend, progress));
    };
    code(config.names.embedding, recipe.embeddingBits);
    if (!config.tiedEmbeddings)
        code(config.names.head, recipe.headBits);
    std::vector<SafetensorsEntry> entries;
    for (const PackedMatrix& table : tables)
        entries.push_back(entryOf(table));
    std::vector<QString> prefixes;
    for (Index b = 0; b < config.blocks; ++b)
        prefixes.push_back(blockPrefix(config, b));
    for (const TensorView& t : source.tensors()) {
        const bool inBlock = std::any_of(prefixes.begin(), prefixes.end(), [&](const QString& prefix) {
            return t.name.startsWith(prefix);
        });
        const bool tabled = std::any_of(tables.begin(), tables.end(),
                                        [&](const PackedMatrix& m) { return m.name == t.name; });
        // Some files repeat the embedding as the head of a tied model.
        const bool repeated = config.tiedEmbeddings && t.name == config.names.head &&
                              t.name != config.names.embedding;
        if (!tabled && !repeated && !inBlock)
            entries.push_back(entryOf(t));
    }
    writeSafetensors(store.shardPath(0), entries, {});
    source.checkIntact();
}

void writeSmallFiles(const RunStore& store, const Checkpoint& source, const ModelConfig& config,
                     const Recipe& recipe)
{
    store.write(QStringLiteral("config.json"),
                QByteArray::fromStdString(configOf(source, config, recipe).dump(2) + "\n"));
    if (source.metadata().contains("general.architecture")) {
        store.write(kGgufMetadataFile, QByteArray::fromStdString(source.metadata().dump() + "\n"));
    } else if (!source.folder().isEmpty()) {
        const QDir folder(source.folder());
        for (const QString& file : folder.entryList(QDir::Files, QDir::Name))
            if (belongsToTokenizer(file))
                store.copyFrom(folder.filePath(file), file);
    }
    std::map<std::string, std::string> map;
    std::int64_t bytes = 0;
    for (Index shard = 0; shard < store.shards(); ++shard) {
        const auto part = openPackedShards({store.shardPath(shard)});
        for (const TensorView& t : part->tensors()) {
            const auto packed = part->packed(t);
            const QString stored = packed               ? t.name + kPackedEnding
                                   : isPlain(t.type) ? t.name
                                                     : t.name + kGgmlEnding + name(t.type);
            map[stored.toStdString()] = store.shardName(shard).toStdString();
            bytes += storedBytes(*part, t.name);
        }
    }
    store.write(QStringLiteral("model.safetensors.index.json"), shardIndex(map, bytes));
}

SizeReport measureSizes(const Checkpoint& source, const Checkpoint& packed, const ModelConfig& config,
                        const std::vector<LayerReport>& layers)
{
    SizeReport s;
    s.originalFile = source.fileBytes();
    s.packedFile = packed.fileBytes();
    double nominal = 0;
    for (const LayerReport& layer : layers) {
        const std::int64_t weights = std::int64_t{layer.rows} * layer.columns;
        s.linearWeights += weights;
        s.linearOriginal += storedBytes(source, layer.name);
        s.linearPacked += storedBytes(packed, layer.name);
        nominal += layer.nominalBits * static_cast<double>(weights);
    }
    s.embeddingOriginal = storedBytes(source, config.names.embedding);
    s.embeddingPacked = storedBytes(packed, config.names.embedding);
    if (!config.tiedEmbeddings) {
        s.headOriginal = storedBytes(source, config.names.head);
        s.headPacked = storedBytes(packed, config.names.head);
    }
    s.otherPacked = s.packedFile - s.linearPacked - s.embeddingPacked - s.headPacked;
    const double weights = static_cast<double>(std::max<std::int64_t>(1, s.linearWeights));
    s.nominalBits = nominal / weights;
    s.diskBits = 8.0 * static_cast<double>(s.linearPacked) / weights;
    return s;
}

} // namespace halftone
