"""The problems of a plugin's actions, commands, views, jobs, reports and screens."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Final

from officeops.access.permissions import permissions
from officeops.access.roles import reaches
from officeops.authoring.check_fields import example, is_off, reference, within
from officeops.authoring.checks import Finding
from officeops.authoring.declared_targets import key_problems, target_problems, word_problems
from officeops.authoring.source_place import found, located, place, repeated
from officeops.core.commands import COMMANDS
from officeops.model.declarations import Query
from officeops.model.error_words import told
from officeops.model.errors import OfficeError, PluginFault
from officeops.model.fields import Field
from officeops.query.columns import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.model.actions import Action
    from officeops.model.declarations import Command, Screen, View
    from officeops.office.office import Office
    from officeops.plugins.manifest import Plugin

#: Annotations of values, as a signature has them with and without annotations as text.
_VALUES: Final = frozenset(
    {"str", "int", "bool", "date", "datetime", "Path", "<class 'str'>", "<class 'int'>"}
)


def verb_problems(
    office: Office,
    manifest: Plugin,
    root: str = "",
) -> Iterator[Finding]:
    """Yield the problems of everything that a plugin registers beside its records.

    `root` is the file that has its hooks, where the sentences are to name it.
    """
    actions = _registered(office, "actions", manifest)
    for action in actions:
        here = place(action.run, action.name)
        yield from located(here, _action(office, action, manifest))
    yield from _meanings(office, actions)
    for hook in ("jobs", "reports"):
        for declared in _registered(office, hook, manifest):
            if not declared.help:
                here = place(declared.run, declared.name)
                why = "its function has no docstring, which is its help"
                yield Finding("job-help", f"{here}: {why}")
    declarations = _declared(office, manifest)
    yield from located(root, declarations) if root else declarations


def _declared(office: Office, manifest: Plugin) -> Iterator[Finding]:
    """Yield the problems of declarations that know no file of their own."""
    actions = _registered(office, "actions", manifest)
    for name in repeated(action.name for action in actions):
        yield Finding("action-once", f"actions: there are two called {name}")
    for command in _registered(office, "commands", manifest):
        yield from located(f"command {command.name}", _command(command))
    for view in _registered(office, "views", manifest):
        yield from located(f"view {view.name} of {view.record}", _view(office, view))
    for screen in _registered(office, "screens", manifest):
        yield from located(f"screen {screen.id}", _screen(office, screen, manifest))
    yield from _formats(office, manifest)
    yield from _reach(office, manifest)


def _registered(
    office: Office,
    hook: str,
    manifest: Plugin,
) -> list[Any]:
    """Return the declarations of this plugin alone."""
    registered = office.plugins.registered(hook)
    return [declared for owner, declared in registered if owner == manifest.name]


def _meanings(office: Office, actions: list[Action[..., Any]]) -> Iterator[Finding]:
    """Yield the meanings that give an action no letter, or one that another action has."""
    from officeops.tui.terminal.meanings import LETTERS, OF_ACTIONS

    for action in actions:
        if not action.means:
            continue
        here = f"{place(action.run, action.name)}: its meaning {action.means!r}"
        cure = f"choose another, or none: it is reached by :{action.word} too"
        if action.means not in OF_ACTIONS:
            known = ", ".join(OF_ACTIONS)
            why = f"{here} is not known; {cure}. The meanings of actions are {known}"
            yield Finding("action-meaning", why)
            continue
        letter = LETTERS[action.means]
        first = _first_with(office, action, LETTERS)
        if first is not action:
            why = f"{here} has the letter {letter!r}, which is that of {first.name}; {cure}"
            yield Finding("action-letter", why)


def _first_with(
    office: Office, action: Action[..., Any], letters: Mapping[str, str]
) -> Action[..., Any]:
    """Return the first declared action on the same record that has the letter of this one."""
    for _, other in office.plugins.registered("actions"):
        is_beside = action.record and other.record == action.record
        if is_beside and letters.get(other.means) == letters[action.means]:
            first: Action[..., Any] = other
            return first
    return action


def _screen(
    office: Office,
    screen: Screen,
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield a word that opens something else, a key that every screen has, and a class that is not there."""
    # Most checks load nothing of the screens.
    from officeops.tui.base.command_line import PLACES, types_by_word

    record = types_by_word(office).get(screen.word)
    if screen.word in PLACES or (record and record.meta.plugin != manifest.name):
        what = f"the list of {record.meta.many}" if record else "a screen of officeops"
        why = f":{screen.word} opens {what}; end its id with another word"
        yield Finding("screen-word", why)
    yield from found("screen-key", key_problems(screen))
    yield from found("screen-target", target_problems(screen.target))


