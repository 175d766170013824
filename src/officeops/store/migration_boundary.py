"""Boundary: a plugin's migration changes the tables of that plugin and nothing else.

While it runs SQLite asks here about every table, index, trigger and view that a statement would
make, change or drop. What belongs to a plugin begins with its name, as its records' tables do. The
core's bookkeeping of migrations and history is kept by triggers and by the core, whose own steps
are not asked about.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_OK, _DENY = sqlite3.SQLITE_OK, sqlite3.SQLITE_DENY
#: Statements that make, change or drop something named by their first argument.
_FIRST: Final = frozenset(
    {
        sqlite3.SQLITE_CREATE_TABLE,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_VIEW,
        sqlite3.SQLITE_DROP_VTABLE,
        sqlite3.SQLITE_INSERT,
        sqlite3.SQLITE_UPDATE,
        sqlite3.SQLITE_DELETE,
    }
)
#: Those whose second argument names the table that they are of.
_SECOND: Final = frozenset(
    {
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_ALTER_TABLE,
    }
)
#: What no migration does: the file is officeops' own. Its transaction is kept by the connection.
_NEVER: Final = {
    sqlite3.SQLITE_ATTACH: "attach a file",
    sqlite3.SQLITE_DETACH: "detach a file",
    sqlite3.SQLITE_CREATE_TEMP_TABLE: "make a temporary table",
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER: "make a temporary trigger",
    sqlite3.SQLITE_CREATE_TEMP_VIEW: "make a temporary view",
    sqlite3.SQLITE_CREATE_TRIGGER: "make a trigger (declare it with the record, as triggers=)",
}
#: Pragmas that a step may set: all of them end with its transaction, or do nothing inside one.
_PRAGMAS: Final = frozenset(
    {"defer_foreign_keys", "foreign_keys", "legacy_alter_table", "recursive_triggers"}
)
#: Pragmas whose argument says what they tell of.
_OF_A_TABLE: Final = frozenset(
    (
        "foreign_key_check foreign_key_list index_info index_list index_xinfo table_info "
        "table_list table_xinfo"
    ).split()
)

#: Tables that sqlite-utils makes, and drops at once, to see what this SQLite can do.
_SCRATCH: Final = re.compile(r"t[0-9a-f]{32}")


class Trespass(Broken):
    """A plugin's migration tried to change tables of another plugin. Nothing of it was kept."""

    code = "outside-plugin"


class Boundary:
    """SQLite's authorizer while the migrations of one plugin run."""

    def __init__(self, plugin: str, others: Collection[str]) -> None:
        self._plugin = plugin
        self._own = _prefix(plugin)
        #: Plugins whose names begin with this one's: keys_log_entry is not of `keys` where there is
        #: a `keys-log`.
        self._longer = tuple(_prefix(other) for other in others if _prefix(other) != self._own)
        #: The first refused statement, in words.
        self.refused = ""

    def ask(
        self,
        what: int,
        one: str | None,
        two: str | None,
        _database: str | None,
        source: str | None,
    ) -> int:
        """Answer SQLite about an operation, its arguments, and the trigger or view behind it."""
        if what in _NEVER:
            return self._refuse(_NEVER[what])
        if what == sqlite3.SQLITE_PRAGMA:
            name = (one or "").lower()
            return (
                _OK
                if two is None or name in _PRAGMAS | _OF_A_TABLE
                else self._refuse(f"set PRAGMA {name}")
            )
        if what not in _FIRST | _SECOND:
            return _OK
        name = (two if what in _SECOND else one) or ""
        # The history of what the step writes is written by its triggers.
        may = (
            self.is_own(name)
            or (source is not None and name == "core_change")
            or bool(_SCRATCH.fullmatch(name))
        )
        return _OK if may else self._refuse(f"change {name}")

    def is_own(self, name: str) -> bool:
        """Whether a table, index, trigger or view is the plugin's, or SQLite's own."""
        if name.startswith(("sqlite_", "_sqlite_migrations")):
            return True
        longer = self._longer and name.startswith(
            tuple(prefix for prefix in self._longer if prefix.startswith(self._own))
        )
        return name.startswith(self._own) and not longer

    def refuse(self, what: str) -> None:
        """Refuse what code tried past SQLite. Raises Trespass."""
        self._refuse(what)
        raise self.trespass()

    def _refuse(self, what: str) -> int:
        self.refused = self.refused or what
        return _DENY

    def trespass(self) -> Trespass:
        """Return the error for the refused statement."""
        return Trespass(
            f"it tried to {self.refused}, which is not its own; a migration of {self._plugin} "
            f"changes only names that begin with {self._own}"
        )


@contextmanager
def inside(db: sqlite3.Connection, plugin: str, others: Collection[str]) -> Iterator[None]:
    """Keep what runs to one plugin's tables; the core's own steps go free.

    Raises Trespass naming the table that a step tried to change.
    """
    if plugin == "core":
        yield
        return
    boundary, before = Boundary(plugin, others), _names(db)
    db.set_authorizer(boundary.ask)
    # Nobody else takes the authorizer away while the step runs. A trial's connection is a plain
    # one, which has no such place.
    own = getattr(db, "__dict__", {})
    own["set_authorizer"] = lambda _: boundary.refuse("set an authorizer")
    try:
        yield
    except Exception as error:
        if boundary.refused:
            raise boundary.trespass() from error
        raise
    finally:
        del own["set_authorizer"]
        db.set_authorizer(None)
    # A new name given to a table is not asked about, and a refusal may have been caught.
    strange = sorted(table for table, _ in before ^ _names(db) if not boundary.is_own(table))
    if strange:
        boundary.refused = boundary.refused or f"change {strange[0]}"
    if boundary.refused:
        raise boundary.trespass()


def _prefix(plugin: str) -> str:
    return plugin.replace("-", "_") + "_"


def _names(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the names of all tables, views, indexes and triggers, each with its table's."""
    return {
        (str(table), str(name))
        for table, name in db.execute("SELECT tbl_name, name FROM sqlite_master")
    }
