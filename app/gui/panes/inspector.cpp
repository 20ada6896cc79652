// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/inspector.h"

#include "inspect/salience_curve.h"
#include "job_runner.h"
#include "look_lane.h"
#include "measurements.h"
#include "panes/estimate_line.h"
#include "quantize/quantizers.h"
#include "session.h"
#include "texts.h"
#include "widgets/curve_view.h"
#include "widgets/parameter_form.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace halftone {

namespace {

const char kRatio[] = "salient_ratio";
const auto kCurveTag = QStringLiteral("curve");
constexpr int kCurvePoints = 101; // up to a ratio of 1/2, as the slider

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

Inspector::Inspector(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_method(new QComboBox), m_form(new ParameterForm),
      m_preview(makePreview())
{
    setMinimumWidth(280);
    m_method->setAccessibleName(tr("Method"));
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Quantizer* method : quantizers()) {
        m_method->addItem(method->title(), method->id());
        m_method->setItemData(m_method->count() - 1, method->paper(), Qt::ToolTipRole);
    }
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(12, 8, 12, 8);
    rows->setSpacing(8);
    rows->addWidget(heading(tr("Method")));
    rows->addWidget(m_method);
    rows->addWidget(m_form);
    rows->addSpacing(8);
    rows->addWidget(m_preview);
    rows->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll, 1);
    layout->addWidget(makeFoot());

    m_method->setCurrentIndex(m_method->findData(session.recipe().method));
    rebuildForm();
    connect(m_method, &QComboBox::activated, this,
            [this] { m_session.setMethod(m_method->currentData().toString()); rebuildForm(); });
    connect(m_form, &ParameterForm::changed, &session, &Session::setSetting);
    connect(&session, &Session::recipeChanged, this, [this] {
        m_form->showSettings(m_session.recipe().settings);
        showPoint();
    });
    connect(&session, &Session::selectionChanged, this, &Inspector::wantCurve);
    connect(&session, &Session::checkpointChanged, this, &Inspector::suggestOutput);
}

QWidget* Inspector::makePreview()
{
    auto* preview = new QWidget;
    m_curveView = new CurveView;
    m_figures = new QLabel;
    m_figures->setWordWrap(true);
    m_figures->setTextFormat(Qt::RichText);
    m_figures->setAccessibleName(tr("Bits and error at this ratio"));
    auto* rows = new QVBoxLayout(preview);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(heading(tr("This matrix at every ratio")));
    rows->addWidget(m_curveView);
    rows->addWidget(m_figures);
    connect(m_curveView, &CurveView::ratioChosen, this,
            [this](double ratio) { m_session.setSetting(QLatin1String(kRatio), ratio); });
    return preview;
}

QWidget* Inspector::makeFoot()
{
    auto* foot = new QWidget;
    m_output = new QLineEdit;
    m_output->setAccessibleName(tr("Folder for the result"));
    m_output->setPlaceholderText(tr("Folder for the result"));
    auto* browse = new QToolButton;
    browse->setText(tr("…"));
    browse->setAccessibleName(tr("Choose the folder for the result"));
    m_start = new QPushButton(tr("Start"));
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_start->setEnabled(false);
    auto* folder = new QHBoxLayout;
    folder->addWidget(m_output, 1);
    folder->addWidget(browse);
    auto* rows = new QVBoxLayout(foot);
    rows->setContentsMargins(12, 8, 12, 12);
    rows->addWidget(heading(tr("Result folder")));
    rows->addLayout(folder);
    rows->addWidget(new EstimateLine(m_session));
    rows->addWidget(m_start);
    m_start->setToolTip(tr("Quantize the whole model with this recipe (%1)")
                            .arg(m_start->shortcut().toString(QKeySequence::NativeText)));
    m_start->setDefault(true);
    connect(m_output, &QLineEdit::textChanged, this, &Inspector::enableStart);
    const JobRunner& jobs = m_session.jobs();
    connect(&jobs, &JobRunner::started, this, &Inspector::enableStart);
    connect(&jobs, &JobRunner::finished, this, &Inspector::enableStart);
    connect(&jobs, &JobRunner::failed, this, &Inspector::enableStart);
    connect(&jobs, &JobRunner::cancelled, this, &Inspector::enableStart);
    connect(browse, &QToolButton::clicked, this, &Inspector::chooseOutput);
    connect(m_start, &QPushButton::clicked, this, &Inspector::start);
    return foot;
}

double Inspector::ratio() const
{
    const auto settings = completeSettings(quantizer(m_session.recipe().method), m_session.recipe().settings);
    return settings.value(kRatio, -1.0);
}

void Inspector::rebuildForm()
{
    m_form->setParameters(quantizer(m_session.recipe().method).parameters(), m_session.recipe().settings);
    m_preview->setVisible(ratio() >= 0);
    showPoint();
}

void Inspector::wantCurve()
{
    m_curve.reset();
    m_curveView->setPoints({});
    m_figures->clear();
    m_session.look().drop(kCurveTag);
    const TensorView* tensor = m_session.selectedTensor();
    if (!tensor || !hasNumbers(*tensor) || tensor->rows() < 2 || ratio() < 0)
        return;
    const RowSource source = rowsOf(m_session.checkpoint(), *tensor);
    m_session.look().ask<SalienceCurve>(
        kCurveTag, this,
        [source](Progress& progress) { return SalienceCurve::build(source, {}, progress); },
        [this](std::shared_ptr<const SalienceCurve> curve) {
            m_curve = std::move(curve);
            std::vector<SaliencePoint> points;
            for (int i = 0; i < kCurvePoints; ++i)
                points.push_back(m_curve->at(0.5 * i / (kCurvePoints - 1)));
            m_curveView->setPoints(std::move(points));
            showPoint();
        },
        [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void Inspector::showPoint()
{
    if (!m_curve || ratio() < 0)
        return;
    const SaliencePoint point = m_curve->at(ratio());
    m_curveView->setRatio(point.ratio);
    m_figures->setText(tr("<b>%1</b> bits on disk<br><b>%2</b> error without compensation "
                          "(data-free, by magnitude)")
                           .arg(QLocale().toString(point.diskBits, 'f', 2), percentText(point.error, 1)));
}

void Inspector::suggestOutput()
{
    const QFileInfo model(QDir::cleanPath(m_session.checkpoint()->path()));
    const QString base = QDir::home().filePath(model.completeBaseName() + QStringLiteral("-halftone"));
    // A run refuses a folder that is there, and jobs that wait have taken theirs.
    const auto taken = [this](const QString& path) {
        const auto& jobs = m_session.jobs().jobs();
        return QFileInfo::exists(path) || std::any_of(jobs.begin(), jobs.end(), [&](const auto& job) {
                   return job->open() && job->order.out == path;
               });
    };
    QString path = base;
    for (int i = 2; taken(path); ++i)
        path = QStringLiteral("%1-%2").arg(base).arg(i);
    m_output->setText(QDir::toNativeSeparators(path));
}

void Inspector::chooseOutput()
{
    auto* dialog = new QFileDialog(this, tr("Folder for the result"), m_output->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_output->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

void Inspector::enableStart()
{
    m_start->setEnabled(m_session.checkpoint() && !m_output->text().trimmed().isEmpty());
}

void Inspector::start()
{
    m_session.jobs().start({m_session.recipe(), QDir::fromNativeSeparators(m_output->text())});
    suggestOutput(); // for the next one, which may be put into the queue at once
}

} // namespace halftone
