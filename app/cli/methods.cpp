// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recipe_flags.h"
#include "app/cli/verbs.h"
#include "checkpoint/checkpoint.h"
#include "quantize/quantizers.h"

namespace halftone::cli {

namespace {

using nlohmann::json;

json methodJson(const Quantizer& q)
{
    static const char* const kinds[] = {"integer", "real", "choice", "boolean"};
    json parameters = json::array();
    for (const Parameter& p : q.parameters()) {
        json entry{{"id", p.id.toStdString()},
                   {"title", p.title.toStdString()},
                   {"unit", p.unit.toStdString()},
                   {"kind", kinds[static_cast<int>(p.kind)]},
                   {"default", p.standard},
                   {"why", p.why.toStdString()},
                   {"basic", p.basic}};
        if (p.kind == Parameter::Kind::Integer || p.kind == Parameter::Kind::Real) {
            entry["minimum"] = p.minimum;
            entry["maximum"] = p.maximum;
            entry["step"] = p.step;
        }
        for (const QString& choice : p.choices)
            entry["choices"].push_back(choice.toStdString());
        parameters.push_back(std::move(entry));
    }
    return {{"id", q.id().toStdString()},
            {"title", q.title().toStdString()},
            {"paper", q.paper().toStdString()},
            {"parameters", parameters}};
}

QString methodText(const Quantizer& q)
{
    QString out = QStringLiteral("%1  %2\n    %3\n").arg(q.id(), q.title(), q.paper());
    for (const Parameter& p : q.parameters())
        out += QStringLiteral("    %1 = %2\n        %3\n")
                   .arg(p.id, QString::fromStdString(p.standard.dump()), describe(p));
    return out;
}

} // namespace

Verb addMethods(CLI::App& parent)
{
    CLI::App* app = parent.add_subcommand("methods", "List the quantization methods and their parameters");
    return {app, [](Terminal& terminal) {
                json list = json::array();
                QString text;
                for (const Quantizer* q : quantizers()) {
                    list.push_back(methodJson(*q));
                    text += methodText(*q);
                }
                text.chop(1);
                terminal.print({{"methods", list}}, text);
            }};
}

Verb addRecipe(CLI::App& parent)
{
    const auto flags = std::make_shared<RecipeFlags>();
    CLI::App* app = parent.add_subcommand(
        "recipe", "Print a complete recipe for a model, each choice explained");
    flags->addTo(*app);
    return {app, [flags](Terminal& terminal) {
                const Recipe recipe = flags->recipe();
                Checkpoint::open(recipe.model);
                Recipe complete = recipe;
                complete.settings = completeSettings(quantizer(recipe.method), recipe.settings);
                QString text = commentedRecipe(recipe);
                text.chop(1);
                terminal.print(complete.toJson(), text);
            }};
}

} // namespace halftone::cli
