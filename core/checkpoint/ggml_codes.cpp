// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/ggml_codes.h"

#include "base/half.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace halftone {

namespace {

// What a type's block can say: value = d * (code - zero) with 0 <= code < levels, or, affine,
// d * code + least.
struct Shape
{
    ElementType type;
    int block;
    int levels;
    int zero;
    bool affine;
};

// Smallest first. Q1_0's two levels are -d and d: codes 0 and 2 of a ternary grid.
constexpr std::array<Shape, 9> kShapes{{{ElementType::Q1_0, 128, 3, 1, false},
                                        {ElementType::TQ1_0, 256, 3, 1, false},
                                        {ElementType::TQ2_0, 256, 4, 1, false},
                                        {ElementType::Q2_0, 64, 4, 1, false},
                                        {ElementType::Q4_0, 32, 16, 8, false},
                                        {ElementType::Q4_1, 32, 16, 0, true},
                                        {ElementType::Q5_0, 32, 32, 16, false},
                                        {ElementType::Q5_1, 32, 32, 0, true},
                                        {ElementType::Q8_0, 32, 256, 128, false}}};

const Shape* shapeOf(ElementType type)
{
    const auto it = std::find_if(kShapes.begin(), kShapes.end(), [&](const Shape& s) { return s.type == type; });
    return it == kShapes.end() ? nullptr : &*it;
}

bool isHalf(float value)
{
    return roundToHalf(value) == value && std::isfinite(value);
}

// How the codes of one row and group become a block's: code * times + first.
struct Step
{
    float d = 0;
    float least = 0;
    int times = 1;
    int first = 0;
};

std::optional<Step> stepOf(const Shape& shape, const Grid& grid, Index row, Index group)
{
    const float scale = grid.scale(row, group);
    const float offset = grid.offset.size() ? grid.offset(row, group) : 0.0f;
    const bool binary = shape.type == ElementType::Q1_0;
    if (shape.affine) {
        const Step step{scale, offset, 1, 0};
        return isHalf(scale) && isHalf(offset) && grid.count <= shape.levels ? std::optional(step) : std::nullopt;
    }
    Step step{scale, 0, 1, 0};
    if (grid.count == 2 && std::abs(offset + scale / 2) <= std::abs(scale) / 4096)
        step = {scale / 2, 0, 2, 0}; // -d and d
    if (!isHalf(step.d))
        return std::nullopt;
    const double zero = step.d != 0 ? -static_cast<double>(offset) / step.d : 0;
    const double whole = std::nearbyint(zero);
    if (step.d == 0 ? offset != 0 : std::abs(zero - whole) > std::abs(whole) / 2048)
        return std::nullopt;
    step.first = shape.zero - static_cast<int>(std::clamp(whole, -1e6, 1e6));
    const int last = step.first + step.times * (grid.count - 1);
    const bool inside = step.first >= 0 && last < shape.levels;
    const bool ends = !binary || (step.times == 2 && step.first == 0);
    return inside && ends ? std::optional(step) : std::nullopt;
}

void putHalf(std::uint8_t* out, float value)
{
    const std::uint16_t bits = floatToHalf(value);
    std::memcpy(out, &bits, sizeof bits);
}

void orInto(std::uint8_t& byte, int bits)
{
    byte = static_cast<std::uint8_t>(byte | bits);
}

// One block of a plain type; code(i) is the block's own code of its i-th weight.
template <class Code>
void putBlock(const Shape& shape, const Step& step, const Code& code, std::uint8_t* out)
{
    switch (shape.type) {
    case ElementType::Q1_0:
        putHalf(out, step.d);
        for (int i = 0; i < 128; ++i)
            orInto(out[2 + i / 8], (code(i) / 2) << i % 8);
        return;
    case ElementType::TQ1_0:
        for (int i = 0; i < 52; ++i) {
            const int first = i < 32 ? i : i < 48 ? 160 + i - 32 : 240 + i - 48;
            const int stride = i < 32 ? 32 : i < 48 ? 16 : 4, digits = i < 48 ? 5 : 4;
            int value = 0;
            for (int p = 0; p < 5; ++p)
                value = value * 3 + (p < digits ? code(first + p * stride) : 0);
            out[i] = static_cast<std::uint8_t>((value * 256 + 242) / 243);
        }
        return putHalf(out + 52, step.d);
    case ElementType::TQ2_0:
        for (int i = 0; i < 256; ++i)
            orInto(out[i / 128 * 32 + i % 32], code(i) << (2 * (i % 128 / 32)));
        return putHalf(out + 64, step.d);
    case ElementType::Q2_0:
        putHalf(out, step.d);
        for (int i = 0; i < 64; ++i)
            orInto(out[2 + i / 4], code(i) << (2 * (i % 4)));
        return;
    case ElementType::Q8_0:
        putHalf(out, step.d);
        for (int i = 0; i < 32; ++i)
            out[2 + i] = static_cast<std::uint8_t>(static_cast<std::int8_t>(code(i) - 128));
        return;
    default:
        break;
    }
    // Q4_0, Q4_1, Q5_0, Q5_1: low halves of a byte first, then the high ones, fifth bits apart.
    const bool five = shape.levels == 32;
    std::uint8_t* at = out + 2;
    putHalf(out, step.d);
    if (shape.affine) {
        putHalf(at, step.least);
        at += 2;
    }
    std::uint8_t* high = at;
    at += five ? 4 : 0;
    for (int i = 0; i < 32; ++i) {
        orInto(at[i % 16], (code(i) & 15) << (i / 16 * 4));
        if (five)
            orInto(high[i / 8], (code(i) >> 4) << i % 8);
    }
}

struct SuperBlock
{
    std::array<float, 16> scale{}, least{};
    float d = 0, dLeast = 0;
};

int superParts(ElementType type) { return type == ElementType::Q2_K ? 16 : 8; }
int superMost(ElementType type) { return type == ElementType::Q2_K ? 15 : 63; }

std::optional<SuperBlock> superBlockOf(ElementType type, const Grid& grid, Index row, Index column)
{
    const int parts = superParts(type), width = 256 / parts;
    SuperBlock out;
    for (int j = 0; j < parts; ++j) {
        const auto at = static_cast<std::size_t>(j);
        const Index group = grid.group(column + j * width);
        out.scale[at] = grid.scale(row, group);
        out.least[at] = grid.offset.size() ? -grid.offset(row, group) : 0.0f;
    }
    const auto count = static_cast<std::size_t>(parts);
    const auto d = commonStep({out.scale.data(), count}, superMost(type));
    const auto dLeast = commonStep({out.least.data(), count}, superMost(type));
    if (!d || !dLeast)
        return std::nullopt;
    out.d = *d;
    out.dLeast = *dLeast;
    return out;
}

int multiple(float value, float of)
{
    return of > 0 ? static_cast<int>(std::nearbyint(value / of)) : 0;
}

void putQ2K(const SuperBlock& s, const std::uint8_t* codes, std::uint8_t* out)
{
    for (int j = 0; j < 16; ++j) {
        const auto at = static_cast<std::size_t>(j);
        out[j] = static_cast<std::uint8_t>(multiple(s.scale[at], s.d) | multiple(s.least[at], s.dLeast) << 4);
        for (int i = 0; i < 16; ++i)
            orInto(out[16 + j / 8 * 32 + j % 2 * 16 + i], codes[16 * j + i] << (j % 8 / 2 * 2));
    }
    putHalf(out + 80, s.d);
    putHalf(out + 82, s.dLeast);
}

void putQ4K(const SuperBlock& s, const std::uint8_t* codes, std::uint8_t* out)
{
    putHalf(out, s.d);
    putHalf(out + 2, s.dLeast);
    std::uint8_t* packed = out + 4;
    for (int j = 0; j < 8; ++j) {
        const auto at = static_cast<std::size_t>(j);
        const int scale = multiple(s.scale[at], s.d), least = multiple(s.least[at], s.dLeast);
        if (j < 4) {
            orInto(packed[j], scale);
            orInto(packed[j + 4], least);
        } else {
            orInto(packed[j + 4], (scale & 15) | (least & 15) << 4);
            orInto(packed[j - 4], scale >> 4 << 6);
            orInto(packed[j], least >> 4 << 6);
        }
        for (int i = 0; i < 32; ++i)
            orInto(out[16 + j / 2 * 32 + i], codes[32 * j + i] << (j % 2 * 4));
    }
}

bool holdsSuperBlocks(ElementType type, const Coding& coding)
{
    const Grid& grid = coding.grids.front();
    const int width = 256 / superParts(type);
    if (coding.columns % 256 != 0 || grid.groupColumns != width || grid.count > (type == ElementType::Q2_K ? 4 : 16))
        return false;
    for (Index row = 0; row < coding.rows; ++row)
        for (Index column = 0; column < coding.columns; column += 256)
            if (!superBlockOf(type, grid, row, column))
                return false;
    return true;
}

} // namespace

