// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/safetensors.h"

#include "base/error.h"
#include "checkpoint/mapped_file.h"
#include "checkpoint/strict_json.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

namespace halftone {

static_assert(std::endian::native == std::endian::little, "the formats are little endian");

namespace {

using nlohmann::json;

constexpr std::size_t kNameBytes = 1024;
constexpr std::size_t kDimensions = 64;

std::optional<ElementType> typeNamed(const std::string& name)
{
    for (const auto& type : elementTypes())
        if (type.blockElements == 1 && type.type != ElementType::Packed && name == type.name)
            return type.type;
    return std::nullopt;
}

// Reads the header straight into tensors: a tree of JSON values for 100,000 tensors would need
// many times the memory and time. Accepts {name: {dtype, shape, data_offsets}, "__metadata__": {..}}.
class HeaderReader : public nlohmann::json_sax<json>
{
public:
    struct Entry
    {
        TensorView tensor;
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };

    bool null() override { return wrong(tr("null is not expected here")); }
    bool boolean(bool) override { return wrong(tr("true or false is not expected here")); }
    bool number_integer(number_integer_t value) override
    {
        return wrong(tr("the negative number %1 is not expected").arg(value));
    }
    bool number_float(number_float_t, const string_t& written) override
    {
        return wrong(tr("the number %1 is not a whole number")
                         .arg(QString::fromStdString(written.substr(0, 40))));
    }
    bool binary(binary_t&) override { return false; }

