"""Vendors as vCards: the properties that a vendor has fields for, and all others beside them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from officeops.exchange import Card, CardProperty, escaped, read_cards, write_cards
from officeops_vendors.vcard_rows import rows_of, with_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    #: A vendor's values by the names of its fields.
    Values = Mapping[str, Any]

#: The property of each field; the name is the company's, or the full name of a card without one.
_PROPERTIES = {"email": "EMAIL", "website": "URL", "note": "NOTE"}


def read(
    stream: BinaryIO,
    name: str,
    note: Callable[[str], object],
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield a vendor for each card, with the line that the card begins on."""
    for card in read_cards(
        stream,
        name,
        note,
    ):
        values = _fields(card)
        # A card that says no more than the fields is not kept beside them.
        own = _merged(values, ())
        is_more = _comparable(card.properties) != _comparable(own)
        yield card.line, {**values, "card": _kept(card) if is_more else None}


def write_3(out: BinaryIO, rows: Iterable[Values]) -> None:
    """Write vendors as vCards of version 3.0, which every address book reads."""
    write_cards(
        out,
        map(_properties, rows),
        "3.0",
    )


def write_4(out: BinaryIO, rows: Iterable[Values]) -> None:
    """Write vendors as vCards of version 4.0."""
    write_cards(
        out,
        map(_properties, rows),
        "4.0",
    )


# -- from a card to fields -----------------------------------------------------------------------


def _fields(card: Card) -> dict[str, Any]:
    """Return what a card says in the fields of a vendor, and its rows."""
    values: dict[str, Any] = {"name": _name(card)}
    for field, name in _PROPERTIES.items():
        entry = _chosen(card, name)
        values[field] = _shown(entry) if entry else None
    return {**values, **rows_of(card)}


def _name(card: Card) -> str | None:
    """Return the company of a card, else the full name, its parts, a nickname, a mail or a phone."""
    for company in card.all("ORG"):
        return " ".join(company.parts[0].split())
    if card.full_name:
        return card.full_name
    for entry in [*card.all("NICKNAME"), *card.all("EMAIL"), *card.all("TEL")]:
        return _shown(entry)
    return None


def _chosen(card: Card, name: str) -> CardProperty | None:
    """Return the property of several that a field shows: the preferred one, then the one at work."""
    found = card.all(name)
    at_work = [entry for entry in found if "work" in entry.types]
    preferred = [entry for entry in found if "pref" in entry.types]
    return next(iter([*preferred, *at_work, *found]), None)


def _shown(entry: CardProperty) -> str:
    text = entry.text.strip()
    if entry.name == "NOTE":
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip("\n")
    return " ".join(text.split())


# -- from fields to a card -----------------------------------------------------------------------


def _properties(values: Values) -> list[CardProperty]:
    """Return the properties of a vendor: those of its card, with the values of today."""
    kept = json.loads(values.get("card") or "[]")
    return _merged(values, [_restored(entry) for entry in kept])


def _merged(values: Values, kept: Sequence[CardProperty]) -> list[CardProperty]:
    """Put the values of a vendor into the properties of its card.

    A property whose field says the same stays as it came; another value replaces it, and a blank
    one takes it out.
    """
    card = Card(0, tuple(kept))
    before = _fields(card)
    properties = list(kept)
    name = values.get("name") or ""
    # A card of a person has a name of its own beside the company's.
    if name != before["name"]:
        properties = [entry for entry in properties if entry.name not in {"FN", "N", "ORG"}]
        company = CardProperty("ORG", escaped(name))
        properties = [CardProperty("FN", escaped(name)), company, *properties]
    elif not card.all("FN"):
        properties.insert(0, CardProperty("FN", escaped(name)))
    for field, property_name in _PROPERTIES.items():
        value = values.get(field)
        if value != before[field]:
            _replace(
                properties,
                _chosen(card, property_name),
                property_name,
                value,
            )
    return with_rows(properties, values)


def _replace(
    properties: list[CardProperty],
    old: CardProperty | None,
    name: str,
    value: str | None,
) -> None:
    # The new value takes the place and the types of the old one.
    place = properties.index(old) if old else len(properties)
    if old:
        del properties[place]
    if value:
        properties.insert(place, CardProperty(name, escaped(value), old.params if old else ()))


# -- as the office keeps it ----------------------------------------------------------------------


def _kept(card: Card) -> str:
    """Write a card's properties as plain ASCII, which no tidying of texts changes."""
    entries = [[entry.name, entry.value, entry.params, entry.group] for entry in card.properties]
    return json.dumps(entries, separators=(",", ":")).replace("  ", " \\u0020")


def _restored(entry: Sequence[Any]) -> CardProperty:
    name, value, params, group = entry
    return CardProperty(
        name,
        value,
        tuple((key, tuple(given)) for key, given in params),
        group,
    )


def _comparable(properties: Iterable[CardProperty]) -> list[tuple[str, str]]:
    return sorted((entry.name, entry.value) for entry in properties if entry.name != "PRODID")
