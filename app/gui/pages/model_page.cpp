// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/model_page.h"

#include "measurements.h"
#include "models/tensor_table_model.h"
#include "session.h"
#include "texts.h"

#include <QHeaderView>
#include <QLabel>
#include <QMap>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

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

} // namespace

ModelPage::ModelPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_title(new QLabel), m_facts(new QLabel),
      m_measured(new QLabel), m_measure(new QPushButton(tr("Measure all tensors"))),
      m_table(new QTableView), m_sorted(new QSortFilterProxyModel(this))
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_measured->setForegroundRole(QPalette::PlaceholderText);
    m_sorted->setSourceModel(new TensorTableModel(session, this));
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

    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_measured);
    head->addWidget(m_measure);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addLayout(head);
    layout->addWidget(m_facts);
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
    showMeasured();
}

void ModelPage::showMeasured()
{
    const Measurements& measurements = m_session.measurements();
    const bool all = measurements.measured() >= measurements.measurable();
    m_measured->setText(all ? QString()
                            : tr("%L1 of %L2 measured").arg(measurements.measured()).arg(measurements.measurable()));
    m_measure->setVisible(!all && !measurements.measuringAll());
}

void ModelPage::follow(int tensor)
{
    const QModelIndex index = m_sorted->mapFromSource(m_sorted->sourceModel()->index(tensor, 0));
    if (index.row() == m_table->currentIndex().row())
        return;
    m_table->setCurrentIndex(index);
}

} // namespace halftone
