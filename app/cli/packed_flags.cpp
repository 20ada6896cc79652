// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/packed_flags.h"

#include "base/error.h"
#include "compute/packed_product.h"

#include <QFile>
#include <unistd.h>

namespace halftone::cli {

void PackedFlags::addTo(CLI::App* app, const std::string& standard)
{
    weights = standard;
    app->add_option("--weights", weights,
                    "packed: products read the packed bits; floats: expand to floats first (default for this "
                    "verb: " + standard + ", other than packed folders always floats)")
        ->check(CLI::IsMember({"packed", "floats"}));
    app->add_option("--activations", activations,
                    "What packed products round their inputs to: int8 (default, fast; each 32 by their largest), int8-token "
                    "(all of a token by the largest, as SmoothQuant's W8A8) or float32 (not at all). llama.cpp: a GGUF "
                    "file as llama.cpp's processor products compute it, floats with inputs rounded by each tensor's type")
        ->check(CLI::IsMember({"int8", "int8-token", "float32", "llama.cpp"}));
    app->add_option("--kept-bits", keptBits,
                    "Bits, 2 to 8, of matrices that were not packed, such as the head, when packed products run "
                    "with int8 (default 8, a scale for each 64 weights)")
        ->check(CLI::Range(2, 8));
}

void PackedFlags::apply(Transformer& model) const
{
    if (activations == "llama.cpp") {
        if (model.checkpoint().format() != QLatin1String("gguf"))
            throw Error(tr("--activations llama.cpp goes by the types of a GGUF file, which '%1' is not; export it first.")
                            .arg(model.checkpoint().path()));
        return model.roundInputsAsLlamaCpp();
    }
    if (weights != "packed" || model.checkpoint().format() != QLatin1String("halftone"))
        return;
    PackedRun run;
    run.activations = activations == "int8"         ? Activations::Int8
                      : activations == "int8-token" ? Activations::Int8Token
                                                    : Activations::Float32;
    run.keptBits = keptBits;
    model.runPacked(run);
}

nlohmann::json PackedFlags::json(const Transformer& model) const
{
    if (model.roundsInputsAsLlamaCpp())
        return {{"weights", "floats"}, {"activations", activations}};
    if (!model.runsPacked())
        return {{"weights", "floats"}};
    nlohmann::json out{{"weights", "packed"}, {"activations", activations}};
    if (activations != "float32") {
        out["kept_bits"] = keptBits;
        out["instructions"] = cpu::nameOf(cpu::bestInstructionSet()).toStdString();
    }
    return out;
}

QString mebibytes(std::int64_t bytes)
{
    return tr("%1 MiB").arg(static_cast<double>(bytes) / (1 << 20), 0, 'f', 1);
}

std::int64_t processBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

} // namespace halftone::cli
