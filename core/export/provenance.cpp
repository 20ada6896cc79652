// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/provenance.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "export/gguf_writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <algorithm>

namespace halftone {

namespace {

using nlohmann::json;

std::vector<WrittenFile> hashesOf(const QStringList& paths, const Progress& progress)
{
    std::vector<WrittenFile> out;
    for (const QString& path : paths)
        out.push_back({QFileInfo(path).fileName(), QFileInfo(path).size(), sha256OfFile(path, progress)});
    return out;
}

QString combined(const std::vector<WrittenFile>& files)
{
    if (files.size() == 1)
        return files.front().sha256;
    Sha256 hash;
    for (const WrittenFile& file : files) {
        const QByteArray line = (file.sha256 + QStringLiteral("  ") + file.name + QLatin1Char('\n')).toUtf8();
        hash.add({reinterpret_cast<const std::byte*>(line.constData()), static_cast<std::size_t>(line.size())});
    }
    return hash.hex();
}

json filesJson(const std::vector<WrittenFile>& files)
{
    json out = json::object();
    for (const WrittenFile& file : files)
        out[file.name.toStdString()] = {{"bytes", file.bytes}, {"sha256", file.sha256.toStdString()}};
    return out;
}

constexpr const char* kProvenanceFileName = "halftone-provenance.json";

json smallJson(const Checkpoint& checkpoint, const char* name)
{
    if (checkpoint.format() != QLatin1String("halftone") || checkpoint.folder().isEmpty())
        return {};
    const QString path = QDir(checkpoint.folder()).filePath(QLatin1String(name));
    return QFileInfo(path).isFile() ? readStrictJson(path) : json();
}

QString text(const json& object, const char* key)
{
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? QString::fromStdString(it->get<std::string>()) : QString();
}

} // namespace

SourceHash::SourceHash(const Checkpoint& checkpoint)
{
    m_future = std::async(std::launch::async, [this, paths = checkpoint.files()] { return hashesOf(paths, m_stop); });
}

SourceHash::~SourceHash()
{
    m_stop.cancel();
    if (m_future.valid())
        m_future.wait();
}

const std::vector<WrittenFile>& SourceHash::files()
{
    if (m_future.valid())
        m_files = m_future.get();
    return m_files;
}

QString SourceHash::hex()
{
    return combined(files());
}

json provenanceOf(const Checkpoint& checkpoint, const QString& program, const QString& target, const QString& type)
{
    json out{{"program", program.toStdString()},
             {"target", target.toStdString()},
             {"type", type.toStdString()},
             {"source", {{"name", QFileInfo(QDir::cleanPath(checkpoint.path())).fileName().toStdString()},
                         {"format", checkpoint.format().toStdString()}}}};
    if (const json recipe = smallJson(checkpoint, "recipe.json"); recipe.is_object())
        out["recipe"] = recipe;
    // The original behind a packed folder, so that a chain of exports leads back to it.
    if (const json before = smallJson(checkpoint, kProvenanceFileName); before.is_object() && before.contains("source"))
        out["origin"] = before.value("origin", before.at("source"));
    return out;
}

QByteArray folderProvenance(const QString& folder, json provenance, const QStringList& changing, SourceHash& source,
                            const Progress& progress)
{
    QStringList paths;
    for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files, QDir::Name))
        if (!changing.contains(file.fileName()) && file.fileName() != kProvenanceFile)
            paths << file.filePath();
    provenance["source"]["files"] = filesJson(source.files());
    provenance["source"]["sha256"] = source.hex().toStdString();
    provenance["files"] = filesJson(hashesOf(paths, progress));
    for (const QString& name : changing)
        provenance["changing"].push_back(name.toStdString());
    return QByteArray::fromStdString(provenance.dump(2) + "\n");
}

void writeProvenance(OutputFolder& folder, json provenance, SourceHash& source)
{
    provenance["source"]["files"] = filesJson(source.files());
    provenance["source"]["sha256"] = source.hex().toStdString();
    provenance["files"] = filesJson(folder.files());
    folder.write(kProvenanceFile, QByteArray::fromStdString(provenance.dump(2) + "\n"));
}

bool Verification::ok() const
{
    return std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.ok(); });
}

