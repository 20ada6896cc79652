// SPDX-License-Identifier: GPL-3.0-or-later
#include "appearance.h"
#include "job_runner.h"
#include "language.h"
#include "look_lane.h"
#include "main_window.h"
#include "project/project.h"
#include "run_order.h"
#include "original_hessians.h"
#include "pipeline/hessian_cache.h"
#include "session.h"

#include "compute/blas_core.h"
#include "pipeline/resources.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QStandardPaths>

// What Hessians of original models may fill on disk: some fifty layers of a 7B model's narrow kind.
static constexpr std::int64_t kHessianBytes = 4'000'000'000;

int main(int argc, char** argv)
{
    halftone::chooseBlasCore(argv);
    QApplication application(argc, argv);
    QApplication::setOrganizationDomain(QStringLiteral("halftone.org"));
    QApplication::setOrganizationName(QStringLiteral("Halftone"));
    QApplication::setApplicationName(QStringLiteral("Halftone"));
    QApplication::setApplicationVersion(QStringLiteral(HALFTONE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.halftone.Halftone"));
    QSettings::setDefaultFormat(QSettings::IniFormat);

    halftone::keepReadable(application);

    // Before the parser, whose help is translated as well.
    const QStringList arguments = QApplication::arguments();
    const auto asked = arguments.indexOf(QStringLiteral("--language"));
    halftone::useLanguage(application, asked < 0 ? QString() : arguments.value(asked + 1));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Sees and compresses language models to a few bits per weight."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("model"),
        QApplication::translate("main", "A Hugging Face folder, a .safetensors or a .gguf file, a packed folder, or the word sample."),
        QStringLiteral("[model]"));
    const QCommandLineOption project(
        QStringLiteral("project"),
        QApplication::translate("main", "Keep runs and notes in this file instead of the standard one."),
        QStringLiteral("file"), halftone::Project::standardPath());
    parser.addOption(project);
    parser.addOption({QStringLiteral("language"),
                      QApplication::translate("main", "Speak this language, such as zh_CN, instead of the desktop's."),
                      QStringLiteral("locale")});
    parser.process(application);

    halftone::LookLane look;
    halftone::JobRunner jobs(halftone::runOrder);
    halftone::Session session(look, jobs);
    session.hessians().keepIn(std::make_shared<halftone::HessianCache>(
        QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/hessians"), kHessianBytes));
    halftone::MainWindow window(session);
    window.show();
    session.project().open(parser.value(project));
    if (!parser.positionalArguments().isEmpty())
        session.open(halftone::modelPath(parser.positionalArguments().constFirst()));
    return application.exec();
}
