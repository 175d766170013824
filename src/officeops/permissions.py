"""Permissions: the names that follow from what is declared. Until access control exists, everybody has all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.declarations import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.plugins import Plugins
    from officeops.records import Record


def permissions(plugins: Plugins, records: Iterable[type[Record]]) -> Iterator[Permission]:
    """Yield every permission: of each record, of each action, and those plugins add."""
    for record in records:
        meta = record.meta
        verbs = ["view", "export", *(("add", "edit", "archive") if meta.editable else ())]
        if meta.editable or record.importer:
            verbs.append("import")
        yield from (Permission(f"{meta.key}.{verb}", f"{verb.capitalize()} {meta.plural.lower()}.") for verb in verbs)
    for _, action in plugins.registered("actions"):
        yield Permission(action.name, action.help)
    for _, declared in plugins.registered("permissions"):
        yield declared
