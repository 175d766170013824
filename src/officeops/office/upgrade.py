"""Upgrade: a file that is opened gets the tables that the core and its plugins declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Broken
from officeops.plugins.resting import at_rest
from officeops.store.migration import applied, installed, out_of_date
from officeops.store.table_versions import Tables, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.plugins.kept_declarations import KeptDeclarations
    from officeops.plugins.manager import Plugins
    from officeops.store.migration import Migration
    from officeops.store.store import Store


class Upgrade:
    """Upgrades one open file. `create` says that an empty file may become an office."""

    def __init__(
        self,
        store: Store,
        plugins: Plugins,
        actor: str,
        *,
        create: bool = False,
    ) -> None:
        self._store = store
        self._plugins = plugins
        self._actor = actor
        self._create = create

    def run(self) -> bool:
        """Upgrade the file; return whether a plugin was refused, because its migration failed.

        The others go on. Raises Broken for a file that is no office's, or a newer officeops'.
        """
        self._store.tables = None
        self._store.forget_names()
        kept = at_rest(self._plugins)
        if kept is not None and self._is_up_to_date(kept):
            self._store.tables = Tables(self._store.db, {"core", *(name for name, _ in kept.steps)})
            return False
        is_whole = True
        # Without a refused plugin the migrations are others, so they are looked at again.
        while not self._migrate():
            is_whole = False
        self._store.tables = Tables(self._store.db, migrations(self._plugins))
        return not is_whole

    def _is_up_to_date(self, kept: KeptDeclarations) -> bool:
        """Whether a file has all that resting plugins declare, and nothing newer of theirs."""
        db = self._store.db
        steps = set(kept.steps)
        if not steps <= applied(db) or unknown(db, steps, {name for name, _ in steps}):
            return False
        noted = installed(db)
        return all(noted.get(table) == text for table, text in kept.signatures.items())

    def _migrate(self) -> bool:
        """Apply pending migrations; return False where a plugin was refused on the way."""
        sets = migrations(self._plugins)
        if self._refuse_newer(sets):
            return False
        metas = [record.meta for record in self._plugins.kinds()]
        if not out_of_date(self._store.db, sets, metas):
            return True
        self._check_file()
        from officeops.store.migrations import MigrationFailed, migrate

        try:
            migrate(self._store, sets, metas, self._actor, self._versions())
        except MigrationFailed as failed:
            # An office can be read without a plugin, but not without the tables of the core.
            if failed.owner not in self._plugins.manifests:
                raise
            self._plugins.refuse(failed.owner, "migrations", str(failed), check="migration-runs")
            return False
        return not self._refuse_unmade()

    def _check_file(self) -> None:
        """Raise Broken for another program's file: only a new one becomes an office, on request."""
        tables = self._tables()
        if "core_action" in tables or (self._create and not tables):
            return
        state = "is not an office's file" if tables else "is empty"
        raise Broken(
            f"{self._store.path} {state}. Bring the latest backup back with `officeops backup "
            "restore`, or start an office in a new file with `officeops init --name NAME`. Nothing "
            "was changed."
        )

    def _tables(self) -> set[str]:
        rows = self._store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in rows}

    def _refuse_unmade(self) -> bool:
        """Refuse each plugin with a table that no migration makes whole; return whether any."""
        from officeops.store.migrations import unmade

        # Collected first, since a refusal changes the list that the loop goes through.
        lacking: dict[str, str] = {}
        for plugin, record in self._plugins.registered("records"):
            if what := unmade(self._store.db, record.meta):
                lacking.setdefault(plugin, what)
        for plugin, what in lacking.items():
            cure = f"for its author, `officeops plugins migration {plugin}` writes one"
            self._plugins.refuse(plugin, "migrations", f"{what}; {cure}", check="migrated")
        return bool(lacking)

    def _refuse_newer(self, sets: Mapping[str, Sequence[Migration]]) -> bool:
        """Refuse each plugin whose tables a newer version of it has changed; return whether any.

        Raises Broken where they are the core's: an old program must not write into tables it does
        not know.
        """
        steps = []
        for owner, migrations in sets.items():
            steps += [(owner, step.name) for step in migrations]
        newer = unknown(self._store.db, steps, {"core", *self._plugins.manifests})
        if not newer:
            return False
        ours = self._versions()
        # Without its plugins an office can be read; with unknown tables of the core it cannot.
        if "core" in newer:
            raise Broken(self._newer_core(newer["core"], ours["core"]))
        for plugin, version in newer.items():
            theirs = f"version {version} of it" if version else "another version of it"
            own = ours.get(plugin)
            mine = f"this one ({own})" if own else "this one"
            why = f"its tables were changed by {theirs}, which {mine} does not know"
            self._plugins.refuse(plugin, "migrations", f"{why}; update the plugin")
        return True

    def _newer_core(self, version: str, own: str) -> str:
        theirs = f"officeops {version}" if version else "a newer officeops"
        from officeops.store.safety import copies

        path = self._store.path
        before = [name for _, name in copies(path)]
        such = f", such as {before[-1]}" if before else ""
        return (
            f"{path} was upgraded by {theirs}, and this is officeops {own}, which does not know "
            "its tables. Update officeops. To go back instead, `officeops backup restore FILE "
            f"--to NEW` brings back a copy from before the upgrade{such}."
        )

    def _versions(self) -> dict[str, str]:
        from officeops import __version__

        versions = {plugin.name: plugin.version for plugin in self._plugins.found}
        return {"core": __version__, **versions}


def migrations(plugins: Plugins) -> dict[str, list[Migration]]:
    """List every set of migrations, the core's first, then the plugins' in their order."""
    from officeops.core.migrations import MIGRATIONS

    sets = {"core": list(MIGRATIONS)}
    for plugin, step in plugins.registered("migrations"):
        sets.setdefault(plugin, []).append(step)
    return sets
