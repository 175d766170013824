"""A migration as it is declared, and which of them, and which triggers, a file has had.

Light: each open asks this much.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING

from officeops.model.identity import FOLDING
from officeops.model.immutable import Value
from officeops.model.meta import STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta

    #: The migrations of the core and of each plugin, by its name.
    MigrationSets = Mapping[str, Sequence["Migration"]]
    #: A migration by the names of its set and of itself.
    Step = tuple[str, str]


#: Goes up when the core's triggers themselves change, or the record of them, so that every file
#: gets the new ones. 6: until then a table was noted by its declared columns, even
#: where no migration had made them.
TRIGGERS = "12"


class Rename(Value):
    """A new name for a record, for one field of it, or for one choice of a field.

    `rename_record`, `rename_field` and `rename_choice` make it. `record` is the record's key,
    `field` the column's name and `choice` the stored code, all as they are before the step. A
    blank `field` renames the record itself, and a blank `choice` the field. `now` is the new key,
    column or code.
    """

    record: str
    now: str
    field: str = ""
    choice: str = ""


def rename_record(old: str, new: str) -> Rename:
    """Return the migration that gives a record another key.

    `rename_record("keys.key", "keys.badge")` is one.

    Its table, history, permissions, holds, snoozes and saved views follow, and its old command
    works on. Raises ValueError unless both are keys of one plugin.
    """
    plugin, dot, _ = old.partition(".")
    is_of_plugin = dot and new.startswith(f"{plugin}.")
    if not is_of_plugin or old == new:
        raise ValueError(f"{old!r} and {new!r} are not two keys of one plugin, such as keys.badge")
    return Rename(old, new)


def rename_field(record: str, old: str, new: str) -> Rename:
    """Return the migration that renames a field: `rename_field("keys.badge", "holder", "owner")`.

    The names are those of the columns, so a reference ends in `_id`. Its values, history,
    permissions and saved views follow. Raises ValueError for a name that is no column's.
    """
    if "." not in record or not (old.isidentifier() and new.isidentifier()) or old == new:
        raise ValueError(f"{record!r}, {old!r} and {new!r} are not a record's key and two columns")
    return Rename(record, new, old)


def rename_choice(record: str, field: str, old: str, new: str) -> Rename:
    """Return the migration that renames a choice.

    `rename_choice("keys.key", "kind", "mag", "card")` is one.

    `field` is the column, and `old` and `new` are the codes that it stores. Records that have the
    old code get the new one, the history is read by it, and the old code works on in filters, saved
    views, imported files and commands. Raises ValueError for two codes that are the same, or blank.
    """
    if "." not in record or not field.isidentifier():
        raise ValueError(f"{record!r} and {field!r} are not a record's key and a column")
    if not (old and new) or old == new:
        raise ValueError(f"{old!r} and {new!r} are not two codes of a choice")
    return Rename(record, new, field, old)


class FieldDrop(Value):
    """A field that a migration takes out of its table: what `drop_field` returns.

    `record` is the record's key and `field` the column's name, both as they are before the step.
    """

    record: str
    field: str

    @property
    def plugin(self) -> str:
        """The plugin whose record it is."""
        return self.record.partition(".")[0]


def drop_field(record: str, field: str) -> FieldDrop:
    """Return the migration that drops a field: `drop_field("keys.badge", "note")`.

    The name is that of the column, so a reference ends in `_id`. Its values go, and its indexes;
    the history keeps its entries. Raises ValueError for a name that is no column's.
    """
    if "." not in record or not field.isidentifier() or field in STANDARD:
        raise ValueError(f"{record!r} and {field!r} are not a record's key and a column of its own")
    return FieldDrop(record, field)


class Migration(Value):
    """One step of a plugin's tables, by a name that never changes.

    `up` is SQL, `rename_record(...)`, `rename_field(...)`, `rename_choice(...)`, `drop_field(...)`,
    or a function of a sqlite-utils Database for what SQL cannot say (transform()). It never reads
    today's record classes: they will have moved on when it runs elsewhere.
    """

    name: str
    up: str | Callable[[Database], None] | Rename | FieldDrop


def pending(db: sqlite3.Connection, sets: MigrationSets) -> list[Step]:
    """Return (set, name) of each migration not yet applied. Reads one small table."""
    done = applied(db)
    return [
        (name, step.name)
        for name, steps in sets.items()
        for step in steps
        if (name, step.name) not in done
    ]


# A declaration never changes, and a process that opens many offices asks of each kind each time.
@lru_cache(maxsize=512)
def signature(meta: Meta) -> str:
    """Return a digest of what a record's triggers and search index follow from.

    With another one they are installed again.
    """
    from officeops.store import sql_triggers
    from officeops.store.field_triggers import conditions
    from officeops.store.hashing import blake2b

    parts = [
        TRIGGERS,
        meta.plural,
        *meta.columns,
        str(meta.append_only),
        str(meta.destroyable),
        *meta.searched,
        *meta.triggers,
        FOLDING,
        *map(_marked, meta.identities),
        *(f"{name} {rule}" for name, rule in conditions(meta, "")),
        *(sql for _, sql in sql_triggers.triggers(meta)),
    ]
    return blake2b("|".join(parts).encode(), digest_size=12).hexdigest()


def _marked(identity: Identity) -> str:
    """Name an identity, with a mark for each thing that its triggers follow from."""
    return f"{identity.name}{'!' if identity.unique else ''}{'#' if identity.is_code else ''}"


def installed(db: sqlite3.Connection) -> dict[str, str]:
    """Return the signature with which each table's triggers were installed."""
    try:
        return dict(db.execute("SELECT record, signature FROM core_installed").fetchall())
    except sqlite3.OperationalError:
        return {}


def applied(db: sqlite3.Connection) -> set[Step]:
    """Return (set, name) of every migration this file has had."""
    try:
        return set(db.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall())
    except sqlite3.OperationalError:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
            raise
        return set()


def out_of_date(db: sqlite3.Connection, sets: MigrationSets, metas: Iterable[Meta]) -> bool:
    """Whether a migration is pending, or triggers or search fields are not those installed."""
    signatures = installed(db)
    return bool(pending(db, sets)) or any(
        signatures.get(meta.table) != signature(meta) for meta in metas
    )


def statements(script: str) -> list[str]:
    """Split a script into statements without the implicit COMMIT of `executescript()`."""
    scripts, part = [], ""
    for piece in script.split(";"):
        part += piece + ";"
        if sqlite3.complete_statement(part):
            if part.strip(" \n\t;"):
                scripts.append(part.strip())
            part = ""
    return scripts
