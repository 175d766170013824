"""Upgrade: a file that is opened is brought up to what the core and its plugins declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Broken
from officeops.store.migration import out_of_date
from officeops.store.table_versions import Tables, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.plugins.manager import Plugins
    from officeops.store.migration import Migration
    from officeops.store.store import Store


class Upgrade:
    """Brings one open file up to what is declared. `create` says that an empty file may be made an office."""

    def __init__(self, store: Store, plugins: Plugins, actor: str, *, create: bool = False) -> None:
        self._store, self._plugins, self._actor, self._create = store, plugins, actor, create

    def run(self) -> bool:
        """Bring the file up to what is declared; return whether that cost a plugin: one whose migration fails is refused.

        The others go on. Raises Broken for a file that is no office's, or a newer officeops'.
        """
        self._store.tables = None
        self._store.forget_names()
        is_whole = self._migrated()
        while not is_whole and not self._migrated():
            pass
        self._store.tables = Tables(self._store.db, migrations(self._plugins))
        return not is_whole

    def _migrated(self) -> bool:
        """Migrate what is pending; return False where that cost a plugin, and it must be seen to again without it."""
        sets = migrations(self._plugins)
        if self._newer(sets):
            return False
        metas = [record.meta for record in self._plugins.kinds()]
        if not out_of_date(self._store.db, sets, metas):
            return True
        self._refuse_foreign()
        from officeops.store.migrations import MigrationFailed, migrate

        try:
            migrate(self._store, sets, metas, self._actor, self._versions())
        except MigrationFailed as failed:
            if failed.owner not in self._plugins.manifests:
                raise
            self._plugins.refuse(failed.owner, "migrations", str(failed))
            return False
        return not self._without_table()

    def _refuse_foreign(self) -> None:
        """Raise Broken for a file that is no office, lest it be made one: only a new file is, and only where that was meant."""
        there = {
            name
            for (name,) in self._store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if "core_action" in there or (self._create and not there):
            return
        what = "is not an office's file" if there else "is empty"
        raise Broken(
            f"{self._store.path} {what}. Bring a backup back with `officeops backup restore`, or start an office in a new file with "
            "`officeops init --name NAME`. Nothing was changed."
        )

    def _without_table(self) -> bool:
        """Refuse each plugin with a record that no migration makes a table for; return whether there was any."""
        there = {
            name
            for (name,) in self._store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        lacking = {
            name: r.meta.table
            for name, r in self._plugins.registered("records")
            if r.meta.table not in there
        }
        for name, table in lacking.items():
            why = f"no migration makes its table {table}; for its author, `officeops plugins migration {name}` writes one"
            self._plugins.refuse(name, "migrations", why)
        return bool(lacking)

    def _newer(self, sets: Mapping[str, Sequence[Migration]]) -> bool:
        """Refuse each plugin whose tables a newer version of it has changed; return whether there was any.

        Raises Broken where they are the core's: an old program must not write into tables it does not know.
        """
        known = [(name, step.name) for name, steps in sets.items() for step in steps]
        newer = unknown(self._store.db, known, {"core", *self._plugins.manifests})
        ours = self._versions() if newer else {}
        if "core" in newer:
            theirs = f"officeops {newer['core']}" if newer["core"] else "a newer officeops"
            raise Broken(
                f"{self._store.path} was upgraded by {theirs}, and this is "
                f"officeops {ours['core']}, which does not know its tables. Update officeops. To go back instead, "
                f"`officeops backup restore` brings back a backup from before the upgrade; {self._store.path}.before-1.db and the like are such copies."
            )
        for name, version in newer.items():
            theirs = f"version {version} of it" if version else "another version of it"
            mine = f" ({ours[name]})" if ours.get(name) else ""
            self._plugins.refuse(
                name,
                "migrations",
                f"its tables were changed by {theirs}, which this one{mine} does not know; update the plugin",
            )
        return bool(newer)

    def _versions(self) -> dict[str, str]:
        from officeops import __version__

        return {"core": __version__, **{each.name: each.version for each in self._plugins.found}}


def migrations(plugins: Plugins) -> dict[str, list[Migration]]:
    """List every set of migrations, the core's first, then the plugins' in their order."""
    from officeops.core.migrations import MIGRATIONS

    sets = {"core": list(MIGRATIONS)}
    for name, step in plugins.registered("migrations"):
        sets.setdefault(name, []).append(step)
    return sets
