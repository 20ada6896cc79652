// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <cmath>

namespace halftone {

QString countText(std::int64_t count)
{
    return QLocale().toString(qlonglong(count));
}

QString sizeText(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString shapeText(const TensorView& tensor)
{
    QStringList parts;
    for (auto extent : tensor.shape)
        parts += countText(extent);
    return parts.isEmpty() ? QStringLiteral("1") : parts.join(QStringLiteral(" × "));
}

QString numberText(double value)
{
    const double magnitude = std::abs(value);
    if (value == 0)
        return QLocale().toString(0);
    if (!std::isfinite(value) || magnitude >= 1e6 || magnitude < 1e-3)
        return QLocale().toString(value, 'e', 2);
    const int decimals = std::clamp(3 - int(std::floor(std::log10(magnitude))), 0, 8);
    return QLocale().toString(value, 'f', decimals);
}

QString percentText(double share, int decimals)
{
    return QCoreApplication::translate("texts", "%1 %").arg(QLocale().toString(100 * share, 'f', decimals));
}

QString durationText(double seconds)
{
    if (seconds < 0)
        return {};
    const auto whole = qlonglong(std::llround(seconds));
    if (whole < 60)
        return QCoreApplication::translate("texts", "%1 s").arg(whole);
    if (whole < 3600)
        return QCoreApplication::translate("texts", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return QCoreApplication::translate("texts", "%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
}

} // namespace halftone
