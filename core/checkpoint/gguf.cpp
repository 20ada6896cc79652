// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/gguf.h"

#include "base/error.h"
#include "checkpoint/mapped_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>

namespace halftone {

namespace {

using nlohmann::json;

// Limits on what a header may make us allocate; the largest real ones have some 300,000 values.
constexpr std::size_t kHeaderBytes = std::size_t{512} << 20;
constexpr std::uint64_t kValues = 1 << 24;
constexpr std::uint64_t kTensors = 1 << 20;
constexpr std::uint64_t kNameBytes = 1024;
constexpr std::uint32_t kDimensions = 4; // ggml's own limit
constexpr int kNesting = 4;

using enum ElementType;
// ggml.h of llama.cpp. Numbers that are missing were never given out.
constexpr std::array<GgmlType, 41> kTypes{{
    {0, "F32", F32}, {1, "F16", F16}, {2, "Q4_0", Q4_0}, {3, "Q4_1", Q4_1}, {4, "Q4_2", {}},
    {5, "Q4_3", {}}, {6, "Q5_0", Q5_0}, {7, "Q5_1", Q5_1}, {8, "Q8_0", Q8_0}, {9, "Q8_1", {}},
    {10, "Q2_K", Q2_K}, {11, "Q3_K", Q3_K}, {12, "Q4_K", Q4_K}, {13, "Q5_K", Q5_K},
    {14, "Q6_K", Q6_K}, {15, "Q8_K", {}}, {16, "IQ2_XXS", {}}, {17, "IQ2_XS", {}},
    {18, "IQ3_XXS", {}}, {19, "IQ1_S", {}}, {20, "IQ4_NL", IQ4_NL}, {21, "IQ3_S", {}},
    {22, "IQ2_S", {}}, {23, "IQ4_XS", {}}, {24, "I8", I8}, {25, "I16", I16}, {26, "I32", I32},
    {27, "I64", I64}, {28, "F64", F64}, {29, "IQ1_M", {}}, {30, "BF16", BF16},
    {31, "Q4_0_4_4", {}}, {32, "Q4_0_4_8", {}}, {33, "Q4_0_8_8", {}}, {34, "TQ1_0", TQ1_0},
    {35, "TQ2_0", TQ2_0}, {36, "IQ4_NL_4_4", {}}, {39, "MXFP4", {}}, {40, "NVFP4", {}},
    {41, "Q1_0", Q1_0}, {42, "Q2_0", Q2_0},
}};

/// Reads little-endian values one after the other and never past the end.
class Cursor
{
public:
    Cursor(std::span<const std::byte> bytes, const QString& what)
        : m_bytes(bytes.first(std::min(bytes.size(), kHeaderBytes))), m_what(what) {}

    std::size_t position() const { return m_position; }
    std::size_t left() const { return m_bytes.size() - m_position; }

    template <typename T>
    T value()
    {
        T result;
        std::memcpy(&result, take(sizeof result), sizeof result);
        return result;
    }

    /// A text with its length before it.
    std::string text()
    {
        const auto length = value<std::uint64_t>();
        const auto* bytes = take(length);
        return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
    }

    /// A count of things that take at least `bytesEach`: a lie is noticed before memory is taken.
    std::uint64_t count(std::uint64_t bytesEach, std::uint64_t limit, const QString& things)
    {
        const auto result = value<std::uint64_t>();
        if (result > left() / bytesEach || result > limit)
            throw Error(tr("%1 claims to have %2 %3, more than can be in it. It may be cut short: copy or download it again.")
                            .arg(m_what).arg(result).arg(things));
        return result;
    }

private:
    const std::byte* take(std::uint64_t length)
    {
        if (length > left())
            throw Error(tr("The header of %1 ends too early: %2 bytes at byte %3 were expected, %4 are left. Copy or download it again.")
                            .arg(m_what).arg(length).arg(m_position).arg(left()));
        const auto* bytes = m_bytes.data() + m_position;
        m_position += static_cast<std::size_t>(length);
        return bytes;
    }

