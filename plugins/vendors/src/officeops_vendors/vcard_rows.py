"""The rows of a vendor in its vCard: phones as TEL, addresses as ADR, people as RELATED."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from officeops.exchange import Card, CardProperty, escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    #: One row: its values by the names of its fields.
    Row = Mapping[str, Any]

#: The types of a TEL, each with the kind of phone that it means; the first one counts.
_KINDS: Final = {
    "fax": "fax",
    "cell": "mobile",
    "pager": "other",
    "home": "other",
    "other": "other",
}
_TYPES: Final = {
    "work": ("work", "voice"),
    "mobile": ("cell",),
    "fax": ("work", "fax"),
    "after_hours": ("work", "msg"),
    "other": ("other",),
}
_PLACES: Final = {"remit_to": "remit", "billing": "billing", "shipping": "parcel"}
#: The parameter of a TEL for what the office notes beside the number.
_NOTE: Final = "X-NOTE"
#: A value that leads to another card, as the people of version 4.0 mostly do.
_ADDRESS_OF_CARD: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
#: The fields of a person behind the name.
_OF_PERSON: Final = ("role", "call_for", "phone", "mobile", "email", "note")


def rows_of(card: Card) -> dict[str, list[Any]]:
    """Return the phones, addresses and people that a card has."""
    return {
        "phones": _ordered(card, "TEL", _phone),
        "addresses": _ordered(card, "ADR", _address),
        "contacts": [*_own_person(card), *_ordered(card, "RELATED", _related)],
    }


def with_rows(properties: list[CardProperty], values: Row) -> list[CardProperty]:
    """Return the properties of a card with a vendor's rows; those that it has already stay."""
    properties = _with(properties, "TEL", values.get("phones"), _phone, _as_phone)
    properties = _with(properties, "ADR", values.get("addresses"), _address, _as_address)
    person = [row["name"] for row in _own_person(Card(0, tuple(properties)))]
    people = [row for row in values.get("contacts") or () if _name(row) not in person]
    return _with(properties, "RELATED", people, _related, _as_related)


# -- from a card ---------------------------------------------------------------------------------


def _ordered(
    card: Card,
    name: str,
    read: Callable[[CardProperty], Any],
) -> list[Any]:
    """Read the properties of a name, the preferred one first, each content once."""
    entries = sorted(card.all(name), key=lambda entry: "pref" not in entry.types)
    rows: list[Any] = []
    for entry in entries:
        row = read(entry)
        if row and row not in rows:
            rows.append(row)
    return rows


def _phone(entry: CardProperty) -> Row | None:
    kinds = [kind for word, kind in _KINDS.items() if word in entry.types]
    if "msg" in entry.types and "work" in entry.types:
        kinds.append("after_hours")
    # As the office keeps it, so that a card's own spelling is the same number.
    if not entry.number:
        return None
    row = {"kind": kinds[0] if kinds else "work", "number": entry.number}
    if note := _note(entry):
        row["note"] = note
    return row


def _note(entry: CardProperty) -> str:
    """Return the office's note beside a number."""
    words = " ".join(dict(entry.params).get(_NOTE, ()))
    return " ".join(words.split())


def _address(entry: CardProperty) -> Row | None:
    kinds = [kind for kind, word in _PLACES.items() if word in entry.types]
    kind = kinds[0] if kinds else "main"
    return {"kind": kind, "address": entry.address} if entry.address else None


def _own_person(card: Card) -> list[Row]:
    """Return the person whose card it is, where it names a company beside the person."""
    companies = [" ".join(company.parts[0].split()) for company in card.all("ORG")]
    names = [" ".join(whole.text.split()) for whole in card.all("FN")]
    if not companies or not names or names[0] in {"", companies[0]}:
        return []
    person = {"name": names[0]}
    for title in [*card.all("TITLE"), *card.all("ROLE")]:
        person.setdefault("role", " ".join(title.text.split()))
    return [person]


def _related(entry: CardProperty) -> str | None:
    """Return a person as the line of text that `vendor add --contact` takes."""
    text = " ".join(entry.text.split())
    if "contact" not in entry.types or _ADDRESS_OF_CARD.fullmatch(text):
        return None
    return text


# -- to a card -----------------------------------------------------------------------------------


def _with(
    properties: list[CardProperty],
    name: str,
    rows: Iterable[Any] | None,
    read: Callable[[CardProperty], Any],
    write: Callable[[Any], CardProperty],
) -> list[CardProperty]:
    """Return properties with rows as those of a name: one that says the same stays as it came."""
    if rows is None:
        return properties
    known: dict[str, list[CardProperty]] = {}
    for entry in properties:
        if entry.name == name:
            known.setdefault(str(_content(read(entry))), []).append(entry)
    written: list[CardProperty] = []
    for row in rows:
        new = write(row)
        # Two properties of one content belong to its first row.
        written += known.pop(str(_content(read(new))), [new])
    places = [place for place, entry in enumerate(properties) if entry.name == name]
    others = [entry for entry in properties if entry.name != name or not read(entry)]
    at = places[0] if places else len(others)
    return [*others[:at], *written, *others[at:]]


def _content(row: Any) -> object:  # noqa: ANN401 - a row, or the text of one
    return sorted(row.items()) if isinstance(row, dict) else row


def _as_phone(row: Row) -> CardProperty:
    kind = str(row.get("kind") or "work")
    plain = _typed("TEL", escaped(str(row["number"])), _TYPES[kind])
    note = row.get("note")
    if not note:
        return plain
    params = (*plain.params, (_NOTE, (str(note),)))
    return CardProperty("TEL", plain.value, params)


def _as_address(row: Row) -> CardProperty:
    # An envelope's lines are one street: nothing says which of them is the city.
    text = f";;{escaped(str(row['address']))};;;;"
    place = _PLACES.get(str(row.get("kind")))
    return _typed("ADR", text, (place,) if place else ())


def _name(row: Row | str) -> str:
    return "" if isinstance(row, str) else str(row["name"])


def _as_related(row: Row | str) -> CardProperty:
    text = row if isinstance(row, str) else _as_line(row)
    # Without VALUE it would be the address of another card.
    return CardProperty("RELATED", escaped(text), (("TYPE", ("contact",)), ("VALUE", ("text",))))


def _as_line(row: Row) -> str:
    parts = [str(row["name"])]
    parts += [f"{field}={row[field]}" for field in _OF_PERSON if row.get(field)]
    return "; ".join(parts)


def _typed(
    name: str,
    text: str,
    types: tuple[str, ...],
) -> CardProperty:
    return CardProperty(name, text, (("TYPE", types),) if types else ())
