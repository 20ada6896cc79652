// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/model_page.h"

#include "measurements.h"
#include "model_sensitivity.h"
#include "models/model_map_model.h"
#include "models/tensor_table_model.h"
#include "recipe_caption.h"
#include "session.h"
#include "texts.h"
#include "widgets/legend_bar.h"
#include "widgets/save_picture.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMap>
#include <QPushButton>
#include <QScrollBar>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace halftone {

namespace {

QString formatTitle(const QString& id)
{
    if (id == QLatin1String("huggingface"))
        return ModelPage::tr("Hugging Face folder");
    if (id == QLatin1String("gguf"))
        return ModelPage::tr("GGUF file");
    if (id == QLatin1String("halftone"))
        return ModelPage::tr("Halftone's packed folder");
    return id;
}

QString typesOf(const Checkpoint& checkpoint)
{
    QMap<QString, int> counts;
    for (const TensorView& tensor : checkpoint.tensors())
        ++counts[name(tensor.type)];
    QStringList parts;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        parts += ModelPage::tr("%1 %2").arg(countText(it.value()), it.key());
    return parts.join(QStringLiteral(", "));
}

// The chosen cell is framed: its colour is what it says.
class ColourDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem plain = option;
        plain.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus);
        QStyledItemDelegate::paint(painter, plain, index);
        if (!(option.state & QStyle::State_Selected))
            return;
        painter->save();
        painter->setPen(QPen(option.palette.color(QPalette::Base), 4));
        painter->drawRect(option.rect.adjusted(2, 2, -2, -2));
        painter->setPen(QPen(option.palette.color(QPalette::Text), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
        painter->restore();
    }
};

} // namespace

ModelPage::ModelPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_title(new QLabel), m_facts(new QLabel),
      m_measured(new QLabel), m_measure(new QPushButton(tr("Measure all tensors"))),
      m_mapPart(nullptr), m_figure(new QComboBox), m_feel(new QPushButton(tr("Measure sensitivity"))),
      m_feels(new QLabel), m_legend(new LegendBar),
      m_mapModel(new ModelMapModel(session, this)), m_map(new QTableView), m_table(new QTableView),
      m_sorted(new QSortFilterProxyModel(this))
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_measured->setForegroundRole(QPalette::PlaceholderText);
    setUpTable();
    m_mapPart = makeMap();
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_measured);
    head->addWidget(m_measure);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addLayout(head);
    layout->addWidget(m_facts);
    layout->addSpacing(4);
    layout->addWidget(m_mapPart);
    layout->addSpacing(4);
    layout->addWidget(m_table, 1);

    connect(m_measure, &QPushButton::clicked, this, [this] {
        m_session.measurements().wantAll();
        showMeasured();
    });
    connect(&session.measurements(), &Measurements::measuredTensor, this, &ModelPage::showMeasured);
    connect(&session, &Session::checkpointChanged, this, &ModelPage::showModel);
    connect(&session, &Session::selectionChanged, this, &ModelPage::follow);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { m_session.select(m_sorted->mapToSource(index).row()); });
    connect(m_table, &QTableView::activated, this, &ModelPage::activated);
    connect(m_map->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { m_session.select(m_mapModel->tensorAt(index)); });
    connect(m_map, &QTableView::activated, this, &ModelPage::activated);
    connect(m_mapModel, &ModelMapModel::scaleChanged, this, &ModelPage::showMapScale);
    connect(m_figure, &QComboBox::currentIndexChanged, this,
            [this](int index) {
                m_mapModel->setFigure(ModelMapModel::Figure(index));
                showSensitivity();
            });
    connect(m_feel, &QPushButton::clicked, &session.sensitivity(), &ModelSensitivity::measure);
    connect(&session.sensitivity(), &ModelSensitivity::changed, this, &ModelPage::showSensitivity);
    connect(m_mapModel, &ModelMapModel::fillingBegan, this,
            [this] { m_figure->setCurrentIndex(int(ModelMapModel::Figure::Error)); });
}

void ModelPage::setUpTable()
{
    m_sorted->setSourceModel(new TensorTableModel(m_session, this));
    m_sorted->setSortRole(TensorTableModel::SortRole);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Tensors and their statistics"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultSectionSize(72);
    m_table->horizontalHeader()->setMinimumSectionSize(48);
    m_table->horizontalHeader()->resizeSection(TensorTableModel::Name, 230);
    m_table->horizontalHeader()->resizeSection(TensorTableModel::Shape, 92);
    m_table->horizontalHeader()->resizeSection(TensorTableModel::Type, 52);
    addTableSaving(*m_table, [this] { return recipeCaption(m_session, tr("Tensors and their statistics")); });
}

