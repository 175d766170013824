"""The options of a record's children, and the changes that people ask for by them.

`--phone work=555-0101` adds one, `--remove-phone "#3"` takes one away, `--phones none` takes all.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

from officeops.cli.context import office_of
from officeops.cli.verbs.option_faults import joined
from officeops.model.errors import NotFound, OfficeError, Problem, Refused, UsageProblem
from officeops.model.text_folding import folded
from officeops.office.children.child_change import ChildChange
from officeops.office.children.entry_text import EntryText
from officeops.office.children.rows import children_of, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.children import Child
    from officeops.model.records import Record
    from officeops.office.office import Office

#: The word that stands for no child at all.
NONE: Final = "none"
#: The field of a command's values that an option of children may not be taken for.
_ADD, _REMOVE, _ALL = "add", "remove", "all"


def child_options(record: type[Record], *, is_new: bool) -> list[click.Parameter]:
    """Return the options of a kind's children: to add some, and of an edit to take some away."""
    options: list[click.Parameter] = []
    for child in record.children:
        options.append(_adding(child))
        if not is_new:
            options += [_removing(record, child), _none(child)]
    return options


def _adding(child: Child) -> click.Option:
    names = [f"--{child.option}", *(f"--{former}" for former in child.former)]
    such = f", such as '{child.example}'" if child.example else ""
    fields = f" [{', '.join(child.form.split())}]" if child.form else ""
    option = click.Option(
        [*names, _name(child, _ADD)],
        multiple=True,
        metavar="TEXT",
        help=f"Add {_a(child)}{such}; may be given several times{fields}",
        shell_complete=partial(_offered, child),
    )
    option.example = child.example  # type: ignore[attr-defined]
    return option


def _removing(record: type[Record], child: Child) -> click.Option:
    return click.Option(
        [f"--remove-{child.option}", _name(child, _REMOVE)],
        multiple=True,
        metavar="WHICH",
        help=f"Take {_a(child)} away, by its text or its number, such as #3",
        shell_complete=partial(_removable, record, child),
    )


def _none(child: Child) -> click.Option:
    return click.Option(
        [f"--{child.options}", _name(child, _ALL)],
        type=click.Choice([NONE]),
        help=f"Take all {child.options} away",
    )


def _a(child: Child) -> str:
    from officeops.values.wording import article

    return article(child.option.replace("-", " "))


def _name(child: Child, what: str) -> str:
    return f"child_{what}_{child.option.replace('-', '_')}"


def read_changes(
    office: Office,
    record: type[Record],
    given: Mapping[str, Any],
    subject: Record | None = None,
) -> list[ChildChange]:
    """Return the changes that options of children ask for; `subject` is the record they belong to.

    Raises UsageProblem, naming the option, for texts that cannot be read, and NotFound for children
    that are not there: one error has all of them.
    """
    changes: list[ChildChange] = []
    errors: list[OfficeError] = []
    for child in record.children:
        added = given.get(_name(child, _ADD))
        removed = given.get(_name(child, _REMOVE))
        all_gone = given.get(_name(child, _ALL))
        if not (added or removed or all_gone):
            continue
        entry = EntryText(office, child, _kind(office, record, child))
        there = children_of(office, subject, child) if subject is not None else []
        gone: dict[int, Record] = {}
        if all_gone:
            gone = {row.id: row for row in there}
        for word in removed or ():
            with _noted(errors):
                row = _meant(office, entry, there, word, subject)
                gone[row.id] = row
        changes += [ChildChange(child, {}, row, is_removed=True) for row in gone.values()]
        for text in added or ():
            with _noted(errors):
                changes.append(ChildChange(child, _read(entry, text)))
    if errors:
        raise joined(errors)
    return changes


@contextmanager
def _noted(errors: list[OfficeError]) -> Iterator[None]:
    """Note the error of one child, and go on with the next."""
    try:
        yield
    except (UsageProblem, NotFound) as error:
        errors.append(error)


