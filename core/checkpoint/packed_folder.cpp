// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/packed_folder.h"

#include "base/error.h"
#include "checkpoint/mapped_file.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/strict_json.h"
#include "packed/packed_matrix.h"

#include <QFileInfo>
#include <mutex>
#include <set>

namespace halftone {

namespace {

using nlohmann::json;

QString folderOf(const QString& path)
{
    const QFileInfo place(path);
    return place.isDir() ? place.absoluteFilePath() : place.absolutePath();
}

const json* quantization(const json& config)
{
    if (!config.is_object() || !config.contains("quantization_config"))
        return nullptr;
    const json& q = config.at("quantization_config");
    return q.is_object() && q.contains("quant_method") && q.at("quant_method") == "halftone" ? &q
                                                                                              : nullptr;
}

class PackedFolder : public Checkpoint
{
public:
    PackedFolder(const QString& path, const QString& folder)
    {
        m_path = path;
        m_folder = folder;
        m_format = QStringLiteral("halftone");
    }

    void addShard(const QString& path)
    {
        const auto file = MappedFile::open(path);
        SafetensorsContent content = parseSafetensors(file->bytes(), path);
        const int number = addFile(file);
        for (TensorView& t : content.tensors) {
            t.file = number;
            m_tensors.push_back(translated(std::move(t), file));
        }
        for (const auto& [key, value] : content.metadata)
            m_metadata[key] = value;
        file->checkIntact();
    }

    void finish() { indexTensors(); }
    void setConfig(json config) { m_config = std::move(config); }
    void setMetadata(json metadata) { m_metadata = std::move(metadata); }

    std::shared_ptr<const PackedMatrix> packed(const TensorView& tensor) const override
    {
        const auto found = m_packed.constFind(tensor.name);
        return found == m_packed.constEnd() ? nullptr : parsed(tensor.name, *found);
    }

protected:
    std::span<const std::byte> packedBytes(const TensorView& tensor) const override
    {
        const auto found = m_packed.constFind(tensor.name);
        return found == m_packed.constEnd() ? std::span<const std::byte>() : found->bytes;
    }

    void readPackedRows(const TensorView& tensor, std::int64_t rowBegin, std::int64_t rowCount,
                        std::span<float> out) const override
    {
        parsed(tensor.name, *m_packed.constFind(tensor.name))->unpackRows(rowBegin, rowCount, out);
    }

private:
    struct Stored
    {
        std::span<const std::byte> bytes;
        std::shared_ptr<MappedFile> file;
    };

    // A parsed matrix holds its scales as floats, which is much beside one or two bits a weight: the
    // folder keeps the last one only, for those who read row after row.
    std::shared_ptr<const PackedMatrix> parsed(const QString& name, const Stored& stored) const
    {
        const std::lock_guard lock(m_mutex);
        if (!m_last || m_last->name != name)
            m_last = std::make_shared<const PackedMatrix>(PackedMatrix::parse(name, stored.bytes, stored.file));
        return m_last;
    }

    TensorView translated(TensorView t, const std::shared_ptr<MappedFile>& file)
    {
        if (t.type != ElementType::U8)
            return t;
        if (t.name.endsWith(kPackedEnding)) {
            t.name.chop(kPackedEnding.size());
            const auto [rows, columns] = packedShape(t.name, t.bytes);
            t.type = ElementType::Packed;
            t.shape = {rows, columns};
            m_packed.insert(t.name, {t.bytes, file});
            t.bytes = {};
        } else if (const auto at = t.name.lastIndexOf(kGgmlEnding); at > 0) {
            setGgmlType(t, t.name.mid(at + kGgmlEnding.size()));
            t.name.truncate(at);
        }
        return t;
    }

    // Stored as U8 [rows x bytes of a row]; the columns follow from the type.
    static void setGgmlType(TensorView& t, const QString& typeName)
    {
        for (const ElementTypeInfo& type : elementTypes()) {
            if (typeName != QLatin1String(type.name) || !type.floating || type.blockBytes == 0)
                continue;
            const std::int64_t rowBytes = t.columns();
            if (t.shape.size() != 2 || rowBytes % type.blockBytes != 0)
                throw Error(tr("Tensor '%1' has rows of %2 bytes, which %3 does not divide into.")
                                .arg(t.name)
                                .arg(rowBytes)
                                .arg(typeName));
            t.shape[1] = rowBytes / type.blockBytes * type.blockElements;
            t.type = type.type;
            return;
        }
        throw Error(tr("Tensor '%1' is of the unknown type '%2'.").arg(t.name, typeName));
    }

    QHash<QString, Stored> m_packed;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const PackedMatrix> m_last;
};

// File names of the index, each once, sorted; none may lead out of the folder.
std::set<QString> shardsOf(const QString& folder)
{
    const QString path = folder + QStringLiteral("/model.safetensors.index.json");
    const json index = readStrictJson(path);
    if (!index.is_object() || !index.contains("weight_map") || !index.at("weight_map").is_object())
        throw Error(tr("File '%1' is not the index of a model: it has no 'weight_map'.").arg(path));
    std::set<QString> shards;
    for (const auto& item : index.at("weight_map").items()) {
        const QString name = item.value().is_string()
                                 ? QString::fromStdString(item.value().get<std::string>())
                                 : QString();
        if (name.isEmpty() || name.contains(QLatin1Char('/')) || name == QLatin1String(".."))
            throw Error(tr("File '%1' names the shard '%2', which is no file name.").arg(path, name));
        shards.insert(name);
    }
    return shards;
}

} // namespace

bool recognisesPackedFolder(const FirstLook& look)
{
    const QString config = folderOf(look.path) + QStringLiteral("/config.json");
    if (!QFileInfo(config).isFile())
        return false;
    try {
        return quantization(readStrictJson(config)) != nullptr;
    } catch (const Error&) {
        return false;
    }
}

std::shared_ptr<const Checkpoint> openPackedFolder(const QString& path)
{
    const QString folder = folderOf(path);
    json config = readStrictJson(folder + QStringLiteral("/config.json"));
    const json& q = *quantization(config);
    if (!q.contains("version") || q.at("version") != kPackedFolderVersion)
        throw Error(tr("'%1' was packed in version %2 of the format; this program reads version %3.")
                        .arg(folder, QString::fromStdString(q.value("version", json()).dump()))
                        .arg(kPackedFolderVersion));
    const auto out = std::make_shared<PackedFolder>(path, folder);
    for (const QString& shard : shardsOf(folder))
        out->addShard(folder + QLatin1Char('/') + shard);
    const QString gguf = folder + QLatin1Char('/') + kGgufMetadataFile;
    if (QFileInfo(gguf).isFile())
        out->setMetadata(readStrictJson(gguf));
    else
        out->setMetadata(json::object());
    out->setConfig(std::move(config));
    out->finish();
    return out;
}

std::shared_ptr<const Checkpoint> openPackedShards(const QStringList& files)
{
    const auto out = std::make_shared<PackedFolder>(files.value(0), QString());
    for (const QString& file : files)
        out->addShard(file);
    out->finish();
    return out;
}

} // namespace halftone
