// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/element_type.h"

#include <array>

namespace halftone {

namespace {
// Block sizes of ggml's types: ggml-common.h of llama.cpp.
constexpr std::array<ElementTypeInfo, 26> kTypes{{
    {ElementType::F64, "F64", 1, 8, true},
    {ElementType::F32, "F32", 1, 4, true},
    {ElementType::F16, "F16", 1, 2, true},
    {ElementType::BF16, "BF16", 1, 2, true},
    {ElementType::I64, "I64", 1, 8, false},
    {ElementType::I32, "I32", 1, 4, false},
    {ElementType::I16, "I16", 1, 2, false},
    {ElementType::I8, "I8", 1, 1, false},
    {ElementType::U8, "U8", 1, 1, false},
    {ElementType::Bool, "BOOL", 1, 1, false},
    {ElementType::Q4_0, "Q4_0", 32, 18, true},
    {ElementType::Q4_1, "Q4_1", 32, 20, true},
    {ElementType::Q5_0, "Q5_0", 32, 22, true},
    {ElementType::Q5_1, "Q5_1", 32, 24, true},
    {ElementType::Q8_0, "Q8_0", 32, 34, true},
    {ElementType::Q2_K, "Q2_K", 256, 84, true},
    {ElementType::Q3_K, "Q3_K", 256, 110, true},
    {ElementType::Q4_K, "Q4_K", 256, 144, true},
    {ElementType::Q5_K, "Q5_K", 256, 176, true},
    {ElementType::Q6_K, "Q6_K", 256, 210, true},
    {ElementType::IQ4_NL, "IQ4_NL", 32, 18, true},
    {ElementType::TQ1_0, "TQ1_0", 256, 54, true},
    {ElementType::TQ2_0, "TQ2_0", 256, 66, true},
    {ElementType::Q1_0, "Q1_0", 128, 18, true},
    {ElementType::Q2_0, "Q2_0", 64, 18, true},
    {ElementType::Packed, "PACKED", 1, 0, true},
}};
} // namespace

std::span<const ElementTypeInfo> elementTypes()
{
    return kTypes;
}

const ElementTypeInfo& info(ElementType type)
{
    return kTypes[static_cast<std::size_t>(type)];
}

QString name(ElementType type)
{
    return QString::fromLatin1(info(type).name);
}

std::optional<std::int64_t> storedBytes(ElementType type, std::int64_t elements,
                                        std::int64_t rowElements)
{
    const auto& t = info(type);
    if (elements < 0 || (elements > 0 && (rowElements <= 0 || rowElements % t.blockElements != 0)))
        return std::nullopt;
    std::int64_t bytes = 0;
    if (__builtin_mul_overflow(elements / t.blockElements, std::int64_t{t.blockBytes}, &bytes))
        return std::nullopt;
    return bytes;
}

} // namespace halftone
