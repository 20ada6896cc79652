// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/ratio_slider.h"

#include <QAccessibleWidget>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyleOptionSlider>
#include <array>

namespace halftone {

namespace {

// Shang et al. 2023 (PB-LLM): tables and figures at 5, 10, 20, 30 and 50 %.
constexpr std::array kPaperPercents{5, 10, 20, 30, 50};

class AccessibleShare : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit AccessibleShare(ShareSlider* slider) : QAccessibleWidget(slider, QAccessible::Slider), m_slider(slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return ShareSlider::tr("%1 %").arg(QLocale().toString(m_slider->percent(), 'f', 1));
        return QAccessibleWidget::text(kind);
    }
    QVariant currentValue() const override { return m_slider->percent(); }
    void setCurrentValue(const QVariant& value) override { m_slider->setValue(qRound(value.toDouble() * 10)); }
    QVariant maximumValue() const override { return m_slider->maximum() / 10.0; }
    QVariant minimumValue() const override { return m_slider->minimum() / 10.0; }
    QVariant minimumStepSize() const override { return 0.1; }

private:
    ShareSlider* m_slider;
};

QAccessibleInterface* makeAccessible(const QString& className, QObject* object)
{
    auto* slider = className == QLatin1String("halftone::ShareSlider") ? qobject_cast<ShareSlider*>(object) : nullptr;
    return slider ? new AccessibleShare(slider) : nullptr;
}

} // namespace

ShareSlider::ShareSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent)
{
    static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(installed)
    setRange(0, 500);
    setPageStep(50);
    setMinimumHeight(sizeHint().height() + 8);
}

void ShareSlider::paintEvent(QPaintEvent* event)
{
    QSlider::paintEvent(event);
    QStyleOptionSlider option;
    initStyleOption(&option);
    const int handle = style()->pixelMetric(QStyle::PM_SliderLength, &option, this);
    const int room = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this).width() - handle;
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Text));
    for (const int percent : kPaperPercents) {
        const int x = handle / 2 + QStyle::sliderPositionFromValue(minimum(), maximum(), percent * 10, room);
        painter.drawLine(x, height() - 6, x, height() - 2);
    }
}

QString DecimalBox::inLocale(const QString& text) const
{
    const QString point = locale().decimalPoint();
    QString out = text;
    // A group separator that is typed once is meant as the point.
    if (!out.contains(point) && out.count(QLatin1Char('.')) + out.count(QLatin1Char(',')) == 1)
        out.replace(QLatin1Char('.'), point).replace(QLatin1Char(','), point);
    return out;
}

QValidator::State DecimalBox::validate(QString& text, int& position) const
{
    QString localized = inLocale(text);
    return QDoubleSpinBox::validate(localized, position);
}

double DecimalBox::valueFromText(const QString& text) const
{
    return QDoubleSpinBox::valueFromText(inLocale(text));
}

RatioSlider::RatioSlider(const QString& name, QWidget* parent)
    : QWidget(parent), m_slider(new ShareSlider), m_box(new DecimalBox)
{
    m_slider->setAccessibleName(name);
    m_box->setRange(0, 100);
    m_box->setDecimals(1);
    m_box->setSingleStep(0.1);
    m_box->setSuffix(tr(" %"));
    m_box->setKeyboardTracking(false); // what is half typed is not meant
    m_box->setAccessibleName(name);
    setFocusProxy(m_slider);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_box);
    connect(m_slider, &QSlider::valueChanged, this, [this](int tenths) { m_box->setValue(tenths / 10.0); });
    connect(m_slider, &QSlider::sliderPressed, this, &RatioSlider::dragBegan);
    connect(m_slider, &QSlider::sliderReleased, this, &RatioSlider::dragEnded);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, [this](double percent) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(int(percent * 10 + 0.5));
        emit ratioChanged(percent / 100);
    });
}

double RatioSlider::ratio() const
{
    return m_box->value() / 100;
}

void RatioSlider::setRatio(double ratio)
{
    m_box->setValue(ratio * 100);
}

} // namespace halftone
