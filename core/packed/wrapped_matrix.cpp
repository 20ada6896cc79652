// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/wrapped_matrix.h"

#include "base/error.h"
#include "base/parallel.h"
#include "packed/bit_stream.h"
#include "packed/packed_layout.h"
#include "packed/range_coder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

namespace halftone {

namespace {

constexpr char kMagic[4] = {'H', 'T', 'P', 'W'};
constexpr std::uint16_t kVersion = 1;
constexpr std::int64_t kWrapperBytes = 64;
constexpr std::uint8_t kRotatedFlag = 1;
constexpr std::uint8_t kSymbolsFlag = 2;
constexpr int kMostContextBits = 2;
constexpr int kFinest = 1 << kMostContextBits;
constexpr Index kStreamElements = 65536;
// A damaged file must not make us ask for much more memory than it has bytes.
constexpr std::int64_t kMostWeightsPerByte = 65536;

[[noreturn]] void refuse(const QString& name, const QString& what)
{
    throw Error(tr("The packed matrix '%1' is damaged: %2.").arg(name, what));
}

template <typename T>
void put(std::vector<std::byte>& out, std::size_t at, T value)
{
    std::memcpy(out.data() + at, &value, sizeof value);
}

template <typename T>
T get(std::span<const std::byte> in, std::size_t at)
{
    T value;
    std::memcpy(&value, in.data() + at, sizeof value);
    return value;
}

// How rows and columns are sorted into contexts, and the frequencies of each: rows x columns contexts.
struct Contexts
{
    int rowBits = 0, columnBits = 0;
    std::vector<std::uint8_t> row, column;
    std::vector<Frequencies> tables;
    double bits = 0; // estimated, of streams and tables together

    std::uint8_t at(Index r, Index j) const
    {
        return static_cast<std::uint8_t>(row[static_cast<std::size_t>(r)] << columnBits |
                                         column[static_cast<std::size_t>(j)]);
    }
};

struct Symbols
{
    std::size_t count = 0;
    std::array<std::uint16_t, 4> first{}; // symbol of code 0 of each class

    explicit Symbols(const std::vector<Grid>& grids)
    {
        for (std::size_t g = 0; g < grids.size(); ++g) {
            first[g] = static_cast<std::uint16_t>(count);
            count += static_cast<std::size_t>(grids[g].count);
        }
    }
    std::uint16_t of(const Coding& coding, const CodeMatrix& codes, Index r, Index j) const
    {
        return static_cast<std::uint16_t>(first[static_cast<std::size_t>(coding.classOf(r, j))] +
                                          codes(r, j));
    }
};

// Groups of equal size by rising cost.
std::vector<std::uint8_t> quantiles(const std::vector<double>& cost)
{
    std::vector<std::size_t> order(cost.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return cost[a] < cost[b]; });
    std::vector<std::uint8_t> group(cost.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        group[order[i]] = static_cast<std::uint8_t>(i * kFinest / order.size());
    return group;
}

class Modeller
{
public:
    Modeller(const Coding& coding, const CodeMatrix& codes)
        : m_coding(coding), m_codes(codes), m_symbols(coding.grids)
    {
        sortLines();
        countSymbols();
    }