    std::span<const std::byte> m_bytes;
    std::size_t m_position = 0;
    QString m_what;
};

class GgufReader
{
public:
    GgufReader(std::span<const std::byte> file, const QString& what)
        : m_file(file), m_what(what), m_cursor(file, what) {}

    GgufContent read()
    {
        readVersion();
        const auto tensors = m_cursor.count(24, kTensors, tr("tensors"));
        const auto pairs = m_cursor.count(12, kValues, tr("metadata entries"));
        for (std::uint64_t i = 0; i < pairs; ++i)
            readPair();
        m_content.tensors.reserve(static_cast<std::size_t>(tensors));
        m_offsets.reserve(static_cast<std::size_t>(tensors));
        for (std::uint64_t i = 0; i < tensors; ++i)
            readTensor();
        placeTensors();
        return std::move(m_content);
    }

private:
    void readVersion()
    {
        if (m_file.size() < 4 || std::memcmp(m_file.data(), "GGUF", 4) != 0)
            throw Error(tr("%1 is not a GGUF file.").arg(m_what));
        m_cursor.value<std::uint32_t>();
        const auto version = m_cursor.value<std::uint32_t>();
        if (version > 0 && (version & 0xffff) == 0)
            throw Error(tr("%1 is a big-endian GGUF file; only little-endian ones can be read. Convert it with gguf_convert_endian.py of llama.cpp.")
                            .arg(m_what));
        if (version != 2 && version != 3)
            throw Error(tr("%1 is a GGUF file of version %2; versions 2 and 3 can be read. Convert the model again with a current llama.cpp.")
                            .arg(m_what).arg(version));
        m_content.version = version;
    }

    void readPair()
    {
        std::string key = m_cursor.text();
        const QString shown = QString::fromUtf8(key.substr(0, 200));
        if (key.empty() || key.size() > 65535 || shown.contains(QChar::ReplacementCharacter))
            throw Error(tr("%1 has a metadata key that is empty, too long or not UTF-8: '%2'.").arg(m_what, shown));
        const auto type = m_cursor.value<std::uint32_t>();
        const auto [place, added] =
            m_content.metadata.get_ref<json::object_t&>().try_emplace(std::move(key));
        if (!added)
            throw Error(tr("%1 has the metadata key '%2' twice.").arg(m_what, shown));
        place->second = readValue(type, shown, 0);
        if (shown == QLatin1String("general.alignment")) {
            if (!place->second.is_number_unsigned() ||
                !std::has_single_bit(place->second.get<std::uint64_t>()))
                throw Error(tr("%1 has a 'general.alignment' that is not a power of two.").arg(m_what));
            m_content.alignment = place->second.get<std::uint64_t>();
        }
    }

    json readValue(std::uint32_t type, const QString& key, int depth)
    {
        switch (type) {
        case 0: return std::uint64_t{m_cursor.value<std::uint8_t>()};
        case 1: return std::int64_t{m_cursor.value<std::int8_t>()};
        case 2: return std::uint64_t{m_cursor.value<std::uint16_t>()};
        case 3: return std::int64_t{m_cursor.value<std::int16_t>()};
        case 4: return std::uint64_t{m_cursor.value<std::uint32_t>()};
        case 5: return std::int64_t{m_cursor.value<std::int32_t>()};
        case 6: return double{m_cursor.value<float>()};
        case 7: return m_cursor.value<std::uint8_t>() != 0;
        case 8: return m_cursor.text();
        case 9: return readArray(key, depth);
        case 10: return m_cursor.value<std::uint64_t>();
        case 11: return m_cursor.value<std::int64_t>();
        case 12: return m_cursor.value<double>();
        default:
            throw Error(tr("Metadata '%1' of %2 has the unknown type %3.").arg(key, m_what).arg(type));
        }
    }

