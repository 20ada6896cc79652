// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a tokenizer.json or GGUF metadata as JSON, a zero byte, then the text to encode.
#include "base/error.h"
#include "model/tokenizer.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace halftone;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view head = input.substr(0, input.find('\0'));
    const std::string_view text = input.substr(std::min(head.size() + 1, size));
    const nlohmann::json file = nlohmann::json::parse(head.begin(), head.end(), nullptr, false);
    if (file.is_discarded())
        return 0;
    try {
        const auto tokenizer = file.is_object() && file.contains("tokenizer.ggml.model")
                                   ? Tokenizer::fromGguf(file)
                                   : Tokenizer::fromHuggingFace(file, file, file);
        for (const bool special : {false, true}) {
            const auto tokens = tokenizer->encode(text, special);
            for (const int token : tokens) {
                if (token < 0 || token >= tokenizer->vocabularySize())
                    std::abort();
            }
            static_cast<void>(tokenizer->decode(tokens, special));
        }
    } catch (const Error&) {
    }
    return 0;
}
