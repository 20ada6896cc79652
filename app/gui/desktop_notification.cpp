// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop_notification.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QGuiApplication>
#include <QStringList>
#include <QVariantMap>

namespace halftone {

void notifyDesktop(const QString& title, const QString& text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    const QString service = QStringLiteral("org.freedesktop.Notifications");
    QDBusMessage call = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"),
                                                       service, QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QGuiApplication::desktopFileName()}};
    call.setArguments({QGuiApplication::applicationDisplayName(), 0u, QGuiApplication::desktopFileName(), title,
                       text.toHtmlEscaped(), QStringList(), hints, -1});
    bus.asyncCall(call);
}

} // namespace halftone
