// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/matrix_page.h"

#include "cell_text.h"
#include "measurements.h"
#include "panes/row_inspector.h"
#include "preview.h"
#include "recipe_caption.h"
#include "session.h"
#include "texts.h"
#include "widgets/histogram_view.h"
#include "widgets/legend_bar.h"
#include "widgets/marginal_view.h"
#include "widgets/range_bar.h"
#include "widgets/save_picture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

using Figure = HeatmapView::Figure;
using Layer = LayerMap::Layer;

const auto kFiguresKey = QStringLiteral("matrix/figures");
const auto kRowKey = QStringLiteral("matrix/row");

} // namespace

MatrixPage::MatrixPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_shown(new LayerMap(session, QStringLiteral("map"))),
      m_original(new LayerMap(session, QStringLiteral("map of the original"))),
      m_mask(new LayerMap(session, QStringLiteral("dots"))), m_title(new QLabel), m_facts(new QLabel),
      m_layers(new QTabBar), m_figure(new QComboBox), m_dots(new QCheckBox(tr("Salient dots"))), m_folded(new QToolButton),
      m_rowFolded(new QToolButton),
      m_legend(new LegendBar), m_map(new HeatmapView), m_columns(new MarginalView(Qt::Horizontal, *m_map)),
      m_rows(new MarginalView(Qt::Vertical, *m_map)), m_readout(new QLabel), m_range(new RangeBar),
      m_histogram(new HistogramView), m_numbers(new QLabel), m_row(new RowInspector(session))
{
    m_mask->setLayer(Layer::Mask);
    auto* head = makeHead();
    auto* parts = new QSplitter(Qt::Vertical);
    auto* figures = makeFigures();
    parts->addWidget(makeMap());
    parts->addWidget(figures);
    parts->addWidget(m_row);
    figures->setVisible(m_folded->isChecked());
    m_row->setVisible(m_rowFolded->isChecked());
    connect(m_folded, &QToolButton::toggled, this, [figures](bool on) {
        figures->setVisible(on);
        QSettings().setValue(kFiguresKey, on);
    });
    connect(m_rowFolded, &QToolButton::toggled, this, [this](bool on) {
        m_row->setVisible(on);
        QSettings().setValue(kRowKey, on);
    });
    parts->setStretchFactor(0, 1);
    parts->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addWidget(head);
    layout->addWidget(parts, 1);
    connectAll();
    showTensor();
}

void MatrixPage::connectAll()
{
    connect(m_map, &HeatmapView::windowWanted, this, &MatrixPage::wantPictures);
    connect(m_map, &HeatmapView::pointed, this, &MatrixPage::readOut);
    connect(m_map, &HeatmapView::pointed, m_row, &RowInspector::showRow);
    connect(m_map, &HeatmapView::colorsChanged, this, &MatrixPage::setRange);
    connect(m_layers, &QTabBar::currentChanged, this, &MatrixPage::chooseLayer);
    connect(m_figure, &QComboBox::currentIndexChanged, this, &MatrixPage::setRange);
    connect(m_dots, &QCheckBox::toggled, m_map, &HeatmapView::wantWindow);
    connect(m_dots, &QCheckBox::toggled, this, [this](bool on) {
        if (!on)
            m_map->setDots(nullptr);
    });
    connect(m_range, &RangeBar::changed, this, &MatrixPage::setRange);
    connect(m_histogram, &HistogramView::rangeMoved, m_range, &RangeBar::setByHand);
    connect(m_shown, &LayerMap::changed, this, &MatrixPage::showLayer);
    connect(m_shown, &LayerMap::pictureMade, m_map, &HeatmapView::setPicture);
    connect(m_original, &LayerMap::pictureMade, this, [this](std::shared_ptr<const HeatPicture> picture) {
        if (m_shown->layer() != Layer::Original)
            m_map->setBefore(std::move(picture));
    });
    connect(m_mask, &LayerMap::pictureMade, this, [this](std::shared_ptr<const HeatPicture> picture) {
        if (m_dots->isChecked())
            m_map->setDots(std::move(picture));
    });
    connect(&m_session, &Session::selectionChanged, this, &MatrixPage::showTensor);
    addPictureSaving(*m_map, [this] { return PictureText{caption(), mapCsv(*m_map, caption())}; });
    addPictureSaving(*m_histogram, [this] {
        return PictureText{caption(), m_shown->stats() ? histogramCsv(m_shown->stats()->histogram, caption()) : QString()};
    });
}

