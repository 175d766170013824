"""The targets of a plugin's declarations, checked before it is turned on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from officeops.model.error_words import told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from officeops.plugins.manager import Plugins


def declared_problems(
    plugins: Plugins,
    name: str,
    records: Collection[str],
) -> Iterator[str]:
    """Yield the views of missing records, and the commands and screens that cannot be imported.

    `records` are the keys of all records with the plugin on.
    """
    for owner, view in plugins.registered("views"):
        if owner == name and view.record not in records:
            yield f"the view {view.name} is of {view.record}, and there is no such record"
    for hook in ("commands", "screens"):
        for owner, declared in plugins.registered(hook):
            if owner == name:
                yield from target_problems(declared.target)


def target_problems(target: str) -> Iterator[str]:
    """Yield the reason if a `module:attribute` cannot be imported."""
    module, _, attribute = target.partition(":")
    try:
        if not hasattr(import_module(module), attribute):
            yield f"{module} has no {attribute}"
    except Exception as error:  # noqa: BLE001 - a plugin's module may raise anything
        yield f"{target} cannot be imported: {told(error)}"
