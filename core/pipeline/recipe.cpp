// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/recipe.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "pipeline/bits_knob.h"
#include "quantize/quantizers.h"

#include <QFile>
#include <QRegularExpression>
#include <algorithm>
#include <functional>
#include <limits>

namespace halftone {

using nlohmann::json;

namespace {

constexpr int kVersion = 1;

QString text(const json& value)
{
    return QString::fromStdString(value.get<std::string>());
}

// One object of a recipe being read: every key must be asked for, or it is unknown.
class Reader
{
    // Beyond 63 bits the library would wrap around.
    static std::int64_t whole(const json& v)
    {
        constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
        return v.is_number_unsigned() && v.get<std::uint64_t>() > std::uint64_t{kMost}
                   ? kMost
                   : v.get<std::int64_t>();
    }

public:
    Reader(const json& object, QString name) : m_object(object), m_name(std::move(name))
    {
        if (!object.is_object())
            throw Error(tr("The recipe's %1 should be an object in braces, but it is %2.")
                            .arg(m_name, shown(object)));
    }
    const json* take(const char* key, bool (json::*is)() const noexcept, const char* kind)
    {
        m_known << QString::fromLatin1(key);
        const auto it = m_object.find(key);
        if (it == m_object.end() || it->is_null())
            return nullptr;
        if (!((*it).*is)())
            throw Error(tr("The recipe's '%1' should be %2, but it is %3.")
                            .arg(QString::fromLatin1(key), tr(kind), shown(*it)));
        return &*it;
    }
    void read(const char* key, QString& out)
    {
        if (const json* v = take(key, &json::is_string, QT_TR_NOOP("text")))
            out = text(*v);
    }
    void read(const char* key, bool& out)
    {
        if (const json* v = take(key, &json::is_boolean, QT_TR_NOOP("true or false")))
            out = v->get<bool>();
    }
    void read(const char* key, double& out)
    {
        if (const json* v = take(key, &json::is_number, QT_TR_NOOP("a number")))
            out = v->get<double>();
    }
    void read(const char* key, int& out)
    {
        if (const json* v = take(key, &json::is_number_integer, QT_TR_NOOP("a whole number")))
            out = static_cast<int>(std::clamp<std::int64_t>(whole(*v), -1, 1 << 20));
    }
    void read(const char* key, std::optional<Index>& out)
    {
        if (const json* v = take(key, &json::is_number_integer, QT_TR_NOOP("a whole number")))
            out = static_cast<Index>(whole(*v));
    }
    void readObject(const char* key, const std::function<void(Reader&)>& body)
    {
        if (const json* v = take(key, &json::is_object, QT_TR_NOOP("an object in braces"))) {
            Reader inner(*v, QLatin1Char('\'') + QString::fromLatin1(key) + QLatin1Char('\''));
            body(inner);
            inner.finish();
        }
    }
    void finish() const
    {
        for (const auto& item : m_object.items()) {
            const QString key = QString::fromStdString(item.key());
            if (!m_known.contains(key))
                throw Error(tr("The recipe's %1 has the unknown key '%2'; known are %3.")
                                .arg(m_name, key, m_known.join(QStringLiteral(", "))));
        }
    }