    // The cheapest of all numbers of contexts.
    Contexts best() const
    {
        Contexts best = withBits(0, 0);
        for (int r = 0; r <= kMostContextBits; ++r)
            for (int c = 0; c <= kMostContextBits; ++c)
                if (Contexts other = withBits(r, c); other.bits < best.bits)
                    best = std::move(other);
        return best;
    }

private:
    // Rows and columns by what their symbols cost under the frequencies of all.
    void sortLines()
    {
        std::vector<std::uint64_t> counts(m_symbols.count, 0);
        const Index rows = m_coding.rows, columns = m_coding.columns;
        for (Index r = 0; r < rows; ++r)
            for (Index j = 0; j < columns; ++j)
                ++counts[m_symbols.of(m_coding, m_codes, r, j)];
        std::vector<double> bits(m_symbols.count, 0);
        for (std::size_t s = 0; s < bits.size(); ++s)
            if (counts[s] > 0)
                bits[s] = std::log2(static_cast<double>(rows * columns) / static_cast<double>(counts[s]));
        std::vector<double> rowCost(static_cast<std::size_t>(rows), 0);
        std::vector<double> columnCost(static_cast<std::size_t>(columns), 0);
        for (Index r = 0; r < rows; ++r)
            for (Index j = 0; j < columns; ++j) {
                const double cost = bits[m_symbols.of(m_coding, m_codes, r, j)];
                rowCost[static_cast<std::size_t>(r)] += cost;
                columnCost[static_cast<std::size_t>(j)] += cost;
            }
        m_row = quantiles(rowCost);
        m_column = quantiles(columnCost);
    }

    void countSymbols()
    {
        m_counts.assign(kFinest * kFinest, std::vector<std::uint64_t>(m_symbols.count, 0));
        for (Index r = 0; r < m_coding.rows; ++r)
            for (Index j = 0; j < m_coding.columns; ++j)
                ++m_counts[m_row[static_cast<std::size_t>(r)] * kFinest + m_column[static_cast<std::size_t>(j)]]
                          [m_symbols.of(m_coding, m_codes, r, j)];
    }

    Contexts withBits(int rowBits, int columnBits) const
    {
        Contexts out;
        out.rowBits = rowBits;
        out.columnBits = columnBits;
        const int rowShift = kMostContextBits - rowBits, columnShift = kMostContextBits - columnBits;
        for (const std::uint8_t r : m_row)
            out.row.push_back(static_cast<std::uint8_t>(r >> rowShift));
        for (const std::uint8_t c : m_column)
            out.column.push_back(static_cast<std::uint8_t>(c >> columnShift));
        std::vector<std::vector<std::uint64_t>> counts(
            std::size_t{1} << (rowBits + columnBits), std::vector<std::uint64_t>(m_symbols.count, 0));
        for (int r = 0; r < kFinest; ++r)
            for (int c = 0; c < kFinest; ++c)
                for (std::size_t s = 0; s < m_symbols.count; ++s)
                    counts[static_cast<std::size_t>((r >> rowShift) << columnBits | (c >> columnShift))][s] +=
                        m_counts[static_cast<std::size_t>(r * kFinest + c)][s];
        out.bits = static_cast<double>(rowBits * m_coding.rows + columnBits * m_coding.columns);
        for (const auto& list : counts) {
            out.tables.push_back(frequenciesOf(list));
            out.bits += 16.0 * static_cast<double>(m_symbols.count);
            for (std::size_t s = 0; s < list.size(); ++s)
                if (list[s] > 0)
                    out.bits += static_cast<double>(list[s]) *
                                (kFrequencyBits - std::log2(static_cast<double>(out.tables.back()[s])));
        }
        return out;
    }

    const Coding& m_coding;
    const CodeMatrix& m_codes;
    Symbols m_symbols;
    std::vector<std::uint8_t> m_row, m_column;
    std::vector<std::vector<std::uint64_t>> m_counts;
};

Index streamRows(Index rows, Index columns)
{
    return std::clamp<Index>(kStreamElements / columns, 1, rows);
}

// Bytes of a plain packed matrix before its element-wise masks and codes.
std::int64_t keptBytes(const PackedHeader& header)
{
    const PackedSections sections(header);
    return header.membership == Membership::Elements ? sections.index.front() : sections.codes.front();
}

// Where the parts of the symbols lie, behind the kept bytes of the plain matrix.
struct SymbolSections
{
    std::int64_t rowContexts, columnContexts, tables, index, streams, end;

