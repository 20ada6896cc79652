// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "base/error.h"
#include "export/provenance.h"

namespace halftone::cli {

namespace {

using nlohmann::json;

void run(const std::string& path, const std::string& source, Terminal& terminal)
{
    const Verification found = verifyExport(QString::fromStdString(path), source.empty() ? QString() : modelPath(source),
                                            terminal.progress);
    json checks = json::array(), notes = json::array();
    std::vector<std::vector<QString>> rows;
    QStringList wrong;
    for (const Verification::Check& check : found.checks) {
        checks.push_back({{"what", check.what.toStdString()}, {"expected", check.expected.toStdString()},
                          {"found", check.found.toStdString()}, {"ok", check.ok()}});
        rows.push_back({check.what, check.ok() ? tr("as written") : tr("DIFFERENT")});
        if (!check.ok())
            wrong << check.what;
    }
    for (const QString& note : found.notes)
        notes.push_back(note.toStdString());
    const auto said = [&](const char* key) {
        const auto it = found.provenance.find(key);
        return it != found.provenance.end() && it->is_string() ? QString::fromStdString(it->get<std::string>()) : QString();
    };
    const json from = found.provenance.value("source", json::object());
    const QString name = from.is_object() && from.contains("name") && from["name"].is_string()
                             ? QString::fromStdString(from["name"].get<std::string>())
                             : QString();
    QString text = tr("%1 for %2, type %3, from %4\n").arg(said("program"), said("target"), said("type"), name) + table(rows);
    for (const QString& note : found.notes)
        text += QLatin1Char('\n') + note;
    terminal.print({{"ok", found.ok()}, {"checks", checks}, {"notes", notes}, {"provenance", found.provenance}}, text);
    if (!found.ok())
        throw Error(tr("'%1' is not as it was written: %2.").arg(QString::fromStdString(path), wrong.join(QStringLiteral(", "))));
}

} // namespace

Verb addVerify(CLI::App& parent)
{
    struct Flags
    {
        std::string path, source;
    };
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand("verify", "Check an export against the checksums and the origin it carries");
    app->add_option("PATH", flags->path, "A folder or GGUF file that `export` wrote")->required();
    app->add_option("--source", flags->source, "The model it was made from, to be compared too");
    return {app, [flags](Terminal& terminal) { run(flags->path, flags->source, terminal); }};
}

} // namespace halftone::cli