    static QString shown(const json& v)
    {
        return QString::fromStdString(v.dump(-1, ' ', false, json::error_handler_t::replace)).left(60);
    }

private:
    const json& m_object;
    QString m_name;
    QStringList m_known;
};

void readText(Reader& r, TextChoice& t)
{
    r.read("text", t.text);
    r.read("windows", t.windows);
    r.read("context", t.context);
}

QRegularExpression wildcard(const QString& pattern)
{
    return QRegularExpression(QRegularExpression::wildcardToRegularExpression(pattern));
}

// The layers drift correction leaves alone, by the short names that reports use.
QStringList readSkipped(const json& list)
{
    QStringList known, out;
    for (Linear linear : kLinears)
        known << shortName(linear);
    for (const json& item : list) {
        out << (item.is_string() ? text(item) : QString());
        if (!known.contains(out.back()))
            throw Error(tr("The recipe's drift 'skip' should list some of %1, but it holds %2.")
                            .arg(known.join(QStringLiteral(", ")), Reader::shown(item)));
    }
    return out;
}

json textToJson(const TextChoice& t)
{
    json out{{"text", t.text.toStdString()}, {"windows", nullptr}, {"context", nullptr}};
    if (t.windows)
        out["windows"] = *t.windows;
    if (t.context)
        out["context"] = *t.context;
    return out;
}

} // namespace

json Recipe::toJson() const
{
    json list = json::array();
    for (const LayerOverride& o : overrides)
        list.push_back({{"layers", o.layers.toStdString()}, {"settings", o.settings}});
    json skip = json::array();
    for (const QString& s : drift.skip)
        skip.push_back(s.toStdString());
    json calibrated = textToJson(calibration);
    if (calibration.seed != 0) // absent as in recipes from before there was one, which stay equal
        calibrated["seed"] = calibration.seed;
    return {{"halftone_recipe", kVersion},
            {"model", model.toStdString()},
            {"method", method.toStdString()},
            {"settings", settings},
            {"overrides", list},
            {"calibration", calibrated},
            {"staged", staged},
            {"precise_hessian", preciseHessian},
            {"drift", {{"strength", drift.strength},
              {"damping", drift.damping},
              {"residual", drift.residual},
              {"skip", skip}}},
            {"token_clip", tokenClip},
            {"rotation",
             {{"active", rotation.active}, {"block", rotation.block}, {"seed", rotation.seed}}},
            {"refine",
             {{"rounds", refine.rounds},
              {"passes", refine.passes},
              {"rate", refine.rate},
              {"move_classes", refine.moveClasses}}},
            {"steer_bits", steerBits},
            {"entropy_coding", entropyCoding},
            {"embedding_bits", embeddingBits},
            {"head_bits", headBits},
            {"judge", judge},
            {"evaluation", textToJson(evaluation)},
            {"backend", backend.toStdString()},
            {"gpu_precision", gpuPrecision.toStdString()}};
}

Recipe Recipe::fromJson(const json& object)
{
    Recipe out;
    Reader r(object, tr("top level"));
    int version = kVersion;
    r.read("halftone_recipe", version);
    if (version != kVersion)
        throw Error(tr("The recipe has version %1, but this program knows version %2.")
                        .arg(version)
                        .arg(kVersion));
    r.read("model", out.model);
    r.read("method", out.method);
    if (const json* v = r.take("settings", &json::is_object, QT_TR_NOOP("an object in braces")))
        out.settings = *v;
    if (const json* v = r.take("overrides", &json::is_array, QT_TR_NOOP("a list")))
        for (const json& item : *v) {
            LayerOverride o;
            Reader inner(item, QStringLiteral("'overrides'"));
            inner.read("layers", o.layers);
            if (const json* s = inner.take("settings", &json::is_object,
                                           QT_TR_NOOP("an object in braces")))
                o.settings = *s;
            inner.finish();
            out.overrides.push_back(std::move(o));
        }
    r.readObject("calibration", [&](Reader& t) {
        readText(t, out.calibration);
        t.read("seed", out.calibration.seed);
    });
    r.read("staged", out.staged);
    r.read("precise_hessian", out.preciseHessian);
    r.readObject("drift", [&](Reader& d) {
        d.read("strength", out.drift.strength);
        d.read("damping", out.drift.damping);
        d.read("residual", out.drift.residual);
        if (const json* v = d.take("skip", &json::is_array, QT_TR_NOOP("a list")))
            out.drift.skip = readSkipped(*v);
    });
    r.read("token_clip", out.tokenClip);
    r.readObject("rotation", [&](Reader& o) {
        o.read("active", out.rotation.active);
        o.read("block", out.rotation.block);
        o.read("seed", out.rotation.seed);
    });
    r.readObject("refine", [&](Reader& o) {
        o.read("rounds", out.refine.rounds);
        o.read("passes", out.refine.passes);
        o.read("rate", out.refine.rate);
        o.read("move_classes", out.refine.moveClasses);
    });
    r.read("steer_bits", out.steerBits);
    r.read("entropy_coding", out.entropyCoding);
    r.read("embedding_bits", out.embeddingBits);
    r.read("head_bits", out.headBits);
    r.read("judge", out.judge);
    r.readObject("evaluation", [&](Reader& t) { readText(t, out.evaluation); });
    r.read("backend", out.backend);
    r.read("gpu_precision", out.gpuPrecision);
    r.finish();
    out.check();
    return out;
}

Recipe Recipe::fromFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("The recipe '%1' cannot be read: %2.").arg(path, file.errorString()));
    const QByteArray bytes = file.read(16 << 20);
    return fromJson(parseStrictJson({bytes.constData(), static_cast<std::size_t>(bytes.size())},
                                    tr("the recipe '%1'").arg(path), JsonComments::Allowed));
}

void Recipe::checkLayers(const ModelConfig& config) const
{
    for (const LayerOverride& o : overrides) {
        const QRegularExpression wanted = wildcard(o.layers);
        bool found = false;
        for (Index b = 0; b < config.blocks && !found; ++b)
            for (Linear linear : kLinears)
                found = found || wanted.match(config.names.weight(linear, b)).hasMatch();
        if (!found)
            throw Error(tr("The override for '%1' matches no linear layer; they are named like '%2'.")
                            .arg(o.layers, config.names.weight(Linear::Query, 0)));
    }
}

