// SPDX-License-Identifier: GPL-3.0-or-later
// The mark for functions that are compiled once per instruction set, and chosen when the program starts.
#pragma once

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__OPTIMIZE__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define HALFTONE_VECTORIZE \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define HALFTONE_VECTORIZE
#endif
#define HALFTONE_INLINE inline __attribute__((always_inline))
