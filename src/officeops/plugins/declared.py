"""What loaded plugins declare, as it is kept for the commands that do without them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from officeops.plugins.kept_declarations import Home, KeptDeclarations
from officeops.plugins.watches import watches_of
from officeops.store.migration import signature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.records import Record
    from officeops.plugins.manager import Plugins
    from officeops.store.migration import Migration


def declared_by(
    plugins: Plugins,
    records: Mapping[str, type[Record]],
    migrations: Mapping[str, Sequence[Migration]],
) -> KeptDeclarations:
    """Return what plugins declare. `records` are those with a word of their own, by key."""
    homes: dict[str, Home] = {}
    nouns: dict[str, str] = {}
    for key, record in records.items():
        if record.meta.plugin in plugins.own and not _was_renamed(record) and _has_home(record):
            homes[key] = Home(record.__module__, record.__name__)
            if not record.meta.commandless:
                nouns[record.meta.noun] = key
    steps: list[tuple[str, str]] = []
    for owner, own_steps in migrations.items():
        steps += [(owner, step.name) for step in own_steps]
    signatures = {record.meta.table: signature(record.meta) for record in plugins.kinds()}
    return KeptDeclarations(
        plugins.hooks(),
        tuple(steps),
        signatures,
        nouns,
        homes,
        watches_of(plugins.kinds()),
    )


def _was_renamed(record: type[Record]) -> bool:
    """Whether a record has former names, which its plugin's migrations say and not its class."""
    meta = record.meta
    has_former_choices = any(field.former_choices for field in meta.fields)
    return bool(meta.former_keys or meta.former_fields or has_former_choices)


def _has_home(record: type[Record]) -> bool:
    """Whether a record is a name of its module, and so can be imported from there."""
    module = sys.modules.get(record.__module__)
    return getattr(module, record.__name__, None) is record