json Recipe::settingsFor(const QString& layer) const
{
    json merged = settings;
    for (const LayerOverride& o : overrides)
        if (wildcard(o.layers).match(layer).hasMatch())
            merged.update(o.settings);
    return completeSettings(quantizer(method), merged);
}

Treatment Recipe::treatmentFor(Index block) const
{
    Treatment t;
    t.rotation = {rotation.active, static_cast<std::uint32_t>(rotation.block),
                  (static_cast<std::uint64_t>(rotation.seed) << 32) + static_cast<std::uint64_t>(block)};
    t.refinement = refine;
    t.entropyCoded = entropyCoding;
    return t;
}

void Recipe::check() const
{
    const Quantizer& q = quantizer(method);
    completeSettings(q, settings);
    for (const LayerOverride& o : overrides) {
        if (o.layers.isEmpty())
            throw Error(tr("An override of the recipe names no layers."));
        if (!wildcard(o.layers).isValid())
            throw Error(tr("The recipe's override for '%1' is no pattern: %2.")
                            .arg(o.layers, wildcard(o.layers).errorString()));
        json merged = settings;
        merged.update(o.settings);
        completeSettings(q, merged);
    }
    for (int bits : {embeddingBits, headBits})
        if (bits != 0 && bits != 4 && bits != 6 && bits != 8)
            throw Error(tr("Embedding and head take 8, 6 or 4 bits, or 0 to stay as they are, but the "
                           "recipe asks for %1.")
                            .arg(bits));
    if (!(drift.strength >= 0 && drift.strength <= 1))
        throw Error(tr("The drift correction's strength should be from 0 to 1, but it is %1.")
                        .arg(drift.strength));
    if (!(drift.damping > 0 && drift.damping <= 100))
        throw Error(tr("The drift correction's damping should be above 0 and at most 100, but it is %1.")
                        .arg(drift.damping));
    if (!(drift.residual >= 0 && drift.residual <= 1))
        throw Error(tr("The drift correction's residual share should be from 0 to 1, but it is %1.")
                        .arg(drift.residual));
    if (calibration.seed < 0)
        throw Error(tr("The calibration's seed should be 0 (the first windows of the text) or a whole number above, "
                       "but it is %1.")
                        .arg(calibration.seed));
    if (!(tokenClip >= 0 && tokenClip <= 1e6))
        throw Error(tr("token_clip should be 0 (none) or a factor up to a million, but it is %1.")
                        .arg(tokenClip));
    if (rotation.block < 0 || rotation.block == 1 || rotation.seed < 0)
        throw Error(tr("A rotation's block should be 0 (all inputs) or at least 2 inputs and its seed not "
                       "negative, but they are %1 and %2.")
                        .arg(rotation.block).arg(rotation.seed));
    if (rotation.active && method.startsWith(QLatin1String("gguf-")))
        throw Error(tr("%1 codes for llama.cpp, which turns no inputs: turn the model itself first (export --to huggingface "
                       "--turn) and quantize that.").arg(method));
    if (refine.rounds < 0 || refine.rounds > 100 || refine.passes < 0 || refine.passes > 100 ||
        !(refine.rate >= 0 && refine.rate <= 10))
        throw Error(tr("A refinement takes 0 to 100 rounds of 0 to 100 passes at a rate of 0 to 10, but the "
                       "recipe asks for %1 rounds of %2 passes at %3.")
                        .arg(refine.rounds).arg(refine.passes).arg(refine.rate));
    if (!(steerBits >= 0 && steerBits <= 16))
        throw Error(tr("steer_bits should be 0 (none) or at most 16 bits, but it is %1.").arg(steerBits));
    if (steerBits > 0 && !bitsKnobOf(method))
        throw Error(tr("Method '%1' has no parameter by which a run could be steered to %2 bits.")
                        .arg(method).arg(steerBits));
    if (backend != QLatin1String("auto") && backend != QLatin1String("cpu") &&
        !backend.startsWith(QLatin1String("vulkan")))
        throw Error(tr("The backend should be auto, cpu or vulkan, but the recipe asks for '%1'.")
                        .arg(backend));
    if (gpuPrecision != QLatin1String("auto") && gpuPrecision != QLatin1String("full"))
        throw Error(tr("The GPU's precision should be auto or full, but the recipe asks for '%1'.")
                        .arg(gpuPrecision));
}

