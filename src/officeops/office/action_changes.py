"""ActionChanges: the writes of the open action.

Plugins guard each; the history must have all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.change import Change
from officeops.model.errors import Broken, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.errors import Problem
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.office.authorization import Authorizer
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store

    #: A row's id, its columns before, None for a new row, and after, as SQLite keeps them.
    RowChange = tuple[int, dict[str, Any] | None, dict[str, Any]]


class ActionChanges:
    """Counts the rows that the open action writes. The office is given to the code of plugins."""

    def __init__(
        self,
        office: Office,
        store: Store,
        plugins: Plugins,
        authorizer: Authorizer,
    ) -> None:
        self._office, self._store, self._plugins = office, store, plugins
        self._authorizer = authorizer
        self._verb = ""
        self._written: list[Change] = []
        #: How many changes of each table the history must have when the action ends.
        self._expected: dict[str, int] = {}

    def begin(self, verb: str) -> None:
        """Start with nothing written, for an action that begins."""
        self._verb, self._written, self._expected = verb, [], {}

    def end(self) -> None:
        """Forget the verb: no action is open."""
        self._verb = ""

    def note(
        self,
        meta: Meta,
        id: int,  # noqa: A002 - the column's name
        before: dict[str, Any] | None,
        after: dict[str, Any],
    ) -> None:
        """Note one record as it was written.

        Raises Refused where a plugin's `validate` refuses it.
        """
        change = self.change(meta, id, before, after)
        self.guard(meta, change)
        # After the guards: a refused write is undone with its action, and no plugin hears of it.
        self._written.append(change)
        # Values that were there already leave no entry.
        if before is None or any(before.get(name) != value for name, value in after.items()):
            self.expect(meta)

    def change(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        before: dict[str, Any] | None,
        after: dict[str, Any],
    ) -> Change:
        """Return the change of one record in the open action, as plugins see it."""
        return Change(meta.key, id, before, after, self._authorizer.actor, self._verb)

    def guard(self, meta: Meta, change: Change) -> None:
        """Raise Refused with every objection of plugins' guards to a change, if there is any."""
        if not self._plugins.implements("validate"):
            return
        if problems := self._authorizer.told(lambda: self._objections(meta, change)):
            raise Refused([*problems], self._about(meta, change))

    def _about(self, meta: Meta, change: Change) -> str:
        """Name what a change is about, as people know it; a new record has no number yet."""
        if change.before is None:
            return meta.label
        office = self._office
        return office.about(office.get(office.records[meta.key], change.id))

    def _objections(self, meta: Meta, change: Change) -> list[Problem]:
        """Ask plugins what they have against a change of a record."""
        problems: list[Problem] = []
        answers = self._plugins.guard("validate", office=self._office, change=change)
        for plugin, problem in answers:
            named = meta.by_public_name(problem)
            problems.append(named.replace(message=f"{named.message} ({plugin})"))
        return problems

    def guard_rows(self, meta: Meta, rows: Iterable[RowChange]) -> None:
        """Have plugins' guards check rows of a bulk action, where any plugin guards writes.

        Raises Refused for the first row that one refuses.
        """
        if self._plugins.implements("validate"):
            for row in rows:
                self.guard(meta, self.change(meta, *row))

    def announce_rows(self, meta: Meta, rows: Iterable[RowChange]) -> None:
        """Have plugins follow a bulk action's rows after the commit, where any plugin does."""
        if self._plugins.implements("changed"):
            self._written += [self.change(meta, *row) for row in rows]

    def expect(self, meta: Meta, rows: int = 1) -> None:
        """Expect that many rows of a table in the history when the action ends.

        Everything that writes a row calls it; a derived table has no history.
        """
        if not meta.derived:
            self._expected[meta.table] = self._expected.get(meta.table, 0) + rows

    def check_history(self, counts: Mapping[bytes, int]) -> None:
        """Raise Broken where the history has fewer changes of a table than were written.

        A trigger is missing then, or was altered. `counts` are the changes of each table that the
        action's seal covers.
        """
        if self._store.deferred or self._store.db.arming.went_back:
            # The commit refuses history that was delayed and never written, and can say why. A
            # savepoint that was gone back to has taken writes away with their history.
            return
        for table, rows in self._expected.items():
            if counts.get(table.encode(), 0) < rows:
                raise Broken(
                    f"A trigger that keeps the history of {table} is missing or was altered, so "
                    "nothing was written. `officeops selfcheck --fix` restores it; ask who removed "
                    "it."
                )

    def tell_plugins(self) -> None:
        """Have plugins follow the writes, after the commit."""
        changes, self._written = self._written, []
        if not changes or not self._plugins.implements("changed"):
            return
        for change in changes:
            # The hook answers nothing; its answers are asked for so that it runs.
            for _ in self._plugins.collect("changed", office=self._office, change=change):
                pass
