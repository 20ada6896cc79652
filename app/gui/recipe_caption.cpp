// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe_caption.h"

#include "preview.h"
#include "quantize/quantizers.h"
#include "session.h"
#include "texts.h"
#include "widgets/heatmap_view.h"

#include <QCoreApplication>
#include <QStringList>

namespace halftone {

namespace {

constexpr int kBlocks = 32;

// lupdate finds only what is called tr.
struct RecipeCaption
{
    Q_DECLARE_TR_FUNCTIONS(RecipeCaption)
};

QString commented(const QString& caption)
{
    QString out;
    for (const QString& line : caption.split(QLatin1Char('\n')))
        out += QStringLiteral("# ") + line + QStringLiteral("\r\n");
    return out;
}

QString exact(double value)
{
    return QString::number(value, 'g', 9);
}

} // namespace

QString recipeCaption(const Session& session, const QString& what)
{
    QStringList lines{what};
    const TensorView* tensor = session.selectedTensor();
    lines << (tensor ? RecipeCaption::tr("%1, %2, %3").arg(session.name(), tensor->name, shapeText(*tensor)) : session.name());
    const Settings settings =
        session.preview().settings().is_null() ? settingsAt(session.recipe(), {}) : session.preview().settings();
    QStringList parts{session.recipe().method};
    for (const auto& [key, value] : settings.items())
        parts << QString::fromStdString(key + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    lines << parts.join(QLatin1Char(' '));
    return lines.join(QLatin1Char('\n'));
}

QString mapCsv(const HeatmapView& map, const QString& caption)
{
    QString out = commented(caption) + QStringLiteral("row,column,value\r\n");
    const HeatmapView::Reach down = map.reach(Qt::Vertical), across = map.reach(Qt::Horizontal);
    for (int r = 0; r < kBlocks; ++r)
        for (int c = 0; c < kBlocks; ++c) {
            const double top = double(r) / kBlocks, left = double(c) / kBlocks;
            const float value = map.aggregate(top, left, top + 1.0 / kBlocks, left + 1.0 / kBlocks);
            out += QStringLiteral("%1,%2,%3\r\n")
                       .arg(qint64(down.begin + top * (down.end - down.begin)))
                       .arg(qint64(across.begin + left * (across.end - across.begin)))
                       .arg(exact(double(value)));
        }
    return out;
}

QString histogramCsv(const Histogram& histogram, const QString& caption)
{
    QString out = commented(caption) + QStringLiteral("from,to,weights\r\n");
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        const double from = histogram.low + double(i) * histogram.binWidth();
        out += QStringLiteral("%1,%2,%3\r\n").arg(exact(from), exact(from + histogram.binWidth())).arg(histogram.counts[i]);
    }
    return out;
}

} // namespace halftone
