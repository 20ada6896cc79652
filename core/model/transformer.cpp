// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/transformer.h"

#include "base/error.h"
#include "model/rotary.h"

#include <algorithm>
#include <cmath>

namespace halftone {

Transformer::Transformer(std::shared_ptr<const Checkpoint> checkpoint, ComputeBackend& backend)
    : m_checkpoint(std::move(checkpoint)), m_backend(backend), m_config(ModelConfig::of(*m_checkpoint))
{
    m_finalNorm =
        m_backend.upload(m_checkpoint->readMatrix(m_checkpoint->require(m_config.names.finalNorm)));
}

Array Transformer::embed(std::span<const int> tokens) const
{
    const TensorView& table = m_checkpoint->require(m_config.names.embedding);
    Matrix rows(static_cast<Index>(tokens.size()), m_config.hidden);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] < 0 || tokens[i] >= m_config.vocabulary)
            throw Error(tr("Token %1 is outside the model's vocabulary of %2: the tokenizer does not "
                           "belong to this model.")
                            .arg(tokens[i])
                            .arg(m_config.vocabulary));
        m_checkpoint->readRows(table, tokens[i], 1,
                               {rows.row(static_cast<Index>(i)).data(),
                                static_cast<std::size_t>(m_config.hidden)});
    }
    // Each row brings its neighbours' pages with it. Not where products read the same bytes.
    if (m_packedRun && !(m_config.tiedEmbeddings && runsInPlace(table)))
        m_checkpoint->release(table.bytes);
    const Array hidden = m_backend.allocateAside(Scalar::F32, rows.rows(), rows.cols());
    m_backend.upload(hidden, rows.data());
    return hidden;
}

Block Transformer::loadBlock(Index index) const
{
    const auto load = [&](const QString& name) {
        const TensorView& tensor = m_checkpoint->require(name);
        const Array to = m_backend.allocate(Scalar::F32, tensor.rows(), tensor.columns());
        if (!m_backend.uploadStored(to, tensor.type, tensor.bytes))
            m_backend.upload(to, m_checkpoint->readMatrix(tensor).data());
        m_checkpoint->checkIntact();
        return to;
    };
    const auto loadIfThere = [&](const QString& name) {
        return m_checkpoint->find(name) ? load(name) : Array();
    };
    const TensorNames& names = m_config.names;
    Block block;
    block.attentionNorm = load(names.attentionNorm.arg(index));
    block.mlpNorm = load(names.mlpNorm.arg(index));
    if (m_config.queryKeyNorms) {
        block.queryNorm = load(names.queryNorm.arg(index));
        block.keyNorm = load(names.keyNorm.arg(index));
    }
    for (Linear linear : kLinears) {
        const auto i = static_cast<std::size_t>(linear);
        block.packed[i] = loadPacked(names.weight(linear, index));
        if (!block.packed[i])
            block.weights[i] = load(names.weight(linear, index));
        block.biases[i] = loadIfThere(names.bias(linear, index));
        block.inputs[i] = inputsOf(names.weight(linear, index));
    }
    return block;
}

Transformer::Scratch& Transformer::scratch(Index tokens)
{
    if (m_scratch.tokens != tokens) {
        const auto make = [&](Index columns) {
            return m_backend.allocate(Scalar::F32, tokens, columns);
        };
        const Index queryWidth = m_config.heads * m_config.headWidth;
        const Index keyWidth = m_config.keyHeads * m_config.headWidth;
        m_scratch = {};
        m_scratch.tokens = tokens;
        m_scratch.normed = make(m_config.hidden);
        m_scratch.queries = make(queryWidth);
        m_scratch.keys = make(keyWidth);
        m_scratch.values = make(keyWidth);
        m_scratch.context = make(queryWidth);
        m_scratch.sum = make(m_config.hidden);
        m_scratch.gate = make(m_config.feedForward);
        m_scratch.up = make(m_config.feedForward);
    }
    return m_scratch;
}

const Transformer::Angles& Transformer::angles(Index begin, Index count, Index sequence)
{
    if (m_angles.begin != begin || m_angles.count != count || m_angles.sequence != sequence) {
        const RotaryAngles a = rotaryAngles(m_config, begin, count, sequence);
        m_angles = {begin, count, sequence, m_backend.upload(a.cosine), m_backend.upload(a.sine)};
    }
    return m_angles;
}

// Whether the stored bytes, if a product can read them, are what is wanted: not where floats or fewer bits are.
bool Transformer::runsInPlace(const TensorView& tensor) const
{
    return m_packedRun && (tensor.type == ElementType::Packed ||
                           (tensor.type == ElementType::Q8_0 && m_packedRun->keptBits == 8 &&
                            m_packedRun->activations != Activations::Float32));
}

