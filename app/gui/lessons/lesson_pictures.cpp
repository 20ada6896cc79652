// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/lesson_pictures.h"

#include "app/backends.h"
#include "base/error.h"
#include "evaluate/generate.h"
#include "evaluate/surprise.h"
#include "lessons/bell_picture.h"
#include "lessons/walk_picture.h"
#include "pipeline/quick_model.h"
#include "quantize/salience.h"
#include "texts.h"

#include <QLocale>
#include <QRgb>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

const char* const kPrompt = "Once there was a curious girl called Mia. One morning, Mia had nine apples.";
constexpr Index kTokens = 60;
constexpr int kBars = 61;

QString decimals(double value, int count)
{
    return QLocale().toString(value, 'f', count);
}

std::vector<float> readRow(const Checkpoint& model, const LessonStep& step)
{
    const TensorView& tensor = model.require(step.tensor);
    if (step.row < 0 || step.row >= tensor.rows())
        throw Error(tr("The lesson asks for row %1 of '%2', which has %3 rows.").arg(step.row).arg(step.tensor).arg(tensor.rows()));
    std::vector<float> row(static_cast<std::size_t>(tensor.columns()));
    model.readRows(tensor, step.row, 1, row);
    return row;
}

// The best scale of a sign code is the mean magnitude: the derivative of sum (|w| - a)^2 is zero there.
LessonView rowView(const Checkpoint& model, const LessonStep& step, double control)
{
    const std::vector<float> row = readRow(model, step);
    double meanMagnitude = 0, energy = 0, largest = 0;
    for (const float w : row) {
        meanMagnitude += std::abs(double{w}) / double(row.size());
        energy += double{w} * double{w};
        largest = std::max(largest, std::abs(double{w}));
    }
    const auto loss = [&](double alpha) {
        double sum = 0;
        for (const float w : row)
            sum += std::pow(std::abs(double{w}) - alpha, 2);
        return energy > 0 ? sum / energy : 0;
    };
    const double alpha = control * meanMagnitude;
    LessonView view;
    view.kind = LessonView::Kind::Histogram;
    view.low = -largest;
    view.high = largest;
    view.bars.assign(kBars, 0);
    for (const float w : row)
        view.bars[std::size_t(std::clamp(int((double{w} + largest) / (2 * largest + 1e-30) * kBars), 0, kBars - 1))] += 1;
    if (control > 0)
        view.marks = {-alpha, alpha};
    view.bestMarks = {-meanMagnitude, meanMagnitude};
    view.values = {{QStringLiteral("weights"), countText(std::int64_t(row.size()))},
                   {QStringLiteral("alpha"), numberText(alpha)},
                   {QStringLiteral("best"), numberText(meanMagnitude)},
                   {QStringLiteral("loss"), percentText(loss(alpha), 1)},
                   {QStringLiteral("least"), percentText(loss(meanMagnitude), 1)},
                   {QStringLiteral("positive"), percentText(double(std::count_if(row.begin(), row.end(), [](float w) { return w >= 0; })) / double(row.size()), 0)}};
    return view;
}

Settings settingsAt(double ratio)
{
    return {{"salient_ratio", ratio}, {"saliency", "magnitude"}, {"compensation", false}};
}

std::string greedy(const std::shared_ptr<const Checkpoint>& model, ComputeBackend& backend, Progress& progress)
{
    const auto tokenizer = Tokenizer::forCheckpoint(*model);
    Transformer transformer(model, backend);
    Sampling sampling;
    sampling.maxTokens = kTokens;
    const auto prompt = tokenizer->encode(kPrompt);
    return tokenizer->decode(generate(transformer, *tokenizer, prompt, sampling, {}, progress).tokens);
}

// Perplexity of what the original wrote: one number for how far the other has drifted from it.
double perplexityOf(const std::shared_ptr<const Checkpoint>& model, const std::string& text, ComputeBackend& backend, Progress& progress)
{
    const auto tokenizer = Tokenizer::forCheckpoint(*model);
    Transformer transformer(model, backend);
    const auto prompt = tokenizer->encode(kPrompt);
    const auto tokens = tokenizer->encode(kPrompt + text);
    double sum = 0;
    const auto surprises = surpriseOf(transformer, tokens, 0, progress);
    for (std::size_t i = prompt.size(); i < surprises.size(); ++i)
        sum += surprises[i].nats;
    return surprises.size() > prompt.size() ? std::exp(sum / double(surprises.size() - prompt.size())) : 1;
}

LessonView textView(const std::shared_ptr<const Checkpoint>& model, double control, Progress& progress)
{
    const auto backend = makeBackend(QStringLiteral("cpu"));
    const QuickModel quick = quickModel(model, QStringLiteral("pb-llm"), settingsAt(control), *backend, progress);
    const std::string original = greedy(model, *backend, progress);
    LessonView view;
    view.kind = LessonView::Kind::Text;
    view.original = QString::fromStdString(kPrompt + original);
    view.text = QString::fromStdString(kPrompt + greedy(quick.checkpoint, *backend, progress));
    view.values = {{QStringLiteral("ratio"), percentText(control, 0)},
                   {QStringLiteral("nominal"), decimals(quick.bits.nominalPerWeight(), 2)},
                   {QStringLiteral("disk"), decimals(quick.bits.diskPerWeight(), 2)},
                   {QStringLiteral("error"), percentText(quick.error, 1)},
                   {QStringLiteral("before"), decimals(perplexityOf(model, original, *backend, progress), 1)},
                   {QStringLiteral("perplexity"), decimals(perplexityOf(quick.checkpoint, original, *backend, progress), 1)}};
    return view;
}

