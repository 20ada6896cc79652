// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_model.h"

#include "base/error.h"
#include "base/parallel.h"
#include "checkpoint/ggml_codes.h"
#include "export/encode_blocks.h"
#include "export/gguf_tokenizer.h"
#include "model/architectures.h"
#include "model/rotary.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>

namespace halftone {

namespace {

using nlohmann::json;
using Kind = RopeScaling::Kind;

// llama.cpp knows Mistral as a llama.
QString ggufArchitecture(const ModelConfig& c)
{
    for (const Architecture& a : architectures())
        if (c.architecture == QLatin1String(a.huggingFace) || c.architecture == QLatin1String(a.gguf)) {
            const QString name = QLatin1String(a.gguf);
            return name == QLatin1String("mistral") ? QStringLiteral("llama") : name;
        }
    throw Error(tr("llama.cpp has no architecture for '%1'.").arg(c.architecture));
}

bool hasNeighbourStyle(const QString& ggufName)
{
    return std::any_of(architectures().begin(), architectures().end(), [&](const Architecture& a) {
        return ggufName == QLatin1String(a.gguf) && a.ggufStyle == RotaryStyle::Neighbours;
    });
}

// The type of ggml's that holds a tensor exactly as it is stored.
std::optional<ElementType> ggmlTypeOf(const Checkpoint& checkpoint, const TensorView& view)
{
    if (const auto packed = checkpoint.packed(view)) {
        CodeMatrix codes;
        return packed->classes.size() == 1 ? exactGgmlType(packed->unpackCodes(codes)) : std::nullopt;
    }
    if (view.type == ElementType::F64)
        return ElementType::F32;
    return info(view.type).floating ? std::optional(view.type) : std::nullopt;
}

// The smallest type that keeps what `wanted` would, for rows that do not fill its blocks; F16 when none does.
ElementType typeForRows(ElementType wanted, const TensorView& view)
{
    static const std::map<ElementType, std::vector<ElementType>> instead{
        {ElementType::Q6_K, {ElementType::Q8_0}},
        {ElementType::Q4_K, {ElementType::Q4_1}},
        {ElementType::Q2_K, {ElementType::Q4_0}},
        {ElementType::TQ2_0, {ElementType::Q2_0}},
        {ElementType::TQ1_0, {ElementType::Q2_0}},
        {ElementType::Q1_0, {ElementType::Q2_0, ElementType::Q4_0}},
        {ElementType::Q2_0, {ElementType::Q4_0}},
    };
    const auto holds = [&](ElementType type) { return storedBytes(type, view.elements(), view.columns()).has_value(); };
    if (holds(wanted))
        return wanted;
    if (const auto found = instead.find(wanted); found != instead.end())
        for (const ElementType type : found->second)
            if (holds(type))
                return type;
    return ElementType::F16;
}

class Planner
{
public:
    Planner(const Checkpoint& checkpoint, const GgufTypes& types)
        : m_checkpoint(checkpoint), m_types(types), m_config(ModelConfig::of(checkpoint)),
          m_architecture(ggufArchitecture(m_config)), m_names(ggufNames())
    {
    }

    GgufPlan plan(const QString& program)
    {
        if (m_checkpoint.metadata().contains("general.architecture"))
            takeMetadata();
        else
            describeModel();
        m_plan.metadata["general.quantization_version"] = 2u;
        m_plan.metadata["halftone.version"] = program.toStdString();
        m_plan.metadata["halftone.source"] = QFileInfo(m_checkpoint.path()).fileName().toStdString();
        addTensors();
        noteUnfit();
        for (const GgufTypes::Exception& e : m_types.exceptions)
            if (std::none_of(m_plan.tensors.begin(), m_plan.tensors.end(),
                             [&](const GgufTensor& t) { return QDir::match(e.pattern, t.name); }))
                m_plan.notes << tr("No tensor of the file has a name like '%1', for which %2 was asked.")
                                    .arg(e.pattern, halftone::name(e.type));
        m_plan.metadata["general.file_type"] = fileType();
        return std::move(m_plan);
    }

private:
    void put(const char* key, const json& value)
    {
        m_plan.metadata[m_architecture.toStdString() + "." + key] = value;
    }

    // What an earlier export said of itself is no longer true.
    void takeMetadata()
    {
        m_plan.metadata = json::object();
        for (const auto& [key, value] : m_checkpoint.metadata().items())
            if (key.rfind("halftone.", 0) != 0)
                m_plan.metadata[key] = value;
    }

