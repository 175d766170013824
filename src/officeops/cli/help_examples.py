"""Help examples: a line that one can type, at the end of every command's help, made from what the command takes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What stands for a value of each kind in an example, by the word that the help has for it.
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
    "FILTER": "'#1'",
    "INSTANT": "'2027-03-31 9:15'",
    "ITEM[=PACKS]": "GLV-M=2",
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
    "REFERENCE": "'#1'",
    "ROLE": "clerk",
    "SKU=QTY": "GLV-M=12",
    "TIME": "9:15",
    "YES_NO": "yes",
}
#: Options that answer a program, or that every command has: no example needs them.
_PLAIN: Final = frozenset({"--csv", "--help", "--json", "--version"})


def with_example(command: click.Command, path: str) -> click.Command:
    """Return a command whose help ends with an example; `path` is what stands before its own words."""
    told = copy.copy(command)
    # click keeps in a command the help option that it is first asked for, with the names it has there.
    told._help_option = None  # noqa: SLF001 - there is no other way to have it made again
    example = " ".join([path, *_words(command)])
    told.epilog = "\n\n".join(filter(None, [command.epilog, f"\b\nExample:\n  {example}"]))
    return told


def _words(command: click.Command) -> Iterator[str]:
    """Yield the words of the shortest line that does something: what is demanded, else one thing that may be said."""
    demanded = [param for param in command.params if param.required]
    if not demanded:
        offered = [param for param in command.params if not _PLAIN.intersection(param.opts)]
        with_value = [param for param in offered if not getattr(param, "is_flag", False)]
        demanded = [*with_value, *offered][:1]
    for param in sorted(demanded, key=lambda param: isinstance(param, click.Option)):
        if isinstance(param, click.Option):
            yield max(param.opts, key=len)
        if not getattr(param, "is_flag", False):
            yield _value(param)


def _value(param: click.Parameter) -> str:
    """Return what an example gives for a parameter."""
    if shown := getattr(param, "example", ""):
        return str(shown)
    if isinstance(param.type, click.Choice):
        return str(param.type.choices[0])
    if isinstance(param.type, (click.types.IntParamType, click.Path, click.File)):
        return _VALUES["N" if isinstance(param.type, click.types.IntParamType) else "FILE"]
    word = (param.metavar or param.name or "").strip("[]").removesuffix("...").upper()
    if word in _VALUES:
        return _VALUES[word]
    first = word.split("|")[0].strip("[]'")
    if "|" in word and first not in _VALUES:
        return first.lower()
    return _VALUES.get(first) or _quoted((param.name or "").replace("_", " ").removesuffix(" id"))


def _quoted(name: str) -> str:
    return f"'{name.capitalize()}'" if " " in name else name.capitalize()
