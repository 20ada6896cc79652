// SPDX-License-Identifier: GPL-3.0-or-later
// Small safetensors and GGUF files for tests, valid or lying, byte by byte.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QtTest>
#include <cstdint>
#include <cstring>
#include <functional>

#include "base/error.h"

namespace made {

template <typename T>
QByteArray littleEndian(T value)
{
    return QByteArray(reinterpret_cast<const char*>(&value), sizeof value);
}

inline std::span<const std::byte> bytesOf(const QByteArray& bytes)
{
    return {reinterpret_cast<const std::byte*>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}

/// Length, header, data.
inline QByteArray safetensors(const QByteArray& header, const QByteArray& data)
{
    return littleEndian<std::uint64_t>(static_cast<std::uint64_t>(header.size())) + header + data;
}

/// Two tensors: "a", F32 2x3 with the values 0..5, and "b", F16 of 4 elements, all 1.5.
inline QByteArray smallSafetensors(const QByteArray& first = "a", const QByteArray& second = "b")
{
    QByteArray data;
    for (int i = 0; i < 6; ++i)
        data += littleEndian(static_cast<float>(i));
    for (int i = 0; i < 4; ++i)
        data += littleEndian<std::uint16_t>(0x3e00);
    return safetensors("{\"__metadata__\":{\"format\":\"pt\"},\"" + first +
                           "\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},\"" + second +
                           "\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[24,32]}}  ",
                       data);
}

inline QByteArray ggufText(const QByteArray& text)
{
    return littleEndian<std::uint64_t>(static_cast<std::uint64_t>(text.size())) + text;
}

/// The parts of a GGUF file; whole() joins them. Counts and version may be made to lie.
struct Gguf
{
    std::uint32_t version = 3;
    std::uint64_t alignment = 32;
    std::uint64_t pairCount = 0;
    std::uint64_t tensorCount = 0;
    QByteArray pairs;
    QByteArray tensors;
    QByteArray data;

    Gguf& pair(const QByteArray& key, std::uint32_t type, const QByteArray& value)
    {
        ++pairCount;
        pairs += ggufText(key) + littleEndian(type) + value;
        return *this;
    }
    /// `extents` as in the file, fastest first.
    Gguf& tensor(const QByteArray& name, const std::vector<std::uint64_t>& extents, std::uint32_t type,
                 std::uint64_t offset)
    {
        ++tensorCount;
        tensors += ggufText(name) + littleEndian(static_cast<std::uint32_t>(extents.size()));
        for (const auto extent : extents)
            tensors += littleEndian(extent);
        tensors += littleEndian(type) + littleEndian(offset);
        return *this;
    }
    /// Appends a tensor and its bytes, padded.
    Gguf& filled(const QByteArray& name, const std::vector<std::uint64_t>& extents, std::uint32_t type,
                 const QByteArray& bytes)
    {
        tensor(name, extents, type, static_cast<std::uint64_t>(data.size()));
        data += bytes;
        pad(data);
        return *this;
    }
    void pad(QByteArray& bytes) const
    {
        while (bytes.size() % static_cast<qsizetype>(alignment) != 0)
            bytes += '\0';
    }
    QByteArray whole() const
    {
        QByteArray file = "GGUF" + littleEndian(version) + littleEndian(tensorCount) +
                          littleEndian(pairCount) + pairs + tensors;
        pad(file);
        return file + data;
    }
};

/// A file with every kind of metadata and two tensors: F32 2x3 and Q8_0 1x32.
inline Gguf smallGguf()
{
    Gguf file;
    file.pair("general.architecture", 8, ggufText("llama"))
        .pair("a.u8", 0, littleEndian<std::uint8_t>(200))
        .pair("a.i8", 1, littleEndian<std::int8_t>(-5))
        .pair("a.u16", 2, littleEndian<std::uint16_t>(60000))
        .pair("a.i16", 3, littleEndian<std::int16_t>(-300))
        .pair("a.u32", 4, littleEndian<std::uint32_t>(4000000000u))
        .pair("a.i32", 5, littleEndian<std::int32_t>(-70000))
        .pair("a.f32", 6, littleEndian(0.5f))
        .pair("a.bool", 7, littleEndian<std::uint8_t>(1))
        .pair("a.u64", 10, littleEndian<std::uint64_t>(1) + QByteArray())
        .pair("a.i64", 11, littleEndian<std::int64_t>(-1))
        .pair("a.f64", 12, littleEndian(0.25))
        .pair("a.texts", 9,
              littleEndian<std::uint32_t>(8) + littleEndian<std::uint64_t>(2) + ggufText("x") + ggufText("yz"))
        .pair("a.nested", 9,
              littleEndian<std::uint32_t>(9) + littleEndian<std::uint64_t>(1) +
                  littleEndian<std::uint32_t>(0) + littleEndian<std::uint64_t>(2) + QByteArray("\x01\x02"));
    QByteArray floats;
    for (int i = 0; i < 6; ++i)
        floats += littleEndian(static_cast<float>(i));
    file.filled("token_embd.weight", {3, 2}, 0, floats);
    QByteArray block = littleEndian<std::uint16_t>(0x3800); // 0.5
    for (int i = 0; i < 32; ++i)
        block += static_cast<char>(i - 16);
    return file.filled("output.weight", {32}, 8, block);
}

inline QString write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a test file");
    return path;
}

/// The sentence of the Error that `action` throws, empty if it throws none.
inline QString errorOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const halftone::Error& error) {
        return error.sentence();
    }
    return {};
}

} // namespace made

/// The action must throw an Error whose sentence contains the words.
#define HALFTONE_REFUSES(action, words)                                                            \
    do {                                                                                           \
        const QString sentence = made::errorOf([&] { action; });                                   \
        QVERIFY2(sentence.contains(QStringLiteral(words)), qPrintable(sentence));                  \
    } while (false)
