#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the window by keyboard alone, knowing only what a screen reader is told (AT-SPI on xcb).

    walk_accessible.py HALFTONE        opens the sample, goes through every page, tunes, runs, exports

Starts an X server and a session bus of its own. Skips loudly without Xvfb, xdotool, dbus-run-session or
Python's Atspi (Debian: xvfb xdotool dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0). Fails with one
sentence for a control without a name, one that Tab does not reach, or a step that says nothing of itself."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

PAGES = ["Model", "Matrix", "Compare", "Text", "Export"]
RECIPE = '{"calibration": {"windows": 4, "context": 256}, "evaluation": {"windows": 1, "context": 64}}'


def skip(why):
    print("ALL-SKIPPED: " + why)
    sys.exit(0)


def knows_atspi(python):
    """Debian's modules belong to Debian's interpreter, which need not be the first in the path."""
    code = "import gi; gi.require_version('Atspi', '2.0')"
    return shutil.which(python) and subprocess.run([python, "-c", code], stderr=subprocess.DEVNULL).returncode == 0


def outside(program):
    for tool in ["Xvfb", "xdotool", "dbus-run-session"]:
        if not shutil.which(tool):
            skip(f"{tool} is not installed")
    python = next((each for each in [sys.executable, "/usr/bin/python3"] if knows_atspi(each)), None)
    if not python:
        skip("Python's Atspi is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    display = os.fdopen(read).readline().strip()
    try:
        with tempfile.TemporaryDirectory() as home:
            environment = dict(os.environ, DISPLAY=":" + display, HOME=home, XDG_CONFIG_HOME=home + "/config",
                               XDG_DATA_HOME=home + "/data", XDG_RUNTIME_DIR=home, QT_QPA_PLATFORM="xcb",
                               QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", LC_ALL="C.UTF-8", NO_AT_BRIDGE="0")
            return subprocess.run(["dbus-run-session", "--", python, __file__, "--inside", program, home],
                                  env=environment).returncode
    finally:
        server.terminate()
        server.wait()


class Window:
    """What AT-SPI tells of the program, and the keyboard."""

    def __init__(self, atspi, glib):
        self.atspi, self.gone, self.loop = atspi, glib.Error, glib.MainContext.default()
        self.application = None
        self.now = None  # (object, role, name) that last took the focus
        self.listener = atspi.EventListener.new(self.took_focus)
        self.listener.register("object:state-changed:focused")

    def took_focus(self, event):
        try:
            role = event.source.get_role_name()
            if event.detail1 and role not in ("frame", "dialog", "application"):
                self.now = (event.source, role, event.source.get_name() or "")
        except self.gone:
            pass

    def listen(self, seconds, until=lambda: False):
        """Lets events in; what changed nothing for a moment is over."""
        end = time.time() + seconds
        while time.time() < end and not until():
            if not self.loop.iteration(False):
                time.sleep(0.005)

    def key(self, *keys, pause=0.25):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)
        self.listen(pause)

    def step(self, key):
        """A key that moves the focus, and where that then is."""
        before = self.now
        self.key(key, pause=0)
        self.listen(0.15, lambda: self.now is not before)
        return self.now

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)
        self.listen(0.2)

    def focus(self):
        """What a window manager does when a dialog closes; there is none here."""
        subprocess.run(["xdotool", "windowfocus", self.frame], check=True)
        self.listen(0.3)

    def find_application(self):
        def listed():
            desktop = self.atspi.get_desktop(0)
            for i in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(i)
                if child and "halftone" in (child.get_name() or "").lower():
                    return child
            return None
        self.application = self.wait_for("the program on the accessibility bus", listed)

    def objects(self, root=None):
        """(object, role, name, states) of all that shows, tables and maps taken as one."""
        stack = [root or self.application]
        while stack:
            here = stack.pop()
            try:
                states = here.get_state_set()
                role = here.get_role_name()
                top = role in ("application", "frame", "dialog", "window")
                if not top and not states.contains(self.atspi.StateType.SHOWING):
                    continue
                yield here, role, here.get_name() or "", states
                if role not in ("table", "tree table", "tree", "list", "chart", "combo box", "spin button", "menu bar"):
                    stack += [child for child in (here.get_child_at_index(i) for i in range(here.get_child_count())) if child]
            except self.gone:
                continue

    def text_of(self, description):
        for here, _, name, _ in self.objects():
            if (here.get_description() or "") == description:
                return name
        return ""

    def wait_for(self, what, test, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            value = test()
            if value:
                return value
            self.listen(0.2)
        raise SystemExit(f"Waited in vain for {what}.")

    def tab_to(self, wanted, most=80):
        for _ in range(most):
            if self.now and wanted(self.now[1], self.now[2]):
                return self.now
            self.step("Tab")
        raise SystemExit("Tab does not reach what is wanted; it ends at " + str(self.now))


CONTROLS = {"push button", "check box", "radio button", "combo box", "slider", "spin button", "text", "table", "tree table",
            "tree", "list", "page tab list", "toggle button", "chart"}


def check_page(window, page, root=None):
    """Every control has a name; every one that takes the focus is reached by Tab, or, where it is one of a
    group, by the arrow keys from the one that Tab reaches."""
    State = window.atspi.StateType
    listed, nameless, focusable = {}, [], set()
    for here, role, name, states in window.objects(root):
        if role not in CONTROLS:
            continue
        listed[role] = listed.get(role, 0) + 1
        if not name and not here.get_description():
            nameless.append(role)
        if states.contains(State.FOCUSABLE) and states.contains(State.ENABLED):
            focusable.add((role, name))
    reached, first = set(), None
    for _ in range(len(focusable) * 2 + 30):
        now = window.step("Tab")
        if now and first and now[0] == first:
            break
        if now:
            reached.add(now[1:])
            first = first or now[0]
    for role, name in sorted(focusable & reached):
        if role not in ("check box", "radio button", "toggle button", "push button"):
            continue
        if not any(each[0] == role for each in focusable - reached):
            continue
        window.tab_to(lambda r, n: (r, n) == (role, name))
        for key in ["Down"] * 6 + ["Up"] * 6:
            now = window.step(key)
            if now:
                reached.add(now[1:])
    missed = sorted(focusable - reached)
    print(f"{page}: " + ", ".join(f"{count} {role}" for role, count in sorted(listed.items())) +
          f"; the keyboard reaches {len(focusable) - len(missed)} of {len(focusable)}", flush=True)
    if nameless:
        raise SystemExit(f"Page {page} has controls without a name: {', '.join(nameless)}")
    return missed


def check_dialog(window, title, opened_by):
    """As check_page, of a dialog, which Escape closes again. Returns what Tab does not reach."""
    def dialog():
        return next((here for here, role, name, _ in window.objects() if role in ("dialog", "frame") and name == title), None)
    opened_by()
    root = window.wait_for(f"the dialog '{title}'", dialog, 20)
    found = subprocess.run(["xdotool", "search", "--name", f"^{title}$"], capture_output=True, text=True).stdout.split()
    if found:
        subprocess.run(["xdotool", "windowfocus", found[-1]], check=True)
        window.listen(0.3)
    missed = check_page(window, title, root)
    window.key("Escape", pause=0.5)
    if dialog():
        raise SystemExit(f"Escape does not close the dialog '{title}'.")
    window.focus()
    return missed


def value_of(atspi, here):
    return atspi.Value.get_current_value(here)


def inside(program, home):
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    recipe = os.path.join(home, "quick.json")
    open(recipe, "w").write(RECIPE)
    window = Window(Atspi, GLib)
    run = subprocess.Popen([program, "--language", "en", "--project", home + "/p.halftone"])
    try:
        window.find_application()
        window.frame = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--class", "halftone"], check=True,
                                      capture_output=True, text=True).stdout.split()[0]
        window.focus()
        print("open: Tab to the sample's button")
        window.tab_to(lambda role, name: name == "Open the sample model")
        window.key("space")
        window.wait_for("the sample", lambda: any("sample" in name for _, role, name, _ in window.objects() if role == "frame"))
        missed = []
        for number, page in enumerate(PAGES, 1):
            window.key(f"ctrl+{number}", pause=1.5)
            missed += [(page, *each) for each in check_page(window, page)]
        for name, key in [("Jobs", "ctrl+j"), ("Lessons", "ctrl+l")]:
            window.key(key, pause=2)
            missed += [(name, *each) for each in check_page(window, name)]
            window.key(key, pause=0.5)
        def by_palette(words):
            window.key("ctrl+k", pause=1)
            window.type(words)
            window.key("Return", pause=1)
        for title, opened_by in [("Preferences", lambda: window.key("ctrl+comma", pause=1)),
                                 ("Fit a budget", lambda: window.key("ctrl+b", pause=1)),
                                 ("Sweep", lambda: by_palette("sweep"))]:
            missed += [(title, *each) for each in check_dialog(window, title, opened_by)]
        print("tune: to the ratio's slider, and three steps up")
        window.key("ctrl+2", pause=1)
        slider = window.tab_to(lambda role, name: role == "slider")
        before = value_of(Atspi, slider[0])
        window.key("Right", "Right", "Right", pause=1)
        after = value_of(Atspi, slider[0])
        print(f"  {slider[2]}: {before} to {after}")
        if not after or after <= before:
            raise SystemExit("The slider does not tell its new value.")
        said = window.wait_for("the figures", lambda: window.text_of("Bits and error at this ratio"))
        print("  " + said.replace("\n", " | "))
        if "bits" not in said:
            raise SystemExit("The figures of the ratio are not told.")
        print("run: a quick recipe from a file, and Start")
        window.key("ctrl+k", pause=1)
        window.type("open recipe")
        window.key("Return", pause=2)
        window.type(recipe)
        window.key("Return", pause=1.5)
        window.focus()
        window.key("ctrl+Return", pause=0.5)
        shares = []

        def finished():
            for here, role, name, _ in window.objects():
                if role == "progress bar":
                    shares.append(value_of(Atspi, here))
            return window.text_of("What is running").startswith("Finished")
        window.wait_for("the end of the run", finished, 500)
        print(f"  progress told {len(shares)} times; {window.text_of('What is running')}")
        print("export: its page, its button")
        window.key("ctrl+5", pause=1.5)
        button = window.tab_to(lambda role, name: name == "Export")
        window.wait_for("the estimate", lambda: button[0].get_state_set().contains(Atspi.StateType.ENABLED))
        window.key("space")
        facts = window.wait_for("the export", lambda: "Opened again" in window.text_of("Result of the export") and
                                window.text_of("Result of the export"), 300)
        print("  " + facts)
        if missed:
            raise SystemExit("Tab does not reach: " + "; ".join(" / ".join(each) for each in missed))
        print("opened, tuned, ran and exported without a mouse")
        return 0
    finally:
        run.terminate()
        run.wait()


if __name__ == "__main__":
    sys.exit(inside(sys.argv[2], sys.argv[3]) if sys.argv[1] == "--inside" else outside(sys.argv[1]))
