"""Write a plugin's next migration into the module where its migrations live."""

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
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from officeops.plugins.manager import Plugins
    from officeops.store.missing_migrations import Gap


class Written(Value):
    """A migration as text: its name, the statement that appends it, and the columns it drops, as `table.column`."""

    name: str
    text: str
    lost: tuple[str, ...] = ()


def next_migration(plugins: Plugins, plugin: str) -> Written | None:
    """Return what takes a plugin's tables from what it migrated to what it declared; None where nothing is missing.

    Raises Refused where only a person can say what belongs in it.
    """
    sets = migration_sets(plugins)
    return written(gaps(metas_of(plugins, plugin), sets), sets.get(plugin, ()))


def unmigrated(plugins: Plugins, plugin: str) -> list[str]:
    """Return, as sentences, where a plugin's migrations do not make what it declares."""
    sets = migration_sets(plugins)
    while True:
        try:
            db = migrated_scratch(sets)
        except MigrationFailed as failed:
            if failed.owner == plugin:
                return [str(failed)]
            del sets[failed.owner]  # that plugin is told of it
        else:
            break
    with closing(db):
        return [
            f"{each}; `officeops plugins migration {plugin}` writes one"
            for each in differences(db, metas_of(plugins, plugin))
        ]


def written(found: Sequence[Gap], before: Sequence[Migration]) -> Written | None:
    """Return the migration that closes gaps, numbered after those before it."""
    if not found:
        return None
    last = max((int(step.name[:4]) for step in before if step.name[:4].isdecimal()), default=0)
    name = f"{last + 1:04}_{found[0].word if before else 'start'}"
    lost = tuple(f"{gap.table}.{column}" for gap in found for column in gap.lost)
    return Written(name, _statement(name, script(found)), lost)


def _statement(name: str, sql: str) -> str:
    quoted = sql.replace("\\", "\\\\").replace('"""', r"\"\"\"")
    return f'MIGRATIONS.append(\n    Migration(\n        "{name}",\n        """\n{quoted}\n""",\n    ),\n)\n'


def home_of(plugins: Plugins, plugin: str) -> Path:
    """Return the file in which a plugin's list of migrations stands.

    It is found by the very list that its hook `migrations()` returns. Raises Refused, saying what is expected.
    """
    if plugin == "core":
        return _file(migrations)
    lists = plugins.ask("migrations", plugin)
    roots = [module.__name__ for module in plugins.modules(plugin)]
    homes = [
        module
        for name, module in sorted(sys.modules.items())
        if any(name == root or name.startswith(f"{root}.") for root in roots)
        and _holds(module, lists)
    ]
    if not homes:
        raise Refused(
            "its migrations were not found. Its hook migrations() returns a list that stands in a module of its own as "
            "`MIGRATIONS: list[Migration] = []`; add the two and run this again.",
            f"The plugin {plugin}",
        )
    if getattr(homes[0], "Migration", None) is not Migration:
        raise Refused(
            "has MIGRATIONS but lacks `from officeops import Migration`; add it.",
            str(_file(homes[0])),
        )
    return _file(homes[0])


def _holds(module: ModuleType, lists: Iterable[Any]) -> bool:
    """Whether the module is where one of the lists was made, rather than one that imports it."""
    held = getattr(module, "MIGRATIONS", None)
    if held is None or not any(held is each for each in lists):
        return False
    tree = ast.parse(_file(module).read_text())
    targets = [t for node in tree.body for t in _targets(node)]
    return any(isinstance(t, ast.Name) and t.id == "MIGRATIONS" for t in targets)


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) else []


def _file(module: ModuleType) -> Path:
    return Path(module.__file__ or "")


def append(file: Path, text: str) -> None:
    """Append to a source file, whole or not at all."""
    source = file.read_text().rstrip("\n") + "\n\n" + text
    compile(source, str(file), "exec")
    spare = file.with_suffix(f".{os.getpid()}")
    spare.write_text(source)
    spare.chmod(file.stat().st_mode & 0o777)
    spare.replace(file)