    SymbolSections(std::int64_t begin, Index rows, Index columns, int rowBits, int columnBits,
                   std::size_t symbols, std::int64_t tiles, std::int64_t streamBytesInAll)
    {
        rowContexts = begin;
        columnContexts = rowContexts + padded(streamBytes(rows, rowBits));
        tables = columnContexts + padded(streamBytes(columns, columnBits));
        index = tables + padded((std::int64_t{1} << (rowBits + columnBits)) *
                                static_cast<std::int64_t>(symbols) * 2);
        streams = index + padded(4 * tiles);
        end = streams + padded(streamBytesInAll);
    }
};

std::vector<std::vector<std::byte>> writeStreams(const Coding& coding, const CodeMatrix& codes,
                                                 const Contexts& contexts)
{
    const Index tileRows = streamRows(coding.rows, coding.columns);
    const Index tiles = (coding.rows + tileRows - 1) / tileRows;
    std::vector<std::vector<std::byte>> streams(static_cast<std::size_t>(tiles));
    const Symbols symbolOf(coding.grids);
    parallelFor(tiles, [&](std::int64_t tile) {
        std::vector<std::uint16_t> symbols;
        std::vector<std::uint8_t> which;
        for (Index r = tile * tileRows; r < std::min((tile + 1) * tileRows, coding.rows); ++r)
            for (Index j = 0; j < coding.columns; ++j) {
                symbols.push_back(symbolOf.of(coding, codes, r, j));
                which.push_back(contexts.at(r, j));
            }
        streams[static_cast<std::size_t>(tile)] = writeSymbols(symbols, which, contexts.tables);
    });
    return streams;
}

std::vector<std::byte> header(const Rotation& rotation, bool symbols, std::int64_t total,
                              std::int64_t inner)
{
    std::vector<std::byte> out(static_cast<std::size_t>(total), std::byte{0});
    std::memcpy(out.data(), kMagic, 4);
    put<std::uint16_t>(out, 4, kVersion);
    put<std::uint8_t>(out, 6, static_cast<std::uint8_t>((rotation.active ? kRotatedFlag : 0) |
                                                        (symbols ? kSymbolsFlag : 0)));
    put<std::uint64_t>(out, 8, static_cast<std::uint64_t>(total));
    put<std::uint64_t>(out, 16, rotation.active ? rotation.seed : 0);
    put<std::uint32_t>(out, 24, rotation.active ? rotation.block : 0);
    put<std::uint64_t>(out, 32, static_cast<std::uint64_t>(inner));
    return out;
}

std::vector<std::byte> withPlain(const Rotation& rotation, std::span<const std::byte> plain)
{
    const auto inner = static_cast<std::int64_t>(plain.size());
    std::vector<std::byte> out = header(rotation, false, kWrapperBytes + padded(inner), inner);
    std::copy(plain.begin(), plain.end(), out.begin() + kWrapperBytes);
    return out;
}

std::vector<std::byte> withSymbols(const Coding& coding, const CodeMatrix& codes,
                                   std::span<const std::byte> kept)
{
    const Contexts contexts = Modeller(coding, codes).best();
    const auto streams = writeStreams(coding, codes, contexts);
    std::int64_t streamBytesInAll = 0;
    for (const auto& stream : streams)
        streamBytesInAll += static_cast<std::int64_t>(stream.size());
    const auto inner = static_cast<std::int64_t>(kept.size());
    const std::size_t symbols = contexts.tables.front().size();
    const SymbolSections at(kWrapperBytes + padded(inner), coding.rows, coding.columns, contexts.rowBits,
                            contexts.columnBits, symbols, static_cast<std::int64_t>(streams.size()),
                            streamBytesInAll);
    std::vector<std::byte> out = header(coding.rotation, true, at.end, inner);
    put<std::uint8_t>(out, 7, static_cast<std::uint8_t>(contexts.rowBits));
    put<std::uint8_t>(out, 28, static_cast<std::uint8_t>(contexts.columnBits));
    put<std::uint32_t>(out, 40, static_cast<std::uint32_t>(symbols));
    put<std::uint32_t>(out, 44, static_cast<std::uint32_t>(streamRows(coding.rows, coding.columns)));
    put<std::uint64_t>(out, 48, static_cast<std::uint64_t>(streamBytesInAll));
    std::copy(kept.begin(), kept.end(), out.begin() + kWrapperBytes);
    const std::span<std::byte> all(out);
    writeCodes(contexts.row, contexts.rowBits, all.subspan(static_cast<std::size_t>(at.rowContexts)));
    writeCodes(contexts.column, contexts.columnBits,
               all.subspan(static_cast<std::size_t>(at.columnContexts)));
    auto* table = out.data() + at.tables;
    for (const Frequencies& f : contexts.tables) {
        std::memcpy(table, f.data(), 2 * symbols);
        table += 2 * symbols;
    }
    auto* stream = out.data() + at.streams;
    for (std::size_t t = 0; t < streams.size(); ++t) {
        put(out, static_cast<std::size_t>(at.index) + 4 * t, static_cast<std::uint32_t>(streams[t].size()));
        stream = std::copy(streams[t].begin(), streams[t].end(), stream);
    }
    return out;
}

// A wrapped matrix with symbols being read.
class SymbolReader
{
public:
    SymbolReader(const QString& name, std::span<const std::byte> bytes, std::span<const std::byte> kept)
        : m_name(name), m_bytes(bytes), m_kept(kept)
    {
    }

