// SPDX-License-Identifier: GPL-3.0-or-later
// Built and run at build time: writes SPIR-V files into one C++ source.
//   embed_shaders out.cpp name=file ...
// A name that ends in "_khr" is read as VK_NV_cooperative_matrix SPIR-V and rewritten for the
// vendor-neutral extension, which glslang before 13 cannot compile for (cooperative_khr.h).
#include "cooperative_khr.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

std::vector<std::uint32_t> readWords(const std::string& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file)
        throw std::runtime_error("cannot open " + path);
    std::vector<std::uint32_t> words(static_cast<std::size_t>(file.tellg()) / 4);
    file.seekg(0);
    file.read(reinterpret_cast<char*>(words.data()), static_cast<std::streamsize>(words.size() * 4));
    return words;
}

void writeArray(std::ofstream& out, const std::string& name, const std::vector<std::uint32_t>& words)
{
    out << "constexpr std::uint32_t k_" << name << "[] = {";
    for (std::size_t i = 0; i < words.size(); ++i)
        out << (i % 12 == 0 ? "\n    " : " ") << words[i] << "u,";
    out << "\n};\n";
}

} // namespace

int main(int argc, char** argv)
{
    try {
        std::ofstream out(argv[1]);
        out << "// Generated from gpu/shaders.\n#include \"gpu/vulkan_kernels.h\"\n#include <cstring>\n"
               "namespace halftone {\nnamespace {\n";
        std::string table;
        for (int i = 2; i < argc; ++i) {
            const std::string argument = argv[i];
            const std::string name = argument.substr(0, argument.find('='));
            std::vector<std::uint32_t> words = readWords(argument.substr(name.size() + 1));
            if (name.ends_with("_khr"))
                words = forKhr(words);
            writeArray(out, name, words);
            table += "    if (std::strcmp(name, \"" + name + "\") == 0) return k_" + name + ";\n";
        }
        out << "} // namespace\nstd::span<const std::uint32_t> shaderCode(const char* name)\n{\n" << table
            << "    return {};\n}\n} // namespace halftone\n";
        out.close();
        if (!out)
            throw std::runtime_error(std::string("cannot write ") + argv[1]);
        return 0;
    } catch (const std::exception& e) {
        std::cerr << "embed_shaders: " << e.what() << "\n";
        return 1;
    }
}
