// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/huggingface_model.h"

#include "base/error.h"
#include "base/parallel.h"
#include "base/rotation.h"
#include "export/huggingface_tokenizer.h"
#include "model/architectures.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <map>

namespace halftone {

using nlohmann::json;

namespace {

constexpr Rotation kTurn{true, 0, 1}; // one basis for the whole stream

bool isGguf(const Checkpoint& checkpoint)
{
    return checkpoint.metadata().contains("general.architecture");
}

QString familyOf(const ModelConfig& config)
{
    for (const Architecture& a : architectures())
        if (config.architecture == QLatin1String(a.gguf) || config.architecture == QLatin1String(a.huggingFace))
            return QLatin1String(a.huggingFace);
    throw Error(tr("transformers has no architecture for '%1'.").arg(config.architecture));
}

json scalingOf(const RopeScaling& s)
{
    switch (s.kind) {
    case RopeScaling::Kind::Linear: return {{"rope_type", "linear"}, {"factor", s.factor}};
    case RopeScaling::Kind::Dynamic: return {{"rope_type", "dynamic"}, {"factor", s.factor}};
    case RopeScaling::Kind::Yarn:
        return {{"rope_type", "yarn"},
                {"factor", s.factor},
                {"original_max_position_embeddings", static_cast<std::int64_t>(s.originalContext)},
                {"beta_fast", s.betaFast},
                {"beta_slow", s.betaSlow}};
    default: return {};
    }
}

// A GGUF model's numbers under transformers' names.
json describedConfig(const ModelConfig& c)
{
    const QString family = familyOf(c);
    const QString type = family.section(QStringLiteral("For"), 0, 0).toLower();
    json out{{"architectures", {family.toStdString()}},
             {"model_type", type.toStdString()},
             {"hidden_act", "silu"},
             {"num_hidden_layers", c.blocks},
             {"hidden_size", c.hidden},
             {"intermediate_size", c.feedForward},
             {"num_attention_heads", c.heads},
             {"num_key_value_heads", c.keyHeads},
             {"head_dim", c.headWidth},
             {"vocab_size", c.vocabulary},
             {"max_position_embeddings", c.context},
             {"rms_norm_eps", double{c.normEpsilon}},
             {"rope_theta", c.ropeBase},
             {"tie_word_embeddings", c.tiedEmbeddings}};
    if (c.slidingWindow > 0)
        out["sliding_window"] = c.slidingWindow;
    const RopeScaling& s = c.scaling;
    if (s.kind == RopeScaling::Kind::Llama3 || s.kind == RopeScaling::Kind::LongRope || !s.frequencyFactor.empty())
        throw Error(tr("This GGUF file holds the result of its rope scaling and not the rule, which config.json "
                       "would need; export from the original folder."));
    if (const json scaling = scalingOf(s); scaling.is_object())
        out["rope_scaling"] = scaling;
    return out;
}

bool belongsToModel(const QString& file)
{
    static const QStringList patterns{
        QStringLiteral("tokenizer*"), QStringLiteral("special_tokens_map.json"), QStringLiteral("added_tokens.json"),
        QStringLiteral("vocab.*"), QStringLiteral("merges.txt"), QStringLiteral("chat_template*"),
        QStringLiteral("generation_config.json"), QStringLiteral("LICENSE*"), QStringLiteral("NOTICE*")};
    return QDir::match(patterns, file);
}

QStringList filesToCopy(const Checkpoint& checkpoint)
{
    QStringList out;
    if (!checkpoint.folder().isEmpty())
        for (const QString& file : QDir(checkpoint.folder()).entryList(QDir::Files, QDir::Name))
            if (belongsToModel(file))
                out << file;
    return out;
}

// The translated files of a GGUF model's tokenizer, or a sentence why there are none.
std::map<QString, QByteArray> translated(const Checkpoint& checkpoint, QStringList& notes)
{
    try {
        return huggingFaceTokenizer(checkpoint.metadata());
    } catch (const Error& e) {
        notes << tr("The tokenizer is not carried over: %1 Copy it from the original's folder.").arg(e.sentence());
        return {};
    }
}

// Each column times R, in place.
void turnColumns(Matrix& m)
{
    constexpr Index kRun = 16; // columns gathered together, as they share cache lines
    parallelFor((m.cols() + kRun - 1) / kRun, [&](std::int64_t task) {
        const Index begin = task * kRun, count = std::min(kRun, m.cols() - begin);
        MatrixD run = m.middleCols(begin, count).transpose().cast<double>();
        for (Index c = 0; c < count; ++c)
            rotate(kTurn, {run.data() + c * run.cols(), static_cast<std::size_t>(run.cols())});
        m.middleCols(begin, count) = run.transpose().cast<float>();
    });
}

} // namespace

std::vector<FolderTensor> huggingFaceTensors(const Checkpoint& checkpoint, const ModelConfig& c)
{
    const TensorNames names = huggingFaceNames();
    std::vector<FolderTensor> out;
    const auto add = [&](const QString& name, const QString& source, const char* part, bool linear, Index heads) {
        out.push_back({name, source, checkpoint.require(source).shape, QLatin1String(part), linear, heads});
    };
    add(names.embedding, c.names.embedding, "embedding", false, 0);
    for (Index b = 0; b < c.blocks; ++b) {
        add(names.attentionNorm.arg(b), c.names.attentionNorm.arg(b), "other", false, 0);
        add(names.mlpNorm.arg(b), c.names.mlpNorm.arg(b), "other", false, 0);
        if (c.queryKeyNorms) {
            add(names.queryNorm.arg(b), c.names.queryNorm.arg(b), "other", false, 0);
            add(names.keyNorm.arg(b), c.names.keyNorm.arg(b), "other", false, 0);
        }
        for (const Linear linear : kLinears) {
            const Index heads = c.rotaryStyle != RotaryStyle::Neighbours ? 0
                                : linear == Linear::Query               ? c.heads
                                : linear == Linear::Key                 ? c.keyHeads
                                                                        : 0;
            add(names.weight(linear, b), c.names.weight(linear, b), "linear", true, heads);
            if (checkpoint.find(c.names.bias(linear, b)))
                add(names.bias(linear, b), c.names.bias(linear, b), "other", false, heads);
        }
    }
    add(names.finalNorm, c.names.finalNorm, "other", false, 0);
    if (!c.tiedEmbeddings)
        add(names.head, c.names.head, "head", false, 0);
    return out;
}

std::vector<FolderTensor> turnedTensors(std::vector<FolderTensor> tensors, const ModelConfig& c)
{
    const TensorNames names = huggingFaceNames();
    if (c.tiedEmbeddings) {
        FolderTensor head = tensors.front();
        head.name = names.head;
        head.part = QStringLiteral("head");
        tensors.push_back(head);
    }
    std::map<QString, FolderTensor*> byName;
    for (FolderTensor& t : tensors)
        byName[t.name] = &t;
    const auto set = [&](const QString& name, Turn turn, const QString& gain = {}) {
        if (const auto found = byName.find(name); found != byName.end()) {
            found->second->turn = turn;
            found->second->gain = gain;
        }
    };
    set(names.embedding, Turn::Inputs);
    set(names.head, Turn::Inputs, c.names.finalNorm);
    set(names.finalNorm, Turn::Gain);
    for (Index b = 0; b < c.blocks; ++b) {
        for (const QString& norm : {names.attentionNorm, names.mlpNorm})
            set(norm.arg(b), Turn::Gain);
        for (const Linear linear : {Linear::Query, Linear::Key, Linear::Value})
            set(names.weight(linear, b), Turn::Inputs, c.names.attentionNorm.arg(b));
        for (const Linear linear : {Linear::Gate, Linear::Up})
            set(names.weight(linear, b), Turn::Inputs, c.names.mlpNorm.arg(b));
        for (const Linear linear : {Linear::Output, Linear::Down}) {
            set(names.weight(linear, b), Turn::Outputs);
            set(names.bias(linear, b), Turn::Outputs);
        }
    }
    return tensors;
}

std::int64_t huggingFaceRow(const FolderTensor& tensor, std::int64_t row)
{
    if (tensor.heads == 0)
        return row;
    const std::int64_t rows = tensor.shape.front();
    const std::int64_t width = rows / tensor.heads, head = row / width, in = row % width;
    return head * width + (in < width / 2 ? 2 * in : 2 * (in - width / 2) + 1);
}

void FolderRows::read(const FolderTensor& tensor, std::int64_t rowBegin, std::int64_t rowCount, std::span<float> out)
{
    if (tensor.turn == Turn::None)
        return readStored(tensor, rowBegin, rowCount, out);
    if (tensor.turn == Turn::Gain)
        return std::fill(out.begin(), out.end(), 1.0f);
    const TensorView& view = m_checkpoint.require(tensor.source);
    const auto columns = static_cast<std::size_t>(view.columns());
    if (tensor.turn == Turn::Outputs && view.shape.size() > 1) {
        if (m_held != tensor.source) { // columns are turned, and so the whole is needed
            m_held = tensor.source;
            m_values.resize(0, 0); // two tensors at once would be one too many
            m_values = m_checkpoint.readMatrix(view);
            turnColumns(m_values);
        }
        std::copy_n(m_values.data() + rowBegin * view.columns(), out.size(), out.begin());
        return;
    }
    readStored(tensor, rowBegin, rowCount, out);
    std::vector<float> gain(columns, 1.0f);
    if (!tensor.gain.isEmpty())
        m_checkpoint.readRows(m_checkpoint.require(tensor.gain), 0, 1, gain);
    parallelFor(rowCount, [&](std::int64_t r) {
        const auto row = out.subspan(static_cast<std::size_t>(r) * columns, columns);
        thread_local std::vector<double> wide;
        wide.resize(columns);
        for (std::size_t j = 0; j < columns; ++j)
            wide[j] = double{row[j]} * double{gain[j]};
        rotate(kTurn, wide);
        std::transform(wide.begin(), wide.end(), row.begin(), [](double v) { return static_cast<float>(v); });
    });
}

void FolderRows::readStored(const FolderTensor& tensor, std::int64_t rowBegin, std::int64_t rowCount, std::span<float> out)
{
    const TensorView& view = m_checkpoint.require(tensor.source);
    const auto columns = static_cast<std::size_t>(view.columns());
    if (view.shape.size() < 2) { // a bias: its elements are the rows
        std::vector<float> all(columns);
        m_checkpoint.readRows(view, 0, 1, all);
        for (std::size_t i = 0; i < columns; ++i)
            out[i] = all[static_cast<std::size_t>(huggingFaceRow(tensor, static_cast<std::int64_t>(i)))];
        return;
    }
    if (m_held != tensor.source) {
        m_held = tensor.source;
        m_values.resize(0, 0);
        m_values = m_checkpoint.packed(view) ? m_checkpoint.readMatrix(view) : Matrix();
    }
    constexpr std::int64_t kRowsEach = 16;
    parallelFor((rowCount + kRowsEach - 1) / kRowsEach, [&](std::int64_t task) {
        for (std::int64_t r = task * kRowsEach; r < std::min(rowCount, (task + 1) * kRowsEach); ++r) {
            const std::int64_t from = huggingFaceRow(tensor, rowBegin + r);
            const auto row = out.subspan(static_cast<std::size_t>(r) * columns, columns);
            if (m_values.size() > 0)
                std::copy_n(m_values.data() + from * static_cast<std::int64_t>(columns), columns, row.begin());
            else
                m_checkpoint.readRows(view, from, 1, row);
        }
    });
}

json huggingFaceConfig(const Checkpoint& checkpoint, const ModelConfig& config, const char* dtype)
{
    const json& own = checkpoint.config();
    json out = own.is_object() && own.contains("model_type") ? own : describedConfig(config);
    for (const char* key : {"quantization_config", "dtype", "torch_dtype"})
        out.erase(key);
    // A GGUF model's own ends of texts, without which transformers would write on.
    for (const auto& [to, from] : {std::pair{"bos_token_id", "tokenizer.ggml.bos_token_id"}, {"eos_token_id", "tokenizer.ggml.eos_token_id"}})
        if (const auto it = checkpoint.metadata().find(from); it != checkpoint.metadata().end() && it->is_number() && !out.contains(to))
            out[to] = *it;
    out["torch_dtype"] = dtype; // older releases read no other, newer ones still do
    return out;
}

QStringList writeTokenizerFiles(OutputFolder& folder, const Checkpoint& checkpoint, const Progress& progress)
{
    QStringList notes;
    if (isGguf(checkpoint)) {
        for (const auto& [name, bytes] : translated(checkpoint, notes))
            folder.write(name, bytes);
        return notes;
    }
    for (const QString& file : filesToCopy(checkpoint))
        folder.copy(QDir(checkpoint.folder()).filePath(file), file, progress);
    return notes;
}

std::int64_t tokenizerBytes(const Checkpoint& checkpoint, QStringList& notes)
{
    std::int64_t bytes = 0;
    if (isGguf(checkpoint)) {
        for (const auto& [name, content] : translated(checkpoint, notes))
            bytes += content.size();
        return bytes;
    }
    for (const QString& file : filesToCopy(checkpoint))
        bytes += QFileInfo(QDir(checkpoint.folder()).filePath(file)).size();
    return bytes;
}

} // namespace halftone
