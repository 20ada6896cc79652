// SPDX-License-Identifier: GPL-3.0-or-later
// How the elements of a tensor are stored in a file, one row a type. Sizes only: decoding lives in
// checkpoint/dequantize.
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <span>

namespace halftone {

enum class ElementType : std::uint8_t {
    F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool,
    Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, TQ1_0, TQ2_0, Q1_0, Q2_0,
    Packed, ///< a PackedMatrix of Halftone's own folder; its bytes lie in several tensors
};

struct ElementTypeInfo
{
    ElementType type;
    const char* name;      ///< as ggml, or safetensors, writes it
    int blockElements;     ///< elements that are coded together, 1 for plain types
    int blockBytes;        ///< bytes of one block
    bool floating;         ///< can be read as float
};

/// All types, in the order of the enumeration.
std::span<const ElementTypeInfo> elementTypes();
const ElementTypeInfo& info(ElementType type);
QString name(ElementType type);

/// Bytes of `elements` elements in a row-major tensor whose rows have `rowElements`; nothing when
/// the rows do not divide into blocks or the product overflows 63 bits.
std::optional<std::int64_t> storedBytes(ElementType type, std::int64_t elements,
                                        std::int64_t rowElements);

} // namespace halftone