QWidget* MatrixPage::makeHead()
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_layers->setAccessibleName(tr("Layer of the map"));
    m_layers->setObjectName(QStringLiteral("layers"));
    m_layers->setExpanding(false);
    m_layers->setDrawBase(false);
    for (const QString& title : {tr("Original"), tr("Quantized"), tr("Error"), tr("Mask"), tr("Saliency |w|"), tr("Saliency by Hessian")})
        m_layers->addTab(title); // in the order of LayerMap::Layer
    m_layers->setTabToolTip(2, tr("Original less quantized"));
    m_layers->setTabToolTip(3, tr("Share of salient weights in each cell"));
    m_layers->setTabToolTip(5, tr("w² / U², what losing the weight would cost (SparseGPT)"));
    m_figure->addItem(tr("Root mean square"), int(Figure::RootMeanSquare));
    m_figure->addItem(tr("Mean, signed"), int(Figure::Mean));
    m_figure->addItem(tr("Minimum"), int(Figure::Minimum));
    m_figure->addItem(tr("Maximum"), int(Figure::Maximum));
    m_figure->setAccessibleName(tr("What the map shows of each cell"));
    m_figure->setToolTip(tr("A cell of a zoomed-out map covers many weights. Their mean is near zero; the "
                            "root mean square shows where weights are large."));
    m_dots->setChecked(false);
    m_dots->setObjectName(QStringLiteral("dots"));
    const auto button = [this](const QString& text, const QString& name, auto action) {
        auto* made = new QToolButton;
        made->setText(text);
        made->setToolTip(name);
        made->setAccessibleName(name);
        made->setFocusPolicy(Qt::TabFocus);
        connect(made, &QToolButton::clicked, m_map, action);
        return made;
    };
    const auto middle = [this] { return QRectF(m_map->rect()).center(); };
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_figure);
    tools->addWidget(m_dots);
    tools->addWidget(m_legend);
    tools->addStretch(1);
    const auto folding = [tools](QToolButton* fold, const QString& text, const QString& tip, bool open) {
        fold->setText(text);
        fold->setToolTip(tip);
        fold->setCheckable(true);
        fold->setChecked(open);
        fold->setFocusPolicy(Qt::TabFocus);
        tools->addWidget(fold);
    };
    folding(m_folded, tr("Histogram"), tr("Shows the histogram, the range of the colours and the statistics below the map"),
            QSettings().value(kFiguresKey, true).toBool());
    m_folded->setObjectName(QStringLiteral("showFigures"));
    folding(m_rowFolded, tr("Row"), tr("Shows the histogram of the row under the cursor, with the levels of its binary weights"),
            QSettings().value(kRowKey, false).toBool());
    m_rowFolded->setObjectName(QStringLiteral("showRow"));
    tools->addWidget(button(tr("Fit"), tr("Show the whole matrix"), [this] { m_map->zoomToFit(); }));
    tools->addWidget(button(tr("−"), tr("Zoom out"), [this, middle] { m_map->zoomBy(0.5, middle()); }));
    tools->addWidget(button(tr("+"), tr("Zoom in"), [this, middle] { m_map->zoomBy(2, middle()); }));
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_title);
    rows->addWidget(m_facts);
    rows->addWidget(m_layers);
    rows->addLayout(tools);
    return head;
}

QWidget* MatrixPage::makeMap()
{
    auto* upper = new QWidget;
    auto* grid = new QGridLayout(upper);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(2);
    grid->addWidget(m_columns, 0, 1);
    grid->addWidget(m_rows, 1, 0);
    grid->addWidget(m_map, 1, 1);
    grid->addWidget(m_readout, 2, 0, 1, 2);
    grid->setRowStretch(1, 1);
    m_readout->setMinimumWidth(1);
    m_readout->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_readout->setObjectName(QStringLiteral("readout"));
    return upper;
}

QWidget* MatrixPage::makeFigures()
{
    m_histogram->setObjectName(QStringLiteral("histogram"));
    m_numbers->setTextFormat(Qt::RichText);
    m_numbers->setAlignment(Qt::AlignTop);
    m_numbers->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_numbers->setAccessibleDescription(tr("Statistics"));
    auto* logarithmic = new QCheckBox(tr("Log counts"));
    connect(logarithmic, &QCheckBox::toggled, m_histogram, &HistogramView::setLogarithmic);
    auto* below = new QHBoxLayout;
    below->addWidget(m_range, 1);
    below->addWidget(logarithmic);
    auto* left = new QVBoxLayout;
    left->addWidget(m_histogram, 1);
    left->addLayout(below);
    auto* figures = new QWidget;
    auto* columns = new QHBoxLayout(figures);
    columns->setContentsMargins(0, 8, 0, 0);
    columns->setSpacing(12);
    columns->addLayout(left, 1);
    columns->addWidget(m_numbers);
    return figures;
}