    void describeModel()
    {
        const ModelConfig& c = m_config;
        m_plan.metadata = ggufTokenizer(m_checkpoint, c.vocabulary);
        m_plan.metadata["general.architecture"] = m_architecture.toStdString();
        m_plan.metadata["general.type"] = "model";
        m_plan.metadata["general.name"] = QFileInfo(QDir(m_checkpoint.folder()).absolutePath()).fileName().toStdString();
        const auto count = [](Index i) { return static_cast<std::uint32_t>(i); };
        put("context_length", count(c.context));
        put("embedding_length", count(c.hidden));
        put("block_count", count(c.blocks));
        put("feed_forward_length", count(c.feedForward));
        put("vocab_size", count(c.vocabulary));
        put("attention.head_count", count(c.heads));
        put("attention.head_count_kv", count(c.keyHeads));
        put("attention.key_length", count(c.headWidth));
        put("attention.value_length", count(c.headWidth));
        put("attention.layer_norm_rms_epsilon", double{c.normEpsilon});
        put("rope.dimension_count", count(c.rotaryWidth));
        put("rope.freq_base", c.ropeBase);
        if (c.slidingWindow > 0)
            m_plan.notes << tr("llama.cpp does not know this model's sliding window of %1 tokens: beyond it the "
                               "file attends to more than the original.").arg(c.slidingWindow);
        describeScaling();
    }

    void describeScaling()
    {
        const RopeScaling& s = m_config.scaling;
        if (s.kind == Kind::Linear || s.kind == Kind::Yarn) {
            put("rope.scaling.type", s.kind == Kind::Linear ? "linear" : "yarn");
            put("rope.scaling.factor", s.factor);
            put("rope.scaling.original_context_length", static_cast<std::uint32_t>(s.originalContext));
            if (s.attentionFactor > 0 || s.mscale > 0)
                m_plan.notes << tr("This model scales attention by a factor of its own beside YaRN, which "
                                   "llama.cpp takes from its own rule: compare the texts they write.");
        } else if (s.kind == Kind::Llama3) {
            addFactors("rope_freqs.weight", llama3Factors());
        } else if (s.kind == Kind::LongRope) {
            put("rope.scaling.original_context_length", static_cast<std::uint32_t>(s.originalContext));
            put("rope.scaling.attn_factor", rotaryFrequencies(m_config, m_config.context).attention);
            addFactors("rope_factors_long.weight", {s.longFactor.begin(), s.longFactor.end()});
            addFactors("rope_factors_short.weight", {s.shortFactor.begin(), s.shortFactor.end()});
        } else if (s.kind == Kind::Dynamic) {
            throw Error(tr("llama.cpp has no dynamic rope scaling; this model cannot become a GGUF file."));
        }
    }

    // By what each plain frequency is divided, which llama.cpp stores in place of the bands' rule.
    std::vector<float> llama3Factors() const
    {
        ModelConfig plain = m_config;
        plain.scaling = {};
        const std::vector<double> scaled = rotaryFrequencies(m_config, 1).perPosition;
        const std::vector<double> unscaled = rotaryFrequencies(plain, 1).perPosition;
        std::vector<float> out(scaled.size());
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<float>(unscaled[i] / scaled[i]);
        return out;
    }

    void addFactors(const char* name, std::vector<float> values)
    {
        const auto size = static_cast<std::int64_t>(values.size());
        add({QLatin1String(name), ElementType::F32, {size}}, {}, 0, m_plan.otherBytes);
        m_plan.values.back() = std::move(values);
    }

    void addTensors()
    {
        if (m_checkpoint.metadata().contains("general.architecture")) {
            for (const TensorView& t : m_checkpoint.tensors())
                if (t.name.startsWith(QLatin1String("rope_f")))
                    addFrom(t.name, t.name, ElementType::F32, 0, m_plan.otherBytes);
        }
        const ModelConfig& c = m_config;
        addFrom(m_names.embedding, c.names.embedding, m_types.embedding, 0, m_plan.embeddingBytes);
        addFrom(m_names.finalNorm, c.names.finalNorm, ElementType::F32, 0, m_plan.otherBytes);
        if (!c.tiedEmbeddings)
            addFrom(m_names.head, c.names.head, m_types.head, 0, m_plan.headBytes);
        for (Index b = 0; b < c.blocks; ++b)
            addBlock(b);
    }

