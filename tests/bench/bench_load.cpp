// SPDX-License-Identifier: GPL-3.0-or-later
// How long a model that stays packed takes from its path to the first token, step by step, and what memory it
// holds then. Arguments: models, each run as `generate` does on the processor.
#include "base/error.h"
#include "compute/cpu_backend.h"
#include "evaluate/generate.h"

#include <QFile>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <map>
#include <vector>

using namespace halftone;

namespace {

constexpr int kRounds = 7;

struct Step
{
    std::vector<double> seconds, processor;
};

class Steps
{
public:
    template <class Body>
    auto operator()(const char* name, const Body& body)
    {
        const auto begin = std::chrono::steady_clock::now();
        const std::clock_t busy = std::clock();
        auto result = body();
        Step& step = m_steps[name];
        step.seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        step.processor.push_back(static_cast<double>(std::clock() - busy) / CLOCKS_PER_SEC);
        return result;
    }

    double print(const char* name)
    {
        Step& step = m_steps[name];
        for (auto* list : {&step.seconds, &step.processor})
            std::sort(list->begin(), list->end());
        std::printf("  %-34s %8.2f ms by the clock, %8.2f ms of processor (best %.2f, %.2f)\n", name,
                    1e3 * step.seconds[kRounds / 2], 1e3 * step.processor[kRounds / 2], 1e3 * step.seconds[0],
                    1e3 * step.processor[0]);
        return step.seconds[kRounds / 2];
    }

private:
    std::map<std::string, Step> m_steps;
};

double anonymousMegabytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("RssAnon:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    return -1;
}

void measure(const QString& path)
{
    const auto backend = makeCpuBackend();
    Progress progress;
    Steps step;
    Generated out;
    double fileBytes = 0, before = 0, after = 0;
    for (int round = 0; round < kRounds; ++round) {
        before = anonymousMegabytes();
        const auto checkpoint = step("open", [&] { return Checkpoint::open(path); });
        const auto tokenizer = step("tokenizer", [&] { return Tokenizer::forCheckpoint(*checkpoint); });
        auto model = step("config and norms", [&] { return std::make_unique<Transformer>(checkpoint, *backend); });
        if (checkpoint->format() == QLatin1String("halftone"))
            model->runPacked({});
        auto writer = step("weights", [&] { return std::make_unique<Writer>(*model, *tokenizer, 64, progress); });
        Sampling sampling;
        sampling.maxTokens = 1;
        out = step("first token", [&] { return writer->write({1}, sampling, {}, progress); });
        step("second token", [&] { return writer->write({1, 2}, sampling, {}, progress); });
        after = anonymousMegabytes();
        fileBytes = static_cast<double>(checkpoint->fileBytes());
    }
    std::printf("%s: %.1f MB of tensor files, %.1f MB of weights to run, %.1f MB anonymous more than before\n",
                qPrintable(path), fileBytes / 1e6, static_cast<double>(out.weightBytes) / 1e6, after - before);
    const double model = step.print("open") + step.print("config and norms") + step.print("weights");
    step.print("tokenizer");
    step.print("first token");
    step.print("second token");
    std::printf("  without tokenizer: %.1f ms, %.0f ms for each GB of tensor files\n", 1e3 * model,
                1e3 * model / (fileBytes / 1e9));
}

} // namespace

int main(int argc, char** argv)
{
    try {
        for (int i = 1; i < argc; ++i)
            measure(QFile::decodeName(argv[i]));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
