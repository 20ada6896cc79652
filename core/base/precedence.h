// SPDX-License-Identifier: GPL-3.0-or-later
// Which threads of a program give way to which: what a person watches goes before what she waits for,
// that before what is made ahead of time, and that before a run of hours. Loops over the cores (parallel.h)
// are helped by threads of the precedence of their caller.
#pragma once

namespace halftone {

enum class Precedence {
    Front,   ///< as the system runs programs; what every thread has at first
    Answer,  ///< asked for by a person
    Spare,   ///< may be wanted soon
    Job,     ///< takes long anyway
};
inline constexpr int kPrecedences = 4;

/// Lowers the calling thread, for good: the system does not let it rise again. Asks the system to run it
/// behind those of the program that go before it (niceness, on Linux), which is never refused; elsewhere
/// it only chooses who helps.
void takePrecedence(Precedence precedence);
/// Of the calling thread.
Precedence precedence();

} // namespace halftone
