"""`officeops NOUN`: the verbs of one kind of record, each built when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from officeops.cli.group import Group
from officeops.cli.output import say
from officeops.model.hand_verbs import verbs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from officeops.model.actions import Action
    from officeops.model.declarations import Command
    from officeops.model.records import Record

#: Each generic verb: the module whose `command(record)` builds it, and its help.
VERBS: dict[str, tuple[str, str]] = {
    "list": ("verbs.list_verb", "List {plural}."),
    "show": ("verbs.show_verb", "Show {one}."),
    "text": ("verbs.text_verb", "Print {one} as plain text, to send or to print."),
    "label": ("verbs.label_verb", "Print labels with the QR codes of {plural}."),
    "search": ("verbs.list_verb", "Find {plural} by words."),
    "history": ("commands.history", "Who changed {plural}, and when."),
    "export": ("verbs.export_verb", "Write {plural} to a CSV, XLSX or JSON file."),
    "add": ("verbs.write_verbs", "Add {a_label}."),
    "edit": ("verbs.write_verbs", "Change {a_label}."),
    "archive": ("verbs.write_verbs", "Archive {a_label}; the history stays."),
    "unarchive": ("verbs.write_verbs", "Bring {an_archived} back."),
    "attach": ("verbs.attach_verb", "Attach a file to {a_label}."),
    "note": ("verbs.note_verb", "Put a note on {a_label}, with a day to follow up on."),
    "tag": ("verbs.tag_verb", "Put words on {a_label}, by which lists find it."),
    "save": ("verbs.save_verb", "Save the bytes of {a_label} as a file."),
    "merge": ("verbs.merge_verb", "Merge {a_label} into another one, with a preview."),
    "import": ("verbs.import_verb", "Read {plural} from a CSV, XLSX, XLS, XLSB, ODS or JSON file."),
}
#: Verbs that change a record by hand; a record that only actions write has none of them.
BY_HAND: Final = frozenset({"add", "edit", "archive", "unarchive"})
#: Verbs of whatever may hang on a record. A plugin's action of the same name comes first.
ATTACHING: Final = frozenset({"attach", "note", "tag"})
#: Verbs that were not always there: a plugin's action of the name comes first.
YIELDING: Final = ATTACHING | {"merge", "label"}
#: Verbs that some kinds of record have, each with the test for it.
_OF_SOME: Final[dict[str, Callable[[type[Record]], bool]]] = {
    "save": lambda record: record.meta.key == "core.attachment",
    "search": lambda record: any(field.search for field in record.meta.fields),
    "text": lambda record: bool(record.as_text),
    "label": lambda record: bool(record.as_label),
}


class Noun(Group):
    """The group of one kind of record."""

    def __init__(self, record: type[Record]) -> None:
        # The first paragraph is for people; what follows is for authors of plugins.
        first, _, _ = (record.__doc__ or "").strip().partition("\n\n")
        super().__init__(record.meta.noun, help=first)
        self.record = record

    def verbs(self) -> dict[str, str]:
        """Return the generic verbs this record has, with their help."""
        meta = self.record.meta
        an_archived = "archived" if meta.has_no_singular else "an archived"
        words = {
            "plural": meta.many,
            "one": meta.one_record,
            "a_label": meta.a_record,
            "an_archived": f"{an_archived} {meta.one}",
        }
        verbs = {}
        for verb, (_, text) in VERBS.items():
            if self._has(verb):
                verbs[verb] = text.format(**words)
        return verbs

    def _has(self, verb: str) -> bool:
        meta = self.record.meta
        if verb in BY_HAND:
            return meta.editable
        if verb in ATTACHING:
            return not (meta.derived or meta.about)
        if verb == "merge":
            return "merge" in verbs_of(self.record)
        if verb in _OF_SOME:
            return _OF_SOME[verb](self.record)
        if verb == "import":
            return meta.editable or bool(self.record.importer)
        # A derived record is computed from others, whose history is its own.
        return verb != "history" or not meta.derived

    def hint(
        self,
        ctx: click.Context,
        word: str,
        rest: Sequence[str],
    ) -> str:
        """Return the sentence on an unknown verb; of a merge, why there is none, of `add`, what adds."""
        if word == "merge":
            from officeops.office.merging import why_not_merged

            return why_not_merged(self.record)
        if word in {"add", "new"} and self.record.added_by:
            return f"`{self.record.added_by}` adds {self.record.meta.many}."
        return super().hint(ctx, word, rest)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs, the generic ones first."""
        actions = [action.word for action in self._actions(ctx)]
        commands = [command.name for _, command in self._commands(ctx)]
        return list(dict.fromkeys([*self.verbs(), *actions, *commands]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Build a verb's command."""
        if cmd_name == "new" and not self._is_an_action(ctx, cmd_name):
            # Both words find it: the screens call it new, and so do people.
            cmd_name = "add"
        if cmd_name in self.verbs() and not self._is_action(ctx, cmd_name):
            module = import_module(f"officeops.cli.{VERBS[cmd_name][0]}")
            command = module.command(self.record, cmd_name)
            assert isinstance(command, click.Command)  # noqa: S101 - every verb's module builds one
            return _with_naming(command, self.record)
        from officeops.model.actions import called

        action = called(self._actions(ctx), cmd_name)
        if action is None:
            return self._command(ctx, cmd_name)
        from officeops.cli.verbs.action_verb import action_command

        return _with_naming(action_command(action, self.record), self.record)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, and say where a plugin's action of its name is not what runs."""
        word, command, rest = super().resolve_command(ctx, args)
        if word in self.verbs() and word not in YIELDING:
            self._note_hidden(ctx, word)
        return word, command, rest

    def _note_hidden(self, ctx: click.Context, word: str) -> None:
        from officeops.cli.context import run_of
        from officeops.plugins.resting import at_rest

        # A plugin of others is loaded by the time its noun is found; ours are held by a test.
        if at_rest(run_of(ctx).plugins) is not None:
            return
        for action in self._actions(ctx):
            if action.word == word:
                say(
                    f"officeops: {word} is officeops' own verb; the action {action.name} of the "
                    f"plugin {action.plugin} did not run. `officeops plugins check "
                    f"{action.plugin}` says more."
                )

    def _command(self, ctx: click.Context, word: str) -> click.Command | None:
        """Load a plugin's own command that is a verb of this noun."""
        from officeops.access.permissions import opening
        from officeops.cli.context import run_of
        from officeops.cli.plugin_commands import load_from_plugin

        for plugin, command in self._commands(ctx):
            if command.name == word:
                run = run_of(ctx)
                run.needs = opening(plugin, command)
                return load_from_plugin(run, plugin, command)
        return None

    def _commands(self, ctx: click.Context) -> list[tuple[str, Command]]:
        """Return the commands of plugins that are verbs of this noun, each with its plugin."""
        from officeops.cli.context import run_of

        key = self.record.meta.key
        registered = run_of(ctx).plugins.registered("commands")
        return [(plugin, command) for plugin, command in registered if command.of == key]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with their help, without building them."""
        verbs = self.verbs()
        rows = [(command.name, command.help) for _, command in self._commands(ctx)]
        # The verb of officeops comes first, so no command leads to an action of its name.
        hidden = verbs.keys() - YIELDING
        actions = [action for action in self._actions(ctx) if action.word not in hidden]
        rows = [*((action.word, action.help) for action in actions), *rows]
        own = {word for word, _ in rows}
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, text) for verb, text in verbs.items() if verb not in own])
        if rows:
            with formatter.section("Actions"):
                formatter.write_dl(rows)

    def example_for(self, ctx: click.Context, command: click.Command) -> str | None:
        """Return the words of a verb's example, with values that the record's fields declare."""
        from officeops.cli.context import run_of
        from officeops.cli.verbs.verb_examples import example_of
        from officeops.office.record_types import records_of

        run = run_of(ctx)
        return example_of(self.record, command, records_of(run.plugins, run.machine))

    def meanings(self, ctx: click.Context, rest: Sequence[str]) -> dict[str, list[str]]:  # noqa: ARG002
        """Return other words for the verbs."""
        from officeops.core.synonyms import VERBS as MEANT
        from officeops.core.synonyms import only_known

        return only_known(MEANT, self.list_commands(ctx))

    def _is_an_action(self, ctx: click.Context, word: str) -> bool:
        return any(action.word == word for action in self._actions(ctx))

    def _is_action(self, ctx: click.Context, word: str) -> bool:
        """Whether an action of a plugin has the name of a verb that was not always there."""
        return word in YIELDING and self._is_an_action(ctx, word)

    def _actions(self, ctx: click.Context) -> list[Action[..., Any]]:
        from officeops.cli.context import run_of

        key = self.record.meta.key
        registered = run_of(ctx).plugins.registered("actions")
        return [action for _, action in registered if action.record == key]


def _with_naming(command: click.Command, record: type[Record]) -> click.Command:
    """Add to the help of a command on one record how to name the record."""
    for param in command.params:
        if param.name == "which":
            command.epilog = naming(record)
    return command


def naming(record: type[Record]) -> str:
    """Return the sentence on how to name a record of a kind on the command line."""
    meta, noun = record.meta, record.meta.noun
    label = meta.one
    if meta.prefix:
        return f"{noun.upper()} is the number of the {label}, such as {meta.prefix}-6."
    labels = []
    for field in meta.fields:
        # Sealed values name nothing: they would be in the shell's history.
        names_it = field.unique or field.name == meta.display
        if names_it and field.kind.is_text and not field.sealed:
            labels.append(field.words)
    if not labels:
        shown = f"`officeops {noun} list --json` shows"
        return f"{noun.upper()} is the id of the {label}, such as #6, which {shown}."
    return f"{noun.upper()} is the {' or '.join(labels)} of the {label}, or its id, such as #6."