def _kind(
    office: Office,
    record: type[Record],
    child: Child,
) -> type[Record]:
    """Return the kind of a child. Raises what the office says of one that is hidden or off."""
    kind = dict(visible(office, record)).get(child)
    if kind is not None:
        return kind
    known = office.records.get(child.record)
    if known is None:
        plugin = child.record.partition(".")[0]
        raise UsageProblem(f"--{child.option}: the plugin {plugin} is off.", code="plugin-off")
    office.allow_view(known)
    return known


def _read(entry: EntryText, text: str) -> dict[str, Any]:
    try:
        texts = entry.texts(text)
        for field in entry.fields:
            # A sealed value on the command line would be in the shell's history.
            if field.sealed and texts.get(field.name) == "-":
                texts[field.name] = sys.stdin.readline().rstrip("\n")
        return entry.values(texts)
    except Refused as error:
        raise _named(entry.child, error) from None


def _named(child: Child, error: Refused) -> UsageProblem:
    """Make the error of a text that cannot be read, with the option that it is about."""
    sentence = "; ".join(problem.message for problem in error.problems)
    return UsageProblem(f"--{child.option} {sentence}.", error.problems)


def _meant(
    office: Office,
    entry: EntryText,
    there: Sequence[Record],
    word: str,
    subject: Record | None,
) -> Record:
    """Return the child that a word means: its number, or the text of some of its fields."""
    option = f"--remove-{entry.child.option}"
    number = word.strip().removeprefix("#")
    if word.strip().startswith("#") and number.isdigit():
        rows = [row for row in there if row.id == int(number)]
    else:
        wanted = _wanted(entry, word)
        rows = [row for row in there if _fits(row, wanted)]
    if len(rows) == 1:
        return rows[0]
    shown = ", ".join(f"#{row.id} {entry.text(row)}" for row in (rows or there))
    if not rows:
        has = f"It has {shown}." if shown else "It has none."
        about = office.about(subject) if subject is not None else ""
        facts = {"kind": entry.kind.meta.noun, "text": word}
        why = f"{option}: {about} has no {entry.child.option} {word!r}. {has}"
        raise NotFound(why, [_whole(entry, why, "not-found", facts)])
    why = f"{option}: {word!r} is {shown}; name one by its number."
    raise UsageProblem(why, [_whole(entry, why, "ambiguous", {})])


def _whole(
    entry: EntryText,
    why: str,
    code: str,
    facts: Mapping[str, object],
) -> Problem:
    """Make a problem whose sentence has the option already."""
    return Problem(why, entry.child.option, code=code, is_whole=True, facts=facts)


def _wanted(entry: EntryText, word: str) -> dict[str, Any]:
    try:
        return entry.read(word)
    except Refused as error:
        raise _named(entry.child, error) from None


def _fits(row: Record, wanted: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in wanted.items())


def _offered(
    child: Child,
    ctx: click.Context,
    _: click.Parameter,
    text: str,
) -> list[CompletionItem]:
    """Return what a shell offers for a child: the words that may be before its value."""
    try:
        office = office_of(ctx)
        entry = EntryText(office, child, office.records[child.record])
    except (OfficeError, KeyError):
        return []
    choices = entry.choice.choices if entry.choice is not None else ()
    return [CompletionItem(f"{word}=") for word in choices if word.startswith(text.lower())]


def _removable(
    record: type[Record],
    child: Child,
    ctx: click.Context,
    _: click.Parameter,
    text: str,
) -> list[CompletionItem]:
    """Return the children of the record on the line, each by its text, or else by its number."""
    # An option without its value leaves the record where click does not name it.
    which = ctx.params.get("which") or next(iter(ctx.args), None)
    try:
        office = office_of(ctx)
        kind = _kind(office, record, child)
        entry = EntryText(office, child, kind)
        rows = children_of(office, office.find(record, which), child) if which else []
    except (OfficeError, sqlite3.Error):
        # The command itself names the fault.
        return []
    words = [entry.shown(entry.main, row) for row in rows]
    items = []
    for row, word in zip(rows, words, strict=True):
        # A text that two have in common takes neither away.
        value = word if word and words.count(word) == 1 else f"#{row.id}"
        if folded(value).startswith(folded(text)):
            items.append(CompletionItem(value, help=f"#{row.id} {entry.text(row)}"))
    return items