    std::vector<std::byte> rebuild()
    {
        Coding coding = gridsOf(m_name, plainBytes());
        readContexts(coding);
        CodeMatrix codes(coding.rows, coding.columns);
        readStreams(coding, codes);
        const PackedMatrix plain = PackedMatrix::pack(m_name, coding, codes);
        return {plain.bytes.begin(), plain.bytes.end()};
    }

    std::int64_t symbolBytes() const { return m_symbolBytes; }

    // Rows and columns as claimed, no more than so many bytes can hold.
    std::pair<Index, Index> shape() const
    {
        if (m_kept.size() < kHeaderBytes)
            refuse(m_name, tr("it ends within its header"));
        const auto rows = get<std::uint64_t>(m_kept, 8), columns = get<std::uint64_t>(m_kept, 16);
        const auto total = get<std::uint64_t>(m_kept, 32);
        const auto most = static_cast<std::uint64_t>(m_bytes.size()) * kMostWeightsPerByte;
        if (rows < 1 || columns < 1 || rows > kMaximumRows || columns > kMaximumColumns ||
            rows > most / columns || total < m_kept.size() ||
            total - m_kept.size() > 8 * rows * columns + 4096)
            refuse(m_name, tr("it claims %1 rows and %2 columns in %3 bytes").arg(rows).arg(columns).arg(total));
        return {static_cast<Index>(rows), static_cast<Index>(columns)};
    }

private:
    // The plain matrix with masks and codes left out, as zeros.
    std::vector<std::byte> plainBytes() const
    {
        shape();
        std::vector<std::byte> plain(get<std::uint64_t>(m_kept, 32), std::byte{0});
        std::copy(m_kept.begin(), m_kept.end(), plain.begin());
        return plain;
    }

