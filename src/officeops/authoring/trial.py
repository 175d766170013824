"""A trial: plugins turned on for a moment, without an office and without a trace."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.authoring.checks import Finding
from officeops.core.migrations import MIGRATIONS
from officeops.core.records import RECORDS
from officeops.core.registered import registered
from officeops.model.error_words import told
from officeops.model.errors import PluginFault
from officeops.office.record_types import records_of
from officeops.plugins import hookspecs
from officeops.plugins.manager import Plugins
from officeops.plugins.registered_values import REGISTER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.plugins.manifest import Trouble
    from officeops.store.migration import Migration


def hook_names() -> Iterator[str]:
    """Yield the name of every hook."""
    for name, function in vars(hookspecs).items():
        if hasattr(function, "officeops_spec"):
            yield name


#: The check behind a trouble that names no rule, by the first word of its place.
_OF_PLACES: Final = {"import": "manifest", "requirements": "requires", "bridge": "bridge"}


def on_trial(
    found: Iterable[Found],
    names: Collection[str],
    machine: Machine,
) -> Plugins:
    """Return the plugins as if these were on too, each asked for everything it registers.

    Those that are turned on now come last, in the order of `names`, as they will.
    """
    newest = len(machine.enabled)
    ranks = {name: newest + place for place, name in enumerate(names)}
    tried = []
    for plugin in found:
        # Of two plugins with one name, the first counts.
        rank = ranks.pop(plugin.name, None)
        is_turned_on = rank is not None and not plugin.on
        tried.append(plugin.replace(on=True, rank=rank) if is_turned_on else plugin)
    return asked(Plugins(tried, machine, core=registered), machine)


def asked(plugins: Plugins, machine: Machine) -> Plugins:
    """Ask plugins for everything they register, which notes the troubles of each."""
    for hook in REGISTER:
        plugins.registered(hook)
    for name, action in list(plugins.registered("actions")):
        try:
            # The fields are read from the function's parameters at the first use.
            _ = action.fields
        except PluginFault as fault:
            plugins.note(name, "actions", told(fault), check="action-parameters")
    records_of(plugins, machine)
    return plugins


def troubles_of(plugins: Plugins, name: str) -> list[str]:
    """Return the troubles of a plugin, as sentences."""
    sentences = []
    for trouble in plugins.troubles:
        if trouble.plugin == name:
            sentences += [trouble.said]
    return sentences


def findings_of(plugins: Plugins, name: str) -> Iterator[Finding]:
    """Yield the troubles of a plugin, each as the finding of a check."""
    for trouble in plugins.troubles:
        if trouble.plugin == name:
            yield Finding(_check_of(trouble), trouble.said)


def _check_of(trouble: Trouble) -> str:
    """Return the check that a trouble fails: the rule that it names, else that of its place."""
    of_place = _OF_PLACES.get(trouble.where.partition(" ")[0], "")
    if trouble.check and not (of_place and trouble.check == "hook-runs"):
        return trouble.check
    return of_place or "hook-answers"


def metas_of(plugins: Plugins, name: str) -> list[Meta]:
    """Return the declared records of a plugin, or of the core."""
    if name == "core":
        return [record.meta for record in RECORDS]
    return [record.meta for owner, record in plugins.registered("records") if owner == name]


def references_of(plugins: Plugins, name: str) -> Iterator[tuple[str, Field]]:
    """Yield the references of a plugin's records and actions, each with its record or action."""
    for meta in metas_of(plugins, name):
        yield from ((meta.key, field) for field in meta.fields if field.target)
    for owner, action in plugins.registered("actions"):
        if owner == name:
            # Of parameters that cannot be read, another check says so.
            with suppress(PluginFault, ValueError):
                yield from ((action.name, field) for field in action.fields if field.target)


def owners_of_targets(plugins: Plugins, name: str) -> set[str]:
    """Return the other plugins whose records a plugin's records and actions lead to."""
    keys = [field.target for _, field in references_of(plugins, name)]
    for owner, record in plugins.registered("records"):
        if owner == name:
            keys += [part.record for part in record.parts]
    return {key.partition(".")[0] for key in keys} - {"core", name}


def migration_sets(plugins: Plugins) -> dict[str, list[Migration]]:
    """Return every set of migrations in the order in which they run."""
    sets = {"core": list(MIGRATIONS)}
    for name, step in plugins.registered("migrations"):
        sets.setdefault(name, []).append(step)
    return sets
