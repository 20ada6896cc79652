// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/mapped_file.h"

#include "base/error.h"

#include <QFile>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace halftone {

namespace {

// Reading a page past the end of a shortened file raises SIGBUS in whichever thread reads it. The
// handler may not lock or allocate, so the mapped ranges lie in a fixed table of atomics.
struct MappedRange
{
    std::atomic<std::uintptr_t> begin{0}; // 0: free; kReserved: being filled
    std::atomic<std::uintptr_t> end{0};
    std::atomic<bool> damaged{false};
};

constexpr std::uintptr_t kReserved = 1;
std::array<MappedRange, 4096> ranges;
struct sigaction previousAction;
std::uintptr_t pageSize = 4096;

void callPreviousHandler(int signal, siginfo_t* information, void* context)
{
    if (previousAction.sa_flags & SA_SIGINFO) {
        previousAction.sa_sigaction(signal, information, context);
    } else if (previousAction.sa_handler == SIG_DFL || previousAction.sa_handler == SIG_IGN) {
        // The faulting instruction runs again and meets the default action.
        std::signal(SIGBUS, SIG_DFL);
        if (information->si_code <= 0)
            raise(SIGBUS);
    } else {
        previousAction.sa_handler(signal);
    }
}

void handleBusError(int signal, siginfo_t* information, void* context)
{
    const int savedErrno = errno;
    const auto address = reinterpret_cast<std::uintptr_t>(information->si_addr);
    for (auto& range : ranges) {
        const std::uintptr_t begin = range.begin.load(std::memory_order_acquire);
        const std::uintptr_t end = range.end.load(std::memory_order_relaxed);
        if (begin <= kReserved || address < begin || address >= end || information->si_code <= 0)
            continue;
        // Everything behind the first lost page is lost as well: one call instead of one a page.
        const std::uintptr_t page = address & ~(pageSize - 1);
        range.damaged.store(true, std::memory_order_release);
        void* zeros = mmap(reinterpret_cast<void*>(page), end - page, PROT_READ,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
        errno = savedErrno;
        if (zeros != MAP_FAILED)
            return;
        break;
    }
    callPreviousHandler(signal, information, context);
}

void installHandlerOnce()
{
    static std::once_flag once;
    std::call_once(once, [] {
        pageSize = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
        struct sigaction action = {};
        action.sa_sigaction = handleBusError;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        sigaction(SIGBUS, &action, &previousAction);
    });
}

int registerRange(std::uintptr_t begin, std::uintptr_t end)
{
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        std::uintptr_t free = 0;
        if (!ranges[i].begin.compare_exchange_strong(free, kReserved))
            continue;
        ranges[i].damaged.store(false);
        ranges[i].end.store(end);
        ranges[i].begin.store(begin, std::memory_order_release);
        return static_cast<int>(i);
    }
    return -1;
}

} // namespace

std::shared_ptr<MappedFile> MappedFile::open(const QString& path)
{
    std::shared_ptr<MappedFile> file(new MappedFile);
    file->m_path = path;
    const auto fail = [&](int number) {
        return Error(tr("File '%1' cannot be opened: %2.")
                         .arg(path, QString::fromLocal8Bit(std::strerror(number))));
    };
    // Without O_NONBLOCK a pipe without a writer would block for ever.
    file->m_descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file->m_descriptor < 0)
        throw fail(errno);
    struct stat status = {};
    if (fstat(file->m_descriptor, &status) != 0)
        throw fail(errno);
    if (!S_ISREG(status.st_mode))
        throw Error(tr("'%1' is not a regular file.").arg(path));
    if (status.st_size == 0)
        return file;

    installHandlerOnce();
    const auto size = static_cast<std::size_t>(status.st_size);
    void* address = mmap(nullptr, size, PROT_READ, MAP_SHARED, file->m_descriptor, 0);
    if (address == MAP_FAILED)
        throw fail(errno);
    file->m_bytes = {static_cast<const std::byte*>(address), size};
    const auto begin = reinterpret_cast<std::uintptr_t>(address);
    file->m_slot = registerRange(begin, (begin + size + pageSize - 1) & ~(pageSize - 1));
    if (file->m_slot < 0)
        throw Error(tr("File '%1' cannot be opened: %2 files are open already. Close some models.")
                        .arg(path).arg(ranges.size()));
    return file;
}

MappedFile::~MappedFile()
{
    // The row stays taken until the addresses are given back: someone else may get them at once.
    if (m_slot >= 0)
        ranges[static_cast<std::size_t>(m_slot)].begin.store(kReserved, std::memory_order_release);
    if (!m_bytes.empty())
        munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
    if (m_slot >= 0)
        ranges[static_cast<std::size_t>(m_slot)].begin.store(0, std::memory_order_release);
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::span<const std::byte> MappedFile::slice(std::uint64_t offset, std::uint64_t length) const
{
    if (offset > m_bytes.size() || length > m_bytes.size() - offset)
        throw Error(tr("File '%1' has %2 bytes, but %3 bytes at offset %4 were expected. It may be cut short: copy or download it again.")
                        .arg(m_path).arg(m_bytes.size()).arg(length).arg(offset));
    return m_bytes.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

void MappedFile::willNeed(std::span<const std::byte> part) const
{
    if (part.empty())
        return;
    const auto begin = reinterpret_cast<std::uintptr_t>(part.data()) & ~(pageSize - 1);
    const auto end = reinterpret_cast<std::uintptr_t>(part.data() + part.size());
    // Only a hint: whether the system follows it changes nothing but the speed.
    (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_WILLNEED);
}

void MappedFile::release(std::span<const std::byte> part) const
{
    const auto begin = (reinterpret_cast<std::uintptr_t>(part.data()) + pageSize - 1) & ~(pageSize - 1);
    const auto end = reinterpret_cast<std::uintptr_t>(part.data() + part.size()) & ~(pageSize - 1);
    if (begin < end)
        (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

void MappedFile::checkIntact() const
{
    // The tail of the last page that is left reads as zeros without a signal, hence the size too.
    struct stat status = {};
    const bool damaged = m_slot >= 0 && ranges[static_cast<std::size_t>(m_slot)].damaged.load();
    const bool known = fstat(m_descriptor, &status) == 0;
    if (damaged || !known || static_cast<std::size_t>(status.st_size) < m_bytes.size())
        throw Error(tr("File '%1' was shortened while it was open, or a part of it could not be read: it had %2 bytes and now has %3. Open the model again from a complete copy.")
                        .arg(m_path).arg(m_bytes.size()).arg(known ? status.st_size : 0));
}

} // namespace halftone