def _action(
    office: Office,
    action: Action[..., Any],
    manifest: Plugin,
) -> Iterator[Finding]:
    if not action.help:
        yield Finding("action-help", "its function has no docstring, which is its help")
    key = action.record
    # An action may be about a record of a plugin that is off, and is then not offered.
    if key and key not in office.records and not is_off(office.plugins, key):
        yield Finding("action-record", f"there is no record {key}")
    elif key:
        yield from found("action-takes-record", _takes_record(action))
    yield from found("action-word", word_problems(action))
    try:
        fields = action.fields
    except (PluginFault, ValueError) as error:
        yield Finding("action-parameters", f"its parameters cannot be read: {told(error)}")
        return
    for field in fields:
        here = f"parameter {field.name}"
        yield from located(here, example(field))
        if field.target:
            yield from located(here, reference(office, field, manifest))
            yield from located(here, within(field, fields))


def _takes_record(action: Action[..., Any]) -> Iterator[str]:
    """Yield that the function lacks the record which an action of this name is about."""
    parameters = list(signature(action.run).parameters.values())
    subject = parameters[1] if len(parameters) > 1 else None
    annotation = str(subject.annotation).partition("|")[0].strip() if subject else ""
    is_value = subject and (annotation in _VALUES or isinstance(subject.default, Field))
    if is_value or subject is None:
        instead = f"{subject.name} is there" if subject else "it takes nothing but the office"
        office_wide = f"{action.plugin}.{action.verb}"
        yield (
            f"it is about a record of {action.record}, which comes after the office, and {instead}; "
            f"take the record, or call the action {office_wide} if it is about none"
        )


def _command(command: Command) -> Iterator[Finding]:
    """Yield the problems of a command: its word, its click command, and the help of both."""
    if not command.help:
        yield Finding("command-help", "it has no help")
    if command.name in COMMANDS:
        yield Finding("command-word", "the word is officeops' own; call it something else")
    problems = list(target_problems(command.target))
    # A command that cannot be loaded has no help to compare.
    if problems:
        yield from found("command-target", problems)
        return
    module, _, attribute = command.target.partition(":")
    loaded = getattr(import_module(module), attribute)
    first = (getattr(loaded, "help", None) or "").strip().partition("\n")[0]
    # Help of all commands is printed without importing them, so the two must agree.
    if first != command.help:
        registered = f"it is registered with the help {command.help!r}"
        why = f"{registered}, but {command.target} begins with {first!r}"
        yield Finding("command-help", why)


def _view(office: Office, view: View) -> Iterator[Finding]:
    """Yield all that a view names and its record has not."""
    record = office.records.get(view.record)
    if record is None:
        yield Finding("view-record", "there is no such record")
        return
    # Each part by itself: one fault of a view does not hide the next.
    asked = [("", Query(view.where))]
    asked += [("", Query(sort=name)) for name in view.sort.split(",") if name]
    asked += [(name, Query()) for name in view.columns]
    why = []
    for column, query in asked:
        try:
            office.select(record, chosen_columns(office, record, column), query)
        except OfficeError as error:
            why.append(told(error))
    for sentence in dict.fromkeys(why):
        yield Finding("view-fields", f"it cannot be shown: {sentence}")


def _formats(office: Office, manifest: Plugin) -> Iterator[Finding]:
    """Yield the formats and datasets that name records, fields or functions that are not there."""
    for form in _registered(office, "formats", manifest):
        here = f"format {form.name}"
        for key in form.records:
            record = office.records.get(key)
            if record is None:
                yield Finding("format-records", f"{here}: there is no record {key}")
        for target in filter(None, (form.read, form.write)):
            yield from located(here, found("format-target", target_problems(target)))
    for dataset in _registered(office, "datasets", manifest):
        targets = target_problems(dataset.read) if dataset.read else ()
        yield from located(f"dataset {dataset.key}", found("format-target", targets))


def _reach(office: Office, manifest: Plugin) -> Iterator[Finding]:
    """Yield the patterns of roles that give no permission."""
    known = {one.name: one.level for one in permissions(office.plugins, office.records.values())}
    for role in _registered(office, "roles", manifest):
        for pattern in role.patterns:
            if not any(reaches([pattern], name, level) for name, level in known.items()):
                yield Finding(
                    "role-reach", f"role {role.name}: its pattern {pattern!r} gives nothing"
                )
