// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any text as a chat template: it renders a conversation within its bounds, or an Error says why not.
// Seeds: the templates of tests/golden/chat_templates.json.
#include "base/error.h"
#include "model/chat_template.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace halftone;
    try {
        const auto chat = ChatTemplate::parse(
            QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
        static_cast<void>(chat.render({{"system", "Be short."}, {"user", "Hello"}, {"assistant", "Hi."}, {"user", "?"}},
                                      "<s>", "</s>"));
    } catch (const Error&) {
    }
    return 0;
}