    void addBlock(Index b)
    {
        const ModelConfig& c = m_config;
        const auto norm = [&](const QString& to, const QString& from) {
            addFrom(to.arg(b), from.arg(b), ElementType::F32, 0, m_plan.otherBytes);
        };
        norm(m_names.attentionNorm, c.names.attentionNorm);
        norm(m_names.mlpNorm, c.names.mlpNorm);
        if (c.queryKeyNorms) {
            norm(m_names.queryNorm, c.names.queryNorm);
            norm(m_names.keyNorm, c.names.keyNorm);
        }
        for (const Linear linear : kLinears) {
            const bool turned = c.rotaryStyle == RotaryStyle::Halves && hasNeighbourStyle(m_architecture);
            const Index heads = !turned                    ? 0
                                : linear == Linear::Query ? c.heads
                                : linear == Linear::Key   ? c.keyHeads
                                                          : 0;
            addFrom(m_names.weight(linear, b), c.names.weight(linear, b), m_types.linear, heads, m_plan.linearBytes);
            if (m_checkpoint.find(c.names.bias(linear, b)))
                addFrom(m_names.bias(linear, b), c.names.bias(linear, b), ElementType::F32, heads, m_plan.otherBytes);
        }
    }

    void addFrom(const QString& name, const QString& source, std::optional<ElementType> wanted, Index heads,
                 std::int64_t& part)
    {
        const TensorView& view = m_checkpoint.require(source);
        for (const GgufTypes::Exception& e : m_types.exceptions)
            if (QDir::match(e.pattern, name))
                wanted = e.type;
        const std::optional<ElementType> stored = ggmlTypeOf(m_checkpoint, view);
        const ElementType asked = wanted.value_or(stored.value_or(ElementType::F16));
        const ElementType type = typeForRows(asked, view);
        if (type != asked)
            m_unfit[{asked, type}] << Unfit{name, view.columns()};
        if (&part == &m_plan.linearBytes) {
            m_plan.linearWeights += view.elements();
            m_plan.exactWeights += stored == type || type == ElementType::F32 ? view.elements() : 0;
            if (!wanted && !stored)
                m_plan.inexact << source;
        }
        add({name, type, view.shape}, source, heads, part);
    }

    // One sentence for each pair of types: models have hundreds of tensors.
    void noteUnfit()
    {
        for (const auto& [types, tensors] : m_unfit) {
            const QString asked = halftone::name(types.first), taken = halftone::name(types.second);
            const Unfit& first = tensors.front();
            m_plan.notes << (tensors.size() == 1
                                 ? tr("'%1' has rows of %2 weights, which %3 cannot hold: it is written as %4.")
                                       .arg(first.name).arg(first.columns).arg(asked, taken)
                                 : tr("%1 tensors, '%2' with rows of %3 weights among them, do not fill the blocks of %4: "
                                      "they are written as %5.")
                                       .arg(tensors.size()).arg(first.name).arg(first.columns).arg(asked, taken));
        }
    }

    void add(GgufTensor tensor, const QString& source, Index heads, std::int64_t& part)
    {
        m_plan.tensors.push_back(std::move(tensor));
        part += ggufDataBytes({&m_plan.tensors.back(), 1});
        m_plan.sources.push_back(source);
        m_plan.turnedHeads.push_back(heads);
        m_plan.values.emplace_back();
    }

    // llama.cpp's name for a file whose most tensors have this type (llama_ftype); it only shows it.
    std::uint32_t fileType() const
    {
        switch (mostUsedType()) {
        case ElementType::F32: return 0;
        case ElementType::F16: return 1;
        case ElementType::Q4_0: return 2;
        case ElementType::Q4_1: return 3;
        case ElementType::Q8_0: return 7;
        case ElementType::Q4_K: return 15;
        case ElementType::Q6_K: return 18;
        case ElementType::BF16: return 32;
        case ElementType::TQ1_0: return 36;
        case ElementType::TQ2_0: return 37;
        case ElementType::Q1_0: return 40;
        default: return 1024; // "guessed" by llama.cpp from the tensors
        }
    }

    ElementType mostUsedType() const
    {
        std::map<ElementType, std::int64_t> weights;
        for (const GgufTensor& t : m_plan.tensors)
            for (std::int64_t count = t.shape.size() > 1 ? 1 : 0; const std::int64_t extent : t.shape)
                weights[t.type] += count *= extent;
        const auto most = std::max_element(weights.begin(), weights.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        return most == weights.end() ? ElementType::F32 : most->first;
    }

    const Checkpoint& m_checkpoint;
    const GgufTypes& m_types;
    ModelConfig m_config;
    QString m_architecture;
    TensorNames m_names;
    GgufPlan m_plan;

    struct Unfit
    {
        QString name;
        std::int64_t columns = 0;
    };
    std::map<std::pair<ElementType, ElementType>, QList<Unfit>> m_unfit; // by the types asked for and taken
};

// Row r of a tensor whose heads' rows go from halves (first half, second half) to neighbours (pairs).
std::int64_t sourceRow(std::int64_t r, std::int64_t rows, Index heads)
{
    if (heads == 0)
        return r;
    const std::int64_t width = rows / heads, head = r / width, in = r % width;
    return head * width + in / 2 + (in % 2) * (width / 2);
}

} // namespace

GgufPlan planGguf(const Checkpoint& checkpoint, const GgufTypes& types, const QString& program)
{
    return Planner(checkpoint, types).plan(program);
}

namespace {

// Rows of the plan's tensors, in the order they are asked for: one tensor at a time is held, and only
// when it comes out of a packed matrix.
class RowSource
{
public:
    RowSource(const Checkpoint& checkpoint, const GgufPlan& plan) : m_checkpoint(checkpoint), m_plan(plan) {}

