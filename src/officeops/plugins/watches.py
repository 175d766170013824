"""Watches and locks: the tables that promises rest on, and those of locked rows, as kept for a command at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.plugins.kept_declarations import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.records import Record


def watches_of(kinds: Iterable[type[Record]]) -> tuple[Watch, ...]:
    """Return the tables that promises of kinds rest on; on a kind that is off nothing rests."""
    known = list(kinds)
    tables = {kind.meta.key: kind.meta.table for kind in known}
    watches = []
    for kind in known:
        if kind.promise is None:
            continue
        for key, column in kind.promise.rests_on.items():
            if key in tables:
                watches.append(Watch(tables[key], kind.meta.key, column))
    return tuple(watches)


def locks_of(kinds: Iterable[type[Record]]) -> dict[str, str]:
    """Return by key the tables of the kinds whose rows are locked until their scope opens them."""
    scoped = [kind.meta for kind in kinds if kind.meta.scope is not None]
    return {meta.key: meta.table for meta in scoped if meta.scope and meta.scope.scope.lock}