namespace {

QString value(const json& v)
{
    return QString::fromStdString(v.dump());
}

QString textLines(const char* indent, const TextChoice& t, const QString& emptyText,
                  const QString& defaultWindows)
{
    const json j = textToJson(t);
    const QString in = QLatin1String(indent);
    return in + QStringLiteral("// a text file; \"\" means %1\n").arg(emptyText) + in +
           QStringLiteral("\"text\": %1,\n").arg(value(j["text"])) + in +
           QStringLiteral("// null means %1, fewer where the text is short\n").arg(defaultWindows) +
           in + QStringLiteral("\"windows\": %1,\n").arg(value(j["windows"])) + in +
           QStringLiteral("// tokens of a window; null means 2048, or the model's context if shorter\n") +
           in + QStringLiteral("\"context\": %1").arg(value(j["context"]));
}

QString settingsLines(const Recipe& recipe)
{
    const Quantizer& q = quantizer(recipe.method);
    const json complete = completeSettings(q, recipe.settings);
    QString out;
    const auto parameters = q.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const Parameter& p = parameters[i];
        out += QStringLiteral("        // %1\n        \"%2\": %3%4\n")
                   .arg(describe(p), p.id, value(complete[p.id.toStdString()]),
                        QLatin1String(i + 1 < parameters.size() ? "," : ""));
    }
    return out;
}

} // namespace

QString commentedRecipe(const Recipe& recipe)
{
    const json j = recipe.toJson();
    QString out = QStringLiteral("{\n    \"halftone_recipe\": %1,\n").arg(kVersion);
    const auto line = [&](const char* comment, const char* key) {
        out += QStringLiteral("    // %1\n    \"%2\": %3,\n")
                   .arg(QLatin1String(comment), QLatin1String(key), value(j[key]));
    };
    line("the checkpoint: a folder, a .safetensors or a .gguf file", "model");
    line("how weights are coded; see halftone-cli methods", "method");
    out += QStringLiteral("    \"settings\": {\n%1    },\n").arg(settingsLines(recipe));
    line("other settings for some layers: [{\"layers\": \"*.mlp.down_proj\", \"settings\": "
         "{\"salient_ratio\": 0.2}}]; later ones win",
         "overrides");
    out += QStringLiteral("    // the text whose activations say which weights matter\n"
                          "    \"calibration\": {\n%1,\n"
                          "        // 0 takes the first windows of the text; another number draws where windows begin,\n"
                          "        // so that equal runs of several seeds tell how much their figures scatter\n"
                          "        \"seed\": %2\n    },\n")
               .arg(textLines("        ", recipe.calibration,
                              QStringLiteral("the text that comes with Halftone"),
                              QStringLiteral("128")))
               .arg(recipe.calibration.seed);
    line("true observes q k v, o, gate and up, and down in turn, each on the already coded ones",
         "staged");
    line("true sums the Hessians in fp64 (the definition), false in fp32 (faster)",
         "precise_hessian");
    out += QStringLiteral(
               "    // pulls each layer towards the original model's activations: 0 is off, 0.5 to 0.75 "
               "is good;\n    // damping in units of the Hessian's mean diagonal; skip: layers left "
               "alone (q k v o gate up down);\n    // residual: share of the residual stream's drift "
               "that o and down make up for\n    \"drift\": %1,\n")
               .arg(value(j["drift"]));
    line("tokens with more than so many times the median energy are scaled down in the Hessian; 0: none",
         "token_clip");
    line("codes a layer in a basis in which its weights are alike: Hadamard matrices with random signs "
         "over so many inputs (0: all)",
         "rotation");
    line("after the walk: rounds of a least-squares refit of the scales and so many passes over the codes; "
         "rate weighs bits, where they are entropy-coded",
         "refine");
    line("mean bits on disk of the linear layers that the run comes out at: layers still to code make up for "
         "what the coded ones took; 0: none",
         "steer_bits");
    line("true stores codes as a range coder's symbols: smaller files, decoded when they are opened",
         "entropy_coding");
    line("0 keeps the embedding's stored type; 8, 6 or 4 code it", "embedding_bits");
    line("the same for the head of models whose head is not the embedding", "head_bits");
    line("true measures perplexity and divergence of the result", "judge");
    out += QStringLiteral("    // on which text\n    \"evaluation\": {\n%1\n    },\n")
               .arg(textLines("        ", recipe.evaluation,
                              QStringLiteral("what follows the calibration windows in their text"),
                              QStringLiteral("8")));
    out += QStringLiteral("    // auto, cpu, vulkan or vulkan:N (see halftone-cli devices)\n"
                          "    \"backend\": %1,\n"
                          "    // of products on a GPU: auto takes fp16 factors and fp32 sums where it has "
                          "matrix units;\n    // full is fp32 throughout\n"
                          "    \"gpu_precision\": %2\n}\n")
               .arg(value(j["backend"]), value(j["gpu_precision"]));
    return out;
}

} // namespace halftone
