// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/huggingface.h"

#include "base/error.h"
#include "checkpoint/mapped_file.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/strict_json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace halftone {

namespace {

using nlohmann::json;

const QString kIndexEnding = QStringLiteral(".safetensors.index.json");

/// Absolute paths of the files of a folder whose names have this ending, by name.
QStringList filesEnding(const QString& folder, const QString& ending)
{
    QStringList paths;
    const QDir directory(folder);
    for (const QString& name : directory.entryList({QLatin1Char('*') + ending}, QDir::Files, QDir::Name))
        paths += directory.absoluteFilePath(name);
    return paths;
}

/// The index of a folder, empty if it has none. The usual name wins over others.
QString indexIn(const QString& folder)
{
    const QString usual = folder + QStringLiteral("/model") + kIndexEnding;
    if (QFileInfo::exists(usual))
        return usual;
    const QStringList found = filesEnding(folder, kIndexEnding);
    return found.size() == 1 ? found.first() : QString();
}

bool isJson(const QString& path)
{
    QFile file(path);
    return !QFileInfo(path).isDir() && file.open(QIODevice::ReadOnly) &&
           file.read(64).trimmed().startsWith('{');
}

bool indexNames(const QString& index, const QString& fileName)
{
    QFile file(index);
    if (index.isEmpty() || !file.open(QIODevice::ReadOnly))
        return false;
    return file.read(100 << 20).contains('"' + fileName.toUtf8() + '"');
}

// tensor name -> shard, as the index has it.
class Index
{
public:
    explicit Index(const QString& path) : m_path(path), m_content(readStrictJson(path))
    {
        if (!m_content.is_object() || !m_content.contains("weight_map") ||
            !m_content["weight_map"].is_object())
            throw Error(tr("File '%1' is not the index of a model: it has no 'weight_map'. Open its folder instead.")
                            .arg(path));
        for (const auto& [tensor, shard] : m_content["weight_map"].items())
            addShard(QString::fromStdString(tensor), shard);
        m_shards.sort();
    }

    /// File names, sorted, each once.
    const QStringList& shards() const { return m_shards; }

    /// Throws Error unless every tensor of the index is found in the file it names.
    void check(const Checkpoint& checkpoint) const
    {
        for (const auto& [tensor, shard] : m_content["weight_map"].items()) {
            const QString name = QString::fromStdString(tensor);
            const QString file = QString::fromStdString(shard.get_ref<const std::string&>());
            const TensorView* found = checkpoint.find(name);
            if (!found || found->file != m_shards.indexOf(file))
                throw Error(tr("The index '%1' says that tensor '%2' is in '%3', but it is not there.")
                                .arg(m_path, name, file));
        }
    }

private:
    void addShard(const QString& tensor, const json& shard)
    {
        if (!shard.is_string())
            throw Error(tr("The index '%1' names no file for tensor '%2'.").arg(m_path, tensor));
        const QString file = QString::fromStdString(shard.get_ref<const std::string&>());
        const auto parts = file.split(QLatin1Char('/'));
        if (file.isEmpty() || QDir::isAbsolutePath(file) || parts.contains(QStringLiteral("..")) ||
            file.contains(QLatin1Char('\\')) || file.contains(QChar(u'\0')))
            throw Error(tr("The index '%1' puts tensor '%2' into '%3', which is not a file within the model's folder.")
                            .arg(m_path, tensor, file));
        if (!m_known.contains(file)) {
            m_known.insert(file, true);
            m_shards += file;
        }
    }

    QString m_path;
    json m_content;
    QHash<QString, bool> m_known;
    QStringList m_shards;
};

class HuggingFaceCheckpoint : public Checkpoint
{
public:
    explicit HuggingFaceCheckpoint(const QString& path)
    {
        const QFileInfo place(path);
        m_path = path;
        m_format = QStringLiteral("huggingface");
        m_folder = place.isDir() ? path : place.absolutePath();
        const QString config = m_folder + QStringLiteral("/config.json");
        if (QFileInfo::exists(config))
            m_config = readStrictJson(config);

        const QString index = isJson(path) ? path : indexIn(m_folder);
        if (index.isEmpty()) {
            addShard(onlyFile());
            indexTensors();
        } else {
            const Index content(index);
            for (const QString& shard : content.shards())
                addShard(m_folder + QLatin1Char('/') + shard);
            indexTensors();
            content.check(*this);
        }
        checkIntact();
    }

private:
    QString onlyFile() const
    {
        const QString usual = m_folder + QStringLiteral("/model.safetensors");
        if (QFileInfo::exists(usual))
            return usual;
        const QStringList found = filesEnding(m_folder, QStringLiteral(".safetensors"));
        if (found.size() != 1)
            throw Error(found.isEmpty()
                            ? tr("Folder '%1' has no safetensors file. Other formats, such as PyTorch's .bin, must be converted to safetensors first.")
                                  .arg(m_folder)
                            : tr("Folder '%1' has %2 safetensors files but no model.safetensors.index.json that joins them. Download the index, or open one of the files.")
                                  .arg(m_folder).arg(found.size()));
        return found.first();
    }

    void addShard(const QString& path)
    {
        if (!QFileInfo(path).exists())
            throw Error(tr("File '%1' of the model is missing. Download it to the others.").arg(path));
        const auto file = MappedFile::open(path);
        auto content = parseSafetensors(file->bytes(), QStringLiteral("'%1'").arg(path));
        const int number = addFile(file);
        m_tensors.reserve(m_tensors.size() + content.tensors.size());
        for (auto& tensor : content.tensors) {
            tensor.file = number;
            m_tensors.push_back(std::move(tensor));
        }
        for (auto& [key, value] : content.metadata)
            m_metadata[key] = std::move(value);
    }
};

} // namespace

bool recognisesHuggingFace(const FirstLook& look)
{
    if (look.isFolder)
        return QFileInfo::exists(look.path + QStringLiteral("/config.json")) ||
               !indexIn(look.path).isEmpty() ||
               !filesEnding(look.path, QStringLiteral(".safetensors")).isEmpty();
    if (look.head.trimmed().startsWith('{'))
        return true;
    const QFileInfo place(look.path);
    return recognisesSafetensors(look) && indexNames(indexIn(place.absolutePath()), place.fileName());
}

std::shared_ptr<const Checkpoint> openHuggingFace(const QString& path)
{
    return std::make_shared<HuggingFaceCheckpoint>(path);
}

} // namespace halftone
