#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of every page and every lesson, to be looked at: light and dark, single and double scale, English
# and Chinese. The project is kept in OUT, so that runs made there show on Compare.
#   screenshots.sh HALFTONE SAMPLE OUT      needs Xvfb, xdotool and ImageMagick
set -e
program=$1 sample=$2 out=$3
mkdir -p "$out/light/Halftone" "$out/dark/Halftone"
chmod 700 "$out" # as a runtime folder must be
export HOME="$out" XDG_RUNTIME_DIR="$out" QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8
# What Plasma's dark colours leave in the file that Qt reads.
cat > "$out/dark/kdeglobals" <<'COLOURS'
[Colors:View]
BackgroundNormal=27,30,32
BackgroundAlternate=35,38,41
ForegroundNormal=252,252,252
[Colors:Window]
BackgroundNormal=42,46,50
ForegroundNormal=252,252,252
[Colors:Button]
BackgroundNormal=49,54,59
ForegroundNormal=252,252,252
[Colors:Selection]
BackgroundNormal=61,174,233
ForegroundNormal=252,252,252
[Colors:Tooltip]
BackgroundNormal=49,54,59
ForegroundNormal=252,252,252
COLOURS

# look THEME SCALE LANGUAGE
look() {
    Xvfb -displayfd 3 -screen 0 $((1440 * $2))x$((900 * $2))x24 3> "$out/display" 2> /dev/null &
    server=$!
    while [ ! -s "$out/display" ]; do sleep 0.2; done
    DISPLAY=:$(cat "$out/display")
    export DISPLAY
    desktop=
    [ "$1" = dark ] && desktop="XDG_CURRENT_DESKTOP=KDE KDE_FULL_SESSION=true KDE_SESSION_VERSION=5"
    env $desktop XDG_CONFIG_HOME="$out/$1" QT_SCALE_FACTOR="$2" "$program" --language "$3" --project "$out/project.halftone" "$sample" &
    window=$!
    id=$(xdotool search --sync --onlyvisible --class halftone | head -1)
    xdotool windowmove "$id" 0 0 windowsize "$id" 100% 100% windowfocus "$id"
    sleep 3
    for page in 1 2 3 4 5; do
        xdotool key "ctrl+$page"
        sleep 2
        import -window root "$out/$1-$2x-$3-page$page.png"
    done
    xdotool key ctrl+1 ctrl+j
    sleep 1
    import -window root "$out/$1-$2x-$3-jobs.png"
    xdotool key ctrl+j ctrl+l
    sleep 4
    for lesson in 1 2 3 4 5 6 7; do
        import -window root "$out/$1-$2x-$3-lesson$lesson.png"
        xdotool mousemove $((200 * $2)) $((78 * $2)) click 1
        sleep 0.5
        xdotool key Down Return
        sleep 5
    done
    kill $window
    wait $window || true
    kill $server
    wait $server || true
    rm "$out/display"
}

for language in en zh_CN; do
    look light 1 $language
    look dark 1 $language
    look light 2 $language
done
