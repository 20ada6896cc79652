// SPDX-License-Identifier: GPL-3.0-or-later
// Hessians of original models, kept on disk from one time to the next, so that a model opened again need
// not be calibrated again. Only ever a help: what is missing, damaged or of other files is not there.
#pragma once

#include "base/matrix.h"
#include "checkpoint/checkpoint.h"
#include "model/config.h"

#include <QString>
#include <optional>

namespace halftone {

class HessianCache
{
public:
    /// Keeps at most `limit` bytes in the folder, which is made when needed; what was used longest ago goes first.
    HessianCache(QString folder, std::int64_t limit);

    /// Names what Hessians rest on: the model's files by path, size and time of change, every byte of the
    /// text, and its windows. Throws Error for a text that cannot be read.
    static QString keyOf(const Checkpoint& checkpoint, const QString& textPath, Index windows, Index context);

    /// sum of x x^T [width x width]; empty unless it lies there as it was written.
    std::optional<Matrix> read(const QString& key, Index block, Stage stage, Index width) const;
    /// Written beside and renamed. Where that fails, or one alone exceeds the limit, nothing is kept.
    void write(const QString& key, Index block, Stage stage, const Matrix& hessian) const;

    std::int64_t bytes() const;
    std::int64_t limit() const { return m_limit; }
    void clear() const;

private:
    QString pathOf(const QString& key, Index block, Stage stage) const;
    void makeRoom(std::int64_t wanted) const;

    QString m_folder;
    std::int64_t m_limit;
};

} // namespace halftone
