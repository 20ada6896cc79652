// SPDX-License-Identifier: GPL-3.0-or-later
#include "appearance.h"

#include <QEvent>
#include <QGuiApplication>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr double kContrast = 4.5; // WCAG 2.1 level AA

double luminance(const QColor& color)
{
    const auto linear = [](float part) {
        return part <= 0.04045f ? double(part) / 12.92 : std::pow((double(part) + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor& one, const QColor& other, float share)
{
    const auto between = [share](float a, float b) { return a + share * (b - a); };
    return QColor::fromRgbF(between(one.redF(), other.redF()), between(one.greenF(), other.greenF()),
                            between(one.blueF(), other.blueF()));
}

class PaletteWatch : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange && watched == parent())
            apply();
        return false;
    }

    static void apply()
    {
        const QPalette now = QGuiApplication::palette(), wanted = readable(now);
        if (wanted.color(QPalette::PlaceholderText) != now.color(QPalette::PlaceholderText))
            QGuiApplication::setPalette(wanted);
    }
};

} // namespace

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

QPalette readable(QPalette palette)
{
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        const QColor text = palette.color(group, QPalette::WindowText);
        QColor found = text;
        // The faintest mixture that can be read on both.
        for (float share = 0.45f; share > 0; share -= 0.05f) {
            const QColor faint = mixed(text, palette.color(group, QPalette::Window), share);
            if (std::min(contrast(faint, palette.color(group, QPalette::Window)),
                         contrast(faint, palette.color(group, QPalette::Base))) >= kContrast) {
                found = faint;
                break;
            }
        }
        palette.setColor(group, QPalette::PlaceholderText, found);
    }
    return palette;
}

void keepReadable(QGuiApplication& application)
{
    application.installEventFilter(new PaletteWatch(&application));
    PaletteWatch::apply();
}

} // namespace halftone
