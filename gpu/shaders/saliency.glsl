// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a weight salient (backend.h: Saliency), as bits: of numbers that are not negative, the
// greater has the greater bits.
layout(buffer_reference, std430, buffer_reference_align = 8) buffer Doubles { double at[]; };
layout(constant_id = 0) const uint KIND = 0;

uint saliencyBits(float weight, Doubles share, uint column)
{
    float saliency = abs(weight);
    if (KIND == 1) {
        precise double w = double(weight);
        precise double energy = w * w * share.at[column];
        saliency = float(energy);
    } else if (KIND == 2) {
        saliency *= float(share.at[column]);
    }
    return floatBitsToUint(saliency);
}

// Of a group of columns: the bits of its threshold found so far, its place among the weights that share
// them, and how many of these there are for each of the next eight bits.
const uint STATE = 258;
const uint NONE = 0xffffffffu; // instead of a place: no weight is marked
const uint ALL = 0xfffffffeu;
