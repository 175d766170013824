"""The command line of the screens: `:item low /glove` is a noun, a view and a filter; `:order PO-12` is a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import NotFound, UsageProblem
from officeops.model.immutable import Value
from officeops.query.views import views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.declarations import Screen, View
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Words that lead to a screen of the core's own.
PLACES = ("today", "browse", "help", "quit")


class Goal(Value):
    """Where a command leads: a place, a plugin's screen, a list, or a record by its number."""

    place: str = ""
    screen: Screen | None = None
    record: type[Record] | None = None
    view: View | None = None
    filter: str = ""
    number: int = 0


def parse(office: Office, text: str) -> Goal:
    """Return where a command leads. Raises UsageProblem naming the word that is not known, NotFound where no record is meant."""
    words, _, filter_ = text.strip().partition("/")
    word, *rest = words.split() or [""]
    if word in PLACES and not rest:
        return Goal(place=word)
    if (screen := screens(office).get(word)) and not rest:
        return Goal(screen=screen)
    record = kinds_by_word(office).get(word.lower())
    if record is None:
        some = ", ".join(
            [*PLACES, *screens(office), *(each.meta.noun for each in office.seen().values())]
        )
        raise UsageProblem(f"There is nothing called {word!r}. Known words: {some}.")
    name = " ".join(rest)
    view = next((view for view in views_of(office, record) if view.name == name), None)
    if name and view is None:
        return Goal(
            record=record, number=_number(office, record, text.strip().removeprefix(word).strip())
        )
    return Goal(record=record, view=view, filter=filter_.strip())


def screens(office: Office) -> dict[str, Screen]:
    """Return plugins' screens that the acting person may open by their word: the last part of the id."""
    declared = office.plugins.registered("screens")
    return {
        screen.id.rpartition(".")[2]: screen
        for plugin, screen in declared
        if office.may_open(plugin, screen)
    }


def kinds_by_word(office: Office) -> dict[str, type[Record]]:
    """Return kinds of record by noun, key and plural."""
    named = {
        record.meta.plural.lower().replace(" ", "-"): record for record in office.records.values()
    }
    named |= {record.meta.key: record for record in office.records.values()}
    return named | {record.meta.noun: record for record in office.records.values()}


def views_of(office: Office, record: type[Record]) -> list[View]:
    """Return the views of a kind of record: the plugins', then those saved on this machine."""
    return views(office.plugins, office.machine, record)


def _number(office: Office, record: type[Record], word: str) -> int:
    """Return the id of the record that a word means, as on the command line. Raises NotFound with what there is to say instead."""
    try:
        return office.find(record, word).id
    except NotFound:
        meta = record.meta
        known = ", ".join(view.name for view in views_of(office, record))
        instead = f" Views: {known}." if known else ""
        raise NotFound(
            f"There is no {meta.label.lower()} {word!r}; a filter begins with /.{instead}"
        ) from None


def complete(office: Office, text: str, deeds: Sequence[str] = ()) -> str | None:
    """Return the whole line that a text may be on its way to, or None; `deeds` are words that do something here."""
    if not text or "/" in text:
        return None
    return next(
        (
            line
            for line in (*_lines(office, text), *deeds)
            if line.startswith(text) and line != text
        ),
        None,
    )


def _lines(office: Office, text: str) -> Iterator[str]:
    noun, space, _ = text.partition(" ")
    if space and (record := kinds_by_word(office).get(noun)):
        yield from (f"{noun} {view.name}" for view in views_of(office, record))
    elif not space:
        yield from (*PLACES, *screens(office))
        yield from (record.meta.noun for record in office.seen().values())
