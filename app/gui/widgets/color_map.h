// SPDX-License-Identifier: GPL-3.0-or-later
// Colours for numbers: straight lines in OKLab (Ottosson 2020), so that equal steps of a number look
// like equal steps, and only along the blue-yellow axis, which colour-blind eyes keep.
#pragma once

#include <QColor>
#include <array>

namespace halftone {

class ColorMap
{
public:
    /// Dark blue over grey to light yellow, lightness rising evenly.
    static ColorMap sequential();
    /// Blue for below, orange for above, neutral in the middle: light, or dark for dark windows.
    static ColorMap diverging(bool darkMiddle);

    /// share is clamped to 0..1. Not a number gives missing().
    QRgb at(float share) const;
    static QRgb missing() { return qRgb(128, 128, 128); }

private:
    std::array<QRgb, 256> m_colors{};
};

/// One colour from OKLab: lightness 0..1, a green-red, b blue-yellow.
QRgb fromOklab(double lightness, double a, double b);

} // namespace halftone
