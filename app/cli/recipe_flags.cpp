// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recipe_flags.h"

#include "app/cli/verbs.h"
#include "base/error.h"
#include "pipeline/presets.h"
#include "quantize/quantizers.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace halftone::cli {

using nlohmann::json;

namespace {

QString text(const std::string& s)
{
    return QString::fromStdString(s);
}

// What was typed, as the JSON value a parameter of this name takes in the given method.
json typed(const Quantizer& method, const std::string& id, const std::string& value)
{
    for (const Parameter& p : method.parameters()) {
        if (p.id != text(id))
            continue;
        if (p.kind == Parameter::Kind::Choice)
            return value;
        const json parsed = json::parse(value, nullptr, false);
        return parsed.is_discarded() ? json(value) : parsed;
    }
    throw Error(tr("Method '%1' has no parameter '%2'; halftone-cli methods lists what it has.")
                    .arg(method.id(), text(id)));
}

LayerOverride overrideOf(const Quantizer& method, const std::string& flag)
{
    const auto colon = flag.rfind(':');
    if (colon == std::string::npos || colon == 0)
        throw Error(tr("'%1' should be PATTERN:key=value, for example '*down_proj*:salient_ratio=0.2'.")
                        .arg(text(flag)));
    LayerOverride out;
    out.layers = text(flag.substr(0, colon));
    for (const QString& pair : text(flag.substr(colon + 1)).split(QLatin1Char(','))) {
        const auto equals = pair.indexOf(QLatin1Char('='));
        if (equals < 1)
            throw Error(tr("'%1' in an override should be key=value.").arg(pair));
        const std::string key = pair.left(equals).toStdString();
        out.settings[key] = typed(method, key, pair.mid(equals + 1).toStdString());
    }
    return out;
}

// Each parameter once, in the order of the methods, with what it means: to each of several methods that
// do not agree on it.
std::vector<std::pair<QString, QString>> parameterHelp()
{
    struct Meaning
    {
        QString id, text;
        QStringList methods;
    };
    std::vector<Meaning> meanings;
    for (const Quantizer* q : quantizers())
        for (const Parameter& p : q->parameters()) {
            const QString said = describe(p);
            const auto same = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& m) {
                return m.id == p.id && m.text == said;
            });
            if (same != meanings.end())
                same->methods << q->id();
            else
                meanings.push_back({p.id, said, {q->id()}});
        }
    std::vector<std::pair<QString, QString>> help;
    for (const Meaning& m : meanings) {
        const auto several = std::count_if(meanings.begin(), meanings.end(),
                                           [&](const Meaning& other) { return other.id == m.id; });
        const QString said =
            several > 1 ? m.methods.join(QStringLiteral(", ")) + QStringLiteral(": ") + m.text : m.text;
        const auto known = std::find_if(help.begin(), help.end(),
                                        [&](const auto& entry) { return entry.first == m.id; });
        if (known == help.end())
            help.emplace_back(m.id, said);
        else
            known->second += QLatin1Char(' ') + said;
    }
    return help;
}

} // namespace

// A flag that is on, off or not given: CLI11 alone takes one that is not given for off.
static void choice(CLI::App& app, const std::string& names, std::optional<bool>& value, const std::string& help)
{
    app.add_flag_function(names, [&value](std::int64_t count) { value = count > 0; }, help);
}

