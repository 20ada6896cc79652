// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/layer_picture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halftone {

namespace {

constexpr int kMostRows = 16, kMostColumns = 24;
constexpr Index kRowsOfTile = 4;

// CRC-32 of ISO 3309, which PNG asks for.
std::uint32_t checksum(const QByteArray& bytes)
{
    std::uint32_t crc = 0xffffffffu;
    for (const char byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

void append(QByteArray& to, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        to.append(static_cast<char>(value >> shift & 255));
}

void appendChunk(QByteArray& to, const char* kind, const QByteArray& data)
{
    const QByteArray checked = QByteArray(kind, 4) + data;
    append(to, static_cast<std::uint32_t>(data.size()));
    to += checked;
    append(to, checksum(checked));
}

// Adds the squared errors of one row to its tiles, and returns the row's sum of squares.
double addRow(std::span<const float> original, std::span<const float> coded, int tiles, double* error, double* count)
{
    double energy = 0;
    const std::size_t columns = original.size();
    for (std::size_t j = 0; j < columns; ++j) {
        const auto tile = j * static_cast<std::size_t>(tiles) / columns;
        const double off = double{original[j]} - double{coded[j]};
        error[tile] += off * off;
        count[tile] += 1;
        energy += double{original[j]} * double{original[j]};
    }
    return energy;
}

} // namespace

LayerPicture errorPicture(Index rows, Index columns, const RowReader& original, const RowReader& coded)
{
    LayerPicture out;
    const int down = static_cast<int>(std::min<Index>(rows, kMostRows));
    const int across = static_cast<int>(std::min<Index>(columns, kMostColumns));
    if (down < 1 || across < 1)
        return out;
    std::vector<double> error(static_cast<std::size_t>(down * across), 0), count(error);
    double energy = 0, weights = 0;
    for (int tile = 0; tile < down; ++tile) {
        // Neighbours: packed matrices are decoded many rows at once.
        const Index begin = rows * tile / down, end = rows * (tile + 1) / down;
        const Index taken = std::min(end - begin, kRowsOfTile);
        std::vector<float> from(static_cast<std::size_t>(taken * columns)), to(from.size());
        original(begin, taken, from);
        coded(begin, taken, to);
        for (Index r = 0; r < taken; ++r) {
            const auto at = static_cast<std::size_t>(r * columns), width = static_cast<std::size_t>(columns);
            energy += addRow(std::span(from).subspan(at, width), std::span(to).subspan(at, width), across,
                             error.data() + tile * across, count.data() + tile * across);
            weights += static_cast<double>(columns);
        }
    }
    if (!(energy > 0))
        return out;
    double least = 0, most = 0;
    for (std::size_t i = 0; i < error.size(); ++i) {
        error[i] = error[i] / count[i] / (energy / weights);
        if (std::isfinite(error[i]) && error[i] > 0)
            least = least > 0 ? std::min(least, error[i]) : error[i];
        most = std::max(most, error[i]);
    }
    if (!(most > 0) || !std::isfinite(most))
        return out;
    out.rows = down;
    out.columns = across;
    out.least = least;
    out.most = most;
    const double range = most > least ? std::log(most / least) : 1;
    for (const double e : error)
        out.shades.push_back(static_cast<std::uint8_t>(e > least ? std::lround(255 * std::log(e / least) / range) : 0));
    return out;
}

QByteArray pngOf(const LayerPicture& picture, int scale)
{
    QByteArray out("\x89PNG\r\n\x1a\n", 8);
    QByteArray header;
    append(header, static_cast<std::uint32_t>(picture.columns * scale));
    append(header, static_cast<std::uint32_t>(picture.rows * scale));
    header += QByteArray("\x08\x00\x00\x00\x00", 5); // 8 bits of gray
    appendChunk(out, "IHDR", header);
    QByteArray lines;
    for (int y = 0; y < picture.rows * scale; ++y) {
        lines += '\0'; // no filter
        for (int x = 0; x < picture.columns * scale; ++x) {
            const auto at = static_cast<std::size_t>(y / scale * picture.columns + x / scale);
            lines += static_cast<char>(255 - picture.shades[at] * 220 / 255); // black would be too heavy on paper
        }
    }
    appendChunk(out, "IDAT", qCompress(lines).mid(4)); // behind Qt's own length stands a plain zlib stream
    appendChunk(out, "IEND", {});
    return out;
}

nlohmann::json pictureJson(const LayerPicture& picture)
{
    const QByteArray shades(reinterpret_cast<const char*>(picture.shades.data()),
                            static_cast<qsizetype>(picture.shades.size()));
    return {{"rows", picture.rows},
            {"columns", picture.columns},
            {"least", picture.least},
            {"most", picture.most},
            {"shades", shades.toBase64().toStdString()}};
}

LayerPicture pictureFromJson(const nlohmann::json& json)
{
    LayerPicture out;
    out.rows = json.at("rows");
    out.columns = json.at("columns");
    out.least = json.at("least");
    out.most = json.at("most");
    const QByteArray shades = QByteArray::fromBase64(QByteArray::fromStdString(json.at("shades").get<std::string>()));
    if (out.rows < 1 || out.columns < 1 || out.rows > kMostRows || out.columns > kMostColumns ||
        shades.size() != qsizetype{out.rows} * out.columns)
        return {};
    out.shades.assign(shades.begin(), shades.end());
    return out;
}

} // namespace halftone
