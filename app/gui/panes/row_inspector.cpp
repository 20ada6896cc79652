// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/row_inspector.h"

#include "look_lane.h"
#include "measurements.h"
#include "preview.h"
#include "recipe_caption.h"
#include "row_figures.h"
#include "session.h"
#include "texts.h"
#include "widgets/histogram_view.h"
#include "widgets/save_picture.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

namespace halftone {

RowInspector::RowInspector(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_row(new QSpinBox), m_histogram(new HistogramView), m_sentence(new QLabel)
{
    m_row->setObjectName(QStringLiteral("row"));
    m_row->setAccessibleName(tr("Row"));
    m_row->setToolTip(tr("Follows the cursor of the map; rows count from 0"));
    m_histogram->setObjectName(QStringLiteral("rowHistogram"));
    m_histogram->setAccessibleName(tr("Histogram of the row's weights"));
    m_sentence->setObjectName(QStringLiteral("rowSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* label = new QLabel(tr("Row"));
    label->setBuddy(m_row);
    auto* head = new QHBoxLayout;
    head->addWidget(label);
    head->addWidget(m_row);
    head->addWidget(m_sentence, 1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 8, 0, 0);
    rows->addLayout(head);
    rows->addWidget(m_histogram, 1);
    connect(m_row, &QSpinBox::valueChanged, this, &RowInspector::want);
    connect(&session, &Session::selectionChanged, this, &RowInspector::follow);
    connect(&session.preview(), &Preview::solutionChanged, this, &RowInspector::want);
    addPictureSaving(*m_histogram, [this] {
        const QString caption = recipeCaption(m_session, tr("Row %1").arg(countText(m_row->value())));
        const auto stats = m_histogram->stats();
        return PictureText{caption, stats ? histogramCsv(stats->histogram, caption) : QString()};
    });
    follow();
}

void RowInspector::showRow(qint64 row)
{
    if (row >= 0)
        m_row->setValue(int(std::min<qint64>(row, std::numeric_limits<int>::max())));
}

void RowInspector::showEvent(QShowEvent*)
{
    want();
}

void RowInspector::follow()
{
    const TensorView* tensor = m_session.selectedTensor();
    const bool numbers = tensor && hasNumbers(*tensor);
    setEnabled(numbers);
    m_histogram->setStats(nullptr);
    m_sentence->clear();
    const QSignalBlocker quiet(m_row);
    m_row->setRange(0, numbers ? int(std::min<std::int64_t>(tensor->rows() - 1, std::numeric_limits<int>::max())) : 0);
    want();
}

void RowInspector::want()
{
    const TensorView* tensor = m_session.selectedTensor();
    if (!isVisible() || !tensor || !hasNumbers(*tensor))
        return;
    m_session.look().ask<RowFigures>(
        QStringLiteral("row"), this,
        [source = rowsOf(m_session.checkpoint(), *tensor), row = std::int64_t(m_row->value()),
         solution = m_session.preview().solution()](Progress& progress) {
            return rowFigures(source, row, solution.get(), progress);
        },
        [this](std::shared_ptr<const RowFigures> figures) { show(*figures); },
        [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void RowInspector::show(const RowFigures& figures)
{
    m_histogram->setStats(std::make_shared<TensorStats>(figures.stats));
    const auto& levels = figures.levels;
    const QString shown = levels.size() == 2
                              ? tr("binary weights become %1 or %2").arg(numberText(levels.front()), numberText(levels.back()))
                          : levels.empty() ? QString()
                                           : tr("binary weights become one of %n levels, two for each group of columns", nullptr,
                                                int(levels.size()));
    m_histogram->setMarks(levels, levels.size() == 2 ? tr("marked: ±α around the row's mean") : tr("marked: ±α of each group"));
    QStringList parts{tr("mean |w| %1").arg(numberText(figures.alpha))};
    if (!shown.isEmpty())
        parts << shown;
    if (figures.salient >= 0)
        parts << tr("%1 of %2 weights salient").arg(countText(figures.salient), countText(figures.stats.count));
    if (figures.error >= 0)
        parts << tr("lost %1 of the row's squares").arg(percentText(figures.error, 1));
    m_sentence->setText(parts.join(QStringLiteral("  ·  ")));
}

} // namespace halftone
