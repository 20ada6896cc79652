// SPDX-License-Identifier: GPL-3.0-or-later
// Figures from papers, to be told apart from one's own: bits counted as stored, and on which model and
// text they hold. Read from resources/published/figures.json.
#pragma once

#include <QString>
#include <vector>

namespace halftone {

struct PublishedFigure
{
    QString model;      ///< "LLaMA-2-7B"
    QString method;
    double diskBits = 0;
    double perplexity = 0;
    QString source;
};

/// Small: read when first wanted. Empty when the resource is missing.
const std::vector<PublishedFigure>& publishedFigures();

} // namespace halftone