// Salient weights dark on light: by magnitude one by one, or whole columns of the largest sums.
LessonView maskView(const Checkpoint& model, const LessonStep& step, double control)
{
    const Matrix weights = model.readMatrix(model.require(step.tensor));
    const Matrix saliency = magnitudeSaliency(weights);
    const bool columns = step.picture == QLatin1String("mask-column");
    const CodeMatrix chosen = selectSalient(saliency, control, columns ? Selection::Column : Selection::Element, 0);
    LessonView view;
    view.kind = LessonView::Kind::Map;
    view.image = QImage(int(weights.cols()), int(weights.rows()), QImage::Format_RGB32);
    double kept = 0;
    for (Index r = 0; r < weights.rows(); ++r) {
        auto* line = reinterpret_cast<QRgb*>(view.image.scanLine(int(r)));
        for (Index c = 0; c < weights.cols(); ++c) {
            const bool salient = chosen(columns ? 0 : r, c) != 0;
            line[c] = salient ? qRgb(0xd5, 0x5e, 0x00) : qRgb(0xe8, 0xe8, 0xe8);
            kept += salient ? double(weights(r, c)) * double(weights(r, c)) : 0;
        }
    }
    // A bitmap costs one bit a weight at most and its entropy at best; a list of columns next to none.
    const double entropy = control <= 0 || control >= 1 ? 0 : -control * std::log2(control) - (1 - control) * std::log2(1 - control);
    view.values = {{QStringLiteral("ratio"), percentText(control, 0)},
                   {QStringLiteral("kept"), percentText(kept / weights.cast<double>().squaredNorm(), 0)},
                   {QStringLiteral("mask"), columns ? decimals(double(weights.cols()) / double(weights.size()), 3) : decimals(entropy, 2)}};
    return view;
}

LessonView billView(const std::shared_ptr<const Checkpoint>& model, const QString& method, const Settings& settings,
                    double control, Progress& progress)
{
    const auto backend = makeBackend(QStringLiteral("cpu"));
    const QuickModel quick = quickModel(model, method, settings, *backend, progress);
    const double weights = double(quick.bits.weights);
    LessonView view;
    view.kind = LessonView::Kind::Bill;
    view.parts = {{tr("codes"), double(quick.bits.codes) / weights},
                  {tr("mask"), double(quick.bits.masks) / weights},
                  {tr("scales"), double(quick.bits.scales) / weights},
                  {tr("headers"), double(quick.bits.layout) / weights}};
    const double coded = double(quick.bits.disk()) / 8;
    std::int64_t linear = 0;
    for (const TensorView& tensor : quick.checkpoint->tensors())
        if (tensor.type == ElementType::Packed)
            linear += model->storedBytes(model->require(tensor.name));
    const double rest = double(model->fileBytes() - linear);
    view.values = {{QStringLiteral("ratio"), percentText(control, 0)},
                   {QStringLiteral("nominal"), decimals(quick.bits.nominalPerWeight(), 2)},
                   {QStringLiteral("disk"), decimals(quick.bits.diskPerWeight(), 2)},
                   {QStringLiteral("error"), percentText(quick.error, 1)},
                   {QStringLiteral("codes"), decimals(double(quick.bits.codes) / weights, 2)},
                   {QStringLiteral("mask"), decimals(double(quick.bits.masks) / weights, 2)},
                   {QStringLiteral("scales"), decimals(double(quick.bits.scales) / weights, 2)},
                   {QStringLiteral("file"), sizeText(std::int64_t(coded + rest))},
                   {QStringLiteral("before"), sizeText(model->fileBytes())},
                   {QStringLiteral("rest"), sizeText(std::int64_t(rest))}};
    return view;
}

} // namespace

LessonView lessonView(const std::shared_ptr<const Checkpoint>& model, const LessonStep& step, double control,
                      Progress& progress)
{
    if (step.picture == QLatin1String("row"))
        return rowView(*model, step, control);
    if (step.picture == QLatin1String("text"))
        return textView(model, control, progress);
    if (step.picture.startsWith(QLatin1String("mask-")))
        return maskView(*model, step, control);
    if (step.picture == QLatin1String("bill"))
        return billView(model, QStringLiteral("pb-llm"), settingsAt(control), control, progress);
    if (step.picture == QLatin1String("billm"))
        return billView(model, QStringLiteral("billm"), {{"saliency", "magnitude"}, {"compensation", false}}, control, progress);
    if (step.picture == QLatin1String("residual"))
        return residualView(readRow(*model, step), control);
    if (step.picture == QLatin1String("break"))
        return breakView(readRow(*model, step), control);
    if (step.picture == QLatin1String("walk"))
        return walkView(model, step, control, progress);
    if (step.picture.isEmpty())
        return {};
    throw Error(tr("The lesson asks for a picture '%1', which this program does not know.").arg(step.picture));
}

QString filled(QString sentence, const QMap<QString, QString>& values)
{
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        sentence.replace(QLatin1Char('{') + it.key() + QLatin1Char('}'), it.value());
    return sentence;
}

} // namespace halftone
