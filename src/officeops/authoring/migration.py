"""Write a plugin's next migration into the module with its migrations."""

from __future__ import annotations

import ast
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from officeops.authoring.trial import metas_of, migration_sets
from officeops.core import migrations
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.store.migration import Migration
from officeops.store.migrations import MigrationFailed
from officeops.store.missing_migrations import gaps, migrated_scratch, script
from officeops.store.schema import differences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import ModuleType

    from officeops.plugins.manager import Plugins
    from officeops.store.missing_migrations import Gap


class Written(Value):
    """A migration as text: its name, its statement, and the columns it drops (`table.column`)."""

    name: str
    text: str
    lost: tuple[str, ...] = ()


def next_migration(plugins: Plugins, plugin: str) -> Written | None:
    """Return the migration from a plugin's migrated tables to its declared ones; None for none.

    Raises Refused where only a person can write it.
    """
    sets = migration_sets(plugins)
    return written(gaps(metas_of(plugins, plugin), sets), sets.get(plugin, ()))


def unmigrated(plugins: Plugins, plugin: str) -> list[str]:
    """Return, as sentences, the differences between a plugin's migrated and declared tables.

    Raises MigrationFailed for a step of its own.
    """
    sets = migration_sets(plugins)
    while True:
        try:
            db = migrated_scratch(sets)
        except MigrationFailed as failed:
            if failed.owner == plugin:
                raise
            # The check of that plugin reports it; this one is checked without it.
            del sets[failed.owner]
        else:
            break
    cure = f"`officeops plugins migration {plugin}` writes one"
    with closing(db):
        missing = differences(db, metas_of(plugins, plugin))
        return [f"{difference}; {cure}" for difference in missing]


def written(missing: Sequence[Gap], before: Sequence[Migration]) -> Written | None:
    """Return the migration that closes gaps, numbered after those before it."""
    if not missing:
        return None
    starts = [step.name[:4] for step in before]
    numbers = [int(start) for start in starts if start.isdecimal()]
    # Named after the first gap; the first migration of a plugin is its start.
    word = missing[0].word if before else "start"
    name = f"{max(numbers, default=0) + 1:04}_{word}"
    lost: list[str] = []
    for gap in missing:
        lost += [f"{gap.table}.{column}" for column in gap.lost]
    return Written(name, _statement(name, script(missing)), tuple(lost))


def _statement(name: str, sql: str) -> str:
    # The statement is written into a string with three quotes.
    quoted = sql.replace("\\", "\\\\").replace('"""', r"\"\"\"")
    return f'MIGRATIONS.append(\n    Migration(\n        "{name}",\n        """\n{quoted}\n""",\n    ),\n)\n'


def home_of(plugins: Plugins, plugin: str) -> Path:
    """Return the file with a plugin's list of migrations.

    It is the module that assigns the very list that the hook `migrations()` returns. Raises
    Refused, with the expected code, where there is none.
    """
    if plugin == "core":
        return _file(migrations)
    lists = plugins.ask("migrations", plugin)
    home = _module_with(lists, _modules_of(plugins, plugin))
    if home is None:
        raise Refused(
            "its migrations were not found. Its hook migrations() returns a list that a module "
            "of the plugin, or its one file, has as `MIGRATIONS: list[Migration] = []`; add the "
            "two and run this again.",
            f"The plugin {plugin}",
            code="not-found",
        )
    if getattr(home, "Migration", None) is not Migration:
        raise Refused(
            "has MIGRATIONS but lacks `from officeops import Migration`; add it.",
            str(_file(home)),
            code="malformed",
        )
    return _file(home)


def _modules_of(plugins: Plugins, plugin: str) -> Iterator[ModuleType]:
    """Yield the imported modules of a plugin, by their names."""
    roots = [module.__name__ for module in plugins.modules(plugin)]
    inside = tuple(f"{root}." for root in roots)
    for name, module in sorted(sys.modules.items()):
        if name in roots or name.startswith(inside):
            yield module


def _module_with(lists: Collection[Any], modules: Iterable[ModuleType]) -> ModuleType | None:
    for module in modules:
        own = getattr(module, "MIGRATIONS", None)
        is_returned = any(own is returned for returned in lists)
        if own is not None and is_returned and _assigns(module):
            return module
    return None


def _assigns(module: ModuleType) -> bool:
    """Return whether a module assigns MIGRATIONS itself, rather than importing it."""
    tree = ast.parse(_file(module).read_text())
    for node in tree.body:
        for target in _targets(node):
            if isinstance(target, ast.Name) and target.id == "MIGRATIONS":
                return True
    return False


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) else []


def _file(module: ModuleType) -> Path:
    return Path(module.__file__ or "")


def append(file: Path, text: str) -> None:
    """Append to a source file, whole or not at all.

    Raises SyntaxError for a result that is no Python.
    """
    source = file.read_text().rstrip("\n") + "\n\n" + text
    # Before the file is touched: a file that does not parse takes the whole plugin down.
    compile(source, str(file), "exec")
    spare = file.with_suffix(f".{os.getpid()}")
    spare.write_text(source)
    spare.chmod(file.stat().st_mode & 0o777)
    spare.replace(file)
