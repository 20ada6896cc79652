// SPDX-License-Identifier: GPL-3.0-or-later
#include "language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace halftone {

void useLanguage(QCoreApplication& application, const QString& name)
{
    if (!name.isEmpty())
        QLocale::setDefault(QLocale(name));
    const auto install = [&](const QString& file, const QString& folder) {
        auto* translator = new QTranslator(&application);
        if (translator->load(QLocale(), file, QStringLiteral("_"), folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    // Qt's own dialogs first: the newest translator is asked first.
    install(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("halftone"), QStringLiteral(":/i18n"));
}

} // namespace halftone
