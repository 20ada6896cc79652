// SPDX-License-Identifier: GPL-3.0-or-later
// A thumbnail of where in a matrix its error lies, small enough for a report to carry one of each layer.
#pragma once

#include "base/matrix.h"

#include <QByteArray>
#include <QString>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

namespace halftone {

/// Tiles of a matrix, row-major. A shade is the logarithm of the tile's mean squared error, 0 where it is `least` and
/// 255 where it is `most`.
struct LayerPicture
{
    int rows = 0, columns = 0;
    double least = 0, most = 0; ///< of the matrix's mean squared weight
    std::vector<std::uint8_t> shades;

    bool empty() const { return shades.empty(); }
};

/// Reads rows [begin, begin + count) into `out`, row-major.
using RowReader = std::function<void(Index begin, Index count, std::span<float> out)>;

/// From a few rows of each tile. Empty where there is no error at all.
LayerPicture errorPicture(Index rows, Index columns, const RowReader& original, const RowReader& coded);

/// Gray, dark where the error is large, each tile `scale` x `scale` pixels.
QByteArray pngOf(const LayerPicture& picture, int scale);

nlohmann::json pictureJson(const LayerPicture& picture);
/// Throws nlohmann::json::exception for what pictureJson did not write.
LayerPicture pictureFromJson(const nlohmann::json& json);

} // namespace halftone
