"""Whatever a client sends, its session stays small: windows, pastes, keys, and sizes sent as keys."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.effort import PATIENCE, TIMES, sampled
from tests.ssh.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ssh.site import Site

#: Megabytes that a session may take; one of 80x24 takes about 75.
MOST = 120
#: How long a client goes on, in seconds.
LONG = 3 * TIMES
#: What a client sends again and again, and in which window.
SENT = {
    "the largest window": (b"", (65535, 65535)),
    "no window": (b"", (0, 0)),
    "a tall window": (b"", (65535, 1)),
    "a paste without an end": (b"\x1b[200~" + b"abcdefgh" * 500, (24, 80)),
    "keys without an end": (b"jk" * 2000, (24, 80)),
    "a filter without an end": (b"/" + b"x" * 2000, (24, 80)),
    "sizes as keys": (b"\x1b[48;65000;65000;9;9t" * 100, (24, 80)),
    "sequences without an end": (b"\x1b[" + b"9" * 4000, (24, 80)),
    "bytes that are no text": (b"\xff\xfe\x00\x80" * 900, (24, 80)),
}


def _peaks(site: Site) -> Iterator[int]:
    """Yield the largest size so far of each process of the account, in megabytes."""
    for pid in site.running():
        status = Path(f"/proc/{pid}/status")
        peak = re.search(r"VmHWM:\s+(\d+)", status.read_text() if status.exists() else "")
        if peak:
            yield int(peak[1]) // 1024


def test_a_session_stays_small(site: Site) -> None:
    for case in sampled(SENT, 6):
        assert _peak(site, *SENT[case]) < MOST, case
        assert _all_ended(site), case


def _all_ended(site: Site) -> bool:
    """Whether no session goes on once its client is gone."""
    until = time.monotonic() + PATIENCE
    while site.running() and time.monotonic() < until:
        time.sleep(0.1)
    return not site.running()


def _peak(site: Site, data: bytes, window: tuple[int, int]) -> int:
    """Return the size that a session comes to while a client sends the same again and again."""
    with Screen(site, "dee", window=window) as screen:
        screen.until(lambda: max(_peaks(site), default=0) > 50)
        screen.read(1)
        os.set_blocking(screen.fd, False)
        ends, peak = time.monotonic() + LONG, 0
        while time.monotonic() < ends and not screen.is_over():
            screen.read(0.02)
            peak = max([peak, *_peaks(site)])
            try:
                os.write(screen.fd, data or b"\x00")
            except BlockingIOError:
                continue  # the session takes no more for now
            except OSError:
                break  # it ended
        return peak