void MatrixPage::showEvent(QShowEvent*)
{
    m_map->wantWindow();
    // Nobody comes here to see nothing.
    if (!m_session.checkpoint() || m_session.selected() >= 0)
        return;
    // The first linear layer, which a run codes; in a file that is no model, the first matrix.
    const auto& places = m_session.layers().places;
    int first = -1;
    for (auto it = places.cbegin(); it != places.cend(); ++it)
        first = first < 0 ? it.key() : std::min(first, it.key());
    if (first >= 0)
        return m_session.select(first);
    const auto& tensors = m_session.checkpoint()->tensors();
    const auto matrix = std::find_if(tensors.begin(), tensors.end(), [](const TensorView& tensor) {
        return tensor.rows() > 1 && hasNumbers(tensor);
    });
    if (matrix != tensors.end())
        m_session.select(int(matrix - tensors.begin()));
}

void MatrixPage::showTensor()
{
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
    m_map->setMatrix(tensor->rows(), tensor->columns());
    showLayer();
}

void MatrixPage::chooseLayer()
{
    m_shown->setLayer(Layer(m_layers->currentIndex()));
    m_map->setBefore(nullptr);
    m_map->setDots(nullptr);
    showLayer();
    m_map->wantWindow();
}

// Statistics, marginals and stamp, as far as they are known.
void MatrixPage::showLayer()
{
    m_map->setMessage(m_shown->missing());
    m_map->setStamp(m_shown->stamp());
    const auto stats = m_shown->layer() == Layer::Mask ? m_session.measurements().stats(m_session.selected()) : m_shown->stats();
    m_histogram->setStats(stats);
    m_numbers->setText(stats ? statsTable(*stats) : QString());
    const auto pyramid = m_shown->pyramid();
    m_columns->setEnergies(pyramid ? pyramid->columnEnergy : std::vector<float>());
    m_rows->setEnergies(pyramid ? pyramid->rowEnergy : std::vector<float>());
    setRange();
}

void MatrixPage::setRange()
{
    const Layer layer = m_shown->layer();
    const bool share = layer == Layer::Mask;
    const bool positive = share || layer == Layer::Magnitude || layer == Layer::HessianSaliency;
    m_figure->setEnabled(!share);
    const auto figure = share ? Figure::Mean : Figure(m_figure->currentData().toInt());
    m_map->setFigure(figure);
    // The quantized layer is seen in the colours of the original, to be compared with it.
    const auto stats = layer == Layer::Quantized ? m_session.measurements().stats(m_session.selected()) : m_shown->stats();
    ColorScale scale{0, 1, false, false};
    if (!share && stats)
        scale = m_range->scaleFor(*stats, !positive && figure != Figure::RootMeanSquare);
    m_map->setScale(scale);
    if (share)
        m_histogram->setRange(0, 0); // the mask has no range to choose
    else
        m_histogram->setRange(scale.diverging || positive ? scale.low : -scale.high, scale.high);
    m_legend->setRange(m_map->colors(), share || stats ? scale : ColorScale{0, 0, false, false},
                       share ? tr("share of salient weights") : m_figure->currentText());
}

void MatrixPage::wantPictures(const HeatWindow& window)
{
    if (!isVisible())
        return;
    m_shown->setWindow(window);
    if (m_shown->layer() != Layer::Original)
        m_original->setWindow(window);
    if (m_dots->isChecked() && m_shown->layer() != Layer::Mask)
        m_mask->setWindow(window);
}

void MatrixPage::readOut(qint64 row, qint64 column, const HeatCell& cell)
{
    const bool nothing = row < 0 || std::isnan(cell.mean);
    m_readout->setForegroundRole(nothing ? QPalette::PlaceholderText : QPalette::WindowText);
    m_readout->setText(nothing ? tr("Point at the map to read values; drag to move, wheel to zoom, hold B for the "
                                    "original, S for a line between both")
                               : cellText(m_session.preview(), row, column, cell));
    m_map->setReadout(nothing ? QString() : m_readout->text());
}

QString MatrixPage::layerTitle() const
{
    const QString stamp = m_shown->stamp();
    const QString title = m_layers->tabText(m_layers->currentIndex());
    return stamp.isEmpty() ? title : tr("%1 (%2)").arg(title, stamp);
}

QString MatrixPage::caption() const
{
    return recipeCaption(m_session, tr("%1, %2").arg(layerTitle(), m_figure->currentText()));
}

} // namespace halftone
