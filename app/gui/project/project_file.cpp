// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_file.h"

#include "base/error.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

namespace halftone {

using nlohmann::json;

namespace {

constexpr int kVersion = 1;
constexpr int kApplication = 0x48616c66; // "Half"

const char* const kTables[] = {
    "CREATE TABLE runs(id INTEGER PRIMARY KEY, made TEXT NOT NULL, label TEXT NOT NULL, model TEXT NOT NULL, "
    "folder TEXT NOT NULL, report TEXT NOT NULL, times TEXT NOT NULL, note TEXT NOT NULL, pinned INTEGER NOT NULL)",
    "CREATE TABLE jobs(place INTEGER PRIMARY KEY, job TEXT NOT NULL)",
    "CREATE TABLE state(key TEXT PRIMARY KEY, value TEXT NOT NULL)",
};

QString dumped(const json& value)
{
    return QString::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

json parsed(const QVariant& text)
{
    return json::parse(text.toString().toStdString());
}

QString reason(const QSqlError& error)
{
    return error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
}

} // namespace

ProjectFile::ProjectFile(const QString& path)
    : m_path(QFileInfo(path).absoluteFilePath()), m_connection(QUuid::createUuid().toString()),
      m_lock(m_path + QStringLiteral(".lock"))
{
    const QString folder = QFileInfo(m_path).absolutePath();
    if (!QDir().mkpath(folder))
        throw Error(tr("The folder '%1' for the project cannot be made.").arg(folder));
    m_lock.setStaleLockTime(0);
    if (!m_lock.tryLock(0)) {
        m_readOnlyBecause =
            m_lock.error() == QLockFile::LockFailedError
                ? tr("The project '%1' is open in another Halftone: it can be looked at here, but new runs and "
                     "notes are not kept. Close the other one and open the project again.").arg(m_path)
                : tr("The project '%1' may not be written by this user: new runs and notes are not kept.").arg(m_path);
    }
    try {
        openDatabase(!m_readOnlyBecause.isEmpty());
        const int found = version();
        if (found == 0 && m_readOnlyBecause.isEmpty())
            make();
        if (found > kVersion && m_readOnlyBecause.isEmpty())
            m_readOnlyBecause = tr("The project '%1' was made by a newer Halftone (version %2, this one writes %3): "
                                   "new runs and notes are not kept.").arg(m_path).arg(found).arg(kVersion);
    } catch (...) {
        m_database = {};
        QSqlDatabase::removeDatabase(m_connection);
        throw;
    }
}

ProjectFile::~ProjectFile()
{
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

void ProjectFile::openDatabase(bool readOnly)
{
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(readOnly ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=500")
                                          : QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
    if (!m_database.isValid())
        throw Error(tr("Projects cannot be kept: Qt's SQLite driver is not installed (libqt6sql6-sqlite)."));
    if (!m_database.open())
        throw Error(tr("The project '%1' cannot be opened: %2. Nothing of this session is kept in it.")
                        .arg(m_path, reason(m_database.lastError())));
    QSqlQuery query(m_database);
    const bool asked = query.exec(QStringLiteral("PRAGMA quick_check"));
    if (!asked || !query.next() || query.value(0).toString() != QLatin1String("ok"))
        throw Error(tr("The project '%1' is damaged (%2). It is left as it is and nothing of this session is kept in "
                       "it; move it away to begin a new one.")
                        .arg(m_path, asked ? query.value(0).toString().section(QLatin1Char('\n'), 0, 0)
                                           : reason(query.lastError())));
}

int ProjectFile::version()
{
    QSqlQuery query(m_database);
    query.exec(QStringLiteral("PRAGMA application_id"));
    const int application = query.next() ? query.value(0).toInt() : 0;
    query.exec(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    const bool empty = query.next() && query.value(0).toInt() == 0;
    query.exec(QStringLiteral("PRAGMA user_version"));
    const int found = query.next() ? query.value(0).toInt() : 0;
    if (!empty && application != kApplication)
        throw Error(tr("'%1' is a database of another program, not a project of Halftone; it is left as it is.").arg(m_path));
    return empty ? 0 : found;
}

void ProjectFile::make()
{
    run(QStringLiteral("PRAGMA journal_mode = WAL"));
    m_database.transaction();
    for (const char* table : kTables)
        run(QLatin1String(table));
    run(QStringLiteral("PRAGMA application_id = %1").arg(kApplication));
    run(QStringLiteral("PRAGMA user_version = %1").arg(kVersion));
    if (!m_database.commit())
        throw Error(tr("The project '%1' cannot be made: %2.").arg(m_path, reason(m_database.lastError())));
}

void ProjectFile::run(const QString& statement, const QVariantList& values)
{
    QSqlQuery query(m_database);
    bool done = query.prepare(statement);
    // An empty text is a text, not SQL's NULL.
    for (const QVariant& value : values)
        query.addBindValue(value.typeId() == QMetaType::QString && value.toString().isNull() ? QVariant(QStringLiteral(""))
                                                                                              : value);
    done = done && query.exec();
    if (!done)
        throw Error(tr("The project '%1' could not be saved: %2.").arg(m_path, reason(query.lastError())));
}

ProjectContent ProjectFile::read()
{
    ProjectContent content;
    QSqlQuery query(m_database);
    query.exec(QStringLiteral("SELECT id, made, label, model, folder, report, times, note, pinned FROM runs ORDER BY id"));
    while (query.next()) {
        try {
            content.runs.push_back({query.value(0).toLongLong(),
                                    QDateTime::fromString(query.value(1).toString(), Qt::ISODate),
                                    query.value(2).toString(), query.value(3).toString(), query.value(4).toString(),
                                    reportFromJson(parsed(query.value(5))), RunTimes::fromJson(parsed(query.value(6))),
                                    query.value(7).toString(), query.value(8).toBool()});
        } catch (const std::exception&) {
            content.skipped += tr("Run '%1' of the project cannot be read and is not shown.").arg(query.value(2).toString());
        }
    }
    query.exec(QStringLiteral("SELECT job FROM jobs ORDER BY place"));
    while (query.next()) {
        const json job = json::parse(query.value(0).toString().toStdString(), nullptr, false);
        if (job.is_object())
            content.jobs.push_back(job);
        else
            content.skipped += tr("An unfinished job of the project cannot be read and is left out.");
    }
    query.exec(QStringLiteral("SELECT key, value FROM state"));
    while (query.next()) {
        const json value = json::parse(query.value(1).toString().toStdString(), nullptr, false);
        if (!value.is_discarded())
            content.state[query.value(0).toString().toStdString()] = value;
    }
    return content;
}

void ProjectFile::addRun(const RunRecord& r)
{
    run(QStringLiteral("INSERT INTO runs(id, made, label, model, folder, report, times, note, pinned) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {r.id, r.made.toString(Qt::ISODate), r.label, r.model, r.folder, dumped(reportJson(r.report)),
         dumped(r.times.toJson()), r.note, r.pinned});
}

void ProjectFile::changeRun(qint64 id, const QString& label, const QString& note, bool pinned)
{
    run(QStringLiteral("UPDATE runs SET label = ?, note = ?, pinned = ? WHERE id = ?"),
        {label, note, pinned, id});
}

void ProjectFile::removeRun(qint64 id)
{
    run(QStringLiteral("DELETE FROM runs WHERE id = ?"), {id});
}

void ProjectFile::saveJobs(const std::vector<json>& orders)
{
    m_database.transaction();
    try {
        run(QStringLiteral("DELETE FROM jobs"));
        int place = 0;
        for (const json& order : orders)
            run(QStringLiteral("INSERT INTO jobs(place, job) VALUES(?, ?)"), {place++, dumped(order)});
    } catch (...) {
        m_database.rollback();
        throw;
    }
    if (!m_database.commit())
        throw Error(tr("The project '%1' could not be saved: %2.").arg(m_path, reason(m_database.lastError())));
}

void ProjectFile::saveState(const QString& key, const json& value)
{
    run(QStringLiteral("INSERT INTO state(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"),
        {key, dumped(value)});
}

} // namespace halftone
