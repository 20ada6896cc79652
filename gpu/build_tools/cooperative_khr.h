// SPDX-License-Identifier: GPL-3.0-or-later
// Rewrites a SPIR-V module from SPV_NV_cooperative_matrix to SPV_KHR_cooperative_matrix. The two differ
// in names, in the layout operand of loads and stores, and in that a KHR type says what it is used as
// (left factor, right factor, sum); the use follows from the multiplications a type takes part in, so
// each type must have one use. Opcodes: SPIR-V registry, both extensions.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>
#include <vector>

namespace cooperative {

using Words = std::vector<std::uint32_t>;

enum Opcode : std::uint32_t {
    Extension = 10, Capability = 17, TypeInt = 21, Constant = 43,
    TypeNv = 5358, LoadNv = 5359, StoreNv = 5360, MultiplyNv = 5361, LengthNv = 5362,
    TypeKhr = 4456, LoadKhr = 4457, StoreKhr = 4458, MultiplyKhr = 4459, LengthKhr = 4460,
    CapabilityNv = 5357, CapabilityKhr = 6022
};

struct Module
{
    Words header;
    std::vector<Words> steps;

    explicit Module(const Words& words)
    {
        if (words.size() < 5 || words[0] != 0x07230203)
            throw std::runtime_error("not SPIR-V");
        header.assign(words.begin(), words.begin() + 5);
        for (std::size_t at = 5; at < words.size();) {
            const std::size_t length = words[at] >> 16;
            if (length == 0 || at + length > words.size())
                throw std::runtime_error("broken SPIR-V");
            steps.emplace_back(words.begin() + static_cast<std::ptrdiff_t>(at),
                               words.begin() + static_cast<std::ptrdiff_t>(at + length));
            at += length;
        }
    }
    Words words() const
    {
        Words all = header;
        for (const Words& step : steps)
            all.insert(all.end(), step.begin(), step.end());
        return all;
    }
};

inline std::uint32_t opcode(const Words& step) { return step[0] & 0xffff; }

inline Words step(std::uint32_t code, Words operands)
{
    operands.insert(operands.begin(), code | static_cast<std::uint32_t>(operands.size() + 1) << 16);
    return operands;
}

inline Words extensionKhr()
{
    const char name[] = "SPV_KHR_cooperative_matrix";
    Words text(sizeof(name) / 4 + 1, 0);
    std::memcpy(text.data(), name, sizeof(name));
    return step(Extension, text);
}

// What each type is used as: 0 left factor, 1 right factor, 2 sum.
inline std::map<std::uint32_t, std::uint32_t> usesOf(const Module& module)
{
    std::map<std::uint32_t, std::uint32_t> typeOf, uses;
    std::map<std::uint32_t, bool> cooperative;
    for (const Words& s : module.steps) {
        if (opcode(s) == TypeNv)
            cooperative[s[1]] = true;
        else if (s.size() > 2 && cooperative.count(s[1]))
            typeOf[s[2]] = s[1];
    }
    const auto note = [&](std::uint32_t value, std::uint32_t use) {
        const auto [at, fresh] = uses.emplace(typeOf.at(value), use);
        if (!fresh && at->second != use)
            throw std::runtime_error("a cooperative matrix type has two uses");
    };
    for (const Words& s : module.steps)
        if (opcode(s) == MultiplyNv)
            for (std::uint32_t i = 0; i < 3; ++i)
                note(s[3 + i], i);
    return uses;
}

} // namespace cooperative

inline std::vector<std::uint32_t> forKhr(const std::vector<std::uint32_t>& words)
{
    using namespace cooperative;
    Module module(words);
    const auto uses = usesOf(module);
    std::uint32_t next = module.header[3];
    std::uint32_t uint32Type = 0;
    for (const Words& s : module.steps)
        if (opcode(s) == TypeInt && s[2] == 32 && s[3] == 0)
            uint32Type = s[1];
    if (uint32Type == 0)
        throw std::runtime_error("no 32-bit type");
    std::map<std::uint32_t, std::uint32_t> constants; // value -> id
    std::vector<Words> out;
    const auto constant = [&](std::uint32_t value) {
        const auto [at, fresh] = constants.emplace(value, next);
        if (fresh)
            out.push_back(step(Constant, {uint32Type, next++, value}));
        return at->second;
    };
    // Truth constants tell the layout: 41 is OpConstantTrue, 42 OpConstantFalse.
    std::map<std::uint32_t, std::uint32_t> layouts;
    for (const Words& s : module.steps) {
        switch (opcode(s)) {
        case Capability:
            out.push_back(s[1] == CapabilityNv ? step(Capability, {CapabilityKhr}) : s);
            break;
        case Extension:
            if (std::strcmp(reinterpret_cast<const char*>(&s[1]), "SPV_NV_cooperative_matrix") == 0)
                out.push_back(extensionKhr());
            else
                out.push_back(s);
            break;
        case 41:
        case 42:
            layouts[s[2]] = constant(opcode(s) == 41 ? 1 : 0);
            out.push_back(s);
            break;
        case TypeNv:
            out.push_back(step(TypeKhr, {s[1], s[2], s[3], s[4], s[5], constant(uses.at(s[1]))}));
            break;
        case LoadNv: { // type, result, pointer, stride, column major, memory operands
            Words operands{s[1], s[2], s[3], layouts.at(s[5]), s[4]};
            operands.insert(operands.end(), s.begin() + 6, s.end());
            out.push_back(step(LoadKhr, operands));
            break;
        }
        case StoreNv: { // pointer, object, stride, column major, memory operands
            Words operands{s[1], s[2], layouts.at(s[4]), s[3]};
            operands.insert(operands.end(), s.begin() + 5, s.end());
            out.push_back(step(StoreKhr, operands));
            break;
        }
        case MultiplyNv:
            out.push_back(step(MultiplyKhr, {s[1], s[2], s[3], s[4], s[5]}));
            break;
        case LengthNv:
            out.push_back(step(LengthKhr, {s[1], s[2], s[3]}));
            break;
        default:
            out.push_back(s);
        }
    }
    module.steps = std::move(out);
    module.header[3] = next;
    return module.words();
}
