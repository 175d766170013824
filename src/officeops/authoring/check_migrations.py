"""The problems of a plugin's migrations."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from officeops.authoring.checks import Finding
from officeops.authoring.trial import migration_sets
from officeops.core.registered import registered
from officeops.office.office import Office
from officeops.plugins.manager import Plugins
from officeops.store.dropped_field import plain_drop
from officeops.store.migration import pending
from officeops.store.migrations import apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.store.migration import Migration

#: The name of a step: the part that it is of, if the plugin has parts, and its number.
_NUMBERED: Final = re.compile(r"(\D*)(\d{4})")


def migration_problems(office: Office, name: str) -> Iterator[Finding]:
    """Yield the problems of a plugin's migrations: their order, what they drop, and their end."""
    sets = office.migrations()
    names = [step.name for step in sets.get(name, ())]
    if not _in_order(names):
        why = f"its migrations are not in the order of their names: {', '.join(names)}"
        yield Finding("migration-order", why)
    yield from _plain_drops(sets, name)
    yield from _not_done(office)


def _in_order(names: Sequence[str]) -> bool:
    """Whether the numbers of names ascend: 0001_start; of each part, where names begin with one."""
    latest: dict[str, str] = {}
    for name in names:
        # A plugin of many parts, each with tables of its own, lists them one after the other.
        numbered = _NUMBERED.match(name)
        part, number = numbered.groups() if numbered else ("", name)
        if number < latest.get(part, ""):
            return False
        latest[part] = number
    return True


def _plain_drops(sets: Mapping[str, Sequence[Migration]], name: str) -> Iterator[Finding]:
    """Yield the steps that drop a column without `drop_field`.

    A new office has no triggers yet while its steps run. An office with records has them, and the
    step fails there. So the statements of each step are looked at, those of functions included.
    """
    executed: list[str] = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for other, steps in sets.items():
            if other == name:
                break
            apply(db, other, steps)
        db.set_trace_callback(executed.append)
        for number, step in enumerate(sets.get(name, ()), 1):
            executed.clear()
            apply(db, name, sets[name][:number])
            if not (isinstance(step.up, str) or callable(step.up)):
                continue
            for cure in filter(None, (plain_drop(name, statement) for statement in executed)):
                yield Finding("migration-drop", f"the migration {step.name}: {cure}")


def _not_done(office: Office) -> Iterator[Finding]:
    """Yield the steps that would run again each time the office is opened."""
    before = office.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    path, machine = office.path, office.machine
    # Loaded again, as by the next command: a plugin must declare the same each time.
    plugins = Plugins(office.plugins.found, machine, core=registered)
    left = [step for _, step in pending(office.store.db, migration_sets(plugins))]
    if left:
        why = f"its migrations are not done once they have run: {', '.join(left)}"
        yield Finding("migration-done", why)
        return
    with closing(Office(path, plugins, machine, actor="check")) as again:
        if again.rows("SELECT name, sql FROM sqlite_master ORDER BY name") != before:
            yield Finding("migration-done", "opening the office a second time changes its tables")