    bool number_unsigned(number_unsigned_t value) override
    {
        if (m_list == List::Shape && m_entry.tensor.shape.size() < kDimensions) {
            if (value > static_cast<std::uint64_t>(INT64_MAX))
                return wrong(tr("the extent %1 is too large").arg(value));
            m_entry.tensor.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (m_list == List::Offsets && m_offsets < 2) {
            (m_offsets++ == 0 ? m_entry.begin : m_entry.end) = value;
            return true;
        }
        return wrong(m_list == List::None ? tr("a number is not expected here")
                                          : tr("the list is too long"));
    }

    bool string(string_t& value) override
    {
        if (m_level == Level::Metadata) {
            if (!metadata.emplace(std::move(m_key), std::move(value)).second)
                return wrong(tr("a key appears twice"));
            return true;
        }
        if (m_level != Level::Tensor || m_list != List::None || m_field != Field::Type)
            return wrong(tr("a text is not expected here"));
        const auto type = typeNamed(value);
        if (!type) {
            failure = tr("Tensor '%1' in %2 has the type '%3', which is not supported.")
                          .arg(m_entry.tensor.name, what, QString::fromStdString(value.substr(0, 40)));
            return false;
        }
        m_entry.tensor.type = *type;
        return true;
    }

    bool start_object(std::size_t) override
    {
        if (m_level == Level::Outside)
            m_level = Level::Root;
        else if (m_level == Level::Root)
            m_level = m_entry.tensor.name == QLatin1String("__metadata__") ? Level::Metadata
                                                                           : Level::Tensor;
        else
            return wrong(tr("it is nested too deep"));
        return true;
    }

    bool end_object() override
    {
        if (m_level == Level::Tensor) {
            if (m_seen != 7 || m_offsets != 2)
                return wrong(tr("dtype, shape and two data_offsets are needed"));
            entries.push_back(std::move(m_entry));
        }
        m_level = m_level == Level::Root ? Level::Outside : Level::Root;
        return true;
    }

    bool start_array(std::size_t) override
    {
        if (m_level != Level::Tensor || m_list != List::None || m_field == Field::Type)
            return wrong(tr("a list is not expected here"));
        m_list = m_field == Field::Shape ? List::Shape : List::Offsets;
        return true;
    }

    bool end_array() override
    {
        m_list = List::None;
        return true;
    }

    bool key(string_t& name) override
    {
        if (m_level == Level::Metadata) {
            m_key = std::move(name);
            return true;
        }
        if (m_level == Level::Root) {
            if (name.size() > kNameBytes)
                return wrong(tr("a name of %1 bytes is too long").arg(name.size()));
            m_entry = {};
            m_entry.tensor.name = QString::fromStdString(name);
            m_seen = 0;
            m_offsets = 0;
            if (name == "__metadata__" && std::exchange(m_metadataSeen, true))
                return wrong(tr("it appears twice"));
            return true;
        }
        m_field = name == "dtype"   ? Field::Type
                  : name == "shape" ? Field::Shape
                                    : Field::Offsets;
        if (m_field == Field::Offsets && name != "data_offsets")
            return wrong(tr("the key '%1' is not known").arg(QString::fromStdString(name.substr(0, 40))));
        const int bit = 1 << static_cast<int>(m_field);
        if (m_seen & bit)
            return wrong(tr("the key '%1' appears twice").arg(QString::fromStdString(name)));
        m_seen |= bit;
        return true;
    }

    bool parse_error(std::size_t where, const std::string&, const json::exception& exception) override
    {
        failure = jsonErrorSentence(text, where, tr("The header of %1").arg(what), jsonReason(exception));
        return false;
    }

    QString what;
    std::string_view text;
    std::vector<Entry> entries;
    std::map<std::string, std::string> metadata;
    QString failure;

private:
    enum class Level { Outside, Root, Tensor, Metadata };
    enum class Field { Type, Shape, Offsets };
    enum class List { None, Shape, Offsets };

    bool wrong(const QString& reason)
    {
        failure = m_entry.tensor.name.isEmpty()
                      ? tr("The header of %1 is malformed: %2.").arg(what, reason)
                      : tr("The header of %1 is malformed at '%2': %3.").arg(what, m_entry.tensor.name, reason);
        return false;
    }

    Level m_level = Level::Outside;
    Field m_field = Field::Type;
    List m_list = List::None;
    Entry m_entry;
    std::string m_key;
    int m_seen = 0;
    int m_offsets = 0;
    bool m_metadataSeen = false;
};

void checkShape(const HeaderReader::Entry& entry, std::uint64_t dataBytes, const QString& what)
{
    const auto& tensor = entry.tensor;
    if (entry.begin > entry.end || entry.end > dataBytes)
        throw Error(tr("Tensor '%1' in %2 lies at bytes %3 to %4, but there are %5 bytes of data. The file may be cut short: copy or download it again.")
                        .arg(tensor.name, what).arg(entry.begin).arg(entry.end).arg(dataBytes));
    const auto elements = checkedElements(tensor.shape);
    if (!elements)
        throw Error(tr("Tensor '%1' in %2 has a shape whose product is too large.").arg(tensor.name, what));
    const auto bytes = storedBytes(tensor.type, *elements, tensor.columns());
    if (!bytes || static_cast<std::uint64_t>(*bytes) != entry.end - entry.begin)
        throw Error(tr("Tensor '%1' in %2 has %3 elements of type %4, but %5 bytes are set aside for it.")
                        .arg(tensor.name, what).arg(*elements).arg(name(tensor.type))
                        .arg(entry.end - entry.begin));
}

// The format allows neither overlaps nor holes: no byte has two meanings, and none is hidden.
void checkCover(const std::vector<HeaderReader::Entry>& entries, std::uint64_t dataBytes,
                const QString& what)
{
    std::uint64_t position = 0;
    for (const auto& entry : entries) {
        if (entry.begin != position)
            throw Error(tr("Tensor '%1' in %2 begins at byte %3 of the data, but the one before it ends at %4.")
                            .arg(entry.tensor.name, what).arg(entry.begin).arg(position));
        position = entry.end;
    }
    if (position != dataBytes)
        throw Error(tr("The tensors of %1 end at byte %2 of the data, but it has %3 bytes.")
                        .arg(what).arg(position).arg(dataBytes));
}

class SafetensorsCheckpoint : public Checkpoint
{
public:
    explicit SafetensorsCheckpoint(const QString& path)
    {
        const QFileInfo place(path);
        m_path = path;
        m_format = QStringLiteral("safetensors");
        m_folder = place.absolutePath();
        const auto file = MappedFile::open(path);
        auto content = parseSafetensors(file->bytes(), QStringLiteral("'%1'").arg(path));
        addFile(file);
        m_tensors = std::move(content.tensors);
        for (auto& [key, value] : content.metadata)
            m_metadata[key] = std::move(value);
        indexTensors();
        const QString config = m_folder + QStringLiteral("/config.json");
        if (QFileInfo::exists(config))
            m_config = readStrictJson(config);
        file->checkIntact();
    }
};

} // namespace

SafetensorsContent parseSafetensors(std::span<const std::byte> file, const QString& what)
{
    std::uint64_t length = 0;
    if (file.size() < sizeof length)
        throw Error(tr("%1 has %2 bytes, too few for a safetensors header. Copy or download it again.")
                        .arg(what).arg(file.size()));
    std::memcpy(&length, file.data(), sizeof length);
    if (length > kSafetensorsHeaderLimit)
        throw Error(tr("The header of %1 claims %2 bytes; at most %3 are allowed.")
                        .arg(what).arg(length).arg(kSafetensorsHeaderLimit));
    if (length > file.size() - sizeof length)
        throw Error(tr("The header of %1 claims %2 bytes, but the file has only %3. It may be cut short: copy or download it again.")
                        .arg(what).arg(length).arg(file.size()));
    const std::string_view text(reinterpret_cast<const char*>(file.data()) + sizeof length,
                                static_cast<std::size_t>(length));
    if (text.empty() || text.front() != '{')
        throw Error(tr("The header of %1 does not begin with '{'.").arg(what));

    HeaderReader reader;
    reader.what = what;
    reader.text = text;
    if (!json::sax_parse(text.data(), text.data() + text.size(), &reader))
        throw Error(reader.failure);

    const auto data = file.subspan(sizeof length + static_cast<std::size_t>(length));
    for (const auto& entry : reader.entries)
        checkShape(entry, data.size(), what);
    std::stable_sort(reader.entries.begin(), reader.entries.end(), [](const auto& a, const auto& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    checkCover(reader.entries, data.size(), what);

    SafetensorsContent content;
    content.metadata = std::move(reader.metadata);
    content.tensors.reserve(reader.entries.size());
    for (auto& entry : reader.entries) {
        entry.tensor.bytes = data.subspan(static_cast<std::size_t>(entry.begin),
                                          static_cast<std::size_t>(entry.end - entry.begin));
        content.tensors.push_back(std::move(entry.tensor));
    }
    return content;
}

bool recognisesSafetensors(const FirstLook& look)
{
    // The format has no magic number; the JSON that must follow the length is its mark.
    return !look.isFolder && look.head.size() > 8 && look.head[8] == '{';
}

std::shared_ptr<const Checkpoint> openSafetensors(const QString& path)
{
    return std::make_shared<SafetensorsCheckpoint>(path);
}

} // namespace halftone