    void readContexts(const Coding& coding)
    {
        const int rowBits = get<std::uint8_t>(m_bytes, 7), columnBits = get<std::uint8_t>(m_bytes, 28);
        const std::size_t symbols = get<std::uint32_t>(m_bytes, 40);
        const Index tileRows = get<std::uint32_t>(m_bytes, 44);
        const auto streamsInAll = get<std::uint64_t>(m_bytes, 48);
        if (rowBits > kMostContextBits || columnBits > kMostContextBits ||
            symbols != Symbols(coding.grids).count || tileRows != streamRows(coding.rows, coding.columns) ||
            streamsInAll > m_bytes.size())
            refuse(m_name, tr("its symbols do not fit its %1 x %2 weights").arg(coding.rows).arg(coding.columns));
        m_tiles = (coding.rows + tileRows - 1) / tileRows;
        const std::int64_t begin = kWrapperBytes + padded(static_cast<std::int64_t>(m_kept.size()));
        const SymbolSections at(begin, coding.rows, coding.columns, rowBits, columnBits, symbols, m_tiles,
                                static_cast<std::int64_t>(streamsInAll));
        if (at.end != static_cast<std::int64_t>(m_bytes.size()))
            refuse(m_name, tr("its parts need %1 bytes and it has %2").arg(at.end).arg(m_bytes.size()));
        m_symbolBytes = at.end - begin;
        m_contexts.rowBits = rowBits;
        m_contexts.columnBits = columnBits;
        m_contexts.row.resize(static_cast<std::size_t>(coding.rows));
        m_contexts.column.resize(static_cast<std::size_t>(coding.columns));
        readCodes(part(at.rowContexts), rowBits, m_contexts.row);
        readCodes(part(at.columnContexts), columnBits, m_contexts.column);
        readTables(at.tables, std::size_t{1} << (rowBits + columnBits), symbols);
        m_streamBegin.assign(1, at.streams);
        for (Index t = 0; t < m_tiles; ++t)
            m_streamBegin.push_back(m_streamBegin.back() +
                                    get<std::uint32_t>(m_bytes, static_cast<std::size_t>(at.index + 4 * t)));
        if (m_streamBegin.back() != at.streams + static_cast<std::int64_t>(streamsInAll))
            refuse(m_name, tr("its streams do not fill their space"));
    }

    std::span<const std::byte> part(std::int64_t begin) const
    {
        return m_bytes.subspan(static_cast<std::size_t>(begin));
    }

    void readTables(std::int64_t begin, std::size_t tables, std::size_t symbols)
    {
        for (std::size_t t = 0; t < tables; ++t) {
            Frequencies f(symbols);
            std::memcpy(f.data(), m_bytes.data() + begin + static_cast<std::int64_t>(2 * symbols * t), 2 * symbols);
            if (std::accumulate(f.begin(), f.end(), std::uint64_t{0}) != kFrequencySum)
                refuse(m_name, tr("the frequencies of context %1 do not add up").arg(t));
            m_tables.emplace_back(f);
        }
    }

    void readStreams(Coding& coding, CodeMatrix& codes) const
    {
        const Index tileRows = streamRows(coding.rows, coding.columns);
        const bool elementWise = coding.grids.size() > 1 && coding.classes.size() == 0;
        if (elementWise)
            coding.classes.resize(coding.rows, coding.columns);
        const Symbols symbolOf(coding.grids);
        parallelFor(m_tiles, [&](std::int64_t tile) {
            const Index begin = tile * tileRows, end = std::min(begin + tileRows, coding.rows);
            std::vector<std::uint8_t> which;
            for (Index r = begin; r < end; ++r)
                for (Index j = 0; j < coding.columns; ++j)
                    which.push_back(m_contexts.at(r, j));
            std::vector<std::uint16_t> symbols(which.size());
            const auto t = static_cast<std::size_t>(tile);
            const auto stream = part(m_streamBegin[t]).first(
                static_cast<std::size_t>(m_streamBegin[t + 1] - m_streamBegin[t]));
            if (!readSymbols(stream, which, m_tables, symbols))
                refuse(m_name, tr("the symbols of tile %1 do not end where they should").arg(tile));
            const std::uint16_t* symbol = symbols.data();
            for (Index r = begin; r < end; ++r)
                for (Index j = 0; j < coding.columns; ++j, ++symbol) {
                    std::size_t g = coding.grids.size() - 1;
                    while (symbolOf.first[g] > *symbol)
                        --g;
                    if (elementWise)
                        coding.classes(r, j) = static_cast<std::uint8_t>(g);
                    else if (g != static_cast<std::size_t>(coding.classOf(r, j)))
                        refuse(m_name, tr("a symbol of column %1 is of another class").arg(j));
                    codes(r, j) = static_cast<std::uint8_t>(*symbol - symbolOf.first[g]);
                }
        });
    }

