// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/range_coder.h"

#include <algorithm>
#include <numeric>

namespace halftone {

namespace {

constexpr std::uint32_t kLow = 1u << 23; // the state stays in [kLow, 256 kLow)

std::vector<std::uint16_t> beginsOf(const Frequencies& frequencies)
{
    std::vector<std::uint16_t> begins(frequencies.size());
    std::uint32_t at = 0;
    for (std::size_t s = 0; s < frequencies.size(); ++s) {
        begins[s] = static_cast<std::uint16_t>(at);
        at += frequencies[s];
    }
    return begins;
}

} // namespace

Frequencies frequenciesOf(std::span<const std::uint64_t> counts)
{
    Frequencies out(counts.size(), 0);
    const std::uint64_t all = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    std::uint32_t sum = 0;
    for (std::size_t s = 0; s < counts.size(); ++s)
        if (counts[s] > 0) {
            const auto share = static_cast<double>(counts[s]) / static_cast<double>(all);
            out[s] = static_cast<std::uint16_t>(std::max(1.0, share * kFrequencySum));
            sum += out[s];
        }
    // What rounding has left or taken goes to or comes from the most frequent ones.
    while (sum != kFrequencySum) {
        auto most = std::max_element(out.begin(), out.end());
        if (sum < kFrequencySum) {
            *most = static_cast<std::uint16_t>(*most + (kFrequencySum - sum));
            sum = kFrequencySum;
        } else {
            const std::uint32_t taken = std::min<std::uint32_t>(sum - kFrequencySum, (*most + 1u) / 2);
            *most = static_cast<std::uint16_t>(*most - taken);
            sum -= taken;
        }
    }
    return out;
}

std::vector<std::byte> writeSymbols(std::span<const std::uint16_t> symbols,
                                    std::span<const std::uint8_t> contexts,
                                    std::span<const Frequencies> tables)
{
    std::vector<std::vector<std::uint16_t>> begins;
    for (const Frequencies& table : tables)
        begins.push_back(beginsOf(table));
    std::vector<std::byte> reversed;
    std::uint32_t state = kLow;
    for (std::size_t i = symbols.size(); i-- > 0;) {
        const std::uint32_t frequency = tables[contexts[i]][symbols[i]];
        const std::uint32_t most = ((kLow >> kFrequencyBits) << 8) * frequency;
        while (state >= most) {
            reversed.push_back(static_cast<std::byte>(state & 0xff));
            state >>= 8;
        }
        state = (state / frequency << kFrequencyBits) + state % frequency + begins[contexts[i]][symbols[i]];
    }
    std::vector<std::byte> out(4 + reversed.size());
    for (int k = 0; k < 4; ++k)
        out[static_cast<std::size_t>(k)] = static_cast<std::byte>(state >> (8 * k) & 0xff);
    std::reverse_copy(reversed.begin(), reversed.end(), out.begin() + 4);
    return out;
}

SymbolTable::SymbolTable(const Frequencies& frequencies)
    : frequency(frequencies), begin(beginsOf(frequencies))
{
    symbol.reserve(kFrequencySum);
    for (std::size_t s = 0; s < frequencies.size(); ++s)
        symbol.insert(symbol.end(), frequencies[s], static_cast<std::uint16_t>(s));
}

bool readSymbols(std::span<const std::byte> stream, std::span<const std::uint8_t> contexts,
                 std::span<const SymbolTable> tables, std::span<std::uint16_t> symbols)
{
    if (stream.size() < 4)
        return false;
    std::uint32_t state = 0;
    for (int k = 0; k < 4; ++k)
        state |= std::to_integer<std::uint32_t>(stream[static_cast<std::size_t>(k)]) << (8 * k);
    std::size_t at = 4;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        const SymbolTable& table = tables[contexts[i]];
        const std::uint32_t slot = state & (kFrequencySum - 1);
        const std::uint16_t s = table.symbol[slot];
        symbols[i] = s;
        state = table.frequency[s] * (state >> kFrequencyBits) + slot - table.begin[s];
        while (state < kLow) {
            if (at == stream.size())
                return false;
            state = state << 8 | std::to_integer<std::uint32_t>(stream[at++]);
        }
    }
    return at == stream.size() && state == kLow;
}

} // namespace halftone
