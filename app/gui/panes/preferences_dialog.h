// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every model: on which device runs are computed, with what each of them has and can do,
// and what is kept on disk from one time to the next.
#pragma once

#include <QDialog>
#include <vector>

class QLabel;
class QTableWidget;

namespace halftone {

class Session;
struct DeviceRow;

class PreferencesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PreferencesDialog(Session& session, QWidget* parent = nullptr);

private:
    void showDevices(const std::vector<DeviceRow>& rows);
    void take();
    QWidget* makeKept();

    Session& m_session;
    QTableWidget* m_devices;
    QLabel* m_say;
};

} // namespace halftone
