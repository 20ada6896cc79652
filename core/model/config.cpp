// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config.h"

#include "base/error.h"
#include "model/architectures.h"

#include <QStringList>
#include <cmath>
#include <limits>

namespace halftone {

using nlohmann::json;

namespace {

// Reads numbers from one JSON object and says clearly what is missing or senseless.
class Numbers
{
public:
    Numbers(const json& object, QString source) : m_object(object), m_source(std::move(source)) {}

    const json* find(const QString& key) const
    {
        const auto it = m_object.find(key.toStdString());
        return it == m_object.end() || it->is_null() ? nullptr : &*it;
    }
    double real(const QString& key, double fallback) const
    {
        const json* value = find(key);
        if (!value)
            return fallback;
        if (!value->is_number() || !std::isfinite(value->get<double>()))
            throw Error(tr("%1: '%2' should be a number, but it is %3.")
                            .arg(m_source, key, QString::fromStdString(value->dump()).left(60)));
        return value->get<double>();
    }
    Index count(const QString& key, Index fallback, Index least = 1, Index most = 1 << 30) const
    {
        const double value = real(key, static_cast<double>(fallback));
        if (!find(key) && fallback < least)
            throw Error(tr("%1 has no '%2', which the model needs.").arg(m_source, key));
        if (value != std::floor(value) || value < static_cast<double>(least) ||
            value > static_cast<double>(most))
            throw Error(tr("%1: '%2' should be a whole number from %3 to %4, but it is %5.")
                            .arg(m_source, key)
                            .arg(least)
                            .arg(most)
                            .arg(value));
        return static_cast<Index>(value);
    }
    bool flag(const QString& key, bool fallback) const
    {
        const json* value = find(key);
        if (!value)
            return fallback;
        if (!value->is_boolean())
            throw Error(tr("%1: '%2' should be true or false, but it is %3.")
                            .arg(m_source, key, QString::fromStdString(value->dump()).left(60)));
        return value->get<bool>();
    }
    QString text(const QString& key) const
    {
        const json* value = find(key);
        return value && value->is_string() ? QString::fromStdString(value->get<std::string>())
                                           : QString();
    }
    std::vector<double> list(const QString& key) const
    {
        const json* value = find(key);
        std::vector<double> out;
        if (value && value->is_array())
            for (const json& item : *value)
                if (item.is_number())
                    out.push_back(item.get<double>());
        return out;
    }
    const QString& source() const { return m_source; }

private:
    const json& m_object;
    QString m_source;
};

QString supported(bool gguf)
{
    QStringList names;
    for (const Architecture& a : architectures())
        names << QLatin1String(gguf ? a.gguf : a.huggingFace);
    return names.join(QStringLiteral(", "));
}

const Architecture& architectureNamed(const QString& name, bool gguf, const QString& source)
{
    for (const Architecture& a : architectures())
        if (name == QLatin1String(gguf ? a.gguf : a.huggingFace))
            return a;
    throw Error(tr("%1 is a model of architecture '%2'; Halftone runs %3.")
                    .arg(source, name.isEmpty() ? tr("(none named)") : name, supported(gguf)));
}

RopeScaling::Kind scalingKind(const QString& name, const QString& source)
{
    using Kind = RopeScaling::Kind;
    if (name.isEmpty() || name == QLatin1String("default") || name == QLatin1String("none"))
        return Kind::None;
    if (name == QLatin1String("linear"))
        return Kind::Linear;
    if (name == QLatin1String("dynamic"))
        return Kind::Dynamic;
    if (name == QLatin1String("yarn"))
        return Kind::Yarn;
    if (name == QLatin1String("llama3"))
        return Kind::Llama3;
    if (name == QLatin1String("longrope") || name == QLatin1String("su"))
        return Kind::LongRope;
    throw Error(tr("%1 asks for rope scaling '%2'; known are default, linear, dynamic, yarn, llama3 "
                   "and longrope.")
                    .arg(source, name));
}

void readScaling(ModelConfig& c, const Numbers& n)
{
    // transformers 5 writes rope_parameters (theta inside), earlier ones rope_scaling.
    const json* object = n.find(QStringLiteral("rope_scaling"));
    if (!object)
        object = n.find(QStringLiteral("rope_parameters"));
    if (!object || !object->is_object())
        return;
    const Numbers s(*object, n.source());
    RopeScaling& r = c.scaling;
    c.ropeBase = s.real(QStringLiteral("rope_theta"), c.ropeBase);
    const QString kind = s.text(QStringLiteral("rope_type"));
    r.kind = scalingKind(kind.isEmpty() ? s.text(QStringLiteral("type")) : kind, n.source());
    if (r.kind == RopeScaling::Kind::None)
        return;
    r.originalContext = s.real(QStringLiteral("original_max_position_embeddings"),
                               n.real(QStringLiteral("original_max_position_embeddings"),
                                      static_cast<double>(c.context)));
    if (!(r.originalContext >= 1))
        throw Error(tr("%1: the rope scaling's original context should be at least 1.")
                        .arg(n.source()));
    const bool longRope = r.kind == RopeScaling::Kind::LongRope;
    r.factor = s.real(QStringLiteral("factor"),
                      longRope ? static_cast<double>(c.context) / r.originalContext : 1);
    if (!(r.factor > 0))
        throw Error(tr("%1: the rope scaling's factor should be above 0, but it is %2.")
                        .arg(n.source())
                        .arg(r.factor));
    r.lowFrequencyFactor = s.real(QStringLiteral("low_freq_factor"), 1);
    r.highFrequencyFactor = s.real(QStringLiteral("high_freq_factor"), 4);
    r.betaFast = s.real(QStringLiteral("beta_fast"), 32);
    r.betaSlow = s.real(QStringLiteral("beta_slow"), 1);
    r.attentionFactor = s.real(QStringLiteral("attention_factor"), 0);
    r.mscale = s.real(QStringLiteral("mscale"), 0);
    r.mscaleAllDim = s.real(QStringLiteral("mscale_all_dim"), 0);
    r.truncate = s.flag(QStringLiteral("truncate"), true);
    r.longFactor = s.list(QStringLiteral("long_factor"));
    r.shortFactor = s.list(QStringLiteral("short_factor"));
    const auto pairs = static_cast<std::size_t>(c.rotaryWidth / 2);
    if (longRope && (r.longFactor.size() != pairs || r.shortFactor.size() != pairs))
        throw Error(tr("%1: longrope needs %2 long and short factors, but has %3 and %4.")
                        .arg(n.source())
                        .arg(pairs)
                        .arg(r.longFactor.size())
                        .arg(r.shortFactor.size()));
}

ModelConfig fromHuggingFace(const Checkpoint& checkpoint)
{
    const Numbers n(checkpoint.config(), QStringLiteral("config.json"));
    ModelConfig c;
    const json* list = n.find(QStringLiteral("architectures"));
    if (list && list->is_array() && !list->empty() && list->front().is_string())
        c.architecture = QString::fromStdString(list->front().get<std::string>());
    const Architecture& a = architectureNamed(c.architecture, false, checkpoint.path());
    c.names = huggingFaceNames();
    c.queryKeyNorms = a.queryKeyNorms;
    c.blocks = n.count(QStringLiteral("num_hidden_layers"), 0, 1, 10000);
    c.hidden = n.count(QStringLiteral("hidden_size"), 0);
    c.feedForward = n.count(QStringLiteral("intermediate_size"), 0);
    c.heads = n.count(QStringLiteral("num_attention_heads"), 0);
    c.keyHeads = n.count(QStringLiteral("num_key_value_heads"), c.heads);
    c.headWidth = n.count(QStringLiteral("head_dim"), std::max<Index>(1, c.hidden / c.heads));
    c.vocabulary = n.count(QStringLiteral("vocab_size"), 0);
    c.context = n.count(QStringLiteral("max_position_embeddings"), 2048);
    if (n.flag(QStringLiteral("use_sliding_window"), a.queryKeyNorms || a.attentionBias ? false : true))
        c.slidingWindow = n.count(QStringLiteral("sliding_window"), 0, 0);
    c.normEpsilon = static_cast<float>(n.real(QStringLiteral("rms_norm_eps"), 1e-6));
    c.ropeBase = n.real(QStringLiteral("rope_theta"), 10000);
    const double turned = n.real(QStringLiteral("partial_rotary_factor"), 1);
    c.rotaryWidth = static_cast<Index>(static_cast<double>(c.headWidth) * turned);
    c.rotaryStyle = RotaryStyle::Halves;
    c.tiedEmbeddings = n.flag(QStringLiteral("tie_word_embeddings"), false);
    const QString activation = n.text(QStringLiteral("hidden_act"));
    if (!activation.isEmpty() && activation != QLatin1String("silu") &&
        activation != QLatin1String("swish"))
        throw Error(tr("%1: the activation is '%2', but Halftone runs 'silu' only.")
                        .arg(n.source(), activation));
    readScaling(c, n);
    // Some tied models keep the one table under the head's name.
    if (c.tiedEmbeddings && !checkpoint.find(c.names.embedding) && checkpoint.find(c.names.head))
        c.names.embedding = c.names.head;
    return c;
}

void readGgufScaling(ModelConfig& c, const Numbers& n, const QString& prefix,
                     const Checkpoint& checkpoint)
{
    RopeScaling& r = c.scaling;
    r.kind = scalingKind(n.text(prefix + QStringLiteral("rope.scaling.type")), n.source());
    r.factor = n.real(prefix + QStringLiteral("rope.scaling.factor"), 1);
    if (r.factor <= 0)
        r.factor = 1;
    r.originalContext = n.real(prefix + QStringLiteral("rope.scaling.original_context_length"),
                               static_cast<double>(c.context));
    r.attentionFactor = n.real(prefix + QStringLiteral("rope.scaling.attn_factor"), 0);
    const auto row = [&](const char* name) {
        std::vector<double> out;
        if (const TensorView* t = checkpoint.find(QLatin1String(name))) {
            if (t->elements() != c.rotaryWidth / 2)
                throw Error(tr("Tensor '%1' has %2 elements, but the config needs %3.")
                                .arg(t->name)
                                .arg(t->elements())
                                .arg(c.rotaryWidth / 2));
            const Matrix values = checkpoint.readMatrix(*t);
            out.assign(values.data(), values.data() + values.size());
        }
        return out;
    };
    r.frequencyFactor = row("rope_freqs.weight");
    r.longFactor = row("rope_factors_long.weight");
    r.shortFactor = row("rope_factors_short.weight");
    if (!r.longFactor.empty() && !r.shortFactor.empty())
        r.kind = RopeScaling::Kind::LongRope;
    else if (r.kind == RopeScaling::Kind::LongRope)
        throw Error(tr("%1 asks for longrope, but has no rope_factors tensors.").arg(n.source()));
}

ModelConfig fromGguf(const Checkpoint& checkpoint)
{
    const Numbers n(checkpoint.metadata(), tr("the GGUF metadata"));
    ModelConfig c;
    c.architecture = n.text(QStringLiteral("general.architecture"));
    const Architecture& a = architectureNamed(c.architecture, true, checkpoint.path());
    const QString prefix = c.architecture + QLatin1Char('.');
    c.names = ggufNames();
    c.queryKeyNorms = a.queryKeyNorms;
    c.rotaryStyle = a.ggufStyle;
    c.blocks = n.count(prefix + QStringLiteral("block_count"), 0, 1, 10000);
    c.hidden = n.count(prefix + QStringLiteral("embedding_length"), 0);
    c.feedForward = n.count(prefix + QStringLiteral("feed_forward_length"), 0);
    c.heads = n.count(prefix + QStringLiteral("attention.head_count"), 0);
    c.keyHeads = n.count(prefix + QStringLiteral("attention.head_count_kv"), c.heads);
    c.headWidth = n.count(prefix + QStringLiteral("attention.key_length"),
                          std::max<Index>(1, c.hidden / c.heads));
    c.vocabulary = checkpoint.require(c.names.embedding).rows();
    c.context = n.count(prefix + QStringLiteral("context_length"), 2048);
    c.slidingWindow = n.count(prefix + QStringLiteral("attention.sliding_window"), 0, 0);
    c.normEpsilon = static_cast<float>(
        n.real(prefix + QStringLiteral("attention.layer_norm_rms_epsilon"), 1e-5));
    c.ropeBase = n.real(prefix + QStringLiteral("rope.freq_base"), 10000);
    c.rotaryWidth = n.count(prefix + QStringLiteral("rope.dimension_count"), c.headWidth);
    c.tiedEmbeddings = !checkpoint.find(c.names.head);
    readGgufScaling(c, n, prefix, checkpoint);
    return c;
}

void requireShape(const Checkpoint& checkpoint, const QString& name, Index rows, Index columns)
{
    const TensorView& t = checkpoint.require(name);
    if (t.rows() != rows || t.columns() != columns)
        throw Error(tr("Tensor '%1' is %2x%3 in the file but the config needs %4x%5.")
                        .arg(name)
                        .arg(t.rows())
                        .arg(t.columns())
                        .arg(rows)
                        .arg(columns));
    if (!info(t.type).floating)
        throw Error(tr("Tensor '%1' holds %2, which are no weights.").arg(name, halftone::name(t.type)));
}

void checkTensors(const Checkpoint& checkpoint, const ModelConfig& c)
{
    requireShape(checkpoint, c.names.embedding, c.vocabulary, c.hidden);
    requireShape(checkpoint, c.names.finalNorm, 1, c.hidden);
    if (!c.tiedEmbeddings)
        requireShape(checkpoint, c.names.head, c.vocabulary, c.hidden);
    for (Index b = 0; b < c.blocks; ++b) {
        requireShape(checkpoint, c.names.attentionNorm.arg(b), 1, c.hidden);
        requireShape(checkpoint, c.names.mlpNorm.arg(b), 1, c.hidden);
        if (c.queryKeyNorms) {
            requireShape(checkpoint, c.names.queryNorm.arg(b), 1, c.headWidth);
            requireShape(checkpoint, c.names.keyNorm.arg(b), 1, c.headWidth);
        }
        for (Linear linear : kLinears) {
            const auto [rows, columns] = c.shape(linear);
            requireShape(checkpoint, c.names.weight(linear, b), rows, columns);
            if (checkpoint.find(c.names.bias(linear, b)))
                requireShape(checkpoint, c.names.bias(linear, b), 1, rows);
        }
    }
}

void checkBiases(const Checkpoint& checkpoint, const ModelConfig& c)
{
    const Numbers n(checkpoint.config(), QStringLiteral("config.json"));
    const bool always = architectureNamed(c.architecture, false, checkpoint.path()).attentionBias;
    const auto need = [&](Linear linear) {
        for (Index b = 0; b < c.blocks; ++b)
            checkpoint.require(c.names.bias(linear, b));
    };
    if (always || n.flag(QStringLiteral("attention_bias"), false))
        for (Linear linear : {Linear::Query, Linear::Key, Linear::Value})
            need(linear);
    if (!always && n.flag(QStringLiteral("attention_bias"), false))
        need(Linear::Output);
    if (n.flag(QStringLiteral("mlp_bias"), false))
        for (Linear linear : {Linear::Gate, Linear::Up, Linear::Down})
            need(linear);
}

} // namespace

QString shortName(Linear linear)
{
    static const char* const names[] = {"q", "k", "v", "o", "gate", "up", "down"};
    return QLatin1String(names[static_cast<int>(linear)]);
}

std::span<const Linear> linearsOf(Stage stage)
{
    static constexpr Linear qkv[] = {Linear::Query, Linear::Key, Linear::Value};
    static constexpr Linear o[] = {Linear::Output};
    static constexpr Linear gateUp[] = {Linear::Gate, Linear::Up};
    static constexpr Linear down[] = {Linear::Down};
    switch (stage) {
    case Stage::QueryKeyValue: return qkv;
    case Stage::Output: return o;
    case Stage::GateUp: return gateUp;
    case Stage::Down: break;
    }
    return down;
}

QString TensorNames::weight(Linear linear, Index block) const
{
    return linears[static_cast<std::size_t>(linear)].arg(block) + QStringLiteral(".weight");
}

QString TensorNames::bias(Linear linear, Index block) const
{
    return linears[static_cast<std::size_t>(linear)].arg(block) + QStringLiteral(".bias");
}

std::array<Index, 2> ModelConfig::shape(Linear linear) const
{
    switch (linear) {
    case Linear::Query: return {heads * headWidth, hidden};
    case Linear::Key:
    case Linear::Value: return {keyHeads * headWidth, hidden};
    case Linear::Output: return {hidden, heads * headWidth};
    case Linear::Gate:
    case Linear::Up: return {feedForward, hidden};
    case Linear::Down: break;
    }
    return {hidden, feedForward};
}

std::int64_t ModelConfig::linearWeights() const
{
    std::int64_t sum = 0;
    for (Linear linear : kLinears) {
        const auto [rows, columns] = shape(linear);
        sum += rows * columns;
    }
    return sum * blocks;
}

ModelConfig ModelConfig::of(const Checkpoint& checkpoint)
{
    const bool gguf = checkpoint.metadata().contains("general.architecture");
    if (!gguf && !checkpoint.config().is_object())
        throw Error(tr("%1 has no config.json, so its tensors can be looked at but not run as a model. "
                       "Put the config.json of the model beside it.")
                        .arg(checkpoint.path()));
    ModelConfig c = gguf ? fromGguf(checkpoint) : fromHuggingFace(checkpoint);
    if (c.heads % c.keyHeads != 0)
        throw Error(tr("%1: %2 attention heads cannot share %3 key-value heads evenly.")
                        .arg(checkpoint.path())
                        .arg(c.heads)
                        .arg(c.keyHeads));
    if (c.rotaryWidth < 2 || c.rotaryWidth % 2 != 0 || c.rotaryWidth > c.headWidth)
        throw Error(tr("%1: rotary width %2 does not fit heads of width %3.")
                        .arg(checkpoint.path())
                        .arg(c.rotaryWidth)
                        .arg(c.headWidth));
    if (!(c.ropeBase > 1) || !(c.normEpsilon >= 0))
        throw Error(tr("%1: rope base %2 or norm epsilon %3 makes no sense.")
                        .arg(checkpoint.path())
                        .arg(c.ropeBase)
                        .arg(double{c.normEpsilon}));
    checkTensors(checkpoint, c);
    if (!gguf)
        checkBiases(checkpoint, c);
    return c;
}

} // namespace halftone
