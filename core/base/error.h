// SPDX-License-Identifier: GPL-3.0-or-later
// The one exception of the project: a finished sentence for a person. Thrown where the fact is
// known, caught in two places only (the worker loop and the command line's main).
#pragma once

#include <QString>
#include <exception>
#include <string>

namespace halftone {

/// Names the thing, what was expected, what was found and, where possible, the cure.
class Error : public std::exception
{
public:
    explicit Error(QString sentence);
    const QString& sentence() const { return m_sentence; }
    const char* what() const noexcept override { return m_utf8.c_str(); }

private:
    QString m_sentence;
    std::string m_utf8;
};

/// The user stopped the work; what is on disk can be resumed. Not a failure, so not an Error.
class Cancelled : public std::exception
{
public:
    const char* what() const noexcept override { return "cancelled"; }
};

/// Translated sentence in the context "core". Use with .arg(); never build sentences from pieces.
QString tr(const char* sentence);

} // namespace halftone
