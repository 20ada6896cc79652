// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/ratio_preview.h"

#include "original_hessians.h"
#include "preview.h"
#include "recipe_caption.h"
#include "session.h"
#include "texts.h"
#include "widgets/curve_view.h"
#include "widgets/save_picture.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace halftone {

namespace {

QString bits(double value)
{
    return QLocale().toString(value, 'f', 2);
}

QString basisText(Basis basis)
{
    return basis == Basis::Original ? RatioPreview::tr("original's Hessian") : RatioPreview::tr("data-free");
}

} // namespace

RatioPreview::RatioPreview(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_curve(new CurveView), m_figures(new QLabel), m_hessians(new QLabel),
      m_measure(new QPushButton(tr("Measure")))
{
    auto* heading = new QLabel(tr("This matrix at every ratio"));
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    for (QLabel* label : {m_figures, m_hessians}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::RichText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_figures->setAccessibleDescription(tr("Bits and error at this ratio"));
    m_figures->setObjectName(QStringLiteral("previewFigures"));
    m_hessians->setForegroundRole(QPalette::PlaceholderText);
    m_measure->setObjectName(QStringLiteral("measureHessians"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(heading);
    rows->addWidget(m_curve);
    rows->addWidget(m_figures);
    rows->addWidget(m_hessians);
    rows->addWidget(m_measure);

    const Preview& preview = session.preview();
    connect(&preview, &Preview::curveChanged, this, &RatioPreview::showCurve);
    connect(&preview, &Preview::sampleChanged, this, &RatioPreview::showSample);
    connect(&preview, &Preview::solutionChanged, this, &RatioPreview::showFigures);
    connect(&preview, &Preview::settingsChanged, this, &RatioPreview::showFigures);
    connect(&session.hessians(), &OriginalHessians::changed, this, &RatioPreview::showHessians);
    connect(m_measure, &QPushButton::clicked, &session.hessians(), &OriginalHessians::start);
    connect(m_curve, &CurveView::dragBegan, &session, &Session::beginDrag);
    connect(m_curve, &CurveView::dragEnded, &session, &Session::endDrag);
    connect(m_curve, &CurveView::ratioChosen, this,
            [this](double ratio) { m_session.setSetting(QStringLiteral("salient_ratio"), ratio); });
    addPictureSaving(*m_curve, [this] {
        const QString caption = recipeCaption(m_session, tr("Layer error against bits on disk"));
        return PictureText{caption, QStringLiteral("# ") + QString(caption).replace(QLatin1Char('\n'), QLatin1String("\r\n# ")) +
                                        QStringLiteral("\r\n") + m_curve->csv()};
    });
    showHessians();
}

void RatioPreview::showCurve()
{
    const Preview& preview = m_session.preview();
    m_curve->setPoints(preview.curvePoints(), !preview.curve() || preview.curve()->dataFree());
    showFigures();
}

void RatioPreview::showSample()
{
    std::vector<CurveView::Sampled> points;
    if (const auto sample = m_session.preview().sample())
        for (const SampledPoint& p : sample->points)
            points.push_back({p.ratio, p.loss, p.standardError});
    m_curve->setSampled(std::move(points));
    showFigures();
}

QString RatioPreview::solvedText() const
{
    const Preview& preview = m_session.preview();
    if (!preview.solution())
        return {};
    const LayerSolution& solution = *preview.solution();
    if (!preview.solved())
        return tr("<br><i>solving the whole matrix…</i>");
    return tr("<br>Solved: <b>%1</b> error, <b>%2</b> bits on disk, %3 nominal <i>(exact; %4)</i>")
        .arg(percentText(solution.loss, 2), bits(solution.bits.diskPerWeight()), bits(solution.bits.nominalPerWeight()),
             basisText(solution.basis));
}

void RatioPreview::showFigures()
{
    const Preview& preview = m_session.preview();
    const double ratio = preview.ratio();
    if (preview.settings().is_null()) {
        m_figures->clear();
        return;
    }
    if (ratio < 0 || !preview.curve()) {
        m_figures->setText(solvedText().mid(4));
        return;
    }
    m_curve->setRatio(ratio);
    const SaliencePoint point = preview.curve()->at(ratio);
    // The curve's nominal bits hold a bitmap; everywhere else in the program they are the codes alone.
    QString text = tr("<b>%1</b> bits nominal, <b>%2</b> on disk <i>(closed form)</i><br>"
                      "<b>%3</b> error without compensation <i>(%4)</i>")
                       .arg(bits(point.nominalBits - 1), bits(point.diskBits), percentText(point.error, 1),
                            preview.curve()->dataFree() ? tr("data-free") : tr("diagonal of the original's Hessian"));
    const SampledPoint sampled = preview.sampledAt(ratio);
    if (sampled.loss >= 0)
        text += tr("<br><b>%1</b> ± %2 with the recipe's walk <i>(%3 of %4 rows; original's Hessian)</i>")
                    .arg(percentText(sampled.loss, 2), percentText(sampled.standardError, 2),
                         countText(preview.sample()->rows), countText(preview.sample()->population));
    m_figures->setText(text + solvedText());
}

void RatioPreview::showHessians()
{
    const OriginalHessians& hessians = m_session.hessians();
    using State = OriginalHessians::State;
    QString text;
    switch (hessians.state()) {
    case State::Trying: text = tr("Finding out how long the Hessians take…"); break;
    case State::Offered:
        text = tr("Errors with compensation need the original model's Hessians: about %1 and %2 of memory.")
                   .arg(durationText(hessians.secondsLeft()), sizeText(hessians.bytes()));
        break;
    case State::Going:
        text = tr("Measuring the original model's Hessians: %1, about %2 left")
                   .arg(percentText(hessians.share(), 0), durationText(hessians.secondsLeft()));
        break;
    case State::Done:
        text = tr("Hessians of the original model on %1; a run sees packed inputs, so its own differ.")
                   .arg(hessians.sentence());
        break;
    case State::Kept:
        text = tr("Hessians of the original model on %1, kept from an earlier time; a run sees packed inputs, so its own "
                  "differ.")
                   .arg(hessians.sentence());
        break;
    case State::Failed: text = hessians.sentence().toHtmlEscaped(); break;
    default: break;
    }
    m_hessians->setText(text);
    m_measure->setVisible(hessians.state() == State::Offered);
}

} // namespace halftone
