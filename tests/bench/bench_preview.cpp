// SPDX-License-Identifier: GPL-3.0-or-later
// How quickly the window answers while someone looks and drags.
//   bench_preview                  the parts, on a random 4096 x 11008 and 32000 x 4096
//   bench_preview MODEL [TENSOR]   the window itself: first and exact picture, mask and figures while the
//                                  ratio is dragged, the longest gaps of the event loop; and the drag once
//                                  more while a run of the sample goes on
//   bench_preview large            the window on a matrix of 32000 x 4096, made for it: first and exact
//                                  picture, frames while it is dragged and zoomed
#include "inspect/heatmap.h"
#include "inspect/rank_plane.h"
#include "inspect/salience_curve.h"

#include "job_runner.h"
#include "look_lane.h"
#include "main_window.h"
#include "original_hessians.h"
#include "pipeline/resources.h"
#include "preview.h"
#include "run_order.h"
#include "session.h"
#include "widgets/heatmap_view.h"
#include "widgets/ratio_slider.h"

#include <QApplication>
#include <QFile>
#include <QMouseEvent>
#include <QElapsedTimer>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <utility>

using namespace halftone;

namespace {

double milliseconds(const std::function<void()>& work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

void report(const char* what, std::vector<double> times)
{
    if (times.empty()) {
        std::printf("%-56s none\n", what);
        return;
    }
    std::sort(times.begin(), times.end());
    std::printf("%-56s median %8.2f  95 %% %8.2f  worst %8.2f ms (%zu)\n", what, times[times.size() / 2],
                times[times.size() * 95 / 100], times.back(), times.size());
}

Matrix randomMatrix(Index rows, Index columns)
{
    Matrix matrix(rows, columns);
    std::minstd_rand random(1);
    for (Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = float(int(random() % 2001) - 1000) * float(int(random() % 2001)) * 1e-7f;
    return matrix;
}

HeatWindow wholeOf(const Matrix& matrix, double width)
{
    const double perCell = double(matrix.cols()) / width;
    return {0, 0, perCell, std::int64_t(double(matrix.rows()) / perCell), std::int64_t(width)};
}

void parts()
{
    Progress progress;
    {
        const Matrix matrix = randomMatrix(4096, 11008);
        RankPlane ranks;
        report("rank plane of 4096 x 11008",
               {milliseconds([&] { ranks = RankPlane::build(rowsOf(matrix), {}, progress); })});
        std::vector<double> whole, near;
        for (int i = 0; i < 40; ++i) {
            whole.push_back(milliseconds([&] { ranks.maskCells(wholeOf(matrix, 1500), 0.01 * i); }));
            near.push_back(milliseconds([&] { ranks.maskCells({700, 900, 1, 1000, 2000}, 0.01 * i); }));
        }
        report("mask, whole matrix, 1500 cells wide", whole);
        report("mask, one weight a cell, 2000 x 1000", near);
        std::shared_ptr<SalienceCurve> curve;
        report("sums of the curve, 4096 x 11008", {milliseconds([&] {
                   curve = std::make_shared<SalienceCurve>(SalienceCurve::build(rowsOf(matrix), {}, progress));
               })});
        std::vector<double> points;
        for (int i = 0; i < 100; ++i)
            points.push_back(milliseconds([&] { curve->at(0.005 * i); }));
        report("figures at one ratio", points);
    }
    const Matrix large = randomMatrix(32000, 4096);
    report("first look at 32000 x 4096",
           {milliseconds([&] { sampleHeatWindow(rowsOf(large), {0, 0, 40, 800, 103}, progress); })});
    report("pyramid of 32000 x 4096", {milliseconds([&] { buildHeatPyramid(rowsOf(large), progress); })});
}

class Watch
{
public:
    Watch()
    {
        m_last.start();
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_gaps.push_back(double(m_last.nsecsElapsed()) / 1e6);
            m_last.restart();
        });
        m_timer.start(1);
    }
    std::vector<double> take() { return std::exchange(m_gaps, {}); }

private:
    QTimer m_timer;
    QElapsedTimer m_last;
    std::vector<double> m_gaps;
};

void histogram(const std::vector<double>& times)
{
    const std::array<double, 6> limits{8, 16.7, 33, 50, 100, 1e9};
    std::array<std::size_t, 6> counts{};
    for (const double time : times)
        ++counts[std::size_t(std::lower_bound(limits.begin(), limits.end(), time) - limits.begin())];
    std::printf("  of these up to 8 ms %zu, to 16.7 %zu, to 33 %zu, to 50 %zu, to 100 %zu, longer %zu\n", counts[0],
                counts[1], counts[2], counts[3], counts[4], counts[5]);
}

bool waitFor(const std::function<bool()>& done, double seconds)
{
    QElapsedTimer timer;
    timer.start();
    // With a time limit this would not sleep but spin, on a core that the lane needs.
    QTimer tick;
    tick.start(1);
    while (!done() && double(timer.elapsed()) < seconds * 1000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return done();
}

int indexOf(const Session& session, const QString& name)
{
    const auto& tensors = session.checkpoint()->tensors();
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (tensors[i].name == name)
            return int(i);
    return -1;
}

// Another layer of the same shape; -1 where there is none.
int anotherOf(const Session& session, const QString& name)
{
    const auto& tensors = session.checkpoint()->tensors();
    const TensorView& like = tensors[std::size_t(indexOf(session, name))];
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (tensors[i].name != name && tensors[i].rows() == like.rows() && tensors[i].columns() == like.columns() &&
            session.layers().places.contains(int(i)))
            return int(i);
    return -1;
}

int window(const QString& model, const QString& tensor)
{
    LookLane look;
    JobRunner jobs{runOrder};
    Session session{look, jobs};
    MainWindow window{session};
    window.resize(1600, 1000);
    window.show();
    session.open(model);
    if (!waitFor([&] { return session.checkpoint() != nullptr; }, 60))
        return 1;
    window.showPage(MainWindow::Matrix);
    auto* map = window.findChild<HeatmapView*>();
    Watch watch;
    QElapsedTimer timer;
    const auto switchTo = [&](const char* first, const char* exact, const QString& name) {
        timer.start();
        session.select(indexOf(session, name));
        waitFor([&] { return map->showsPicture(); }, 60);
        report(first, {double(timer.nsecsElapsed()) / 1e6});
        waitFor([&] { return map->showsPicture() && !map->sampled(); }, 60);
        report(exact, {double(timer.nsecsElapsed()) / 1e6});
    };
    switchTo("first picture, cold", "exact picture, cold", tensor);
    waitFor([&] { return session.preview().ranks() && session.preview().curve(); }, 120);
    report("ranks and curve", {double(timer.nsecsElapsed()) / 1e6});
    waitFor([&] { return session.preview().evidence() != nullptr; }, 300);
    report("Hessian of the layer", {double(timer.nsecsElapsed()) / 1e6});
    waitFor([&] { return session.preview().solved() && session.preview().sample(); }, 300);
    report("solved, and sampled at every ratio", {double(timer.nsecsElapsed()) / 1e6});
    report("gaps of the event loop meanwhile", watch.take());
    if (const int other = anotherOf(session, tensor); other >= 0) {
        switchTo("first picture of another matrix of its shape, warm", "exact picture, warm",
             session.checkpoint()->tensors()[std::size_t(other)].name);
        switchTo("first picture when coming back", "exact picture when coming back", tensor);
        waitFor([&] { return session.preview().solved() && session.preview().sample(); }, 300);
    }

    window.findChild<QTabBar*>(QStringLiteral("layers"))->setCurrentIndex(3);
    waitFor([&] { return map->showsPicture(); }, 60);
    auto* slider = window.findChild<RatioSlider*>(QStringLiteral("salient_ratio"))->findChild<ShareSlider*>();
    const auto drag = [&](const char* when) {
        std::vector<double> masks, figures;
        slider->setSliderDown(true);
        watch.take();
        for (int step = 0; step < 100; ++step) {
            bool arrived = false;
            // The map hears of the picture before it is told here.
            const auto connection = QObject::connect(
                map, &HeatmapView::pictureShown, map, [&] { arrived = true; });
            timer.restart();
            slider->setSliderPosition(20 + step * 4);
            figures.push_back(double(timer.nsecsElapsed()) / 1e6); // the figures are written by then
            waitFor([&] { return arrived; }, 5);
            map->grab(); // and painted
            masks.push_back(double(timer.nsecsElapsed()) / 1e6);
            QObject::disconnect(connection);
        }
        std::printf("%s\n", when);
        report("  figures while dragging", figures);
        report("  mask while dragging, painted", masks);
        for (std::size_t step = 0; step < masks.size(); ++step)
            if (masks[step] > 25)
                std::printf("  step %zu took %.1f ms\n", step, masks[step]);
        report("  gaps of the event loop while dragging", watch.take());
    };
    drag("alone");
    QTemporaryDir folder;
    Recipe sample;
    sample.model = resourcePath(QStringLiteral("sample"));
    jobs.start({sample, folder.filePath(QStringLiteral("out"))});
    waitFor([&] { return jobs.running() && jobs.running()->moment.share > 0; }, 60);
    drag("during a run");
    jobs.cancel();
    timer.restart();
    slider->setSliderDown(false);
    waitFor([&] { return session.preview().solved(); }, 300);
    report("solved after the release", {double(timer.nsecsElapsed()) / 1e6});
    report("gaps of the event loop meanwhile", watch.take());
    return 0;
}

// One half-precision tensor by itself, as a file.
void writeLarge(const QString& path, std::int64_t rows, std::int64_t columns)
{
    QFile file(path);
    file.open(QIODevice::WriteOnly);
    QByteArray header = QStringLiteral("{\"large.weight\":{\"dtype\":\"F16\",\"shape\":[%1,%2],\"data_offsets\":[0,%3]}}")
                            .arg(rows).arg(columns).arg(rows * columns * 2).toUtf8();
    header.append(QByteArray((8 - header.size() % 8) % 8, ' '));
    const std::uint64_t length = std::uint64_t(header.size());
    file.write(reinterpret_cast<const char*>(&length), 8);
    file.write(header);
    std::minstd_rand random(1);
    std::vector<std::uint16_t> row(static_cast<std::size_t>(columns));
    for (std::int64_t r = 0; r < rows; ++r) {
        for (auto& weight : row) // signs and sizes below 2^-3, some more often than others
            weight = std::uint16_t((random() & 0x8000u) | (0x2000u + (random() % 0x1000u)));
        file.write(reinterpret_cast<const char*>(row.data()), qint64(row.size() * 2));
    }
}

// Frames as they are on a screen: what moved is handled and painted before the next one.
int large()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("large.safetensors"));
    writeLarge(path, 32000, 4096);
    LookLane look;
    JobRunner jobs{runOrder};
    Session session{look, jobs};
    MainWindow window{session};
    window.resize(1600, 1000);
    window.show();
    session.open(path);
    if (!waitFor([&] { return session.checkpoint() != nullptr; }, 60))
        return 1;
    window.showPage(MainWindow::Matrix);
    auto* map = window.findChild<HeatmapView*>();
    bool exact = false;
    QObject::connect(map, &HeatmapView::pictureShown, map, [&] { exact = map->showsPicture() && !map->sampled(); });
    Watch watch;
    QElapsedTimer timer;
    timer.start();
    session.select(0);
    waitFor([&] { return map->showsPicture(); }, 60);
    map->grab();
    report("first picture of 32000 x 4096, painted", {double(timer.nsecsElapsed()) / 1e6});
    waitFor([&] { return exact; }, 120);
    report("exact picture", {double(timer.nsecsElapsed()) / 1e6});
    report("gaps of the event loop meanwhile", watch.take());
    const auto frames = [&](const char* what, int count, const std::function<void(int)>& act) {
        std::vector<double> times;
        watch.take();
        for (int i = 0; i < count; ++i) {
            timer.restart();
            act(i);
            map->repaint();
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
            waitFor([&] { return double(timer.nsecsElapsed()) / 1e6 >= 16; }, 1); // until the next frame
        }
        report(what, times);
        histogram(times);
        const std::vector<double> gaps = watch.take();
        report("  gaps of the event loop", gaps);
        histogram(gaps);
    };
    const QPointF middle(map->width() / 2.0, map->height() / 2.0);
    frames("zooming in from the whole to single weights", 120, [&](int) { map->zoomBy(1.05, middle); });
    const auto mouse = [&](QEvent::Type type, QPointF at) {
        QMouseEvent event(type, at, map->mapToGlobal(at), Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(map, &event);
    };
    mouse(QEvent::MouseButtonPress, middle);
    frames("dragging there", 120, [&](int i) { mouse(QEvent::MouseMove, middle + QPointF(200 * std::sin(0.1 * i), 3 * i)); });
    mouse(QEvent::MouseButtonRelease, middle);
    frames("zooming out again", 120, [&](int) { map->zoomBy(1 / 1.05, middle); });
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // what is known is told at once
    if (argc < 2) {
        parts();
        return 0;
    }
    QApplication application(argc, argv);
    if (std::strcmp(argv[1], "large") == 0)
        return large();
    return window(QString::fromLocal8Bit(argv[1]),
                  argc > 2 ? QString::fromLocal8Bit(argv[2]) : QStringLiteral("model.layers.0.mlp.down_proj.weight"));
}
