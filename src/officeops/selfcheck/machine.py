"""What is to be seen of this machine: SQLite, the disk, the clock."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: The WAL-reset bug (sqlite.org/wal.html): in 3.7.0 to 3.51.2, mended in these and in later ones of the same line.
MENDED: Final = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
#: Room that is too little whatever the file's size.
LEAST_ROOM: Final = 50_000_000
LARGE_LOG: Final = 64_000_000


def sqlite_findings(office: Office) -> Iterator[Finding]:
    """Look at SQLite itself: version, the bug, how it was compiled, and what this connection asks of it."""
    version = sqlite3.sqlite_version
    if not has_reset_bug(sqlite3.sqlite_version_info):
        yield Finding(
            "sqlite", "sqlite-wal-bug", "ok", f"SQLite {version} is free of the WAL-reset bug."
        )
    elif gate_holds(office):
        yield Finding(
            "sqlite", "sqlite-wal-bug", "note", f"SQLite {version} has the WAL-reset bug; among officeops' own processes the gate keeps it from harm.",
            "Let no other program write or checkpoint the file: no Litestream, no sqlite3 shell with writes.",
        )  # fmt: skip
    else:
        yield Finding(
            "sqlite",
            "sqlite-wal-bug",
            "problem",
            f"SQLite {version} has the WAL-reset bug, and locks on the gate do not hold here.",
            "Move the office to a local disk.",
        )
    options = {row[0] for row in office.rows("PRAGMA compile_options")}
    missing = [name for name in ("ENABLE_FTS5", "THREADSAFE=1") if name not in options]
    if missing:
        yield Finding(
            "sqlite",
            "sqlite-options-missing",
            "warning",
            f"SQLite was compiled without {', '.join(missing)}.",
            "Use a Python with its distribution's SQLite.",
        )
    if "USE_URI=0" in options or "OMIT_WAL" in options:
        yield Finding(
            "sqlite",
            "sqlite-options-missing",
            "problem",
            "SQLite was compiled without what officeops needs.",
            "Use a Python with its distribution's SQLite.",
        )
    yield from _pragmas(office)


def has_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether an SQLite of this version can corrupt a file that one process checkpoints while another writes."""
    if not (3, 7, 0) <= version < MENDED[0]:
        return False
    return not any(version[:2] == mended[:2] and version >= mended for mended in MENDED)


def gate_holds(office: Office) -> bool:
    """Whether a second lock on the gate is refused while one is held, as it would be to another process."""
    import fcntl

    with office.store.gate.held(f"{office.actor}: selfcheck"):
        other = os.open(f"{office.path}.gate", os.O_RDWR)
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(other)
    return False


def _pragmas(office: Office) -> Iterator[Finding]:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    wrong = [
        f"{name} is {found}"
        for name, value in wanted.items()
        if (found := office.value(f"PRAGMA {name}")) != value
    ]
    if wrong:
        yield Finding(
            "sqlite",
            "sqlite-pragmas",
            "problem",
            f"The file is not opened as it should be: {', '.join(wrong)}.",
            "Make a backup and restore it to a new file.",
        )
    else:
        yield Finding(
            "sqlite",
            "sqlite-pragmas",
            "ok",
            "Every save is on the disk before it is acknowledged (WAL, synchronous=FULL).",
        )


def disk_findings(office: str) -> Iterator[Finding]:
    """Look at the room on the disk, and at the write-ahead log. Only sizes are asked: the files are never opened."""
    size, log = (
        os.path.getsize(path) if os.path.exists(path) else 0 for path in (office, f"{office}-wal")
    )
    disk = os.statvfs(os.path.dirname(os.path.abspath(office)))
    free = disk.f_bavail * disk.f_frsize
    need = max(2 * size, LEAST_ROOM)
    seen = f"{free / 1e6:,.0f} MB free, the office takes {size / 1e6:,.1f} MB"
    if free < need:
        yield Finding(
            "disk",
            "disk-room",
            "problem" if free < need / 4 else "warning",
            f"{seen}.",
            "Make room: an upgrade or a backup needs the office's size once more.",
        )
    else:
        yield Finding("disk", "disk-room", "ok", f"{seen}.")
    if log > LARGE_LOG:
        yield Finding(
            "disk", "disk-large-log", "warning", f"The write-ahead log has grown to {log / 1e6:,.0f} MB: some session has been reading for long.",
            "Close sessions that nobody uses; the next write then makes it small again.",
        )  # fmt: skip


def clock_findings(office: Office, now: datetime | None = None) -> Iterator[Finding]:
    """Compare this machine's clock with the last recorded action: history and due dates live by it."""
    now = now or datetime.now(UTC)
    last = office.value("SELECT max(at) FROM core_action")
    if not last:
        yield Finding(
            "clock",
            "clock-uncompared",
            "note",
            "Nothing is recorded yet that the clock could be compared with.",
        )
        return
    recorded = datetime.fromisoformat(last)
    if now < recorded - timedelta(minutes=1):
        yield Finding(
            "clock", "clock-behind", "problem", f"The clock says {now:%Y-%m-%d %H:%M} UTC, but the last action was at {recorded:%Y-%m-%d %H:%M}.",
            "Set the clock (`timedatectl`), or see who wrote with a clock that ran ahead: `officeops history --limit 20`.",
        )  # fmt: skip
    elif now > recorded + timedelta(days=366):
        days = (now - recorded).days
        yield Finding(
            "clock",
            "clock-ahead",
            "warning",
            f"The last action was {days:,} days ago by this machine's clock.",
            "If that cannot be, the clock is ahead: see `timedatectl`.",
        )
    else:
        yield Finding("clock", "clock-behind", "ok", "The clock agrees with the history.")
