// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/mapped_file.h"

#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/make_files.h"

#include <QTemporaryDir>
#include <QtTest>
#include <csetjmp>
#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace halftone;

namespace {
sigjmp_buf foreignFault;
void onForeignFault(int)
{
    siglongjmp(foreignFault, 1);
}

volatile int readResult;

/// Reads every byte; the compiler may not leave it out.
int sumOf(std::span<const std::byte> bytes)
{
    int sum = 0;
    for (const auto byte : bytes)
        sum += std::to_integer<int>(byte);
    readResult = sum;
    return sum;
}

/// A safetensors file with one F32 tensor of `rows` x 1024, all 1.
QByteArray largeSafetensors(int rows)
{
    const QByteArray end = QByteArray::number(rows * 4096);
    QByteArray data;
    for (int i = 0; i < rows * 1024; ++i)
        data += made::littleEndian(1.0f);
    return made::safetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[" + QByteArray::number(rows) +
                                 ",1024],\"data_offsets\":[0," + end + "]}}",
                             data);
}
} // namespace

class TestMappedFile : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private slots:
    // Before anything is mapped, so that ours is the handler that must be passed on to.
    void initTestCase() { std::signal(SIGBUS, onForeignFault); }

    void mapsAWholeFileAndChecksSlices()
    {
        const auto file = MappedFile::open(made::write(path("whole"), "abcdef"));
        QCOMPARE(file->bytes().size(), std::size_t{6});
        QCOMPARE(sumOf(file->slice(1, 2)), 'b' + 'c');
        QVERIFY(file->slice(6, 0).empty());
        file->checkIntact();
        HALFTONE_REFUSES(file->slice(1, 6), "6 bytes at offset 1");
        HALFTONE_REFUSES(file->slice(7, 0), "offset 7");
        HALFTONE_REFUSES(file->slice(UINT64_MAX, 2), "has 6 bytes");
        HALFTONE_REFUSES(file->slice(2, UINT64_MAX), "has 6 bytes");
    }
    void mapsAnEmptyFile()
    {
        const auto file = MappedFile::open(made::write(path("empty"), {}));
        QVERIFY(file->bytes().empty());
        file->checkIntact();
    }
    void refusesWhatIsNotAReadableFile()
    {
        HALFTONE_REFUSES(MappedFile::open(path("absent")), "cannot be opened");
        HALFTONE_REFUSES(MappedFile::open(m_folder.path()), "not a regular file");
        QCOMPARE(mkfifo(qPrintable(path("pipe")), 0600), 0);
        HALFTONE_REFUSES(MappedFile::open(path("pipe")), "not a regular file");
    }
    void noticesThatTheFileWasShortenedByAFewBytes()
    {
        const auto file = MappedFile::open(made::write(path("few"), QByteArray(5000, 'x')));
        QCOMPARE(truncate(qPrintable(path("few")), 4990), 0);
        sumOf(file->bytes());
        HALFTONE_REFUSES(file->checkIntact(), "shortened while it was open");
    }
    void readsZerosWhereTheFileIsGone()
    {
        const auto file = MappedFile::open(made::write(path("gone"), QByteArray(100000, 'x')));
        QCOMPARE(truncate(qPrintable(path("gone")), 0), 0);
        QCOMPARE(sumOf(file->bytes()), 0);
        HALFTONE_REFUSES(file->checkIntact(), "shortened while it was open");
    }
    void remembersTheLossWhenTheFileGrowsAgain()
    {
        const auto file = MappedFile::open(made::write(path("grown"), QByteArray(100000, 'x')));
        QCOMPARE(truncate(qPrintable(path("grown")), 0), 0);
        sumOf(file->bytes());
        QCOMPARE(truncate(qPrintable(path("grown")), 100000), 0);
        HALFTONE_REFUSES(file->checkIntact(), "shortened while it was open");
    }
    void aShortenedFileDoesNotDamageAnother()
    {
        const auto other = MappedFile::open(made::write(path("other"), QByteArray(100000, 'x')));
        const auto file = MappedFile::open(made::write(path("short"), QByteArray(100000, 'x')));
        QCOMPARE(truncate(qPrintable(path("short")), 10), 0);
        QVERIFY(sumOf(file->bytes()) < 100000 * 'x');
        other->checkIntact();
        QCOMPARE(sumOf(other->bytes()), 100000 * 'x');
    }
    void survivesDeletion()
    {
        const auto file = MappedFile::open(made::write(path("deleted"), QByteArray(100000, 'x')));
        QVERIFY(QFile::remove(path("deleted")));
        QCOMPARE(sumOf(file->bytes()), 100000 * 'x');
        file->checkIntact();
    }
    void passesOtherPeoplesFaultsOn()
    {
        MappedFile::open(made::write(path("any"), "x"));
        made::write(path("foreign"), QByteArray(8192, 'x'));
        const int descriptor = ::open(qPrintable(path("foreign")), O_RDONLY);
        void* pages = mmap(nullptr, 8192, PROT_READ, MAP_SHARED, descriptor, 0);
        QVERIFY(pages != MAP_FAILED);
        QCOMPARE(truncate(qPrintable(path("foreign")), 0), 0);
        volatile bool caught = true;
        if (sigsetjmp(foreignFault, 1) == 0) {
            sumOf({static_cast<const std::byte*>(pages), 8192});
            caught = false;
        }
        munmap(pages, 8192);
        ::close(descriptor);
        QVERIFY(caught);
    }
    void rowsOfAShortenedModelAreRefused()
    {
        const QString model = made::write(path("model.safetensors"), largeSafetensors(64));
        const auto checkpoint = Checkpoint::open(model);
        const auto& tensor = checkpoint->require(QStringLiteral("w"));
        QCOMPARE(checkpoint->readMatrix(tensor).sum(), 64.0f * 1024.0f);
        QCOMPARE(truncate(qPrintable(model), 30000), 0);
        std::vector<float> row(1024);
        HALFTONE_REFUSES(checkpoint->readRows(tensor, 63, 1, row), "shortened while it was open");
        HALFTONE_REFUSES(checkpoint->readMatrix(tensor), "shortened while it was open");
        HALFTONE_REFUSES(checkpoint->checkIntact(), "shortened while it was open");
    }
    void manyFilesCanBeOpenAndTheirPlacesAreReused()
    {
        made::write(path("many"), "x");
        for (int round = 0; round < 3; ++round) {
            std::vector<std::shared_ptr<MappedFile>> files;
            for (int i = 0; i < 500; ++i)
                files.push_back(MappedFile::open(path("many")));
        }
        for (int i = 0; i < 10000; ++i)
            MappedFile::open(path("many"));
    }
};

QTEST_APPLESS_MAIN(TestMappedFile)
#include "tst_mapped_file.moc"
