// SPDX-License-Identifier: GPL-3.0-or-later
#include "published_figures.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "pipeline/resources.h"

namespace halftone {

const std::vector<PublishedFigure>& publishedFigures()
{
    static const std::vector<PublishedFigure> figures = [] {
        std::vector<PublishedFigure> rows;
        try {
            const auto json = readStrictJson(resourcePath(QStringLiteral("published/figures.json")));
            for (const auto& row : json.at("figures"))
                rows.push_back({QString::fromStdString(json.at("model").get<std::string>()),
                                QString::fromStdString(row.at("method").get<std::string>()), row.at("disk_bits"),
                                row.at("perplexity"), QString::fromStdString(row.at("source").get<std::string>())});
        } catch (const std::exception&) {
            rows.clear();
        }
        return rows;
    }();
    return figures;
}

} // namespace halftone
