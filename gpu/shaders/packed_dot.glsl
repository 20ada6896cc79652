// SPDX-License-Identifier: GPL-3.0-or-later
// dot4(a, b): the sum of products of four signed bytes each. DOT_UNIT: by the device's instruction for it
// (VK_KHR_shader_integer_dot_product), of which Debian 12's glslang knows no name.
#ifdef DOT_UNIT
#extension GL_EXT_spirv_intrinsics : require
spirv_instruction(extensions = ["SPV_KHR_integer_dot_product"], capabilities = [6018, 6019], id = 4450)
int signedDot(uint a, uint b, spirv_literal int packedVectorFormat);
int dot4(uint a, uint b)
{
    return signedDot(a, b, 0);
}
#else
int dot4(uint a, uint b)
{
    int sum = 0;
    for (int i = 0; i < 32; i += 8)
        sum += bitfieldExtract(int(a), i, 8) * bitfieldExtract(int(b), i, 8);
    return sum;
}
#endif
