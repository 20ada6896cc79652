// SPDX-License-Identifier: GPL-3.0-or-later
// halftone-cli: every job of Halftone without a window. Exit 0 fine, 1 one clear sentence, 2 usage,
// 130 interrupted.
#include "app/cli/verbs.h"

#include "base/error.h"
#include "compute/blas_core.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>
#include <csignal>
#include <cstdio>
#include <new>
#include <semaphore.h>
#include <thread>
#include <unistd.h>

using namespace halftone;

namespace {

sem_t interrupts;

// Ctrl+C cancels the work in an orderly way; a second one ends the program at once. The handler only
// wakes a thread, since cancelling wakes a paused job and that is nothing for a signal handler. Blocking
// the signals instead would leave out the threads that libraries start before main.
void cancelOnSignals(Progress& progress)
{
    sem_init(&interrupts, 0, 0);
    struct sigaction action = {};
    action.sa_handler = [](int) { sem_post(&interrupts); };
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::thread([&progress] {
        const auto wait = [] {
            while (sem_wait(&interrupts) != 0) {
            }
        };
        wait();
        progress.cancel();
        wait();
        _exit(130);
    }).detach();
}

int fail(const QString& sentence, int code)
{
    std::fprintf(stderr, "%shalftone-cli: %s\n", isatty(STDERR_FILENO) ? "\r\033[K" : "",
                 sentence.toUtf8().constData());
    return code;
}

int runVerb(const cli::Verb& verb, bool json, Progress& progress)
{
    try {
        cli::Terminal terminal{json, progress};
        verb.run(terminal);
        return 0;
    } catch (const Cancelled&) {
        return fail(verb.resumes ? tr("interrupted; the same command goes on from here.")
                                 : tr("interrupted."),
                    130);
    } catch (const Error& e) {
        return fail(e.sentence(), 1);
    } catch (const std::bad_alloc&) {
        return fail(tr("There is not enough memory for this. Fewer or shorter windows need less."), 1);
    } catch (const std::exception& e) {
        return fail(tr("Unexpected: %1").arg(QString::fromUtf8(e.what())), 1);
    }
}

} // namespace

int main(int argc, char** argv)
{
    chooseBlasCore(argv);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("halftone-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HALFTONE_VERSION));
    // The results are read by machines: no locale changes how numbers are written.
    QLocale::setDefault(QLocale::c());

    CLI::App app("Halftone compresses large language models to between one and three bits per weight.",
                 "halftone-cli");
    app.set_version_flag("--version", std::string("halftone-cli ") + HALFTONE_VERSION);
    app.set_help_all_flag("--help-all", "Help for all verbs");
    const std::vector<cli::Verb> verbs{
        cli::addInspect(app),  cli::addTokenize(app), cli::addEvaluate(app), cli::addGenerate(app),
        cli::addChat(app),     cli::addQuantize(app), cli::addEstimate(app), cli::addSweep(app),    cli::addExport(app),
        cli::addVerify(app),   cli::addReport(app),
        cli::addRecipe(app),   cli::addMethods(app),  cli::addDevices(app)};
    bool json = false;
    for (const cli::Verb& verb : verbs)
        verb.app->add_flag("--json", json, "Print the result as JSON");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    Progress progress(cli::terminalProgress());
    cancelOnSignals(progress);
    for (const cli::Verb& verb : verbs)
        if (verb.app->parsed())
            return runVerb(verb, json, progress);
    std::fputs(app.help().c_str(), stderr);
    return 2;
}
