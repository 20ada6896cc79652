// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/bell_picture.h"

#include "quantize/structural_search.h"
#include "texts.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

struct BellPicture
{
    Q_DECLARE_TR_FUNCTIONS(BellPicture)
};

constexpr int kBars = 61;

VectorD magnitudes(const std::vector<float>& row)
{
    VectorD out(Index(row.size()));
    for (Index i = 0; i < out.size(); ++i)
        out(i) = std::abs(double{row[std::size_t(i)]});
    return out;
}

LessonView histogram(const std::vector<float>& row)
{
    LessonView view;
    view.kind = LessonView::Kind::Histogram;
    const double largest = std::max(1e-30, magnitudes(row).maxCoeff());
    view.low = -largest;
    view.high = largest;
    view.bars.assign(kBars, 0);
    for (const float w : row)
        view.bars[std::size_t(std::clamp(int((double{w} + largest) / (2 * largest) * kBars), 0, kBars - 1))] += 1;
    return view;
}

struct Broken
{
    double small = 0, large = 0; ///< the scales: mean magnitudes of both groups
    double loss = 0;             ///< of the row's energy
    double inside = 0;           ///< share of the weights in the small group
};

Broken brokenAt(const VectorD& sizes, double split)
{
    Broken out;
    double inside = 0;
    for (const double size : sizes) {
        (size < split ? out.small : out.large) += size;
        inside += size < split;
    }
    out.small /= std::max(1.0, inside);
    out.large /= std::max(1.0, double(sizes.size()) - inside);
    for (const double size : sizes)
        out.loss += std::pow(size - (size < split ? out.small : out.large), 2);
    out.loss /= std::max(1e-30, sizes.squaredNorm());
    out.inside = inside / double(sizes.size());
    return out;
}

} // namespace

LessonView residualView(const std::vector<float>& row, double control)
{
    const VectorD sizes = magnitudes(row);
    const double alpha = sizes.mean();
    const VectorD left = (sizes.array() - alpha).abs().matrix(); // size of what the first plane left over
    const double best = left.mean();
    const double beta = control * best;
    const double energy = std::max(1e-30, sizes.squaredNorm());
    const auto loss = [&](double b) { return (left.array() - b).square().sum() / energy; };
    LessonView view = histogram(row);
    if (control > 0) {
        view.marks = {-alpha - beta, -alpha + beta, alpha - beta, alpha + beta};
        view.markNames = {BellPicture::tr("−α−β"), BellPicture::tr("−α+β"), BellPicture::tr("α−β"), BellPicture::tr("α+β")};
    } else {
        view.marks = {-alpha, alpha};
    }
    view.bestMarks = {-alpha - best, -alpha + best, alpha - best, alpha + best};
    view.values = {{QStringLiteral("alpha"), numberText(alpha)},
                   {QStringLiteral("beta"), numberText(beta)},
                   {QStringLiteral("best"), numberText(best)},
                   {QStringLiteral("loss"), percentText(loss(beta), 1)},
                   {QStringLiteral("plain"), percentText(loss(0), 1)},
                   {QStringLiteral("least"), percentText(loss(best), 1)}};
    return view;
}

LessonView breakView(const std::vector<float>& row, double control)
{
    const VectorD sizes = magnitudes(row);
    const double largest = sizes.maxCoeff();
    const double split = control * largest;
    const Broken now = brokenAt(sizes, split);
    // The published search: levels around zero here, since the picture has no means.
    const MatrixD target = sizes.transpose();
    const double found = searchSplit(target, std::vector<std::uint8_t>(row.size(), 1), {2, 1, false, true, 50});
    const Broken best = brokenAt(sizes, found);
    LessonView view = histogram(row);
    view.marks = {-now.large, -now.small, now.small, now.large};
    view.markNames = {BellPicture::tr("−large"), BellPicture::tr("−small"), BellPicture::tr("small"), BellPicture::tr("large")};
    view.bestMarks = {-found, found};
    view.breaks = {-split, split};
    view.values = {{QStringLiteral("break"), numberText(split)},
                   {QStringLiteral("inside"), percentText(now.inside, 0)},
                   {QStringLiteral("small"), numberText(now.small)},
                   {QStringLiteral("large"), numberText(now.large)},
                   {QStringLiteral("loss"), percentText(now.loss, 1)},
                   {QStringLiteral("plain"), percentText(brokenAt(sizes, 0).loss, 1)},
                   {QStringLiteral("found"), numberText(found)},
                   {QStringLiteral("least"), percentText(best.loss, 1)}};
    return view;
}

} // namespace halftone
