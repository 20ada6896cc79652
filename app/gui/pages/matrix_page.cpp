// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/matrix_page.h"

#include "look_lane.h"
#include "measurements.h"
#include "session.h"
#include "texts.h"
#include "widgets/heatmap_view.h"
#include "widgets/histogram_view.h"
#include "widgets/legend_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

using Figure = HeatmapView::Figure;

const auto kPyramidTag = QStringLiteral("pyramid");
const auto kCellsTag = QStringLiteral("cells");
constexpr double kRangeDeviations = 3; // how far the colours reach

QString row(const QString& name, const QString& value)
{
    return QStringLiteral("<tr><td style='padding-right:16px'>%1</td><td align='right'><b>%2</b></td></tr>")
        .arg(name, value);
}

} // namespace

MatrixPage::MatrixPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_title(new QLabel), m_facts(new QLabel),
      m_figure(new QComboBox), m_legend(new LegendBar), m_map(new HeatmapView), m_readout(new QLabel),
      m_histogram(new HistogramView), m_numbers(new QLabel)
{
    auto* upper = new QWidget;
    auto* upperRows = new QVBoxLayout(upper);
    upperRows->setContentsMargins(0, 0, 0, 0);
    upperRows->addWidget(m_map, 1);
    upperRows->addWidget(m_readout);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->addWidget(upper);
    parts->addWidget(makeFigures());
    parts->setStretchFactor(0, 1);
    parts->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addWidget(makeHead());
    layout->addWidget(parts, 1);

    connect(m_map, &HeatmapView::windowWanted, this, &MatrixPage::wantCells);
    connect(m_map, &HeatmapView::pointed, this, &MatrixPage::readOut);
    connect(m_map, &HeatmapView::colorsChanged, this, &MatrixPage::setRange);
    connect(m_figure, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_map->setFigure(Figure(m_figure->itemData(index).toInt()));
        setRange();
    });
    connect(&session, &Session::selectionChanged, this, &MatrixPage::showTensor);
    connect(&session.measurements(), &Measurements::measuredTensor, this, &MatrixPage::showStats);
    showTensor();
}

QWidget* MatrixPage::makeHead()
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_figure->addItem(tr("Root mean square"), int(Figure::RootMeanSquare));
    m_figure->addItem(tr("Mean, signed"), int(Figure::Mean));
    m_figure->addItem(tr("Minimum"), int(Figure::Minimum));
    m_figure->addItem(tr("Maximum"), int(Figure::Maximum));
    m_figure->setAccessibleName(tr("What the map shows of each cell"));
    m_figure->setToolTip(tr("A cell of a zoomed-out map covers many weights. Their mean is near zero; the "
                            "root mean square shows where weights are large."));
    m_map->setFigure(Figure::RootMeanSquare);
    auto* fit = new QPushButton(tr("Fit"));
    auto* in = new QPushButton(tr("Zoom in"));
    auto* out = new QPushButton(tr("Zoom out"));
    const auto middle = [this] { return QRectF(m_map->rect()).center(); };
    connect(fit, &QPushButton::clicked, m_map, &HeatmapView::zoomToFit);
    connect(in, &QPushButton::clicked, m_map, [this, middle] { m_map->zoomBy(2, middle()); });
    connect(out, &QPushButton::clicked, m_map, [this, middle] { m_map->zoomBy(0.5, middle()); });
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_figure);
    tools->addWidget(m_legend);
    tools->addStretch(1);
    for (QPushButton* button : {fit, out, in})
        tools->addWidget(button);
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_title);
    rows->addWidget(m_facts);
    rows->addSpacing(4);
    rows->addLayout(tools);
    return head;
}

QWidget* MatrixPage::makeFigures()
{
    m_numbers->setTextFormat(Qt::RichText);
    m_numbers->setAlignment(Qt::AlignTop);
    m_numbers->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_numbers->setAccessibleName(tr("Statistics"));
    auto* logarithmic = new QCheckBox(tr("Logarithmic counts"));
    connect(logarithmic, &QCheckBox::toggled, m_histogram, &HistogramView::setLogarithmic);
    auto* left = new QVBoxLayout;
    left->addWidget(m_histogram, 1);
    left->addWidget(logarithmic);
    auto* figures = new QWidget;
    auto* columns = new QHBoxLayout(figures);
    columns->setContentsMargins(0, 8, 0, 0);
    columns->setSpacing(24);
    columns->addLayout(left, 1);
    columns->addWidget(m_numbers);
    return figures;
}

void MatrixPage::showEvent(QShowEvent*)
{
    // Nobody comes here to see nothing.
    if (!m_session.checkpoint() || m_session.selected() >= 0)
        return;
    const auto& tensors = m_session.checkpoint()->tensors();
    const auto matrix = std::find_if(tensors.begin(), tensors.end(), [](const TensorView& tensor) {
        return tensor.rows() > 1 && hasNumbers(tensor);
    });
    if (matrix != tensors.end())
        m_session.select(int(matrix - tensors.begin()));
}

