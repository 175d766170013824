"""Scope keys: the keys that a plugin's scope gives a user, asked of the plugin's SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.error_words import told, trace_of
from officeops.model.errors import OutsideAction, PluginFault, TimeUp
from officeops.plugins.blame import Answering

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.model.scope import Reach, Scope
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store

_USER: Final = "SELECT id FROM core_user WHERE login = ? AND archived_at IS NULL"


class ScopeKeys:
    """Asks the scopes of plugins for keys. What fails gives none, and is noted as its plugin's."""

    def __init__(self, store: Store, plugins: Plugins) -> None:
        self.store = store
        self.plugins = plugins

    def keys(
        self,
        record: type[Record],
        reach: Reach,
        login: str,
    ) -> set[int]:
        """Return a user's keys by the scope of a kind: their own, and at reach `team` the team's.

        Called while nothing is guarded.
        """
        if record.meta.scope is None:
            return set()
        scope = record.meta.scope.scope
        plugin = record.meta.plugin
        keys = self._ask(plugin, scope, scope.own, login)
        if reach == "team":
            keys |= self.team(plugin, scope, login)
        return keys

    def team(
        self,
        plugin: str,
        scope: Scope,
        login: str,
    ) -> set[int]:
        """Return the keys of the people that a user leads."""
        if not scope.team:
            return set()
        return self._ask(plugin, scope, scope.team, login)

    def _ask(
        self,
        plugin: str,
        scope: Scope,
        sql: str,
        login: str,
    ) -> set[int]:
        user = self.store.value(_USER, login)
        place = f"the scope {scope.name}"
        try:
            with Answering(self, plugin, place, then="Nobody's rows are shown."):
                rows = self.store.rows(sql, user)
        except (OutsideAction, PluginFault, TimeUp) as error:
            # Which rows are within reach is not known, so none is: the list says it is incomplete.
            cause = error.__cause__ or error
            self.plugins.note(plugin, place, told(cause), trace_of(cause))
            return set()
        # The SQL is a plugin's own: a value that is no number names no row.
        values = [value for value, *_ in rows]
        return {int(value) for value in values if isinstance(value, int)}
