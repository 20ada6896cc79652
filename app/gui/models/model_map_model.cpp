// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/model_map_model.h"

#include "inspect/salience_curve.h"
#include "job_runner.h"
#include "measurements.h"
#include "model_sensitivity.h"
#include "session.h"
#include "texts.h"

#include <QBrush>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

namespace halftone {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

} // namespace

ModelMapModel::ModelMapModel(Session& session, QObject* parent) : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::checkpointChanged, this, &ModelMapModel::reset);
    connect(&session, &Session::recipeChanged, this, [this] {
        if (m_figure == Figure::DiskBits)
            recolor();
    });
    connect(&session.jobs(), &JobRunner::started, this, [this](const RunOrder& order) {
        m_followed = isOfModel(order);
        if (m_followed) {
            m_layers.clear(); // the map fills anew
            recolor();
            emit fillingBegan();
        }
    });
    connect(&session.jobs(), &JobRunner::layerCoded, this, [this](const LayerReport& layer) {
        if (m_followed)
            addLayer(layer);
    });
    connect(&session, &Session::outcomeChanged, this, &ModelMapModel::takeOutcome);
    connect(&session.measurements(), &Measurements::measuredTensor, this, [this] {
        if (m_figure >= Figure::Kurtosis)
            recolor();
    });
    connect(&session.sensitivity(), &ModelSensitivity::changed, this, [this] {
        if (m_figure == Figure::Sensitivity)
            recolor();
    });
}

bool ModelMapModel::isOfModel(const RunOrder& order) const
{
    return !order.out.isEmpty() && m_session.checkpoint() && order.recipe.model == m_session.checkpoint()->path();
}

void ModelMapModel::reset()
{
    beginResetModel();
    const Job* job = m_session.jobs().running();
    m_layers.clear();
    m_followed = job && isOfModel(job->order);
    if (m_followed)
        for (const LayerReport& layer : job->layers)
            m_layers.insert(layer.name, layer);
    const ModelLayers& layers = m_session.layers();
    m_blocks = layers.config ? int(layers.config->blocks) : 0;
    m_tensors.assign(std::size_t(m_blocks) * kLinears.size(), -1);
    m_values.assign(m_tensors.size(), kUnknown);
    for (auto it = layers.places.cbegin(); it != layers.places.cend(); ++it)
        m_tensors[std::size_t(it->linear) * std::size_t(m_blocks) + std::size_t(it->block)] = it.key();
    endResetModel();
    recolor();
}

void ModelMapModel::takeOutcome()
{
    if (!m_followed)
        return;
    for (const LayerReport& layer : m_session.outcome()->report.layers)
        m_layers.insert(layer.name, layer);
    recolor();
}

void ModelMapModel::addLayer(const LayerReport& layer)
{
    m_layers.insert(layer.name, layer);
    recolor();
}

void ModelMapModel::setFigure(Figure figure)
{
    m_figure = figure;
    recolor();
}

QString ModelMapModel::title(Figure figure)
{
    switch (figure) {
    case Figure::DiskBits: return tr("Bits on disk of this recipe");
    case Figure::Error: return tr("Layer error of the run");
    case Figure::Sensitivity: return tr("Sensitivity: nats a token when disturbed");
    case Figure::Kurtosis: return tr("Excess kurtosis");
    case Figure::TopShare: return tr("Squares in the largest 1 %");
    default: return tr("Standard deviation");
    }
}

double ModelMapModel::plannedBits(int tensor) const
{
    const TensorView& view = m_session.checkpoint()->tensors()[std::size_t(tensor)];
    const Settings settings = m_session.recipe().settingsFor(view.name);
    const auto report = m_layers.constFind(view.name);
    if (report != m_layers.constEnd() && report->settings == settings)
        return report->diskBits;
    const double ratio = settings.value("salient_ratio", -1.0);
    return ratio < 0 ? kUnknown : closedFormBits(ratio, settings.value("salient_bits", 8), view.columns()).diskBits;
}

double ModelMapModel::valueOf(int tensor) const
{
    if (tensor < 0)
        return kUnknown;
    if (m_figure == Figure::DiskBits)
        return plannedBits(tensor);
    if (m_figure == Figure::Error) {
        const auto report = m_layers.constFind(m_session.checkpoint()->tensors()[std::size_t(tensor)].name);
        return report == m_layers.constEnd() ? kUnknown : report->error;
    }
    if (m_figure == Figure::Sensitivity)
        return m_session.sensitivity().of(tensor);
    const auto stats = m_session.measurements().stats(tensor);
    if (!stats)
        return kUnknown;
    return m_figure == Figure::Kurtosis ? stats->excessKurtosis : m_figure == Figure::TopShare ? stats->topShare : stats->deviation;
}

void ModelMapModel::recolor()
{
    double low = std::numeric_limits<double>::infinity(), high = -low;
    m_values.clear();
    for (const int tensor : m_tensors) {
        const double value = valueOf(tensor);
        m_values.push_back(value);
        if (std::isnan(value))
            continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    m_scale = low <= high ? ColorScale{low, std::max(high, low + 1e-9), false, false} : ColorScale{0, 0, false, false};
    if (!m_tensors.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit scaleChanged();
}

int ModelMapModel::known() const
{
    return int(std::count_if(m_values.begin(), m_values.end(), [](double value) { return !std::isnan(value); }));
}

int ModelMapModel::tensorAt(const QModelIndex& index) const
{
    return index.isValid() ? m_tensors[std::size_t(index.row() * m_blocks + index.column())] : -1;
}

QModelIndex ModelMapModel::indexOf(int tensor) const
{
    const auto place = m_session.layers().places.constFind(tensor);
    return place == m_session.layers().places.constEnd() ? QModelIndex() : index(int(place->linear), int(place->block));
}

int ModelMapModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_blocks == 0 ? 0 : int(kLinears.size());
}

int ModelMapModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_blocks;
}

QString ModelMapModel::text(double value) const
{
    if (std::isnan(value))
        return tr("not known yet");
    if (m_figure == Figure::Error || m_figure == Figure::TopShare)
        return percentText(value, 2);
    return m_figure == Figure::DiskBits ? QLocale().toString(value, 'f', 2) : numberText(value);
}

QVariant ModelMapModel::data(const QModelIndex& index, int role) const
{
    const int tensor = tensorAt(index);
    if (tensor < 0)
        return {};
    const QString& name = m_session.checkpoint()->tensors()[std::size_t(tensor)].name;
    switch (role) {
    case Qt::BackgroundRole: {
        const double value = valueAt(index);
        return std::isnan(value) ? QVariant(QBrush(Qt::gray, Qt::BDiagPattern))
                                 : QVariant(QBrush(QColor(m_colors.at(m_scale.shareOf(float(value))))));
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: return tr("%1: %2").arg(name, text(valueAt(index)));
    case Qt::AccessibleDescriptionRole: return title(m_figure);
    case Qt::UserRole: return valueAt(index);
    default: return {};
    }
}

QVariant ModelMapModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    return orientation == Qt::Vertical ? QVariant(shortName(kLinears[std::size_t(section)])) : QVariant(section);
}

} // namespace halftone