void MatrixPage::showTensor()
{
    m_pyramid.reset();
    m_histogram->setStats(nullptr);
    m_numbers->clear();
    m_session.look().drop(kCellsTag);
    m_session.look().drop(kPyramidTag);
    const TensorView* tensor = m_session.selectedTensor();
    if (!tensor) {
        m_title->setText(tr("No matrix selected"));
        m_facts->setText(tr("Choose a tensor in the list on the left."));
        m_map->setMatrix(0, 0, tr("No matrix selected"));
        return;
    }
    m_title->setText(tensor->name);
    m_facts->setText(tr("%1 · %2 · %3 weights · %4")
                         .arg(shapeText(*tensor), name(tensor->type), countText(tensor->elements()),
                              sizeText(m_session.checkpoint()->storedBytes(*tensor))));
    if (!hasNumbers(*tensor)) {
        m_map->setMatrix(0, 0, tr("Tensors of type %1 hold no weights to show.").arg(name(tensor->type)));
        return;
    }
    m_map->setMatrix(tensor->rows(), tensor->columns());
    const RowSource source = rowsOf(m_session.checkpoint(), *tensor);
    m_session.look().ask<HeatPyramid>(
        kPyramidTag, this, [source](Progress& progress) { return buildHeatPyramid(source, progress); },
        [this](std::shared_ptr<const HeatPyramid> pyramid) {
            m_pyramid = std::move(pyramid);
            m_map->wantWindow();
        },
        [this](const QString& sentence) { emit m_session.complained(sentence); });
    m_session.measurements().want(m_session.selected());
    showStats(m_session.selected());
}

void MatrixPage::showStats(int tensor)
{
    if (tensor != m_session.selected())
        return;
    const auto stats = m_session.measurements().stats(tensor);
    m_histogram->setStats(stats);
    setRange();
    if (!stats)
        return;
    QString text = row(tr("Minimum"), numberText(stats->minimum)) +
                   row(tr("Maximum"), numberText(stats->maximum)) +
                   row(tr("Mean"), numberText(stats->mean)) +
                   row(tr("Standard deviation"), numberText(stats->deviation)) +
                   row(tr("Zeros"), percentText(stats->zeroShare())) +
                   row(tr("Outliers beyond 6 deviations"), countText(stats->outlierCount)) +
                   row(tr("Excess kurtosis"), numberText(stats->excessKurtosis));
    if (stats->finiteCount() < stats->count)
        text += row(tr("Not finite"), countText(stats->count - stats->finiteCount()));
    m_numbers->setText(QStringLiteral("<table cellspacing='2'>%1</table>").arg(text));
}

void MatrixPage::setRange()
{
    const auto stats = m_session.measurements().stats(m_session.selected());
    if (!stats) {
        m_legend->setRange(m_map->colors(), 0, 0);
        return;
    }
    const double limit = std::min(std::max(std::abs(stats->minimum), std::abs(stats->maximum)),
                                  std::abs(stats->mean) + kRangeDeviations * stats->deviation);
    m_map->setLimit(limit);
    m_legend->setRange(m_map->colors(), m_map->figure() == Figure::RootMeanSquare ? 0 : -limit, limit);
}

void MatrixPage::wantCells(const HeatWindow& window)
{
    const TensorView* tensor = m_session.selectedTensor();
    if (!m_pyramid || !tensor)
        return;
    const RowSource source = rowsOf(m_session.checkpoint(), *tensor);
    m_session.look().ask<HeatPicture>(
        kCellsTag, this,
        [pyramid = m_pyramid, source, window](Progress& progress) {
            return HeatPicture{window, fillHeatWindow(*pyramid, source, window, progress)};
        },
        [this](std::shared_ptr<const HeatPicture> picture) { m_map->setPicture(std::move(picture)); },
        [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void MatrixPage::readOut(qint64 rowIndex, qint64 column, const HeatCell& cell)
{
    if (rowIndex < 0 || std::isnan(cell.mean)) {
        m_readout->setText(tr("Point at the map to read values; drag to move, wheel to zoom"));
        m_readout->setForegroundRole(QPalette::PlaceholderText);
        return;
    }
    const QString place = tr("row %1, column %2").arg(countText(rowIndex), countText(column));
    m_readout->setForegroundRole(QPalette::WindowText);
    m_readout->setText(cell.minimum == cell.maximum
                           ? tr("%1: %2").arg(place, numberText(double(cell.mean)))
                           : tr("%1, cell: minimum %2, mean %3, maximum %4, root mean square %5")
                                 .arg(place, numberText(double(cell.minimum)), numberText(double(cell.mean)),
                                      numberText(double(cell.maximum)),
                                      numberText(std::sqrt(double(cell.meanSquare)))));
}

} // namespace halftone