    const QString& m_name;
    std::span<const std::byte> m_bytes, m_kept;
    Contexts m_contexts;
    std::vector<SymbolTable> m_tables;
    std::vector<std::int64_t> m_streamBegin;
    Index m_tiles = 0;
    std::int64_t m_symbolBytes = 0;
};

} // namespace

// Whether what a weight means follows from its symbol and place: not so where it is kept raw or has two planes.
static bool symbolsTell(const Coding& coding)
{
    return std::none_of(coding.grids.begin(), coding.grids.end(), [](const Grid& grid) {
        return grid.raw || grid.second.size() > 0 || !grid.columnGroup.empty();
    });
}

std::vector<std::byte> wrapMatrix(const Coding& coding, const CodeMatrix& codes,
                                  std::span<const std::byte> plain)
{
    std::vector<std::byte> out = withPlain(coding.rotation, plain);
    if (!coding.entropyCoded || !symbolsTell(coding))
        return out;
    const auto kept = keptBytes(PackedHeader::read(QString(), plain));
    std::vector<std::byte> coded = withSymbols(coding, codes, plain.first(static_cast<std::size_t>(kept)));
    const bool readable = coding.rows <= static_cast<Index>(coded.size()) * kMostWeightsPerByte / coding.columns;
    return readable && coded.size() < out.size() ? coded : out;
}

bool isWrapped(std::span<const std::byte> bytes)
{
    return bytes.size() >= 4 && std::memcmp(bytes.data(), kMagic, 4) == 0;
}

WrappedHeader WrappedHeader::read(const QString& name, std::span<const std::byte> bytes)
{
    if (bytes.size() < kWrapperBytes)
        refuse(name, tr("it ends within its header"));
    const auto version = get<std::uint16_t>(bytes, 4);
    if (version != kVersion)
        throw Error(tr("The packed matrix '%1' has wrapper version %2, this program reads version %3. A "
                       "newer Halftone may open it.").arg(name).arg(version).arg(kVersion));
    const auto flags = get<std::uint8_t>(bytes, 6);
    const auto inner = get<std::uint64_t>(bytes, 32);
    if (flags > (kRotatedFlag | kSymbolsFlag) || get<std::uint64_t>(bytes, 8) != bytes.size() ||
        inner > bytes.size() - kWrapperBytes)
        refuse(name, tr("its wrapper says another length than its %1 bytes").arg(bytes.size()));
    WrappedHeader out;
    out.symbols = flags & kSymbolsFlag;
    if (flags & kRotatedFlag)
        out.rotation = {true, get<std::uint32_t>(bytes, 24), get<std::uint64_t>(bytes, 16)};
    out.inner = bytes.subspan(kWrapperBytes, inner);
    if (!out.symbols && kWrapperBytes + padded(static_cast<std::int64_t>(inner)) != static_cast<std::int64_t>(bytes.size()))
        refuse(name, tr("its wrapper is longer than what it holds"));
    return out;
}

std::pair<Index, Index> packedShape(const QString& name, std::span<const std::byte> bytes)
{
    if (!isWrapped(bytes)) {
        const PackedHeader h = PackedHeader::read(name, bytes);
        return {h.rows, h.columns};
    }
    const WrappedHeader wrapper = WrappedHeader::read(name, bytes);
    if (wrapper.symbols)
        return SymbolReader(name, bytes, wrapper.inner).shape();
    const PackedHeader h = PackedHeader::read(name, wrapper.inner);
    return {h.rows, h.columns};
}

UnwrappedMatrix unwrapMatrix(const QString& name, std::span<const std::byte> bytes)
{
    const WrappedHeader wrapper = WrappedHeader::read(name, bytes);
    UnwrappedMatrix out;
    out.rotation = wrapper.rotation;
    if (wrapper.symbols) {
        SymbolReader reader(name, bytes, wrapper.inner);
        out.rebuilt = reader.rebuild();
        out.symbolBytes = reader.symbolBytes();
        out.plain = out.rebuilt;
    } else {
        out.plain = wrapper.inner;
    }
    return out;
}

} // namespace halftone
