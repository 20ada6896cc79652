// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file's tokenizer as the files that Hugging Face's tokenizers library reads. The inverse of
// gguf_tokenizer; byte-level BPE only, anything else is refused by name.
#pragma once

#include <QByteArray>
#include <QString>
#include <map>
#include <nlohmann/json_fwd.hpp>

namespace halftone {

/// tokenizer.json, tokenizer_config.json and, where there is one, chat_template.jinja from flat GGUF
/// metadata. The result is read back and must cut and number a test text alike. Throws Error.
std::map<QString, QByteArray> huggingFaceTokenizer(const nlohmann::json& metadata);

} // namespace halftone
