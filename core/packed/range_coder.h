// SPDX-License-Identifier: GPL-3.0-or-later
// Symbols to bytes at close to their entropy, with frequencies that both sides know: range asymmetric
// numeral systems, byte-wise (Duda 2013, arXiv 1311.2540). Knows no matrices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace halftone {

constexpr int kFrequencyBits = 14;
constexpr std::uint32_t kFrequencySum = 1u << kFrequencyBits;
constexpr std::size_t kMostSymbols = 1024;

/// Frequencies of symbols 0 .. n - 1; they add up to kFrequencySum.
using Frequencies = std::vector<std::uint16_t>;

/// Frequencies in proportion to counts (n of them, at most kMostSymbols): each symbol that occurs has at
/// least 1. All counts 0: the first symbol has all.
Frequencies frequenciesOf(std::span<const std::uint64_t> counts);

/// The stream of symbols[i] by tables[contexts[i]]; symbols must have frequencies above 0. 4 bytes of
/// state, lowest first, then the bytes in the order in which readSymbols takes them.
std::vector<std::byte> writeSymbols(std::span<const std::uint16_t> symbols,
                                    std::span<const std::uint8_t> contexts,
                                    std::span<const Frequencies> tables);

/// A table to be read with: the symbol of each of the kFrequencySum slots, and where each begins.
struct SymbolTable
{
    explicit SymbolTable(const Frequencies& frequencies);

    std::vector<std::uint16_t> symbol;
    std::vector<std::uint16_t> frequency, begin;
};

/// The inverse. False when the stream ends early, has bytes left or does not end in the state in which
/// writeSymbols begins: it was damaged.
bool readSymbols(std::span<const std::byte> stream, std::span<const std::uint8_t> contexts,
                 std::span<const SymbolTable> tables, std::span<std::uint16_t> symbols);

} // namespace halftone