    json readArray(const QString& key, int depth)
    {
        if (depth >= kNesting)
            throw Error(tr("Metadata '%1' of %2 is nested more than %3 levels deep.")
                            .arg(key, m_what).arg(kNesting));
        const auto type = m_cursor.value<std::uint32_t>();
        constexpr std::array<std::uint64_t, 13> kLeastBytes{1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};
        const auto bytesEach = type < kLeastBytes.size() ? kLeastBytes[type] : 1;
        const auto count = m_cursor.count(bytesEach, kValues - m_values, tr("values in '%1'").arg(key));
        m_values += count;
        json::array_t values;
        values.reserve(static_cast<std::size_t>(count));
        for (std::uint64_t i = 0; i < count; ++i)
            values.push_back(readValue(type, key, depth + 1));
        return values;
    }

    void readTensor()
    {
        TensorView tensor;
        const std::string name = m_cursor.text();
        if (name.size() > kNameBytes)
            throw Error(tr("%1 has a tensor whose name has %2 bytes.").arg(m_what).arg(name.size()));
        tensor.name = QString::fromStdString(name);
        const auto dimensions = m_cursor.value<std::uint32_t>();
        if (dimensions > kDimensions)
            throw Error(tr("Tensor '%1' in %2 claims %3 dimensions; at most %4 are allowed.")
                            .arg(tensor.name, m_what).arg(dimensions).arg(kDimensions));
        for (std::uint32_t i = 0; i < dimensions; ++i)
            tensor.shape.push_back(m_cursor.value<std::int64_t>());
        if (!checkedElements(tensor.shape))
            throw Error(tr("Tensor '%1' in %2 has a shape whose product is too large.")
                            .arg(tensor.name, m_what));
        // ggml lists the fastest-moving extent first.
        std::reverse(tensor.shape.begin(), tensor.shape.end());
        const auto number = m_cursor.value<std::uint32_t>();
        const auto offset = m_cursor.value<std::uint64_t>();
        if (offset % m_content.alignment != 0)
            throw Error(tr("Tensor '%1' in %2 begins at byte %3, which is not a multiple of %4.")
                            .arg(tensor.name, m_what).arg(offset).arg(m_content.alignment));
        m_offsets.push_back(offset);
        m_content.tensors.push_back(std::move(tensor));
        m_numbers.push_back(number);
    }

    // Types are judged here, not while the list is read: some numbers mean different things in
    // different programs, and only the room up to the next tensor tells which.
    void placeTensors()
    {
        const std::uint64_t alignment = m_content.alignment;
        const std::uint64_t end = m_cursor.position();
        const std::uint64_t padding = (alignment - end % alignment) % alignment;
        const auto data = padding > m_file.size() - end ? std::span<const std::byte>()
                                                        : m_file.subspan(end + padding);
        std::vector<std::size_t> order(m_content.tensors.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](auto a, auto b) { return m_offsets[a] < m_offsets[b]; });
        for (std::size_t i = 0; i < order.size(); ++i) {
            const std::uint64_t begin = m_offsets[order[i]];
            const std::uint64_t next = i + 1 < order.size() ? m_offsets[order[i + 1]] : data.size();
            auto& tensor = m_content.tensors[order[i]];
            if (begin > data.size())
                throw tooShort(tensor, begin, data.size());
            const std::uint64_t bytes =
                typedBytes(tensor, m_numbers[order[i]], std::min<std::uint64_t>(next, data.size()) - begin);
            if (bytes > data.size() - begin)
                throw tooShort(tensor, begin + bytes, data.size());
            if (begin + bytes > next)
                throw Error(tr("Tensor '%1' in %2 ends at byte %3 of the data, but another begins at %4.")
                                .arg(tensor.name, m_what).arg(begin + bytes).arg(next));
            tensor.bytes = data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(bytes));
        }
    }

    Error tooShort(const TensorView& tensor, std::uint64_t end, std::uint64_t size) const
    {
        return Error(tr("Tensor '%1' in %2 reaches to byte %3 of the data, but there are %4. The file may be cut short: copy or download it again.")
                         .arg(tensor.name, m_what).arg(end).arg(size));
    }

