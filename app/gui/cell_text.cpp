// SPDX-License-Identifier: GPL-3.0-or-later
#include "cell_text.h"

#include "preview.h"
#include "texts.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

namespace halftone {

namespace {

// lupdate finds only what is called tr.
struct CellText
{
    Q_DECLARE_TR_FUNCTIONS(CellText)
};

QString roleText(const QString& role)
{
    if (role == QLatin1String("salient"))
        return CellText::tr("salient");
    if (role == QLatin1String("binary"))
        return CellText::tr("binary");
    return role;
}

// "group 3, salient, code 137: 0.0123" of a solved weight.
QString codeText(const LayerSolution& solution, qint64 row, qint64 column)
{
    const Coding& coding = solution.coded->coding;
    if (row >= coding.rows || column >= coding.columns)
        return {};
    const Grid& grid = coding.grids[std::size_t(coding.classOf(row, column))];
    QString text = CellText::tr("%1 code %2 → %3")
                       .arg(roleText(grid.role))
                       .arg(int(solution.coded->codes(row, column)))
                       .arg(numberText(double(solution.coded->values(row, column))));
    if (grid.groupColumns > 0)
        text = CellText::tr("group %1, %2").arg(countText(grid.group(column)), text);
    return text;
}

QString line(const QString& name, const QString& value)
{
    return QStringLiteral("<tr><td style='padding-right:8px'>%1</td><td align='right'><b>%2</b></td></tr>")
        .arg(name, value);
}

} // namespace

QString cellText(const Preview& preview, qint64 row, qint64 column, const HeatCell& cell)
{
    QStringList parts{CellText::tr("row %1, column %2").arg(countText(row), countText(column))};
    if (cell.minimum == cell.maximum)
        parts << CellText::tr("value %1").arg(numberText(double(cell.mean)));
    else
        parts << CellText::tr("cell: minimum %1, mean %2, maximum %3, root mean square %4")
                     .arg(numberText(double(cell.minimum)), numberText(double(cell.mean)),
                          numberText(double(cell.maximum)), numberText(std::sqrt(double(cell.meanSquare))));
    const auto ranks = preview.ranks();
    if (ranks && row < ranks->rows() && column < ranks->columns())
        parts << CellText::tr("saliency among the top %1").arg(percentText(ranks->rank(row, column), 2));
    if (preview.solution())
        parts << codeText(*preview.solution(), row, column);
    return parts.join(QStringLiteral("  ·  "));
}

QString statsTable(const TensorStats& stats)
{
    QString text = line(CellText::tr("Minimum"), numberText(stats.minimum)) + line(CellText::tr("Maximum"), numberText(stats.maximum)) +
                   line(CellText::tr("Mean"), numberText(stats.mean)) +
                   line(CellText::tr("Standard deviation"), numberText(stats.deviation)) +
                   line(CellText::tr("Zeros"), percentText(stats.zeroShare())) +
                   line(CellText::tr("Outliers beyond 6 deviations"), countText(stats.outlierCount)) +
                   line(CellText::tr("Excess kurtosis"), numberText(stats.excessKurtosis)) +
                   line(CellText::tr("Squares in the largest 1 %"), percentText(stats.topShare, 1));
    if (stats.finiteCount() < stats.count)
        text += line(CellText::tr("Not finite"), countText(stats.count - stats.finiteCount()));
    return QStringLiteral("<table cellspacing='2'>%1</table>").arg(text);
}

} // namespace halftone
