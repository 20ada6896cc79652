// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/resources.h"

#include "base/error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStringList>

namespace halftone {

QString resourcePath(const QString& name)
{
    QStringList folders;
    const QString wished = qEnvironmentVariable("HALFTONE_RESOURCES");
    if (!wished.isEmpty())
        folders << wished;
    if (QCoreApplication::instance())
        folders << QCoreApplication::applicationDirPath() + QStringLiteral("/../share/halftone");
    folders << QStringLiteral(HALFTONE_SOURCE_RESOURCES);
    for (const QString& folder : folders) {
        const QString path = QDir::cleanPath(folder + QLatin1Char('/') + name);
        if (QFileInfo::exists(path))
            return path;
    }
    throw Error(tr("'%1', which comes with Halftone, is in none of: %2. Is Halftone installed whole?")
                    .arg(name, folders.join(QStringLiteral(", "))));
}

QString modelPath(const QString& named)
{
    return named == QLatin1String("sample") ? resourcePath(named) : named;
}

} // namespace halftone