    /// Sets the tensor's type and returns its bytes; `room` is what lies before the next tensor.
    std::uint64_t typedBytes(TensorView& tensor, std::uint32_t number, std::uint64_t room) const
    {
        const auto row = std::find_if(kTypes.begin(), kTypes.end(),
                                      [&](const GgmlType& type) { return type.number == number; });
        const std::int64_t elements = tensor.elements();
        refuseForkType(tensor, number, elements, room);
        if (row == kTypes.end())
            throw Error(tr("Tensor '%1' in %2 has the unknown type number %3.")
                            .arg(tensor.name, m_what).arg(number));
        if (!row->type)
            throw Error(tr("Tensor '%1' in %2 has the type %3, which is not supported. Requantize the model to one of F16, Q8_0, Q6_K, Q5_K, Q4_K.")
                            .arg(tensor.name, m_what, QString::fromLatin1(row->name)));
        tensor.type = *row->type;
        const auto bytes = storedBytes(tensor.type, elements, tensor.columns());
        if (!bytes)
            throw Error(tr("Tensor '%1' in %2 has rows of %3 elements, which is not a multiple of the %4 that %5 codes together.")
                            .arg(tensor.name, m_what).arg(tensor.columns())
                            .arg(info(tensor.type).blockElements).arg(name(tensor.type)));
        return static_cast<std::uint64_t>(*bytes);
    }

    // Forks gave out numbers before ggml did: 40 for Q1_0 in blocks of 32 (6 bytes), 42 for Q2_0 in
    // groups of 128 (34 bytes). Their sizes differ from ggml's, so the room gives them away.
    void refuseForkType(const TensorView& tensor, std::uint32_t number, std::int64_t elements,
                        std::uint64_t room) const
    {
        const auto fits = [&](std::int64_t block, std::uint64_t blockBytes) {
            const std::uint64_t bytes = static_cast<std::uint64_t>(elements / block) * blockBytes;
            const std::uint64_t mask = m_content.alignment - 1;
            return elements > 0 && elements % block == 0 && bytes <= m_file.size() &&
                   ((bytes + mask) & ~mask) == ((room + mask) & ~mask);
        };
        const char* fork = number == 40 && fits(32, 6) && !fits(64, 36)      ? "Q1_0 / 32"
                           : number == 42 && fits(128, 34) && !fits(64, 18) ? "Q2_0 / 128"
                                                                             : nullptr;
        if (fork)
            throw Error(tr("Tensor '%1' in %2 has the type number %3 with the size of %4, which only a fork of llama.cpp writes; it is not supported.")
                            .arg(tensor.name, m_what).arg(number).arg(QString::fromLatin1(fork)));
    }

    std::span<const std::byte> m_file;
    QString m_what;
    Cursor m_cursor;
    GgufContent m_content;
    std::vector<std::uint64_t> m_offsets;
    std::vector<std::uint32_t> m_numbers;
    std::uint64_t m_values = 0;
};

class GgufCheckpoint : public Checkpoint
{
public:
    explicit GgufCheckpoint(const QString& path)
    {
        m_path = path;
        m_format = QStringLiteral("gguf");
        const auto file = MappedFile::open(path);
        auto content = parseGguf(file->bytes(), QStringLiteral("'%1'").arg(path));
        if (const auto parts = content.metadata.find("split.count");
            parts != content.metadata.end() && *parts != 1)
            throw Error(tr("'%1' is one part of a split model. Join the parts first with llama-gguf-split --merge.")
                            .arg(path));
        addFile(file);
        m_tensors = std::move(content.tensors);
        m_metadata = std::move(content.metadata);
        indexTensors();
        file->checkIntact();
    }
};

} // namespace

std::span<const GgmlType> ggmlTypes()
{
    return kTypes;
}

GgufContent parseGguf(std::span<const std::byte> file, const QString& what)
{
    return GgufReader(file, what).read();
}

bool recognisesGguf(const FirstLook& look)
{
    return !look.isFolder && look.head.startsWith("GGUF");
}

std::shared_ptr<const Checkpoint> openGguf(const QString& path)
{
    return std::make_shared<GgufCheckpoint>(path);
}

} // namespace halftone
