// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays are reached by their address. REAL is the number type of a variant (float or double); INPUT
// that of factors where it differs.
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_shader_8bit_storage : require
#extension GL_EXT_shader_explicit_arithmetic_types_int8 : require
#extension GL_EXT_control_flow_attributes : require

#ifndef REAL
#define REAL float
#endif
#ifndef REAL_BYTES
#define REAL_BYTES 4
#endif
#ifndef INPUT
#define INPUT REAL
#define INPUT_BYTES REAL_BYTES
#endif

layout(buffer_reference, std430, buffer_reference_align = 4) buffer Floats { float at[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) buffer Words { uint at[]; };
layout(buffer_reference, std430, buffer_reference_align = REAL_BYTES) buffer Reals { REAL at[]; };
layout(buffer_reference, std430, buffer_reference_align = INPUT_BYTES) buffer Inputs { INPUT at[]; };
layout(buffer_reference, std430, buffer_reference_align = 1) buffer Bytes { uint8_t at[]; };
