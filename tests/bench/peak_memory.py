#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command and prints the most anonymous memory it held, and when (Linux).

    peak_memory.py [--cancel-after SECONDS] COMMAND...

With --cancel-after it is interrupted (SIGINT) then, and the time it takes to end is printed."""
import signal
import subprocess
import sys
import time


def anonymous_bytes(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return 1024 * int(line.split()[1])
    except OSError:
        pass
    return 0


def main():
    command, cancel_after = sys.argv[1:], None
    if command and command[0] == "--cancel-after":
        cancel_after, command = float(command[1]), command[2:]
    if not command:
        sys.exit(__doc__)
    begin, peak, peak_at, interrupted = time.monotonic(), 0, 0.0, None
    process = subprocess.Popen(command)
    while process.poll() is None:
        now = anonymous_bytes(process.pid)
        if now > peak:
            peak, peak_at = now, time.monotonic() - begin
        if cancel_after is not None and interrupted is None and time.monotonic() - begin > cancel_after:
            process.send_signal(signal.SIGINT)
            interrupted = time.monotonic()
        time.sleep(0.02)
    if interrupted:
        print(f"ended {time.monotonic() - interrupted:.2f} s after SIGINT")
    print(f"peak of anonymous memory {peak / 2**30:.2f} GiB after {peak_at:.1f} s of "
          f"{time.monotonic() - begin:.1f} s; exit {process.returncode}")


if __name__ == "__main__":
    main()
