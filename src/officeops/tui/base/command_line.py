"""The command line of the screens.

`:item low /glove` is a noun, a view and a filter; `:order PO-12` is a record.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.core.commands import COMMANDS
from officeops.core.inspection_questions import TOPICS
from officeops.core.synonyms import meanings
from officeops.model.errors import Broken, NotFound, UsageProblem
from officeops.model.immutable import Value
from officeops.plugins.missing_word import HAS_TABLE, why_missing
from officeops.query.views import refuse_lacking, views
from officeops.tui.terminal.meanings import letters_here
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.declarations import Screen, View
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Words that lead to a screen of the core's own.
PLACES: Final = ("today", "huddle", "inspect", "browse", "help", "quit")


class Goal(Value):
    """The destination of a command: a place, a plugin's screen, a list, or a record by its number.

    `topic` is the inspection that is meant.
    """

    place: str = ""
    topic: str = ""
    screen: Screen | None = None
    record: type[Record] | None = None
    view: View | None = None
    filter: str = ""
    number: int = 0


def parse(office: Office, text: str) -> Goal:
    """Return where a command leads.

    Raises UsageProblem for a word that is not known, and NotFound for a record that does not exist.
    """
    before_filter, _, filter_text = text.strip().partition("/")
    word, *rest = before_filter.split() or [""]
    # A place is one word: `:today gloves` is a search for nothing, and not Today.
    if word in PLACES and not rest:
        return Goal(place=word)
    if word == "inspect" and len(rest) == 1 and rest[0] in TOPICS:
        return Goal(place=word, topic=rest[0])
    screen = screens(office).get(word)
    if screen and not rest:
        return Goal(screen=screen)
    record = types_by_word(office).get(word.lower())
    if record is None:
        if missing := why_missing(office.plugins, word, partial(_has_table, office)):
            raise Broken(missing)
        raise UsageProblem(
            f"There is nothing called {word!r}. {_hint(office, word)}", code="unknown-choice"
        )
    name = " ".join(rest)
    view = _view_named(office, record, name)
    if name and view is None:
        # A record's name may contain a slash.
        words = text.strip().removeprefix(word).strip()
        return Goal(
            record=record,
            number=_number(office, record, words),
        )
    return Goal(
        record=record,
        view=view,
        filter=filter_text.strip(),
    )


def _has_table(office: Office, table: str) -> bool:
    return bool(office.value(HAS_TABLE, table))


def _hint(office: Office, word: str) -> str:
    """Return which word may be meant, or that it is a command, or the words that there are."""
    words = _words(office)
    if word in COMMANDS:
        return f"`officeops {word}` is a command outside these screens."
    near = nearest(word, words, meanings(office.seen().values(), words))
    if near:
        return did_you_mean(near)
    return f"Known words: {', '.join(words)}."


def _words(office: Office) -> list[str]:
    nouns = [record.meta.noun for record in office.seen().values()]
    return [*PLACES, *screens(office), *nouns]


def _view_named(
    office: Office,
    record: type[Record],
    name: str,
) -> View | None:
    for view in views_of(office, record):
        if view.name == name:
            refuse_lacking(office, record, view)
            return view
    return None


def screens(office: Office) -> dict[str, Screen]:
    """Return the plugins' screens that the acting person may open, by word.

    The word of another plugin's record goes on to mean its list.
    """
    allowed: dict[str, Screen] = {}
    records = types_by_word(office)
    for plugin, screen in office.plugins.registered("screens"):
        record = records.get(screen.word)
        is_free = record is None or record.meta.plugin == plugin
        if is_free and office.may_open(plugin, screen):
            # The first one has the word, as with nouns: a newcomer takes none.
            allowed.setdefault(screen.word, screen)
    return allowed


def screen_letters(office: Office) -> dict[str, str]:
    """Return the letters by which Today opens plugins' screens, by word.

    Of two screens with one meaning the first has it: that of a plugin that ships with officeops.
    """
    known = letters_here(office)
    letters: dict[str, str] = {}
    for word, screen in screens(office).items():
        letter = known.get(screen.means, "")
        if letter and letter not in letters.values():
            letters[word] = letter
    return letters


def types_by_word(office: Office) -> dict[str, type[Record]]:
    """Return the record types by plural, key and noun; where two of them agree, a noun wins."""
    records = list(office.records.values())
    by_word = {record.meta.plural.lower().replace(" ", "-"): record for record in records}
    by_word.update((record.meta.key, record) for record in records)
    by_word.update((record.meta.noun, record) for record in records)
    return by_word


def views_of(office: Office, record: type[Record]) -> list[View]:
    """Return the views of a record type.

    The plugins' views come first, then the ones saved on this machine.
    """
    return views(office.plugins, office.machine, record)


def _number(
    office: Office,
    record: type[Record],
    word: str,
) -> int:
    """Return the id of the record that a word means. Raises NotFound, which names the views."""
    try:
        return office.find(record, word).id
    except NotFound:
        label = record.meta.one
        names = ", ".join(view.name for view in views_of(office, record))
        known = f" Views: {names}." if names else ""
        message = f"There is no {label} {word!r}; a filter begins with /.{known}"
        raise NotFound(message, code="not-found") from None


def complete(
    office: Office,
    text: str,
    commands: Sequence[str] = (),
) -> str | None:
    """Return the first line that a text begins, or None; `commands` are the screen's own words."""
    # A slash begins a filter, which no line can be known for.
    if not text or "/" in text:
        return None
    for line in (*_lines(office, text), *commands):
        if line.startswith(text) and line != text:
            return line
    return None


def _lines(office: Office, text: str) -> Iterator[str]:
    noun, space, _ = text.partition(" ")
    if not space:
        yield from _words(office)
        return
    if noun == "inspect":
        yield from (f"inspect {topic}" for topic in TOPICS)
    record = types_by_word(office).get(noun)
    if record:
        for view in views_of(office, record):
            yield f"{noun} {view.name}"
