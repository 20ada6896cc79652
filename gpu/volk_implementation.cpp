// SPDX-License-Identifier: GPL-3.0-or-later
// The loader's functions, found when the program runs.
#define VOLK_IMPLEMENTATION
#include <volk.h>
