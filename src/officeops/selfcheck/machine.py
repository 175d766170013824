"""Checks of this machine: SQLite, the disk, the clock."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops.selfcheck.finding import Finding
from officeops.store.filesystem import READ_ONLY_CURE, read_only_disk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: The WAL-reset bug (sqlite.org/wal.html) is in 3.7.0 to 3.51.2. It is fixed in these releases and
#: in later ones with the same two first numbers.
FIXED: Final = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
#: Bytes that must be free, however small the file is.
LEAST_ROOM: Final = 50_000_000
#: Bytes of a write-ahead log that no longer shrinks by itself.
LARGE_LOG: Final = 64_000_000
#: How far the last action may be ahead of the clock: two machines never agree to the second.
_AHEAD: Final = timedelta(minutes=1)
#: The last action that is more than a day before the one before it.
_BACK: Final = (
    "SELECT id, before, at FROM "
    "(SELECT id, at, lag(at) OVER (ORDER BY id) AS before FROM core_action) "
    "WHERE julianday(before) - julianday(at) > 1 ORDER BY id DESC LIMIT 1"
)
#: An office without an action for so long is rarer than a wrong clock.
_YEAR: Final = timedelta(days=366)


def sqlite_findings(office: Office) -> Iterator[Finding]:
    """Check SQLite itself: its version, the WAL-reset bug, its build, and this connection."""
    yield _wal_bug(office)
    yield from _options(office)
    yield from _pragmas(office)


def _wal_bug(office: Office) -> Finding:
    version = sqlite3.sqlite_version
    if not has_reset_bug(sqlite3.sqlite_version_info):
        what = f"SQLite {version} is free of the WAL-reset bug."
        return Finding("sqlite", "sqlite-wal-bug", "ok", what)
    if gate_holds(office):
        what = (
            f"SQLite {version} has the WAL-reset bug; among officeops' own processes the gate "
            "keeps it from harm."
        )
        cure = (
            "Let no other program write or checkpoint the file: no Litestream, no sqlite3 shell "
            "with writes."
        )
        return Finding("sqlite", "sqlite-wal-bug", "note", what, cure)
    what = f"SQLite {version} has the WAL-reset bug, and locks on the gate do not hold here."
    return Finding(
        "sqlite",
        "sqlite-wal-bug",
        "problem",
        what,
        "Move the office to a local disk.",
    )


def _options(office: Office) -> Iterator[Finding]:
    """Check the options with which SQLite was compiled."""
    cure = "Use a Python with its distribution's SQLite."
    options = {row[0] for row in office.rows("PRAGMA compile_options")}
    missing = [name for name in ("ENABLE_FTS5", "THREADSAFE=1") if name not in options]
    if missing:
        what = f"SQLite was compiled without {', '.join(missing)}."
        yield Finding("sqlite", "sqlite-options-missing", "warning", what, cure)
    if "USE_URI=0" in options or "OMIT_WAL" in options:
        what = "SQLite was compiled without options that officeops needs."
        yield Finding("sqlite", "sqlite-options-missing", "problem", what, cure)


def has_reset_bug(version: tuple[int, ...]) -> bool:
    """Return whether this version can corrupt a file that is checkpointed and written at once."""
    if not (3, 7, 0) <= version < FIXED[0]:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in FIXED)


def gate_holds(office: Office) -> bool:
    """Return whether a second lock on the gate is refused, as it must be to another process.

    On some network file systems every lock is granted.
    """
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
    """Check the settings of this connection; 2 is synchronous=FULL."""
    # A full or read-only disk is read without a log, and nothing is saved there.
    if office.store.db.is_look:
        return
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    wrong = []
    for name, right in wanted.items():
        value = office.value(f"PRAGMA {name}")
        if value != right:
            wrong.append(f"{name} is {value}")
    if wrong:
        what = f"The file is not opened as it should be: {', '.join(wrong)}."
        cure = "Close all sessions; then `officeops selfcheck --fix` gives it its log again."
        yield Finding("sqlite", "sqlite-pragmas", "problem", what, cure, "log")
    else:
        what = "Every save is on the disk before it is acknowledged (WAL, synchronous=FULL)."
        yield Finding("sqlite", "sqlite-pragmas", "ok", what)


def disk_findings(office: str) -> Iterator[Finding]:
    """Check the room on the disk, and the size of the write-ahead log.

    The files are never opened: closing one would drop the locks that this process has on it.
    """
    if read_only_disk(office):
        what = "The office's disk is mounted read-only, so nothing is saved."
        yield Finding("disk", "disk-read-only", "problem", what, READ_ONLY_CURE)
    size, log = _size(office), _size(f"{office}-wal")
    # The room that an ordinary account may use, without root's reserve.
    disk = os.statvfs(os.path.dirname(os.path.abspath(office)))
    free = disk.f_bavail * disk.f_frsize
    # An upgrade copies the file first, and a backup again.
    need = max(2 * size, LEAST_ROOM)
    what = f"{free / 1e6:,.0f} MB free, the office takes {size / 1e6:,.1f} MB."
    if free < need:
        severity = "problem" if free < need / 4 else "warning"
        cure = "Make room: an upgrade or a backup needs the office's size once more."
        yield Finding("disk", "disk-room", severity, what, cure)
    else:
        yield Finding("disk", "disk-room", "ok", what)
    if log > LARGE_LOG:
        grown = f"The write-ahead log has grown to {log / 1e6:,.0f} MB"
        what = f"{grown}: some session has been reading for long."
        cure = "Close sessions that nobody uses; the next write then makes it small again."
        yield Finding("disk", "disk-large-log", "warning", what, cure)


def _size(path: str) -> int:
    return os.path.getsize(path) if os.path.exists(path) else 0


def jump_findings(office: Office) -> Iterator[Finding]:
    """Name the last place at which the clock went back by more than a day."""
    for number, before, at in office.rows(_BACK):
        what = (
            f"At action {number:,} the clock went back from {before[:16].replace('T', ' ')} to "
            f"{at[:16].replace('T', ' ')} UTC: it was ahead before, or behind after."
        )
        cure = "Dates of that time may be wrong; the order of the history goes by its numbers."
        yield Finding("clock", "clock-jumped", "note", what, cure)


def clock_findings(office: Office, now: datetime | None = None) -> Iterator[Finding]:
    """Compare this machine's clock with the last action: the history and due dates depend on it."""
    now = now or datetime.now(UTC)
    last = office.value("SELECT max(at) FROM core_action")
    if not last:
        what = "Nothing is recorded yet that the clock could be compared with."
        yield Finding("clock", "clock-uncompared", "note", what)
        return
    recorded = datetime.fromisoformat(last)
    if now < recorded - _AHEAD:
        clock, action = f"{now:%Y-%m-%d %H:%M}", f"{recorded:%Y-%m-%d %H:%M}"
        what = f"The clock says {clock} UTC, but the last action was at {action}."
        cure = (
            "Set the clock (`timedatectl`), or see who wrote with a clock that ran ahead: "
            "`officeops history --limit 20`."
        )
        yield Finding("clock", "clock-behind", "problem", what, cure)
    elif now > recorded + _YEAR:
        days = (now - recorded).days
        what = f"The last action was {days:,} days ago by this machine's clock."
        cure = "If that cannot be, the clock is ahead: see `timedatectl`."
        yield Finding("clock", "clock-ahead", "warning", what, cure)
    else:
        yield Finding(
            "clock",
            "clock-behind",
            "ok",
            "The clock agrees with the history.",
        )
