// SPDX-License-Identifier: GPL-3.0-or-later
// e^x as core/compute/vector_math.h has it: devices promise no more than 3 + 2|x| units in the last place.
float exponential(float x)
{
    const float kept = clamp(x, -87.0, 88.0);
    const float k = roundEven(kept * 1.44269504);
    precise float r = (kept - k * 0.693359375) - k * -2.12194440e-4;
    float p = 1.9875691500e-4;
    p = p * r + 1.3981999507e-3;
    p = p * r + 8.3334519073e-3;
    p = p * r + 4.1665795894e-2;
    p = p * r + 1.6666665459e-1;
    p = p * r + 5.0000001201e-1;
    p = p * r * r + r + 1.0;
    const float value = p * intBitsToFloat((int(k) + 127) << 23);
    return x < -87.0 ? 0.0 : value;
}
