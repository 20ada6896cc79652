// SPDX-License-Identifier: GPL-3.0-or-later
// What was kept comes back as it was; what is damaged, forged, of other files or too much does not.
#include "pipeline/hessian_cache.h"
#include "pipeline/resources.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <limits>

using namespace halftone;

namespace {

Matrix hessianOf(Index width, float seed)
{
    Matrix m(width, width);
    for (Index r = 0; r < width; ++r)
        for (Index c = 0; c < width; ++c)
            m(r, c) = r == c ? 10 + seed : 0.25f * seed / float(1 + r + c);
    return m;
}

QStringList filesIn(const QTemporaryDir& folder)
{
    return QDir(folder.path()).entryList(QDir::Files);
}

} // namespace

class TestHessianCache : public QObject
{
    Q_OBJECT

private slots:
    void whatWasKeptComesBack()
    {
        QTemporaryDir folder;
        const HessianCache cache(folder.filePath(QStringLiteral("made/when/needed")), 1 << 20);
        const Matrix hessian = hessianOf(24, 1);
        QVERIFY(!cache.read(QStringLiteral("k"), 3, Stage::Down, 24));
        cache.write(QStringLiteral("k"), 3, Stage::Down, hessian);
        const auto back = cache.read(QStringLiteral("k"), 3, Stage::Down, 24);
        QVERIFY(back && *back == hessian);
        QVERIFY(!cache.read(QStringLiteral("k"), 2, Stage::Down, 24));
        QVERIFY(!cache.read(QStringLiteral("k"), 3, Stage::Output, 24));
        QVERIFY(!cache.read(QStringLiteral("other"), 3, Stage::Down, 24));
        QVERIFY(!cache.read(QStringLiteral("k"), 3, Stage::Down, 25));
        QVERIFY(cache.bytes() >= 24 * 24 * 4);
        cache.clear();
        QCOMPARE(cache.bytes(), std::int64_t{0});
        QVERIFY(!cache.read(QStringLiteral("k"), 3, Stage::Down, 24));
    }

    // Each byte of the header, and each of the numbers' first and last rows.
    void aChangedByteIsNotThere()
    {
        QTemporaryDir folder;
        const HessianCache cache(folder.path(), 1 << 20);
        cache.write(QStringLiteral("k"), 0, Stage::Output, hessianOf(8, 2));
        const QString path = folder.filePath(filesIn(folder).constFirst());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray sound = file.readAll();
        for (qsizetype at = 0; at < sound.size(); at += at < 48 ? 1 : 5) {
            QByteArray changed = sound;
            changed[at] = char(changed[at] ^ 0x40);
            file.seek(0);
            file.write(changed);
            file.flush();
            QVERIFY2(!cache.read(QStringLiteral("k"), 0, Stage::Output, 8), QByteArray::number(at));
        }
        file.seek(0);
        file.write(sound);
        file.flush();
        QVERIFY(cache.read(QStringLiteral("k"), 0, Stage::Output, 8));
    }

    void aCutOrLongerFileIsNotThere()
    {
        QTemporaryDir folder;
        const HessianCache cache(folder.path(), 1 << 20);
        cache.write(QStringLiteral("k"), 0, Stage::Output, hessianOf(8, 2));
        QFile file(folder.filePath(filesIn(folder).constFirst()));
        const qint64 size = file.size();
        for (const qint64 other : {size + 1, size - 1, qint64{47}, qint64{8}, qint64{0}}) {
            QVERIFY(file.resize(other));
            QVERIFY(!cache.read(QStringLiteral("k"), 0, Stage::Output, 8));
        }
    }

    // With a checksum that fits.
    void numbersThatNoHessianHasAreNotThere_data()
    {
        QTest::addColumn<float>("number");
        QTest::newRow("not a number") << std::numeric_limits<float>::quiet_NaN();
        QTest::newRow("infinite") << std::numeric_limits<float>::infinity();
        QTest::newRow("negative") << -1.0f;
    }
    void numbersThatNoHessianHasAreNotThere()
    {
        QFETCH(float, number);
        QTemporaryDir folder;
        const HessianCache cache(folder.path(), 1 << 20);
        Matrix forged = hessianOf(8, 2);
        forged(5, 5) = number;
        cache.write(QStringLiteral("k"), 0, Stage::Output, forged);
        QCOMPARE(filesIn(folder).size(), 1);
        QVERIFY(!cache.read(QStringLiteral("k"), 0, Stage::Output, 8));
    }

