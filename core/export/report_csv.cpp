// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/report.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"

#include <QDir>

namespace halftone {

namespace {

// RFC 4180: quoted where a comma, a quote or a line break would mislead. A spreadsheet must not take a
// name for a formula.
QString field(QString text)
{
    static const QString risky = QStringLiteral("=+-@");
    if (!text.isEmpty() && risky.contains(text.front()))
        text.prepend(QLatin1Char('\''));
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n')))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString number(double value)
{
    return QString::number(value, 'g', 9);
}

} // namespace

QString reportCsv(const Report& report)
{
    QString out = QStringLiteral("tensor,block,linear,rows,columns,salient_share,nominal_bits,disk_bits,relative_error,damping\r\n");
    for (const LayerReport& l : report.layers)
        out += QStringList{field(l.name), QString::number(l.block), field(l.linear), QString::number(l.rows),
                           QString::number(l.columns), number(l.salientShare), number(l.nominalBits), number(l.diskBits),
                           number(l.error), number(l.damping)}.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    return out;
}

Report readReport(const QString& folder, RunTimes& times)
{
    const QDir directory(folder);
    for (const char* name : {"report.json", "halftone-report.json"}) {
        const QString path = directory.filePath(QLatin1String(name));
        if (!QFileInfo(path).isFile())
            continue;
        const QString beside = directory.filePath(QStringLiteral("times.json"));
        if (QFileInfo(beside).isFile())
            times = RunTimes::fromJson(readStrictJson(beside));
        return reportFromJson(readStrictJson(path));
    }
    throw Error(tr("There is no report in '%1': `quantize` leaves one in each packed folder.").arg(folder));
}

} // namespace halftone
