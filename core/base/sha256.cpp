// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"

#include "base/error.h"

#include <QByteArray>
#include <QFile>
#include <array>
#include <openssl/evp.h>

namespace halftone {

struct Sha256::State
{
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : m_state(std::make_unique<State>())
{
    if (!m_state->context || EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr) != 1)
        throw Error(tr("This system's OpenSSL offers no SHA-256."));
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<const std::byte> bytes)
{
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

QString Sha256::hex()
{
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(m_state->context, digest.data(), nullptr);
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char*>(digest.data()), static_cast<qsizetype>(digest.size())).toHex());
}

QString sha256OfFile(const QString& path, const Progress& progress)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(path, file.errorString()));
    Sha256 hash;
    constexpr qint64 kPiece = 4 << 20;
    QByteArray piece(kPiece, Qt::Uninitialized);
    while (true) {
        if (progress.cancelled())
            throw Cancelled();
        const qint64 count = file.read(piece.data(), kPiece);
        if (count < 0)
            throw Error(tr("'%1' cannot be read: %2.").arg(path, file.errorString()));
        if (count == 0)
            return hash.hex();
        hash.add({reinterpret_cast<const std::byte*>(piece.constData()), static_cast<std::size_t>(count)});
    }
}

} // namespace halftone
