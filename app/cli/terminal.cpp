// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "base/error.h"
#include "pipeline/resources.h"

#include <QStringList>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace halftone::cli {

void Terminal::print(const nlohmann::json& value, const QString& text) const
{
    const std::string out =
        json ? value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"
             : text.toStdString() + "\n";
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0)
        throw Error(tr("The result cannot be written to standard output."));
}

void Terminal::note(const QString& sentence) const
{
    std::fprintf(stderr, "%s\n", sentence.toUtf8().constData());
}

Progress::Listener terminalProgress()
{
    if (!isatty(STDERR_FILENO))
        return {};
    return [](const ProgressMoment& m) {
        QString left;
        if (m.secondsLeft >= 0) {
            const auto seconds = static_cast<int>(std::lround(m.secondsLeft));
            left = tr(", %1:%2 left").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
        }
        const QString line = QStringLiteral("%1 %  %2  %3%4")
                                 .arg(100 * m.share, 5, 'f', 1)
                                 .arg(m.stage, m.item, left);
        std::fprintf(stderr, "\r\033[K%s%s", line.toUtf8().constData(), m.share >= 1 ? "\r\033[K" : "");
        std::fflush(stderr);
    };
}

QString modelPath(const std::string& argument)
{
    return halftone::modelPath(QString::fromStdString(argument));
}

QString table(const std::vector<std::vector<QString>>& rows)
{
    std::vector<qsizetype> widths;
    for (const auto& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c) {
            widths.resize(std::max(widths.size(), row.size()), 0);
            widths[c] = std::max(widths[c], row[c].size());
        }
    QStringList lines;
    for (const auto& row : rows) {
        QString line;
        for (std::size_t c = 0; c < row.size(); ++c)
            line += c == 0 ? row[c].leftJustified(widths[c])
                           : QStringLiteral("  ") + row[c].rightJustified(widths[c]);
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace halftone::cli
