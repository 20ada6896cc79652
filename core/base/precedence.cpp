// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/precedence.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace halftone {

namespace {

thread_local Precedence ownPrecedence = Precedence::Front;

#ifdef __linux__
// Steps of niceness below the program's own; each is a fifth less of a contended core.
constexpr int kNiceness[kPrecedences] = {0, 2, 8, 11};
#endif

} // namespace

void takePrecedence(Precedence precedence)
{
#ifdef __linux__
    // On Linux a process' number is that of its first thread, and 0 is the calling one. A thread begins
    // where its maker is, which may be lower already.
    const int wanted = getpriority(PRIO_PROCESS, id_t(getpid())) + kNiceness[int(precedence)];
    if (wanted > getpriority(PRIO_PROCESS, 0))
        setpriority(PRIO_PROCESS, 0, wanted);
#endif
    ownPrecedence = precedence;
}

Precedence precedence()
{
    return ownPrecedence;
}

} // namespace halftone