std::optional<float> commonStep(std::span<const float> values, int most)
{
    const float top = *std::max_element(values.begin(), values.end());
    if (top <= 0)
        return std::all_of(values.begin(), values.end(), [](float v) { return v == 0; }) ? std::optional(0.0f)
                                                                                         : std::nullopt;
    for (int k = most; k >= 1; --k) {
        const float d = roundToHalf(top / static_cast<float>(k));
        const bool all = d > 0 && std::all_of(values.begin(), values.end(), [&](float v) {
            const float times = std::nearbyint(v / d);
            return times >= 0 && times <= static_cast<float>(most) && times * d == v;
        });
        if (all)
            return d;
    }
    return std::nullopt;
}

bool ggmlHolds(ElementType type, const Coding& coding)
{
    if (coding.grids.size() != 1 || !coding.plain() || coding.rotation.active ||
        !coding.grids.front().table.empty())
        return false;
    if (type == ElementType::Q2_K || type == ElementType::Q4_K)
        return holdsSuperBlocks(type, coding);
    const Shape* shape = shapeOf(type);
    const Grid& grid = coding.grids.front();
    if (!shape || coding.columns % shape->block != 0 || grid.groupColumns % shape->block != 0)
        return false;
    for (Index row = 0; row < grid.scale.rows(); ++row)
        for (Index group = 0; group < grid.scale.cols(); ++group)
            if (!stepOf(*shape, grid, row, group))
                return false;
    return true;
}

