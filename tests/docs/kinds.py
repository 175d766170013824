"""The reference of the kinds of fields, and of the words that no record of a plugin may have for its noun."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from tests.docs.tables import commented, first_paragraph, plain, table

from officeops.core.commands import ACTIONS, COMMANDS, VERBS
from officeops.core.records import NEWER, RECORDS
from officeops.model.field_facts import FieldFacts
from officeops.model.kinds import KIND_OF_ANNOTATION, KINDS, kind_of
from officeops.tui.terminal.meanings import OF_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = """\
# Kinds of fields, their facts, reserved words, and letters

## Kinds

Each kind with its declaration in the class of a record. `param` takes the same kinds in an action, and so does
`computed(NAME, SQL, kind=KIND)`, which has no annotation: a record lists its computed fields together,
`computed = (computed("age", "...", kind="number"),)`, with SQL over the row `t`. `| None` in the annotation and `default=None`
let a field be blank; with another default it is never blank, since a blank one gets the default. The last column has the facts that not every kind takes; [the facts](#facts) explains each.

The SQL of a computed field may give a float. A whole one is shown and exported whole. A fraction of a cent or of a minute
is shown as `1250.4 (not whole)`: round it in the SQL.
"""
_FACTS = """\
## Facts

`field`, `param`, `choice`, `ref` and `computed` take these:
"""
_WORDS = """
## Reserved words

A record's noun is the word of its command, and by default the end of its key: `keys.key` is `officeops key`. A word
means one thing, so a record is left out if its noun is one of these. Give it another with `noun="key-loan"` in the class
line; its key may stay. The words of the records and commands of other plugins that are on are taken as well. An office
settles the nouns of two plugins with [`[nouns]`](settings.md).

`attachment`, `note` and `tag` are free: where a plugin's record has one, the core's record is `record-note`. An action of a
record may be called `attach`, `note` or `tag`, and comes in the place of the verb of that name.
"""
_PREFIXES = """
A prefix of keys, as in `prefix="K"`, is of one record. Those of officeops and of the plugins that ship with it are {prefixes}.
"""
_VERBS = """\
No action of a record has the name of a verb that every record has:
"""

_LETTERS = """
## Letters of the screens

An action names a meaning (`means="approve"`), which has [one letter on every screen](keys.md). Two actions of one record have two meanings, so a
lifecycle with *complete* and *close* leaves one of them without: people reach it by the menu of `a`, and by `:word`. The meanings of actions are {meanings}.
A plugin's screen may have one of them too (`Screen("keys.board", "Board", "keys:board", means="order")`), whose letter opens it from Today. Of two
screens with one meaning the second is reached by `:word`.
"""


def page() -> str:
    """Return the page of the kinds and the reserved words."""
    head = ["kind", "declaration", "contents", "hint of a form", "column", "facts of its own"]
    older = [record for record in RECORDS if record not in NEWER]
    nouns = {record.meta.noun: record.meta.key for record in older}
    return "\n".join(
        [
            _HEAD,
            table(head, map(_row, KINDS)),
            _FACTS,
            table(["fact", "meaning"], _facts()),
            _WORDS,
            table(
                ["words", "their use"],
                [
                    [_listed(COMMANDS), "commands of the office"],
                    [_listed(ACTIONS), "actions of the office as a whole"],
                    [_listed(nouns), "records of the core, some of them without a command"],
                ],
            ),
            _VERBS,
            f"{_listed(VERBS)}.",
            _PREFIXES.format(prefixes=_listed(_prefixes())),
            _LETTERS.format(meanings=_listed(OF_ACTIONS)),
        ]
    )


def _facts() -> Iterator[list[str]]:
    """Yield each fact of a field with the comment above it."""
    for name, meaning in commented(FieldFacts):
        yield [f"`{name}`", plain(meaning)]


def _prefixes() -> list[str]:
    """Return the prefixes of keys that ship with officeops."""
    records = list(RECORDS)
    for point in entry_points(group="officeops.plugins"):
        records += point.load().records()
    return sorted({record.meta.prefix for record in records if record.meta.prefix})


def declarations() -> Iterator[tuple[str, str]]:
    """Yield each kind by its name with the line that declares a field of it."""
    for name in KINDS:
        yield name, declaration(name)


def declaration(name: str) -> str:
    """Return the line that declares a field of a kind."""
    kind = kind_of(name)
    if name == "choice":
        return 'x: str = choice("a", "b")'
    if name == "reference":
        return 'x_id: int = ref("core.location")'
    of_annotation = KIND_OF_ANNOTATION.get(kind.annotation) == name
    call = "field()" if of_annotation else f'field(kind="{name}")'
    return f"x: {kind.annotation} = {call}"


def _row(name: str) -> list[str]:
    kind = kind_of(name)
    return [
        f"`{name}`",
        f"`{declaration(name)}`",
        first_paragraph(type(kind).__doc__),
        plain(kind.hint),
        kind.sql_type,
        _listed(kind.takes),
    ]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))
