"""Fitting commands: what a line after the colon may become, with keys and reasons."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from officeops.model.declarations import Query
from officeops.model.errors import OfficeError
from officeops.tui.base.command_line import (
    PLACES,
    screen_letters,
    screens,
    types_by_word,
    views_of,
)
from officeops.tui.widgets.row_pager import read_ids
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    own = {key.word: key for key in keys if key.word}
    known = dict.fromkeys([*map(_of_key, own.values()), *_places(office)])
    first = [entry for entry in known if entry[0].startswith(typed)]
    others = [entry for entry in known if entry not in first and _begins(typed, entry)]
    # Only the reasons that are shown are asked for: each may cost a reading.
    return [_with_reason(own, entry) for entry in [*first, *others][:MOST]]


def _of_key(key: Key) -> tuple[str, str]:
    return key.word, f"{key.first_key}  {safe((key.help or key.label).removesuffix('.'))}"


def _with_reason(own: Mapping[str, Key], entry: tuple[str, str]) -> tuple[str, str]:
    """Return a command, with why it cannot run now in place of its words."""
    key = own.get(entry[0])
    why = key.reason() if key is not None and key.reason else None
    if key is None or not why or entry != _of_key(key):
        return entry
    return key.word, f"{key.first_key}  {safe(f'not now: {why}')}"


def _begins(typed: str, entry: tuple[str, str]) -> bool:
    """Whether a word of a command, or of what it does, begins with a text."""
    word, words = entry
    return f" {typed}" in f" {word.replace('-', ' ')} {words}".casefold()


def _places(office: Office) -> Iterator[tuple[str, str]]:
    """Yield the words that lead somewhere else."""
    letters = screen_letters(office)
    for word, screen in screens(office).items():
        yield word, f"{letters.get(word, ' ')}  {safe(screen.title)}"
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