std::shared_ptr<const ResidentMatrix> Transformer::loadPacked(const QString& name) const
{
    if (!m_packedRun)
        return nullptr;
    const TensorView& tensor = m_checkpoint->require(name);
    if (runsInPlace(tensor))
        if (auto there = m_checkpoint->mapped(tensor)) {
            m_checkpoint->checkIntact();
            return there;
        }
    if (const auto packed = m_checkpoint->packed(tensor)) {
        if (!ResidentMatrix::holds(*packed))
            return nullptr; // no product reads these forms: the block holds floats
        auto resident = std::make_shared<const ResidentMatrix>(ResidentMatrix::of(*packed));
        m_checkpoint->checkIntact();
        if (!resident->owner) // read in another form from now on
            m_checkpoint->release(packed->bytes);
        return resident;
    }
    if (m_packedRun->activations == Activations::Float32)
        return nullptr;
    auto rounded = std::make_shared<const ResidentMatrix>(ResidentMatrix::rounded(
        name, tensor.rows(), tensor.columns(), m_packedRun->keptBits,
        [&](Index begin, Index count, std::span<float> out) {
            m_checkpoint->readRows(tensor, begin, count, out);
        }));
    m_checkpoint->release(tensor.bytes);
    return rounded;
}

GgmlInputs Transformer::inputsOf(const QString& tensor) const
{
    return m_asLlamaCpp ? ggmlInputs(m_checkpoint->require(tensor).type) : GgmlInputs::AsTheyAre;
}

void Transformer::projectFloats(const Array& out, const Array& input, const Array& weight, GgmlInputs inputs) const
{
    if (inputs == GgmlInputs::AsTheyAre)
        return m_backend.project(out, input, weight);
    Matrix x = m_backend.downloadMatrix(input);
    roundGgmlInputs(inputs, x);
    m_backend.project(out, m_backend.upload(x), weight);
}

void Transformer::project(const Block& block, std::initializer_list<Projection> projections,
                          const Array& input) const
{
    std::vector<PackedProduct> packed;
    for (const Projection& p : projections) {
        if (const auto& weight = block.packed[static_cast<std::size_t>(p.linear)])
            packed.push_back({p.out, weight.get()});
        else
            projectFloats(p.out, input, block.weight(p.linear), block.inputs[static_cast<std::size_t>(p.linear)]);
    }
    if (!packed.empty())
        m_backend.multiplyPacked(packed, input, m_packedRun->activations);
    for (const Projection& p : projections)
        if (block.bias(p.linear))
            m_backend.addBias(p.out, block.bias(p.linear));
}

// s.normed to s.context.
void Transformer::attend(const Block& block, Scratch& s, KeyValueCache* cache)
{
    project(block, {{Linear::Query, s.queries}, {Linear::Key, s.keys}, {Linear::Value, s.values}}, s.normed);
    const Index before = cache ? cache->used : 0;
    const Index tokens = s.tokens;
    const Index width = m_config.headWidth;
    if (m_config.queryKeyNorms) {
        const auto normHeads = [&](Array& a, Index heads, const Array& gain) {
            Array perHead = a;
            perHead.rows = a.rows * heads;
            perHead.columns = width;
            m_backend.rmsNorm(perHead, perHead, gain, m_config.normEpsilon);
        };
        normHeads(s.queries, m_config.heads, block.queryNorm);
        normHeads(s.keys, m_config.keyHeads, block.keyNorm);
    }
    const Angles& turn = angles(before, tokens, before + tokens);
    m_backend.rotary(s.queries, width, turn.cosine, turn.sine, m_config.rotaryStyle);
    m_backend.rotary(s.keys, width, turn.cosine, turn.sine, m_config.rotaryStyle);
    Array keys = s.keys, values = s.values;
    if (cache) {
        if (before + tokens > cache->keys.rows)
            throw Error(tr("The text is longer than the %1 tokens there is room for.")
                            .arg(cache->keys.rows));
        m_backend.copy(cache->keys.rowRange(before, tokens), s.keys);
        m_backend.copy(cache->values.rowRange(before, tokens), s.values);
        cache->used += tokens;
        keys = cache->keys.rowRange(0, cache->used);
        values = cache->values.rowRange(0, cache->used);
    }
    AttentionShape shape;
    shape.heads = m_config.heads;
    shape.keyHeads = m_config.keyHeads;
    shape.headWidth = width;
    shape.scale = 1.0f / std::sqrt(static_cast<float>(width));
    shape.queryBegin = before;
    shape.window = m_config.slidingWindow;
    m_backend.attention(s.context, s.queries, keys, values, shape);
}

void Transformer::addAttention(const Block& block, const Array& sum, const Array& context, const Array& hidden) const
{
    project(block, {{Linear::Output, sum}}, context);
    m_backend.add(sum, hidden);
}

// s.normed to s.gate.
void Transformer::gate(const Block& block, Scratch& s)
{
    project(block, {{Linear::Gate, s.gate}, {Linear::Up, s.up}}, s.normed);
    m_backend.swiGlu(s.gate, s.up);
}

