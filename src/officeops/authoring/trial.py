"""A trial: plugins turned on for a moment, to see what they are, without an office and without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.migrations import MIGRATIONS
from officeops.core.records import RECORDS
from officeops.core.registered import registered
from officeops.model.errors import PluginFault
from officeops.office.record_types import records_of
from officeops.plugins import hookspecs
from officeops.plugins.manager import Plugins

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from officeops.model.meta import Meta
    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.store.migration import Migration

#: Hooks that are asked once and take nothing.
REGISTER = tuple(
    name
    for name, function in vars(hookspecs).items()
    if hasattr(function, "officeops_spec") and not function.__code__.co_argcount
)


def on_trial(found: Iterable[Found], names: Collection[str], machine: Machine) -> Plugins:
    """Return the plugins there would be if these were on too, each asked for everything it registers."""
    tried, left = [], set(names)
    for each in found:
        # Of two plugins with one name, the first counts.
        tried.append(each.replace(on=True) if each.name in left else each)
        left.discard(each.name)
    return asked(Plugins(tried, machine, core=registered), machine)


def asked(plugins: Plugins, machine: Machine) -> Plugins:
    """Ask plugins for everything they register, so that what is wrong with it comes to light."""
    for hook in REGISTER:
        plugins.registered(hook)
    for name, action in list(plugins.registered("actions")):
        try:
            _ = action.fields  # worked out when first asked for
        except PluginFault as fault:
            plugins.note(name, "actions", str(fault))
    records_of(plugins, machine)
    return plugins


def troubles_of(plugins: Plugins, name: str) -> list[str]:
    """Return what is wrong with a plugin, as sentences."""
    return [
        f"{trouble.where}: {trouble.why}" for trouble in plugins.troubles if trouble.plugin == name
    ]


def metas_of(plugins: Plugins, name: str) -> list[Meta]:
    """Return what a plugin, or the core, declares."""
    if name == "core":
        return [record.meta for record in RECORDS]
    return [record.meta for owner, record in plugins.registered("records") if owner == name]


def migration_sets(plugins: Plugins) -> dict[str, list[Migration]]:
    """Return every set of migrations in the order in which they run."""
    sets = {"core": list(MIGRATIONS)}
    for name, step in plugins.registered("migrations"):
        sets.setdefault(name, []).append(step)
    return sets
