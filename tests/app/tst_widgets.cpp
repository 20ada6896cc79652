// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantizers.h"
#include "texts.h"
#include "widgets/color_map.h"
#include "widgets/heatmap_view.h"
#include "widgets/parameter_form.h"
#include "widgets/ratio_slider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLocale>
#include <QSignalSpy>
#include <QSlider>
#include <QtTest>
#include <cmath>
#include <limits>

using namespace halftone;

namespace {

double luminance(QRgb color)
{
    const auto linear = [](int value) {
        const double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color)) + 0.0722 * linear(qBlue(color));
}

} // namespace

class WidgetsTest : public QObject
{
    Q_OBJECT

private slots:
    void sequentialColorsGrowLighterEvenly()
    {
        const ColorMap map = ColorMap::sequential();
        double previous = std::cbrt(luminance(map.at(0)));
        for (int i = 1; i <= 16; ++i) {
            const double lightness = std::cbrt(luminance(map.at(float(i) / 16)));
            QVERIFY(lightness > previous + 0.02 && lightness < previous + 0.07);
            previous = lightness;
        }
        QCOMPARE(map.at(std::numeric_limits<float>::quiet_NaN()), ColorMap::missing());
        QCOMPARE(map.at(7), map.at(1));
    }

    void divergingColorsAreNeutralInTheMiddle()
    {
        for (bool dark : {false, true}) {
            const QRgb middle = ColorMap::diverging(dark).at(0.5f);
            QVERIFY(std::abs(qRed(middle) - qBlue(middle)) < 6);
            QVERIFY(qBlue(ColorMap::diverging(dark).at(0)) > qRed(ColorMap::diverging(dark).at(0)));
            QVERIFY(qRed(ColorMap::diverging(dark).at(1)) > qBlue(ColorMap::diverging(dark).at(1)));
        }
    }

    void everyMethodsFormShowsAndReportsItsParameters()
    {
        for (const Quantizer* method : quantizers()) {
            ParameterForm form;
            form.setParameters(method->parameters(), nlohmann::json::object());
            QSignalSpy changed(&form, &ParameterForm::changed);
            for (const Parameter& parameter : method->parameters()) {
                auto* control = form.findChild<QWidget*>(parameter.id);
                QVERIFY2(control, qPrintable(parameter.id));
                QVERIFY(!control->accessibleName().isEmpty());
                if (auto* box = qobject_cast<QCheckBox*>(control))
                    QCOMPARE(box->isChecked(), parameter.standard.get<bool>());
                if (auto* box = qobject_cast<QComboBox*>(control))
                    QCOMPARE(box->currentData().toString().toStdString(), parameter.standard.get<std::string>());
                if (auto* box = qobject_cast<QDoubleSpinBox*>(control))
                    QVERIFY(std::abs(box->value() - parameter.standard.get<double>()) < 1e-9);
            }
            QCOMPARE(changed.count(), 0);
        }
    }

    void ratioSliderKeepsBothItsPartsEqual()
    {
        RatioSlider slider(QStringLiteral("Share"));
        QSignalSpy changed(&slider, &RatioSlider::ratioChanged);
        slider.findChild<QSlider*>()->setValue(137);
        QCOMPARE(slider.ratio(), 0.137);
        slider.setRatio(0.8); // beyond the slider's end, still kept
        QCOMPARE(slider.ratio(), 0.8);
        QCOMPARE(slider.findChild<QSlider*>()->value(), 500);
        QCOMPARE(changed.count(), 2);
    }

    void heatmapAsksForWhatItShows()
    {
        HeatmapView view;
        view.resize(400, 300);
        HeatWindow window;
        connect(&view, &HeatmapView::windowWanted, this, [&](const HeatWindow& w) { window = w; });
        view.setMatrix(4096, 11008);
        QCOMPARE(window.left, 0.0);
        QVERIFY(std::abs(double(window.columns) * window.weightsPerCell - 11008) < window.weightsPerCell);
        view.zoomBy(1e6, {0, 150});
        QCOMPARE(window.weightsPerCell, 1.0);
        QVERIFY(window.columns <= 8);
        const double before = window.top;
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(window.top > before);
        QTest::keyClick(&view, Qt::Key_0);
        QVERIFY(window.weightsPerCell > 20);
    }

    void heatmapReadsOutTheWeightUnderThePointer()
    {
        HeatmapView view;
        view.resize(200, 200);
        HeatWindow window;
        connect(&view, &HeatmapView::windowWanted, this, [&](const HeatWindow& w) { window = w; });
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.setMatrix(10, 10);
        auto picture = std::make_shared<HeatPicture>();
        picture->window = window;
        for (int i = 0; i < 100; ++i)
            picture->cells.push_back({float(i), float(i), float(i), float(i * i)});
        view.setPicture(picture);
        qint64 row = -1, column = -1;
        float value = -1;
        connect(&view, &HeatmapView::pointed, this, [&](qint64 r, qint64 c, const HeatCell& cell) {
            row = r;
            column = c;
            value = cell.mean;
        });
        const double scale = view.pixelsPerWeight();
        QTest::mouseMove(&view, (QPointF(3.5, 6.5) * scale +
                                 QPointF(view.width() - 10 * scale, view.height() - 10 * scale) / 2)
                                    .toPoint());
        QTRY_COMPARE(row, 6);
        QCOMPARE(column, 3);
        QCOMPARE(value, 63.0f);
    }

    void numbersFollowTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(countText(1234567), QStringLiteral("1.234.567"));
        QCOMPARE(numberText(0.18774), QStringLiteral("0,1877"));
        QCOMPARE(sizeText(98'400'000), QStringLiteral("98,4 MB"));
        QLocale::setDefault(QLocale::c());
        QCOMPARE(durationText(125), QStringLiteral("2 min 5 s"));
        QCOMPARE(numberText(-0.0000682), QStringLiteral("-6.82e-05"));
    }
};

QTEST_MAIN(WidgetsTest)
#include "tst_widgets.moc"
