"""Memory for the soak: a session on the demo practice stays small, whatever its client sends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tests.reliability.soak_recovery import Row
from tests.ssh.site import Site, missing
from tests.ssh.test_memory import MOST, SENT, _peak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
#: What is sent beside that, where there are lists and records to look at.
ON_DEMO: Final = SENT | {
    "a long list, up and down": (b":item\r" + b"Gg" * 900, (24, 80)),
    "records, one after the other": (b":item\r" + b"\r\x1bj" * 500, (50, 200)),
    "lists, one after the other": (b":item\r:vendor\r:equipment\r:person\r:today\r" * 20, (24, 80)),
    "forms that nobody saves": (b":item\rn" + b"x" * 500 + b"\x1by", (24, 80)),
}


def small(seconds: float, number: int) -> Iterator[Row]:
    """Send each kind of flood to a session of somebody who may see everything, while there is time."""
    if why := missing():
        yield Row("memory of a session on the demo", why, f"< {MOST} MB", kept=False)
        return
    site = Site()
    try:
        site.set_up()
        _put_demo(site)
        site.let_in("dee", "owner")
        peaks, cases = dict[str, int](), [*ON_DEMO]
        start, ends = number % len(cases), time.monotonic() + seconds
        for case in [*cases[start:], *cases[:start]]:
            if time.monotonic() < ends or not peaks:
                peaks[case] = _peak(site, *ON_DEMO[case])
        worst = max(peaks, key=peaks.__getitem__)
        found = f"{min(peaks.values())} to {peaks[worst]} MB ({worst}), {len(peaks)} of {len(ON_DEMO)} cases"
        yield Row("memory of a session on the demo", found, f"< {MOST} MB", peaks[worst] < MOST)
    finally:
        site.close()


def _put_demo(site: Site) -> None:
    """Put the demo practice in the place of the office."""
    site.officeops("demo", "--keep", str(site.home / "demo.db"))
    for part in site.home.glob("office.db*"):
        if part.is_file():
            part.unlink()
    for part in site.home.glob("demo.db*"):
        if not part.name.endswith(("-wal", "-shm")):
            part.rename(part.with_name(part.name.replace("demo.db", "office.db")))


#: Each part by its name, for the command of the soak.
MEMORY: Final[dict[str, Callable[[float, int], Iterator[Row]]]] = {"memory": small}