void RecipeFlags::addTo(CLI::App& app)
{
    app.add_option("MODEL", model, "Folder, .safetensors, .gguf, or 'sample'");
    app.add_option("--recipe", recipeFile, "Recipe file (see halftone-cli recipe); flags win over it");
    app.add_option("--preset", preset,
                   "Named recipe: halftone-pb (partial binarization at its best) or halftone-best (the "
                   "least loss for the bytes); flags win over it");
    app.add_option("--method", method, "Quantization method (default pb-llm)");
    app.add_option("--calibration", calibration, "Calibration text file (default: the built-in text)");
    app.add_option("--windows", windows, "Calibration windows (default 128)");
    app.add_option("--context", context, "Tokens of a calibration window (default 2048)");
    app.add_option("--calibration-seed", calibrationSeed,
                   "Draw where calibration windows begin; 0 (default) takes the first ones of the text");
    app.add_option("--evaluation", evaluation,
                   "Text to judge on (default: what follows the calibration windows)");
    app.add_option("--evaluation-windows", evaluationWindows, "Windows to judge on (default 8)");
    app.add_option("--evaluation-context", evaluationContext, "Tokens of such a window");
    app.add_flag("--no-judge", noJudge, "Do not measure perplexity and divergence");
    choice(app, "--staged,!--no-staged", staged, "Observe q k v, o, gate and up, and down in turn");
    app.add_option("--drift", drift, "Strength of the drift correction, 0 to 1 (default 0)");
    app.add_option("--drift-residual", driftResidual,
                   "Share of the residual stream's drift that o and down make up for, 0 to 1");
    app.add_option("--token-clip", tokenClip,
                   "Scale tokens down to so many times the median energy in the Hessian; 0: none");
    choice(app, "--rotate,!--no-rotate", rotate, "Code in a basis turned by Hadamard matrices");
    app.add_option("--rotation-block", rotationBlock, "Inputs turned together (default 0: all)");
    app.add_option("--refine", refineRounds,
                   "Rounds of refitting scales and passes over the codes after the walk (default 0)");
    app.add_option("--refine-passes", refinePasses, "Passes over the codes in a round (default 4)");
    app.add_option("--refine-rate", refineRate,
                   "Price of a bit in these passes, where codes are entropy-coded (default 0)");
    choice(app, "--move-classes,!--no-move-classes", moveClasses, "Let these passes move weights between salient and binary");
    choice(app, "--entropy-coding,!--no-entropy-coding", entropyCoding, "Store codes as symbols of a range coder");
    app.add_option("--steer-bits", steerBits,
                   "Come out at so many bits on disk for each weight: layers still to code make up for what the "
                   "coded ones took");
    app.add_option("--embedding-bits", embeddingBits, "8, 6 or 4; 0 keeps the stored type (default)");
    app.add_option("--head-bits", headBits, "The same for an untied head");
    app.add_option("--override", overrides,
                   "Settings of some layers, PATTERN:key=value[,key=value]; repeatable");
    app.add_option("--backend", backend, "auto, cpu, vulkan or vulkan:N");
    app.add_option("--gpu-precision", gpuPrecision, "Products on a GPU: auto (fp16 factors) or full (fp32)");
    for (const auto& [id, help] : parameterHelp()) {
        QString flag = QStringLiteral("--") + id;
        flag.replace(QLatin1Char('_'), QLatin1Char('-'));
        app.add_option_function<std::string>(
               flag.toStdString(),
               [this, key = id.toStdString()](const std::string& value) { settings[key] = value; },
               help.toStdString())
            ->group("Method parameters");
    }
}

Recipe RecipeFlags::recipe() const
{
    Recipe r;
    if (!recipeFile.empty())
        r = Recipe::fromFile(text(recipeFile));
    if (!model.empty())
        r.model = modelPath(model);
    if (r.model.isEmpty())
        throw Error(tr("No model was named, neither as MODEL nor in the recipe."));
    if (preset)
        applyPreset(text(*preset), r);
    if (method && text(*method) != r.method) {
        r.method = text(*method);
        r.settings = json::object();
        r.overrides.clear();
        r.steerBits = 0;
    }
    const Quantizer& q = quantizer(r.method);
    for (const auto& [id, value] : settings)
        r.settings[id] = typed(q, id, value);
    for (const std::string& flag : overrides)
        r.overrides.push_back(overrideOf(q, flag));
    if (calibration)
        r.calibration.text = text(*calibration);
    if (windows)
        r.calibration.windows = *windows;
    if (context)
        r.calibration.context = *context;
    if (calibrationSeed)
        r.calibration.seed = *calibrationSeed;
    if (evaluation)
        r.evaluation.text = text(*evaluation);
    if (evaluationWindows)
        r.evaluation.windows = *evaluationWindows;
    if (evaluationContext)
        r.evaluation.context = *evaluationContext;
    if (noJudge)
        r.judge = false;
    if (staged)
        r.staged = *staged;
    if (driftResidual)
        r.drift.residual = *driftResidual;
    if (tokenClip)
        r.tokenClip = *tokenClip;
    if (rotate)
        r.rotation.active = *rotate;
    if (rotationBlock)
        r.rotation.block = *rotationBlock;
    if (refineRounds)
        r.refine.rounds = *refineRounds;
    if (refinePasses)
        r.refine.passes = *refinePasses;
    if (refineRate)
        r.refine.rate = *refineRate;
    if (steerBits)
        r.steerBits = *steerBits;
    if (moveClasses)
        r.refine.moveClasses = *moveClasses;
    if (entropyCoding)
        r.entropyCoding = *entropyCoding;
    if (drift)
        r.drift.strength = *drift;
    if (embeddingBits)
        r.embeddingBits = *embeddingBits;
    if (headBits)
        r.headBits = *headBits;
    if (backend)
        r.backend = text(*backend);
    if (gpuPrecision)
        r.gpuPrecision = text(*gpuPrecision);
    r.check();
    return r;
}

} // namespace halftone::cli
