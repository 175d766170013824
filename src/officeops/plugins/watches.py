"""Watches: the tables that promises of kinds rest on, as they are kept for a command at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.records import Record
from officeops.plugins.kept_declarations import DATED, FROZEN, OWING, Watch

if TYPE_CHECKING:
    from collections.abc import Iterable


def watches_of(kinds: Iterable[type[Record]]) -> tuple[Watch, ...]:
    """Return the tables that promises of kinds rest on, and those with frozen fields or something owed.

    On a kind that is off nothing rests.
    """
    known = list(kinds)
    tables = {kind.meta.key: kind.meta.table for kind in known}
    watches = []
    for kind in known:
        if kind.frozen:
            watches.append(Watch(kind.meta.table, kind.meta.key, FROZEN))
        if kind.owes is not Record.owes:
            watches.append(Watch(kind.meta.table, kind.meta.key, OWING))
        for order in kind.date_orders:
            watches.append(Watch(kind.meta.table, kind.meta.key, DATED))
            for column, _ in order.parents:
                target = kind.meta.by_name[column].target
                if target in tables:
                    watches.append(Watch(tables[target], kind.meta.key, f"{DATED}{column}"))
        if kind.promise is None:
            continue
        for key, column in kind.promise.rests_on.items():
            if key in tables:
                watches.append(Watch(tables[key], kind.meta.key, column))
    # Several orders of a kind are one watch.
    return tuple(dict.fromkeys(watches))
