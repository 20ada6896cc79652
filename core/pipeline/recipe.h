// SPDX-License-Identifier: GPL-3.0-or-later
// Every choice of a run as one plain value: what the window edits, what the command line builds, what
// lies beside each result. Choices only; no paths of results, no figures.
#pragma once

#include "model/config.h"
#include "quantize/quantize_matrix.h"

#include <QString>
#include <QStringList>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace halftone {

/// Settings for the layers whose name matches a pattern ("*" and "?" as in file names).
struct LayerOverride
{
    QString layers;
    nlohmann::json settings = nlohmann::json::object();
};

struct TextChoice
{
    QString text;                   ///< a file; empty means the built-in text (see each use)
    std::optional<Index> windows;   ///< empty: the default, shrunk to what the text gives
    std::optional<Index> context;   ///< tokens of a window; empty: 2048, shrunk to the model's context
    int seed = 0;                   ///< of calibration: 0 takes the first windows in order, another draws where
                                    ///< they begin; what a run is judged on stays the same
};

struct DriftChoice
{
    double strength = 0;            ///< a in W' = W + a W C (H + d mean(diag H) I)^-1; 0 turns it off
    double damping = 1;             ///< d
    double residual = 0;            ///< share of the residual stream's drift that o and down make up for
    QStringList skip{QStringLiteral("down")}; ///< linear layers left uncorrected, by short name

    bool active() const { return strength > 0 || residual > 0; }
};

struct RotationChoice
{
    bool active = false;
    int block = 0;                  ///< inputs turned together; 0: all
    int seed = 1;                   ///< of the signs; each block of the model takes its own
};

struct Recipe
{
    QString model;                  ///< the checkpoint's path
    QString method = QStringLiteral("pb-llm");
    nlohmann::json settings = nlohmann::json::object(); ///< the method's parameters; absent = default
    std::vector<LayerOverride> overrides;               ///< later ones win
    TextChoice calibration;         ///< defaults: the built-in text, 128 windows
    bool staged = false;            ///< observe qkv, o, gate+up, down in turn, not a block at once
    bool preciseHessian = true;     ///< sum Hessians in fp64
    DriftChoice drift;
    double tokenClip = 0;           ///< tokens with more than so many times the median energy are
                                    ///< scaled down in the Hessian; 0: none
    RotationChoice rotation;
    Refinement refine;              ///< after the walk of any method
    double steerBits = 0;           ///< mean bits on disk of the linear layers that the run comes out at, by moving
                                    ///< what is left to code (steer_bits.h); 0: none
    bool entropyCoding = false;     ///< codes as symbols of a range coder in the files
    int embeddingBits = 0;          ///< 0 keeps the stored type, else 8, 6 or 4
    int headBits = 0;               ///< likewise; not used by tied models
    bool judge = true;              ///< measure perplexity before and after
    TextChoice evaluation;          ///< defaults: calibration text behind its windows, 8 windows
    QString backend = QStringLiteral("auto");
    QString gpuPrecision = QStringLiteral("auto"); ///< of products on a GPU: auto or full (fp32 throughout)

    nlohmann::json toJson() const;
    /// Throws Error for unknown keys, values of the wrong kind or out of range, an unknown method and
    /// settings it does not have.
    static Recipe fromJson(const nlohmann::json& json);
    /// A file as written by a person: JSON with // comments.
    static Recipe fromFile(const QString& path);

    /// The method's complete settings for one layer: defaults, settings, overrides in order.
    nlohmann::json settingsFor(const QString& layer) const;
    /// Whether a choice besides the method needs the Hessians.
    bool observes() const { return drift.active() || refine.rounds > 0; }
    /// What quantizeMatrix does around the method for the linear layers of one block.
    Treatment treatmentFor(Index block) const;
    /// Throws Error naming the first choice that makes no sense.
    void check() const;
    /// Throws Error for an override that matches no linear layer of the model.
    void checkLayers(const ModelConfig& config) const;
};

/// A complete recipe with a comment for each key, ready to be edited.
QString commentedRecipe(const Recipe& recipe);

} // namespace halftone
