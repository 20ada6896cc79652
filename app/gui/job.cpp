// SPDX-License-Identifier: GPL-3.0-or-later
#include "job.h"

#include "base/error.h"

#include <QDir>
#include <QFileInfo>

namespace halftone {

using nlohmann::json;

namespace {

QString text(const json& object, const char* key)
{
    return QString::fromStdString(object.at(key).get<std::string>());
}

} // namespace

QString titleOf(const RunOrder& order)
{
    if (!order.label.isEmpty())
        return order.label;
    const auto last = [](const QString& path) { return QFileInfo(QDir::cleanPath(path)).fileName(); };
    return tr("%1 to %2").arg(last(order.recipe.model),
                              last(order.out.isEmpty() ? order.exported.out : order.out));
}

json orderJson(const RunOrder& order)
{
    return {{"recipe", order.recipe.toJson()},
            {"budget", {{"value", order.budget.value}, {"megabytes", order.budget.megabytes}}},
            {"out", order.out.toStdString()},
            {"label", order.label.toStdString()},
            {"export",
             {{"target", order.exported.target.toStdString()},
              {"settings", order.exported.settings},
              {"out", order.exported.out.toStdString()}}}};
}

RunOrder orderFromJson(const json& object)
{
    try {
        RunOrder order{Recipe::fromJson(object.at("recipe")), text(object, "out"), text(object, "label"), {}, {}};
        const json& exported = object.at("export");
        order.exported = {text(exported, "target"), exported.at("settings"), text(exported, "out")};
        if (object.contains("budget")) // projects of older versions have none
            order.budget = {object["budget"].at("value").get<double>(), object["budget"].at("megabytes").get<bool>()};
        return order;
    } catch (const json::exception& e) {
        throw Error(tr("An unfinished job cannot be read: %1.").arg(QString::fromUtf8(e.what())));
    }
}

} // namespace halftone
