"""Fitting commands: what a line after the colon may become, with keys and reasons."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from officeops.model.declarations import Query
from officeops.model.errors import OfficeError
from officeops.tui.base.command_line import PLACES, screens, types_by_word, views_of
from officeops.tui.widgets.row_pager import read_ids
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.office.office import Office
    from officeops.tui.terminal.keys import Key

#: The most commands that are shown at once.
MOST: Final = 7


def fitting(
    office: Office,
    keys: Iterable[Key],
    text: str,
) -> list[tuple[str, str]]:
    """Return the commands that fit a text, each with its key, its words, and why it cannot run.

    Those of the screen come first, and those that begin with the text before those that have it
    in their words. A noun with a blank behind it is followed by its views and its records.
    """
    typed = text.strip().casefold()
    if not typed or "/" in text:
        return []
    noun, blank, rest = text.lstrip().partition(" ")
    if blank:
        return list(islice(_of_noun(office, noun, rest.strip()), MOST))
    known = dict.fromkeys([*_own(keys), *_places(office)])
    first = [entry for entry in known if entry[0].startswith(typed)]
    others = [entry for entry in known if entry not in first and _begins(typed, entry)]
    return [*first, *others][:MOST]


def _begins(typed: str, entry: tuple[str, str]) -> bool:
    """Whether a word of a command, or of what it does, begins with a text."""
    word, words = entry
    return f" {typed}" in f" {word.replace('-', ' ')} {words}".casefold()


def _own(keys: Iterable[Key]) -> Iterator[tuple[str, str]]:
    """Yield the commands of the screen."""
    for key in keys:
        names = [name for name in key.keys if name.startswith(":") and len(name) > 1]
        letters = [name for name in key.keys if not name.startswith(":")]
        if names:
            why = key.reason() if key.reason else None
            words = f"not now: {why}" if why else (key.help or key.label).removesuffix(".")
            yield names[0][1:], f"{_letter(letters)}  {safe(words)}"


def _letter(letters: list[str]) -> str:
    return letters[0] if letters else " "


def _places(office: Office) -> Iterator[tuple[str, str]]:
    """Yield the words that lead somewhere else."""
    for word, screen in screens(office).items():
        yield word, f"{screen.key or ' '}  {safe(screen.title)}"
    for record in office.seen().values():
        yield record.meta.noun, f"   {record.meta.plural}"
    for word in PLACES:
        yield word, ""


def _of_noun(office: Office, noun: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the views and the records of a noun that fit a text."""
    record = types_by_word(office).get(noun)
    if record is None:
        return
    for view in views_of(office, record):
        if view.name.startswith(text):
            yield f"{noun} {view.name}", safe(view.title)
    if not text:
        return
    try:
        found = read_ids(office, record, Query(text, limit=MOST))
    except OfficeError:
        return  # half a filter; Enter shows the fault of a whole one
    for record_id in found:
        # As lists name it: no `__str__` of a plugin is asked while somebody types.
        yield f"{noun} #{record_id}", safe(office.label(record, record_id))