namespace {

// Where a late text lies: behind its key, its kind (8, a text) and its length.
qint64 placeOf(const QByteArray& head, const char* key)
{
    QByteArray sought(key);
    const quint32 kind = 8;
    const quint64 length = kLateCharacters;
    sought.append(reinterpret_cast<const char*>(&kind), sizeof kind);
    sought.append(reinterpret_cast<const char*>(&length), sizeof length);
    const qsizetype at = head.indexOf(sought);
    return at < 0 ? -1 : at + sought.size();
}

// The file's hash with the late texts as zeros. The head ends where the tensors' data begins.
QString ggufHash(const QString& path, qint64 headBytes, const Progress& progress)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(path, file.errorString()));
    QByteArray piece = file.read(headBytes);
    for (const char* key : {kGgufHashKey, kGgufSourceHashKey})
        if (const qint64 at = placeOf(piece, key); at >= 0 && at + kLateCharacters <= piece.size())
            piece.replace(at, kLateCharacters, QByteArray(kLateCharacters, '0'));
    Sha256 hash;
    while (!piece.isEmpty()) {
        if (progress.cancelled())
            throw Cancelled();
        hash.add({reinterpret_cast<const std::byte*>(piece.constData()), static_cast<std::size_t>(piece.size())});
        piece = file.read(4 << 20);
    }
    return hash.hex();
}

Verification verifyGguf(const Checkpoint& checkpoint, const Progress& progress)
{
    const json& metadata = checkpoint.metadata();
    const QString expected = text(metadata, kGgufHashKey);
    if (expected.isEmpty())
        throw Error(tr("'%1' carries no provenance: Halftone did not write it, or an older version did.")
                        .arg(checkpoint.path()));
    qint64 head = QFileInfo(checkpoint.path()).size();
    if (!checkpoint.tensors().empty()) {
        std::int64_t data = 0;
        for (const TensorView& t : checkpoint.tensors())
            data += static_cast<std::int64_t>(t.bytes.size());
        head = std::max<qint64>(0, head - data); // alignment makes it a little longer than the header
    }
    Verification out;
    try {
        out.provenance = json::parse(text(metadata, kGgufProvenanceKey).toStdString());
    } catch (const json::exception&) {
        out.notes << tr("The key '%1' cannot be read.").arg(QLatin1String(kGgufProvenanceKey));
        out.provenance = json::object();
    }
    out.provenance["source"]["sha256"] = text(metadata, kGgufSourceHashKey).toStdString();
    out.checks.push_back({QFileInfo(checkpoint.path()).fileName(), expected, ggufHash(checkpoint.path(), head, progress)});
    return out;
}

Verification verifyFolder(const QString& folder, Progress& progress)
{
    const QDir directory(folder);
    if (!directory.exists(kProvenanceFile))
        throw Error(tr("'%1' carries no provenance: there is no %2 in it.").arg(folder, kProvenanceFile));
    Verification out;
    out.provenance = readStrictJson(directory.filePath(kProvenanceFile));
    if (!out.provenance.is_object() || !out.provenance.contains("files") || !out.provenance.at("files").is_object())
        throw Error(tr("'%1' is damaged: it lists no files.").arg(directory.filePath(kProvenanceFile)));
    QSet<QString> listed{kProvenanceFile};
    const json& files = out.provenance.at("files");
    double done = 0;
    for (const auto& [key, value] : files.items()) {
        const QString name = QString::fromStdString(key);
        listed.insert(name);
        progress.advance(tr("Verify"), name, done++ / static_cast<double>(files.size()));
        if (name.contains(QLatin1Char('/')) || name == QLatin1String(".."))
            throw Error(tr("The provenance of '%1' names '%2', which is no file within it.").arg(folder, name));
        const bool there = directory.exists(name);
        out.checks.push_back({name, value.is_object() ? text(value, "sha256") : QString(),
                              there ? sha256OfFile(directory.filePath(name), progress) : tr("the file is missing")});
    }
    // They hold times, which differ from run to run.
    if (const auto it = out.provenance.find("changing"); it != out.provenance.end() && it->is_array())
        for (const json& name : *it)
            if (name.is_string())
                listed.insert(QString::fromStdString(name.get<std::string>()));
    for (const QString& name : directory.entryList(QDir::Files | QDir::Hidden, QDir::Name))
        if (!listed.contains(name))
            out.notes << tr("'%1' is not part of what was written.").arg(name);
    return out;
}

} // namespace

Verification verifyExport(const QString& path, const QString& source, Progress& progress)
{
    const QFileInfo place(path);
    if (!place.exists())
        throw Error(tr("There is nothing at '%1'.").arg(path));
    progress.advance(tr("Verify"), place.fileName(), 0);
    Verification out;
    if (place.isDir()) {
        out = verifyFolder(place.absoluteFilePath(), progress);
    } else {
        const auto checkpoint = Checkpoint::open(path);
        if (checkpoint->format() != QLatin1String("gguf"))
            throw Error(tr("'%1' is neither a folder nor a GGUF file; verify the folder it lies in.").arg(path));
        out = verifyGguf(*checkpoint, progress);
    }
    if (!source.isEmpty()) {
        const json from = out.provenance.value("source", json::object());
        out.checks.push_back({tr("source"), text(from, "sha256"),
                              combined(hashesOf(Checkpoint::open(source)->files(), progress))});
    }
    return out;
}

} // namespace halftone
