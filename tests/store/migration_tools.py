"""Shared by the tests of written migrations: records by fields, and an office that follows them."""

from __future__ import annotations

import itertools
from types import new_class
from typing import TYPE_CHECKING, Any

from officeops.core.migrations import MIGRATIONS as CORE
from officeops.core.records import RECORDS
from officeops.model.fields import MISSING, field
from officeops.model.records import Record
from officeops.office.office import open_office
from officeops.store.migration import Migration
from officeops.store.migrations import migrate
from officeops.store.missing_migrations import missing_sql
from officeops.store.schema import differences

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.model.meta import Meta
    from officeops.store.connection import Connection


CORE_METAS = [record.meta for record in RECORDS]


def kind(noun: str, words: dict[str, Any] | None = None, **fields: tuple[str, Any]) -> Meta:
    """Declare a record of the plugin `keys`: each field is its annotation and what it is declared with."""

    def fill(names: dict[str, Any]) -> None:
        names["__annotations__"] = {name: annotation for name, (annotation, _) in fields.items()}
        names.update(
            {name: declared for name, (_, declared) in fields.items() if declared is not MISSING}
        )

    made: type[Record] = new_class(
        noun.capitalize(), (Record,), {"key": f"keys.{noun}", **(words or {})}, fill
    )
    return made.meta


class Live:
    """An office's file that migrations reach one after another, with rows in it."""

    def __init__(self, folder: Path) -> None:
        self.office = open_office(folder / "office.db", create=True, only=[])
        self.store = self.office.store
        self.steps: list[Migration] = []
        self.numbers = itertools.count(1)

    @property
    def db(self) -> Connection:
        return self.store.db

    def declare(self, *metas: Meta) -> str:
        """Write the migration for what is declared now, and run it as an office does when it opens."""
        sql = missing_sql(metas, {"core": CORE, "keys": self.steps})
        if sql:
            self.steps.append(Migration(f"{len(self.steps) + 1:04}", sql))
        migrate(self.store, {"core": CORE, "keys": self.steps}, [*CORE_METAS, *metas], "tester")
        assert differences(self.db, metas) == []
        return sql

    def run(self, sql: str, *values: object) -> int:
        """Write, with an action open."""
        with self.office.acting("test"):
            self.store.destroying = True
            return int(self.db.execute(sql, values).lastrowid or 0)

    def run_unlooked(self, sql: str, *values: object) -> int:
        """Write as the office itself does, with an action open."""
        with self.office.acting("test"):
            self.store.destroying = True
            self.db.arming.before(sql)
            return int(self.db.unlooked(sql, values).lastrowid or 0)

    def rows(self, sql: str) -> list[Any]:
        return self.store.rows(sql)


TEXT = ("str", MISSING)


def blank(*, unique: bool = False) -> tuple[str, Any]:
    return "str | None", field(default=None, unique=unique)
