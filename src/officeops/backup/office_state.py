"""Office state: why the office at a path cannot be used as it is, and what its history still tells."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final, TypeVar

from officeops.backup.identity import beginning
from officeops.backup.restore_record import Replaced, replaced_state
from officeops.model.errors import OfficeError, Refused
from officeops.store.connection import connect
from officeops.store.office_files import logs_of
from officeops.store.ownership import kept_away, unusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.backup.manifest import Manifest

T = TypeVar("T")
#: The actions after one: how many, their numbers, and the time of the last.
_LATER: Final = "SELECT count(*), min(id), max(id), max(at) FROM core_action WHERE id > ?"


def fault_at(path: str) -> str:
    """Return why there is no sound office at a path, as a sentence; blank where there is one.

    Index entries are not looked at: `selfcheck --fix` repairs those in place. Raises Refused for a
    file that this login may not write, and for one of another program.
    """
    if not os.path.exists(path):
        left = ", ".join(logs_of(path))
        return f"{path} is not there, {left} is." if left else f"There is no office at {path}."
    # The log of a sound office may be root's: to set both aside would lose the work in it.
    if not os.access(path, os.R_OK | os.W_OK):
        raise Refused(kept_away(path, [path]), code="cannot-write")
    if strange := unusable(path):
        raise Refused(kept_away(path, strange), code="cannot-write")
    try:
        with closing(connect(path)) as db:
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master").fetchall()}
            answer = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except OfficeError as error:
        return str(error)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return f"{path} cannot be read: {error}."
    if tables and "core_action" not in tables:
        raise Refused(
            f"{path} is another program's file. Move it away, or name another place with --db.",
            code="wrong-kind",
        )
    if not tables:
        return f"{path} is empty."
    return "" if answer == "ok" else f"{path} is damaged: {answer.splitlines()[-1]}."


def no_backup(path: str, backups: str) -> str:
    """Return the sentence on an office that is lost or damaged, with no backup of it in its folder.

    It names each way that is left: a backup elsewhere, a copy beside the office, what the file has.
    """
    elsewhere = (
        f"There is no backup of {path} in {backups}. Is there one elsewhere, such as on another "
        "disk? Then name it: `officeops backup restore FILE`."
    )
    words = [elsewhere]
    folder, base = os.path.split(path)
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    copies = [name for name in names if name.startswith(f"{base}.before-") and name.endswith(".db")]
    if copies:
        newest = max((os.path.join(folder, name) for name in copies), key=os.path.getmtime)
        words.append(f"The copy from before the last upgrade is {newest}.")
    asides = [name for name in names if name.startswith(f"{base}.aside-") and name.endswith(".db")]
    damaged = [path] if os.path.exists(path) else [os.path.join(folder, name) for name in asides]
    if damaged:
        words.append(f"`officeops salvage {damaged[-1]}` reads what can be read of the file.")
    return " ".join(words)


def still_told(path: str) -> Replaced | None:
    """Return the end of the history of a damaged office, or None where it cannot be read."""
    return _asked(path, replaced_state)


def beginning_of(path: str) -> str:
    """Return the first link of the history of a damaged office; blank where it cannot be read."""
    return _asked(path, beginning) or ""


def lost_since(path: str, manifest: Manifest | None) -> str:
    """Return the sentence on what the office at a path has, and the backup has not.

    A damaged office tells what it still can.
    """
    if manifest is None:
        return "The backup has no manifest, so nobody can tell which entries came after it."
    last = manifest.anchor["action"]
    later = _asked(path, lambda db: db.execute(_LATER, (last,)).fetchone())
    if later is None:
        made = _minute(manifest.created_at)
        return (
            f"Not in the backup: all that was entered after action {last:,} and {made}; how much, "
            "can no longer be read."
        )
    count, first, last, at = later
    if not count:
        return "The backup has every action of the history."
    actions = f"action {first:,}" if count == 1 else f"{count:,} actions, {first:,} to {last:,}"
    return f"Not in the backup: {actions}, until {_minute(at)}."


def _minute(at: str) -> str:
    return f"{at[:16].replace('T', ' ')} UTC"


def _asked(path: str, question: Callable[[sqlite3.Connection], T]) -> T | None:
    """Ask a file something without changing it; None where it can no longer tell."""
    from urllib.parse import quote

    if not os.path.isfile(path):
        return None
    with suppress(sqlite3.Error, TypeError, ValueError):
        where = f"file:{quote(path)}?mode=ro"
        with closing(sqlite3.connect(where, uri=True, isolation_level=None)) as db:
            return question(db)
    return None
