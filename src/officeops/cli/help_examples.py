"""Help examples: a line that you can type, at the end of every command's help.

It is built from the parameters of the command, so it is true of every command, plugins' too.
"""

from __future__ import annotations

import copy
import shlex
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field

#: A value for each metavar, the word that the help has for a kind of value.
_VALUES: Final[dict[str, str]] = {
    "ACTION": "17",
    "COLUMN": "Price",
    "COLUMN=FIELD": "'Part No=sku'",
    "CURSOR": "17",
    "DATE": "2027-03-31",
    "DIR": "/srv/backups",
    "DURATION": "'1 h'",
    "FIELD": "sku",
    "FIELD=VALUE": "category=Gloves",
    "FIELDS": "id",
    "FILE": "office.csv",
    "FILE|ID:HEX": "anchor.txt",
    "FILE|LATEST": "latest",
    "FILTER": "'#1'",
    "INSTANT": "'2027-03-31 9:15'",
    "ITEM": "GLV-M",
    "ITEM[=PACKS]": "GLV-M=2",
    "KIND": "location",
    "LOCATION": "Main",
    "LOGIN": "ann",
    "LOGIN=ADDRESS": "ann=ann@example.org",
    "MONEY": "12.50",
    "N": "20",
    "NEW": "new.db",
    "NOUN:WHICH": "vendor:Medline",
    "NOUN[:WHICH]": "vendor:Medline",
    "NUMBER": "3",
    "PERMISSION": "core.today.view",
    "PRICE": "1.25",
    "QUANTITY": "5",
    "REASON": "broken",
    "REFERENCE": "'#1'",
    "ROLE": "clerk",
    "SKU": "GLV-M",
    "SKU=QTY": "GLV-M=12",
    "TIME": "9:15",
    "VENDOR": "Acme",
    "WORDS": "gloves",
    "YES_NO": "yes",
}
#: Options that answer a program, or that every command has: no example needs them.
_PLAIN: Final = frozenset({"--csv", "--help", "--json", "--version"})


def with_example(command: click.Command, ctx: click.Context) -> click.Command:
    """Return a command whose help ends with an example; `ctx` is the command's own."""
    copied = copy.copy(command)
    # click caches the help option in a command, with the names it had when it was first asked for.
    copied._help_option = None  # noqa: SLF001 - there is no other way to have it built again
    line = " ".join([ctx.command_path, *_words(command, ctx)])
    # \b keeps click from joining the lines of the paragraph.
    example = f"\b\nExample:\n  {line}"
    copied.epilog = f"{command.epilog}\n\n{example}" if command.epilog else example
    return copied


def _words(command: click.Command, ctx: click.Context) -> Iterator[str]:
    """Yield the words of the shortest line that does something, arguments before options."""
    given = _declared(command, ctx)
    if given is not None:
        yield from filter(None, [given])
        return
    if isinstance(command, click.Group) and not command.invoke_without_command:
        yield from _words_of_first(command, ctx)
        return
    for param in sorted(_shown(command), key=_is_option):
        if _is_option(param):
            yield max(param.opts, key=len)
        if not _is_flag(param):
            yield _value(param)


def _declared(command: click.Command, ctx: click.Context) -> str | None:
    """Return the words that the command declares for its example, or that its noun makes for it."""
    own: str | None = getattr(command, "example", None)
    noun = getattr(ctx.parent and ctx.parent.command, "example_for", None)
    return noun(ctx, command) if own is None and noun else own


def _words_of_first(group: click.Group, ctx: click.Context) -> Iterator[str]:
    """Yield the first command of a group that does nothing alone, and its words."""
    name = group.list_commands(ctx)[0]
    command = group.get_command(ctx, name)
    assert command is not None  # noqa: S101 - it is in the list
    yield name
    yield from _words(command, click.Context(command, parent=ctx, info_name=name))


def _shown(command: click.Command) -> list[click.Parameter]:
    """Return the parameters of the example: the required ones.

    Without any, it is one optional parameter, of which a value is known.
    """
    required = [param for param in command.params if _is_required(param) or _is_usual(param)]
    if required:
        return required
    for param in command.params:
        if not _PLAIN.intersection(param.opts) and (_is_flag(param) or _known_value(param)):
            return [param]
    return []


def _is_required(param: click.Parameter) -> bool:
    """Whether the line needs it, by click or by the record that it fills."""
    return param.required or bool(getattr(param, "is_needed", False))


def _is_usual(param: click.Parameter) -> bool:
    """Whether an argument may be left out, and has an example of its own: people mostly give it."""
    return not _is_option(param) and bool(getattr(param, "example", ""))


def _is_option(param: click.Parameter) -> bool:
    return isinstance(param, click.Option)


def _is_flag(param: click.Parameter) -> bool:
    return bool(getattr(param, "is_flag", False))


def _value(param: click.Parameter) -> str:
    """Return the example's value of a parameter; of one without a known value, some text."""
    # Only a help asks for it, and not each command line.
    from officeops.values.field_example import ANY_TEXT, taken_by

    text = _known_value(param) or shlex.quote(ANY_TEXT)
    field: Field | None = getattr(param, "field", None)
    if field is None:
        return text
    [typed] = shlex.split(text)
    return shlex.quote(taken_by(field, typed))


def _known_value(param: click.Parameter) -> str:
    """Return a value for a parameter: its own, else by its type, its metavar or its name."""
    own = str(getattr(param, "example", ""))
    if own:
        return shlex.quote(own)
    if isinstance(param.type, click.Choice):
        return str(param.type.choices[0])
    if isinstance(param.type, click.types.IntParamType):
        return _VALUES["N"]
    if isinstance(param.type, click.Path | click.File):
        return _VALUES["FILE"]
    return _value_of_name(param)


def _value_of_name(param: click.Parameter) -> str:
    name = (param.name or "").upper()
    word = (param.metavar or name).strip("[]").removesuffix("...").upper()
    if word in _VALUES:
        return _VALUES[word]
    # Of a choice written out, such as `gloves|gauze`, the first.
    first = word.split("|")[0].strip("[]'")
    if "|" in word and first not in _VALUES:
        return first.lower()
    return _VALUES.get(first) or _VALUES.get(name, "")
