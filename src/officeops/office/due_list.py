"""Due list: the items that are due by a day, of every plugin, as far as a person may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from officeops.office.expiring_records import due_of_kind
from officeops.query.merged import NOTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.model.due import Due
    from officeops.model.office import Office
    from officeops.plugins.askable import Askable
    from officeops.plugins.manager import Plugins
    from officeops.store.stored_office import StoredOffice

    #: A due item with the plugin that it is of.
    Owned = tuple[str, Due]
    #: Due items by their keys.
    Items = dict[str, Owned]


class DueList:
    """Asks plugins, and records that expire, for due items. The office is given to plugins' code."""

    def __init__(
        self,
        office: Office,
        askable: Askable,
        plugins: Plugins,
    ) -> None:
        self._office = office
        self._askable = askable
        self._plugins = plugins

    def visible(self, until: date) -> Items:
        """Return the items due by a day that the acting person may see."""
        by_key: Items = {}
        # Records that end come first: a plugin's own item of the same key replaces the general one.
        for items in (
            self._grants(),
            self._follow_ups(until),
            self._tasks(until),
            self._ending(until),
            self._documents(until),
            self._datasets(until),
            self._merges(),
            self._of_plugins(until),
        ):
            for plugin, item in items:
                if self._may_see(plugin, item):
                    by_key[item.key] = plugin, item
        self._drop_beyond_reach(by_key)
        return by_key

    def _may_see(self, plugin: str, item: Due) -> bool:
        """Whether the acting person may see the kind of record of a due item."""
        record = self._office.records.get(item.record)
        if record is not None and record.meta.scope and not item.record_id:
            why = f"{item.key!r} names no record, so nobody knows whose it is; it is left out"
            self._plugins.note(plugin, "due", why, hook="due")
            return False
        return record is None or self._office.may_view(record)

    def _drop_beyond_reach(self, by_key: Items) -> None:
        """Take out the items about rows that the acting person does not reach."""
        records = self._office.records
        ids: dict[str, set[int]] = {}
        for _, item in by_key.values():
            if item.record_id and item.record in records:
                ids.setdefault(item.record, set()).add(item.record_id)
        for record_key, record_ids in ids.items():
            beyond = self._office.out_of_reach(records[record_key], record_ids)
            for due_key, (_, item) in list(by_key.items()):
                if item.record == record_key and item.record_id in beyond:
                    del by_key[due_key]

    def _ending(self, until: date) -> Iterator[Owned]:
        """Yield an item for each record that expires by a day."""
        for record in self._office.records.values():
            if record.expiry is None:
                continue
            plugin = record.meta.plugin
            ending = due_of_kind(self._office, record, until)
            for item in self._plugins.of_declared("due", plugin, self._askable, ending):
                yield plugin, item

    def _documents(self, until: date) -> Iterator[Owned]:
        """Yield an item for each document that ends by a day, and for each that is missing."""
        from officeops.model.documents.expiring_document import ExpiringDocument
        from officeops.office.due_documents import due_documents
        from officeops.office.missing_documents import due_missing

        for kind in self._office.records.values():
            if not (issubclass(kind, ExpiringDocument) and self._office.may_view(kind)):
                continue
            plugin = kind.meta.plugin
            for items in (
                due_documents(self._office, kind, until),
                due_missing(self._office, kind),
            ):
                for item in self._plugins.of_declared("due", plugin, self._askable, items):
                    yield plugin, item

    def _grants(self) -> Iterator[Owned]:
        """Yield the item of the keys and roles that others gave the acting person."""
        from officeops.office.granted_access import due_grants

        for item in due_grants(self._office):
            yield "core", item

    def _follow_ups(self, until: date) -> Iterator[Owned]:
        """Yield an item for each note to follow up on by a day."""
        from officeops.office.follow_ups import follow_ups

        for item in follow_ups(self._office, until):
            yield "core", item

    def _tasks(self, until: date) -> Iterator[Owned]:
        """Yield an item for each task that is due by a day, also of those not written yet."""
        from officeops.core.task_due import due_tasks, due_unwritten

        for item in due_tasks(self._office, until):
            yield "core", item
        yield from self._blocked()
        for kind in self._office.records.values():
            if kind.schedule is not None:
                plugin = kind.meta.plugin
                items = due_unwritten(self._office, kind, until)
                for item in self._plugins.of_declared("due", plugin, self._askable, items):
                    yield plugin, item

    def _blocked(self) -> Iterator[Owned]:
        """Yield an item for each failed answer that blocks a record."""
        # Most offices have none, and import nothing of checklists.
        sql = "SELECT 1 FROM core_answer WHERE failed = 1 AND blocks = 1 LIMIT 1"
        if not self._office.may("core.answer.view") or self._office.value(sql) is None:
            return
        from officeops.core.checklist_answers import due_blocked

        for item in due_blocked(self._office):
            yield "core", item

    def _merges(self) -> Iterator[Owned]:
        """Yield an item for each merge that a plugin has to follow, which was off then."""
        # Most offices have none.
        if self._office.value(NOTED) is None:
            return
        from officeops.office.followed_merges import due_merges

        for item in due_merges(cast("StoredOffice", self._office)):
            yield "core", item

    def _datasets(self, until: date) -> Iterator[Owned]:
        """Yield an item for each dataset that is too old by a day."""
        if not self._plugins.registered("datasets"):
            return
        from officeops.office.stale_datasets import due_datasets

        yield from due_datasets(self._office, self._plugins, until)

    def _of_plugins(self, until: date) -> Iterator[Owned]:
        """Yield the items of the hook `due`, of several with one key the first."""
        owners: dict[str, str] = {}
        for plugin, item in self._plugins.collect("due", office=self._office, until=until):
            if owner := owners.get(item.key):
                # Both would be snoozed as one, and the list would lose one of them.
                why = f"the key {item.key!r} is that of another due item of {owner}"
                self._plugins.note(plugin, "due", f"{why}, so this one is left out", hook="due")
                continue
            owners[item.key] = plugin
            yield plugin, item
