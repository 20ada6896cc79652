// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/byte_alphabet.h"

#include "model/utf8.h"

#include <array>

namespace halftone {

namespace {

struct ByteAlphabet
{
    std::array<std::int32_t, 256> characters{};
    std::array<int, 512> bytes{};

    ByteAlphabet()
    {
        bytes.fill(-1);
        std::int32_t next = 256;
        for (int byte = 0; byte < 256; ++byte) {
            const bool printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte != 0xad);
            const std::int32_t character = printable ? byte : next++;
            characters[static_cast<std::size_t>(byte)] = character;
            bytes[static_cast<std::size_t>(character)] = byte;
        }
    }
};

const ByteAlphabet& alphabet()
{
    static const ByteAlphabet instance;
    return instance;
}

} // namespace

std::string standIn(unsigned char byte)
{
    std::string text;
    appendCharacter(text, alphabet().characters[byte]);
    return text;
}

std::optional<std::string> bytesOfStandIns(std::string_view text)
{
    std::string bytes;
    std::int32_t character = 0;
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t length = readCharacter(text, position, character);
        if (length == 0 || character >= 512)
            return std::nullopt;
        const int byte = alphabet().bytes[static_cast<std::size_t>(character)];
        if (byte < 0)
            return std::nullopt;
        bytes.push_back(static_cast<char>(byte));
        position += length;
    }
    return bytes;
}

} // namespace halftone