    void aLinkIsNotFollowedAndAFolderNotRead()
    {
        QTemporaryDir folder, elsewhere;
        const HessianCache cache(folder.path(), 1 << 20), other(elsewhere.path(), 1 << 20);
        other.write(QStringLiteral("k"), 0, Stage::Output, hessianOf(8, 2));
        const QString name = filesIn(elsewhere).constFirst();
        QVERIFY(QFile::link(elsewhere.filePath(name), folder.filePath(name)));
        QVERIFY(!cache.read(QStringLiteral("k"), 0, Stage::Output, 8));
        cache.clear();
        QVERIFY(other.read(QStringLiteral("k"), 0, Stage::Output, 8));
        QVERIFY(QFile::remove(folder.filePath(name)));
        QVERIFY(QDir(folder.path()).mkdir(name));
        QVERIFY(!cache.read(QStringLiteral("k"), 0, Stage::Output, 8));
    }

    void whatWasUsedLongestAgoMakesRoom()
    {
        QTemporaryDir folder;
        const std::int64_t one = 48 + 16 * 16 * 4;
        const HessianCache cache(folder.path(), 2 * one + 10);
        const auto age = [&](const QString& part, int seconds) {
            for (const QString& name : filesIn(folder))
                if (name.startsWith(part)) {
                    QFile file(folder.filePath(name));
                    QVERIFY(file.open(QIODevice::ReadWrite));
                    file.setFileTime(QDateTime::currentDateTime().addSecs(-seconds), QFileDevice::FileModificationTime);
                }
        };
        cache.write(QStringLiteral("a"), 0, Stage::Down, hessianOf(16, 1));
        cache.write(QStringLiteral("b"), 0, Stage::Down, hessianOf(16, 2));
        age(QStringLiteral("a"), 100);
        age(QStringLiteral("b"), 50);
        QVERIFY(cache.read(QStringLiteral("a"), 0, Stage::Down, 16)); // used now
        cache.write(QStringLiteral("c"), 0, Stage::Down, hessianOf(16, 3));
        QVERIFY(cache.bytes() <= cache.limit());
        QVERIFY(cache.read(QStringLiteral("a"), 0, Stage::Down, 16));
        QVERIFY(!cache.read(QStringLiteral("b"), 0, Stage::Down, 16));
        QVERIFY(cache.read(QStringLiteral("c"), 0, Stage::Down, 16));
        cache.write(QStringLiteral("large"), 0, Stage::Down, hessianOf(64, 1));
        QVERIFY(!cache.read(QStringLiteral("large"), 0, Stage::Down, 64));
        QVERIFY(cache.read(QStringLiteral("c"), 0, Stage::Down, 16)); // nothing left for what does not fit
    }

    void whereNothingCanBeWrittenNothingIsKept()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const HessianCache cache(file.fileName() + QStringLiteral("/beneath"), 1 << 20);
        cache.write(QStringLiteral("k"), 0, Stage::Down, hessianOf(8, 1));
        QVERIFY(!cache.read(QStringLiteral("k"), 0, Stage::Down, 8));
        QCOMPARE(cache.bytes(), std::int64_t{0});
    }

    void otherFilesTextsAndWindowsAreOtherKeys()
    {
        QTemporaryDir folder;
        for (const char* name : {"model.safetensors", "config.json", "tokenizer.json", "tokenizer_config.json"}) {
            const QString from = resourcePath(QStringLiteral("sample/") + QLatin1String(name));
            if (QFile::exists(from))
                QVERIFY(QFile::copy(from, folder.filePath(QLatin1String(name))));
        }
        const auto write = [&](const QString& path, const char* text) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(text) > 0;
        };
        const QString text = folder.filePath(QStringLiteral("text"));
        QVERIFY(write(text, "once"));
        const auto checkpoint = Checkpoint::open(folder.path());
        const QString key = HessianCache::keyOf(*checkpoint, text, 8, 512);
        QCOMPARE(HessianCache::keyOf(*Checkpoint::open(folder.path()), text, 8, 512), key);
        QVERIFY(HessianCache::keyOf(*checkpoint, text, 7, 512) != key);
        QVERIFY(HessianCache::keyOf(*checkpoint, text, 8, 256) != key);
        QVERIFY(write(text, "upon"));
        QVERIFY(HessianCache::keyOf(*checkpoint, text, 8, 512) != key);
        QVERIFY(write(text, "once"));
        QCOMPARE(HessianCache::keyOf(*checkpoint, text, 8, 512), key);
        QFile tokenizer(folder.filePath(QStringLiteral("tokenizer.json")));
        QVERIFY(tokenizer.open(QIODevice::ReadWrite));
        tokenizer.setFileTime(QDateTime::currentDateTime().addSecs(-9), QFileDevice::FileModificationTime);
        tokenizer.close();
        QVERIFY(HessianCache::keyOf(*checkpoint, text, 8, 512) != key);
        QVERIFY_EXCEPTION_THROWN(HessianCache::keyOf(*checkpoint, folder.filePath(QStringLiteral("none")), 8, 512), std::exception);
    }
};

QTEST_GUILESS_MAIN(TestHessianCache)
#include "tst_hessian_cache.moc"
