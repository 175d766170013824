"""What is wrong with a plugin's actions, commands, views, jobs, reports and screens."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from officeops.authoring.check_records import reference
from officeops.authoring.declared_targets import target_problems
from officeops.authoring.source_place import place
from officeops.core.commands import COMMANDS, VERBS
from officeops.model.declarations import Query
from officeops.model.errors import OfficeError, PluginFault
from officeops.query.columns import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.actions import Action
    from officeops.model.declarations import Command, Screen, View
    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.plugins.manifest import Plugin


def verb_problems(office: Office, manifest: Plugin) -> Iterator[str]:
    """Yield what is wrong with what a plugin registers beside its records."""
    mine = {
        hook: [value for owner, value in office.plugins.registered(hook) if owner == manifest.name]
        for hook in ("actions", "commands", "views", "jobs", "reports", "screens")
    }
    for action in mine["actions"]:
        here = place(action.run, action.name)
        yield from (f"{here}: {what}" for what in _action(office, action, manifest))
    yield from _twice("actions", [action.name for action in mine["actions"]])
    yield from _keys(office, mine["actions"], mine["screens"])
    for command in mine["commands"]:
        yield from (f"command {command.name}: {what}" for what in _command(command))
    for view in mine["views"]:
        yield from (f"view {view.name} of {view.record}: {what}" for what in _view(office, view))
    for each in (*mine["jobs"], *mine["reports"]):
        if not each.help:
            yield f"{place(each.run, each.name)}: its function has no docstring, which is its help"
    for screen in mine["screens"]:
        yield from (f"screen {screen.id}: {what}" for what in target_problems(screen.target))


def _twice(what: str, names: list[str]) -> Iterator[str]:
    yield from (
        f"{what}: there are two called {each}"
        for each in sorted({n for n in names if names.count(n) > 1})
    )


def _keys(office: Office, actions: list[Action[..., Any]], screens: list[Screen]) -> Iterator[str]:
    """Yield the keys that mean something else already. What they were for would be reached by its name alone."""
    from officeops.tui.terminal.keys import RESERVED

    for action in actions:
        here = f"{place(action.run, action.name)}: its key {action.key!r}"
        if action.key in RESERVED:
            yield f"{here} means the same on every screen; choose another, or none: it is reached by :{action.verb} too"
        rivals = (
            each
            for _, each in office.plugins.registered("actions")
            if action.record and each.record == action.record
        )
        first = next((each for each in rivals if each.key == action.key), action)
        if action.key and first is not action:
            yield f"{here} is that of {first.name} already; choose another"
    for screen in screens:
        if screen.key in RESERVED:
            yield f"screen {screen.id}: its key {screen.key!r} means the same on every screen; choose another"


def _action(office: Office, action: Action[..., Any], manifest: Plugin) -> Iterator[str]:
    if not action.help:
        yield "its function has no docstring, which is its help"
    if action.record and action.record not in office.records:
        yield f"there is no record {action.record}"
    if (action.record and action.verb in VERBS) or (not action.record and action.verb in COMMANDS):
        yield f"officeops has a verb {action.verb} of its own; call it something else"
    if len(action.key) > 1:
        yield f"its key {action.key!r} is more than one letter"
    try:
        fields = action.fields
    except (PluginFault, ValueError) as error:
        yield f"its parameters cannot be read: {error}"
        return
    for each in fields:
        yield from (f"parameter {each.name}: {what}" for what in _parameter(office, each, manifest))


def _parameter(office: Office, field: Field, manifest: Plugin) -> Iterator[str]:
    if field.kind == "reference":
        yield from reference(office, field, manifest)


def _command(command: Command) -> Iterator[str]:
    if not command.help:
        yield "it has no help"
    if command.name in COMMANDS:
        yield "the word is officeops' own; call it something else"
    if wrong := list(target_problems(command.target)):
        yield from wrong
        return
    module, _, attribute = command.target.partition(":")
    real = getattr(import_module(module), attribute)
    first = (getattr(real, "help", None) or "").strip().partition("\n")[0]
    if first != command.help:
        yield f"it is registered with the help {command.help!r}, but {command.target} begins with {first!r}"


def _view(office: Office, view: View) -> Iterator[str]:
    record = office.records.get(view.record)
    if record is None:
        yield "there is no such record"
        return
    try:
        office.select(
            record,
            chosen_columns(office, record, ",".join(view.columns)),
            Query(view.where, view.sort),
        )
    except OfficeError as error:
        yield f"it cannot be shown: {error}"
