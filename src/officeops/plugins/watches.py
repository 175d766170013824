"""Watches: the tables that promises of kinds rest on, as they are kept for a command at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.plugins.kept_declarations import FROZEN, Watch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.records import Record


def watches_of(kinds: Iterable[type[Record]]) -> tuple[Watch, ...]:
    """Return the tables that promises of kinds rest on, and those with frozen fields.

    On a kind that is off nothing rests.
    """
    known = list(kinds)
    tables = {kind.meta.key: kind.meta.table for kind in known}
    watches = []
    for kind in known:
        if kind.frozen:
            watches.append(Watch(kind.meta.table, kind.meta.key, FROZEN))
        if kind.promise is None:
            continue
        for key, column in kind.promise.rests_on.items():
            if key in tables:
                watches.append(Watch(tables[key], kind.meta.key, column))
    return tuple(watches)
