// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends.h"
#include "app/cli/verbs.h"
#include "base/error.h"

namespace halftone::cli {

Verb addDevices(CLI::App& parent)
{
    CLI::App* app = parent.add_subcommand("devices", "List what quantization can run on");
    return {app, [](Terminal& terminal) {
                nlohmann::json list = nlohmann::json::array();
                std::vector<std::vector<QString>> rows{
                    {tr("device"), tr("name"), tr("memory"), tr("details")}};
                for (const DeviceRow& d : devices()) {
                    list.push_back({{"id", d.id.toStdString()},
                                    {"name", d.name.toStdString()},
                                    {"memory_bytes", d.memoryBytes},
                                    {"details", d.details.toStdString()}});
                    rows.push_back({d.id, d.name,
                                    QStringLiteral("%1 GB").arg(static_cast<double>(d.memoryBytes) / 1e9,
                                                                0, 'f', 1),
                                    d.details});
                }
                terminal.print({{"devices", list}}, table(rows));
                if (list.size() == 1)
                    terminal.note(tr("No Vulkan device was found: everything runs on the processor."));
            }};
}

} // namespace halftone::cli
