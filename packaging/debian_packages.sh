#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what Halftone is built with on Debian 12 or later. Asks for nothing that is there already,
# and for root's rights only when something is missing.
set -e

packages="g++ cmake ninja-build pkg-config help2man
    qt6-base-dev qt6-charts-dev qt6-svg-dev libqt6opengl6-dev libqt6sql6-sqlite qt6-tools-dev qt6-tools-dev-tools
    qt6-l10n-tools libeigen3-dev libopenblas-pthread-dev
    nlohmann-json3-dev libcli11-dev libpcre2-dev libutf8proc-dev libssl-dev
    glslang-tools libvulkan-volk-dev libvulkan-dev
    mesa-vulkan-drivers vulkan-validationlayers
    xvfb xdotool dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0"

missing=
for package in $packages; do
    if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
        missing="$missing $package"
    fi
done
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "Installing:$missing" >&2
$as_root apt-get update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