void Transformer::runBlock(const Block& block, const Array& hidden, const Observer& observer,
                           const Stage* until, KeyValueCache* cache)
{
    Scratch& s = scratch(hidden.rows);
    // True when the caller wants no more than this stage's input.
    const auto observed = [&](Stage stage, const Array& input, const Array& residual) {
        if (observer)
            observer(stage, input, residual);
        return until && *until == stage;
    };
    m_backend.rmsNorm(s.normed, hidden, block.attentionNorm, m_config.normEpsilon);
    if (observed(Stage::QueryKeyValue, s.normed, hidden))
        return;
    attend(block, s, cache);
    if (observed(Stage::Output, s.context, hidden))
        return;
    addAttention(block, s.sum, s.context, hidden);
    m_backend.rmsNorm(s.normed, s.sum, block.mlpNorm, m_config.normEpsilon);
    if (observed(Stage::GateUp, s.normed, s.sum))
        return;
    gate(block, s);
    if (observed(Stage::Down, s.gate, s.sum))
        return;
    project(block, {{Linear::Down, hidden}}, s.gate);
    m_backend.add(hidden, s.sum);
}

// Between Output and GateUp the attention's outcome lies there, later the sum that it was added to.
Array Transformer::contextIn(Array between) const
{
    between.columns = m_config.heads * m_config.headWidth;
    return between;
}

Array Transformer::sumIn(Array between) const
{
    between.columns = m_config.hidden;
    return between;
}

void Transformer::runStage(Stage stage, const Block& block, const Array& hidden, const Array& between,
                           const Observer& observer)
{
    Scratch& s = scratch(hidden.rows);
    switch (stage) {
    case Stage::QueryKeyValue:
        m_backend.rmsNorm(s.normed, hidden, block.attentionNorm, m_config.normEpsilon);
        return observer(stage, s.normed, hidden);
    case Stage::Output:
        m_backend.rmsNorm(s.normed, hidden, block.attentionNorm, m_config.normEpsilon);
        attend(block, s, nullptr);
        m_backend.copy(contextIn(between), s.context);
        return observer(stage, s.context, hidden);
    case Stage::GateUp:
        addAttention(block, s.sum, contextIn(between), hidden);
        m_backend.copy(sumIn(between), s.sum);
        m_backend.rmsNorm(s.normed, s.sum, block.mlpNorm, m_config.normEpsilon);
        return observer(stage, s.normed, s.sum);
    case Stage::Down:
        m_backend.rmsNorm(s.normed, sumIn(between), block.mlpNorm, m_config.normEpsilon);
        gate(block, s);
        return observer(stage, s.gate, sumIn(between));
    }
}

void Transformer::finishBlock(const Block& block, const Array& hidden, const Array& between)
{
    Scratch& s = scratch(hidden.rows);
    m_backend.rmsNorm(s.normed, sumIn(between), block.mlpNorm, m_config.normEpsilon);
    gate(block, s);
    project(block, {{Linear::Down, hidden}}, s.gate);
    m_backend.add(hidden, sumIn(between));
}

Index Transformer::betweenWidth() const
{
    return std::max(m_config.hidden, m_config.heads * m_config.headWidth);
}

Array Transformer::makeBetween(Index tokens) const
{
    return m_backend.allocateAside(Scalar::F32, tokens, betweenWidth());
}

KeyValueCache Transformer::makeCache(Index capacity) const
{
    const Index width = m_config.keyHeads * m_config.headWidth;
    return {m_backend.allocate(Scalar::F32, capacity, width),
            m_backend.allocate(Scalar::F32, capacity, width), 0};
}

Array Transformer::normed(const Array& hidden)
{
    Array out = m_backend.allocate(Scalar::F32, hidden.rows, hidden.columns);
    m_backend.rmsNorm(out, hidden, m_finalNorm, m_config.normEpsilon);
    return out;
}

Array Transformer::loadHead() const
{
    const QString& name = m_config.tiedEmbeddings ? m_config.names.embedding : m_config.names.head;
    return m_backend.upload(m_checkpoint->readMatrix(m_checkpoint->require(name)));
}

Head Transformer::prepareHead() const
{
    Head head;
    const QString& name = m_config.tiedEmbeddings ? m_config.names.embedding : m_config.names.head;
    head.packed = loadPacked(name);
    head.inputs = inputsOf(name);
    if (!head.packed)
        head.floats = loadHead();
    head.rows = m_config.vocabulary;
    return head;
}

void Transformer::multiplyHead(const Array& logits, const Array& states, const Head& head) const
{
    if (!head.packed)
        return projectFloats(logits, states, head.floats, head.inputs);
    const PackedProduct product{logits, head.packed.get()};
    m_backend.multiplyPacked({&product, 1}, states, m_packedRun->activations);
}

std::int64_t Transformer::blockBytes() const
{
    return 4 * (m_config.linearWeights() / m_config.blocks + 2 * m_config.hidden);
}

std::int64_t Transformer::scratchBytes(Index tokens) const
{
    const Index perToken = 2 * m_config.hidden + 2 * m_config.heads * m_config.headWidth +
                           2 * m_config.keyHeads * m_config.headWidth + 2 * m_config.feedForward;
    return 4 * static_cast<std::int64_t>(tokens) * perToken;
}

} // namespace halftone