QWidget* ModelPage::makeMap()
{
    using Figure = ModelMapModel::Figure;
    for (const Figure figure : {Figure::DiskBits, Figure::Error, Figure::Sensitivity, Figure::Kurtosis, Figure::TopShare, Figure::Deviation})
        m_figure->addItem(ModelMapModel::title(figure)); // in the order of Figure
    m_figure->setAccessibleName(tr("Figure of the map"));
    m_figure->setObjectName(QStringLiteral("mapFigure"));
    m_map->setModel(m_mapModel);
    m_map->setObjectName(QStringLiteral("modelMap"));
    m_map->setAccessibleName(tr("Map of the layers: kinds down, blocks across"));
    m_map->setItemDelegate(new ColourDelegate(m_map));
    m_map->setSelectionMode(QAbstractItemView::SingleSelection);
    m_map->setTabKeyNavigation(false);
    m_map->setShowGrid(true);
    m_map->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_map->horizontalHeader()->setMinimumSectionSize(12);
    m_map->horizontalHeader()->setHighlightSections(false);
    m_map->verticalHeader()->setHighlightSections(false);
    m_map->verticalHeader()->setDefaultSectionSize(m_map->fontMetrics().height() + 4);
    m_map->horizontalHeader()->setDefaultAlignment(Qt::AlignCenter);
    const auto caption = [this] { return recipeCaption(m_session, m_figure->currentText()); };
    addPictureSaving(*m_map, [this, caption] {
        QString table = QStringLiteral("layer,value\r\n");
        for (int row = 0; row < m_mapModel->rowCount(); ++row)
            for (int column = 0; column < m_mapModel->columnCount(); ++column) {
                const QModelIndex index = m_mapModel->index(row, column);
                const int tensor = m_mapModel->tensorAt(index);
                if (tensor >= 0)
                    table += QStringLiteral("%1,%2\r\n")
                                .arg(csvField(m_session.checkpoint()->tensors()[std::size_t(tensor)].name))
                                .arg(index.data(Qt::UserRole).toDouble(), 0, 'g', 9);
            }
        return PictureText{caption(), table};
    });
    auto* head = new QHBoxLayout;
    m_feel->setObjectName(QStringLiteral("measureSensitivity"));
    m_feel->setToolTip(tr("Disturbs the weights block after block and kind after kind, and sees how much the "
                          "model's predictions on the calibration text change."));
    m_feels->setObjectName(QStringLiteral("sensitivitySays"));
    m_feels->setForegroundRole(QPalette::PlaceholderText);
    head->addWidget(m_figure);
    head->addWidget(m_legend);
    head->addWidget(m_feel);
    head->addWidget(m_feels, 1);
    head->addStretch(1);
    auto* part = new QWidget;
    auto* rows = new QVBoxLayout(part);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(head);
    rows->addWidget(m_map);
    return part;
}

void ModelPage::showMapScale()
{
    m_legend->setRange(m_mapModel->colors(), m_mapModel->scale(), m_figure->currentText());
    m_map->setAccessibleDescription(tr("%1; %L2 of %L3 layers known, from %4 to %5")
                                        .arg(m_figure->currentText())
                                        .arg(m_mapModel->known())
                                        .arg(m_mapModel->rowCount() * m_mapModel->columnCount())
                                        .arg(numberText(m_mapModel->scale().low), numberText(m_mapModel->scale().high)));
}

// All blocks side by side while they are wide enough to hit; then it scrolls.
void ModelPage::fitMap()
{
    const int blocks = m_mapModel->columnCount();
    m_mapPart->setVisible(blocks > 0);
    if (blocks == 0)
        return;
    const int room = m_map->width() - m_map->verticalHeader()->sizeHint().width() - 4;
    m_map->horizontalHeader()->setDefaultSectionSize(std::clamp(room / blocks, 14, 64));
    m_map->setFixedHeight(m_map->horizontalHeader()->sizeHint().height() +
                          m_mapModel->rowCount() * m_map->verticalHeader()->defaultSectionSize() + 4 +
                          (14 * blocks > room ? m_map->horizontalScrollBar()->sizeHint().height() : 0));
}

void ModelPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitMap();
}

void ModelPage::showModel()
{
    const Checkpoint& checkpoint = *m_session.checkpoint();
    std::int64_t weights = 0;
    for (const TensorView& tensor : checkpoint.tensors())
        weights += tensor.elements();
    m_title->setText(m_session.name());
    m_facts->setText(tr("%1 · %2 weights · %3 on disk · %4")
                         .arg(formatTitle(checkpoint.format()), countText(weights), sizeText(checkpoint.fileBytes()),
                              typesOf(checkpoint)));
    fitMap();
    showMeasured();
    showSensitivity();
}

void ModelPage::showMeasured()
{
    const Measurements& measurements = m_session.measurements();
    const bool all = measurements.measured() >= measurements.measurable();
    m_measured->setText(all ? QString()
                            : tr("%L1 of %L2 measured").arg(measurements.measured()).arg(measurements.measurable()));
    m_measure->setVisible(!all && !measurements.measuringAll());
}

void ModelPage::showSensitivity()
{
    const ModelSensitivity& sensitivity = m_session.sensitivity();
    const bool shown = m_mapModel->figure() == ModelMapModel::Figure::Sensitivity;
    m_feel->setVisible(shown && !sensitivity.measured() && !sensitivity.measuring());
    m_feels->setVisible(shown);
    m_feels->setText(sensitivity.measuring()
                         ? tr("Disturbing the layers in turn: %1").arg(percentText(sensitivity.share(), 0))
                     : sensitivity.measured()
                         ? tr("With noise of %1 of the weights' size; a layer counts as its block times its kind.")
                               .arg(percentText(sensitivity.noise(), 0))
                         : sensitivity.complaint());
}

void ModelPage::follow(int tensor)
{
    const QModelIndex index = m_sorted->mapFromSource(m_sorted->sourceModel()->index(tensor, 0));
    if (index.row() != m_table->currentIndex().row())
        m_table->setCurrentIndex(index);
    const QModelIndex cell = m_mapModel->indexOf(tensor);
    if (cell != m_map->currentIndex() && cell.isValid())
        m_map->setCurrentIndex(cell);
}

} // namespace halftone
