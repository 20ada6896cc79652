// SPDX-License-Identifier: GPL-3.0-or-later
// The grids of a coding as vulkan_walk.cpp describes them; needs `coding` and `codingBegin` (the first
// column that is described) among the constants.

// Scale and offset of a weight.
void gridAt(uint grid, uint row, uint column, out REAL scale, out REAL offset)
{
    const uint head = 4 + grid * 8;
    const uint groupColumns = coding.at[head + 1];
    const uint group = groupColumns > 0 ? column / groupColumns - codingBegin / groupColumns : 0;
    const uint place = row * coding.at[head + 2] + group;
    const uint offsets = coding.at[head + 4];
    scale = REAL(uintBitsToFloat(coding.at[coding.at[head + 3] + place]));
    offset = offsets > 0 ? REAL(uintBitsToFloat(coding.at[offsets + place])) : REAL(0);
}

REAL levelOf(uint grid, uint code)
{
    const uint table = coding.at[4 + grid * 8 + 5];
    return table == 0 ? REAL(code) : REAL(uintBitsToFloat(coding.at[table + code]));
}

// What one grid makes of a value; the code is returned (coding.h: nearestCode, codeValue).
uint roundTo(uint grid, uint row, uint column, REAL value, out REAL rounded)
{
    const uint levels = coding.at[4 + grid * 8];
    const uint table = coding.at[4 + grid * 8 + 5];
    REAL scale, offset;
    gridAt(grid, row, column, scale, offset);
    const bool usable = scale != REAL(0) && value - value == REAL(0);
    REAL level = REAL(0);
    if (usable)
        level = (value - offset) / scale;
    uint code = 0;
    REAL nearest = REAL(0);
    if (table == 0) {
        if (usable)
            code = uint(clamp(floor(level + REAL(0.5)), REAL(0), REAL(levels - 1)));
        nearest = REAL(code);
    } else {
        nearest = REAL(uintBitsToFloat(coding.at[table]));
        for (uint c = 1; usable && c < levels; ++c) {
            const REAL candidate = REAL(uintBitsToFloat(coding.at[table + c]));
            if (abs(level - candidate) <= abs(level - nearest)) {
                nearest = candidate;
                code = c;
            }
        }
    }
    rounded = offset + scale * nearest;
    return code;
}