    void fill(std::size_t index, std::int64_t begin, std::int64_t count, std::span<std::byte> out)
    {
        const GgufTensor& tensor = m_plan.tensors[index];
        if (m_plan.sources[index].isEmpty())
            return encodeBlocks(tensor.type, m_plan.values[index], out);
        const TensorView& view = m_checkpoint.require(m_plan.sources[index]);
        const Index heads = m_plan.turnedHeads[index];
        if (view.shape.size() < 2)
            return fillVector(view, heads, tensor.type, out);
        if (m_held != index)
            hold(index, view, tensor.type);
        const std::size_t rowBytes = out.size() / static_cast<std::size_t>(count);
        constexpr std::int64_t kRowsEach = 16;
        parallelFor((count + kRowsEach - 1) / kRowsEach, [&](std::int64_t task) {
            std::vector<float> row(static_cast<std::size_t>(view.columns()));
            for (std::int64_t r = task * kRowsEach; r < std::min(count, (task + 1) * kRowsEach); ++r)
                fillRow(view, sourceRow(begin + r, view.rows(), heads), tensor.type, row,
                        out.subspan(static_cast<std::size_t>(r) * rowBytes, rowBytes));
        });
        m_checkpoint.checkIntact();
    }

private:
    void hold(std::size_t index, const TensorView& view, ElementType type)
    {
        m_held = index;
        m_codes.resize(0, 0);
        m_values.resize(0, 0);
        const auto packed = m_checkpoint.packed(view);
        if (!packed)
            return;
        if (packed->classes.size() == 1)
            m_coding = packed->unpackCodes(m_codes);
        if (m_codes.size() == 0 || !ggmlHolds(type, m_coding)) {
            m_codes.resize(0, 0);
            m_values = m_checkpoint.readMatrix(view);
        }
    }

    void fillRow(const TensorView& view, std::int64_t from, ElementType type, std::vector<float>& row,
                 std::span<std::byte> out) const
    {
        if (m_codes.size() > 0)
            return putGgmlRow(type, m_coding, from, m_codes.data() + from * view.columns(), out);
        if (m_values.size() > 0)
            return encodeBlocks(type, {m_values.data() + from * view.columns(), row.size()}, out);
        if (view.type == type) {
            std::memcpy(out.data(), view.bytes.data() + static_cast<std::size_t>(from) * out.size(), out.size());
            return;
        }
        m_checkpoint.readRows(view, from, 1, row);
        encodeBlocks(type, row, out);
    }

    // A bias or a norm; the elements of a bias are the rows that heads turn.
    void fillVector(const TensorView& view, Index heads, ElementType type, std::span<std::byte> out) const
    {
        const std::int64_t columns = view.columns();
        std::vector<float> all(static_cast<std::size_t>(columns)), turned(all.size());
        m_checkpoint.readRows(view, 0, 1, all);
        for (std::int64_t i = 0; i < columns; ++i)
            turned[static_cast<std::size_t>(i)] = all[static_cast<std::size_t>(sourceRow(i, columns, heads))];
        encodeBlocks(type, turned, out);
    }

    const Checkpoint& m_checkpoint;
    const GgufPlan& m_plan;
    std::size_t m_held = std::numeric_limits<std::size_t>::max();
    Coding m_coding;
    CodeMatrix m_codes; // of a packed matrix that the type holds exactly
    Matrix m_values;    // of any other packed matrix
};

} // namespace

std::int64_t writeGgufModel(const QString& path, const Checkpoint& checkpoint, const GgufPlan& plan,
                            Progress& progress)
{
    RowSource source(checkpoint, plan);
    const std::int64_t all = std::max<std::int64_t>(1, ggufDataBytes(plan.tensors));
    std::int64_t done = 0;
    progress.check();
    return writeGguf(path, plan.metadata, plan.tensors,
                     [&](std::size_t index, std::int64_t begin, std::int64_t count, std::span<std::byte> out) {
                         progress.advance(tr("Writing"), plan.tensors[index].name,
                                          static_cast<double>(done) / static_cast<double>(all));
                         source.fill(index, begin, count, out);
                         done += static_cast<std::int64_t>(out.size());
                     },
                     plan.late);
}

} // namespace halftone