std::optional<ElementType> exactGgmlType(const Coding& coding)
{
    for (const ElementType type : {ElementType::Q1_0, ElementType::TQ1_0, ElementType::TQ2_0, ElementType::Q2_0,
                                   ElementType::Q2_K, ElementType::Q4_0, ElementType::Q4_K, ElementType::Q4_1,
                                   ElementType::Q5_0, ElementType::Q5_1, ElementType::Q8_0})
        if (ggmlHolds(type, coding))
            return type;
    return std::nullopt;
}

void putGgmlRow(ElementType type, const Coding& coding, Index row, const std::uint8_t* codes,
                std::span<std::byte> out)
{
    const Grid& grid = coding.grids.front();
    auto* at = reinterpret_cast<std::uint8_t*>(out.data());
    std::memset(at, 0, out.size());
    const int blockBytes = info(type).blockBytes, block = info(type).blockElements;
    for (Index column = 0; column < coding.columns; column += block, at += blockBytes) {
        const std::uint8_t* mine = codes + column;
        if (type == ElementType::Q2_K || type == ElementType::Q4_K) {
            const SuperBlock s = superBlockOf(type, grid, row, column).value();
            type == ElementType::Q2_K ? putQ2K(s, mine, at) : putQ4K(s, mine, at);
            continue;
        }
        const Shape& shape = *shapeOf(type);
        const Step step = stepOf(shape, grid, row, grid.group(column)).value();
        putBlock(shape, step, [&](int i) { return mine[i] * step.times + step.first; }, at);
    }
}

std::vector<std::byte> ggmlBlocks(ElementType type, const Coding& coding, const CodeMatrix& codes)
{
    const auto rowBytes = static_cast<std::size_t>(storedBytes(type, coding.columns, coding.columns).value());
    std::vector<std::byte> out(rowBytes * static_cast<std::size_t>(coding.rows));
    for (Index row = 0; row < coding.rows; ++row)
        putGgmlRow(type, coding, row, codes.row(row).data(), std::span(out).subspan(static_cast<std::size_t>(row) * rowBytes, rowBytes));
    return out;
}

BitCount blockBits(const Coding& coding, std::size_t bytes)
{
    int bits = 1;
    while ((1 << bits) < coding.grids.front().count)
        ++bits;
    BitCount out;
    out.weights = coding.rows * coding.columns;
    out.nominal = out.codes = out.weights * bits;
    out.scales = static_cast<std::int64_t>(8 * bytes) - out.codes;
    return out;
}

} // namespace halftone
