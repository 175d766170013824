"""People as vCards: colleagues in the address book of a phone, and back.

A card that goes out has the name, the position, the email and the numbers at work and of mobile
phones. Home addresses, home numbers and birthdays come in, and stay in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from officeops import Format
from officeops.exchange import Card, CardProperty, escaped, read_cards, write_cards
from officeops_hr.people.birthday import is_birthday

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    #: A person's values by the names of their fields.
    Values = Mapping[str, Any]

_HERE: Final = "officeops_hr.people.vcards"
_FIELDS: Final = (
    "name",
    "family_name",
    "email",
    "address",
    "birthday",
    "role",
    "department",
    "phones",
)
#: Fields that a card has as they are.
_PROPERTIES: Final = {
    "role": "TITLE",
    "email": "EMAIL",
}
#: The kinds of phones, each with the types of a TEL; the first type that matches counts.
_KINDS: Final = {
    "mobile": ("cell",),
    "work": ("work",),
    "home": ("home",),
}
#: The kinds that a card for colleagues has.
_SHARED: Final = ("mobile", "work")
#: The digits of a whole date; version 4.0 writes two dashes for a year that it leaves out.
_WHOLE: Final = 8
_NO_YEAR: Final = "--"

FORMATS: Final = [
    Format(
        name,
        endings,
        ("hr.person",),
        _FIELDS,
        f"{_HERE}:read",
        f"{_HERE}:{write}",
    )
    for name, endings, write in (
        ("vcard", (".vcf", ".vcard"), "write_3"),
        ("vcard4", (), "write_4"),
    )
]


def read(
    stream: BinaryIO,
    name: str,
    note: Callable[[str], object],
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield a person for each card, with the line that the card begins on."""
    companies = 0
    cards = read_cards(
        stream,
        name,
        note,
    )
    for card in cards:
        if _is_company(card):
            companies += 1
            continue
        yield card.line, _values(card)
    if companies:
        note(f"Cards of companies are left out: {companies:,}.")


def write_3(out: BinaryIO, rows: Iterable[Values]) -> None:
    """Write people as vCards of version 3.0, which every address book reads."""
    write_cards(
        out,
        map(_properties, rows),
        "3.0",
    )


def write_4(out: BinaryIO, rows: Iterable[Values]) -> None:
    """Write people as vCards of version 4.0."""
    write_cards(
        out,
        map(_properties, rows),
        "4.0",
    )


# -- from a card ---------------------------------------------------------------------------------


def _is_company(card: Card) -> bool:
    """Whether a card has no person: it says so, or its name is the company's."""
    if any(kind.text.lower() == "org" for kind in card.all("KIND")):
        return True
    companies = [company.parts[0] for company in card.all("ORG")]
    is_named = bool(card.all("N"))
    return not is_named and card.full_name in {"", *companies}


def _values(card: Card) -> dict[str, Any]:
    return {
        "name": card.full_name or None,
        "family_name": _family_name(card),
        "email": _text(card, "EMAIL"),
        "address": _address(card),
        "birthday": _birthday(card),
        "role": _text(card, "TITLE"),
        "department": _department(card),
        "phones": list(_phones(card)),
    }


def _text(card: Card, name: str) -> str | None:
    """Return the preferred text of a name, in one line."""
    for entry in card.all(name):
        return " ".join(entry.text.split())
    return None


def _family_name(card: Card) -> str | None:
    """Return a family name of several words: lists go by the last word of a name otherwise."""
    for name in card.all("N"):
        family = name.parts[0].strip()
        return family if " " in family else None
    return None


def _address(card: Card) -> str | None:
    """Return where they live: an address at work is the office's."""
    for entry in card.all("ADR"):
        if "work" not in entry.types and entry.address:
            return entry.address
    return None


def _birthday(card: Card) -> str | None:
    """Return the month and the day; the year is an age, which is nobody's business."""
    text = _text(card, "BDAY") or ""
    # Some write a time behind the day.
    day = text.partition("T")[0]
    digits = day.replace("-", "")
    if len(digits) != _WHOLE and not day.startswith(_NO_YEAR):
        return None
    birthday = f"{digits[-4:-2]}-{digits[-2:]}"
    return birthday if is_birthday(birthday) else None


def _department(card: Card) -> str | None:
    """Return the unit behind the company's name."""
    for company in card.all("ORG"):
        _, *units = company.parts
        unit = units[0] if units else ""
        return unit.strip() or None
    return None


def _phones(card: Card) -> Iterator[dict[str, str]]:
    seen = set()
    for entry in card.all("TEL"):
        number = entry.number
        if not number or number in seen:
            continue
        seen.add(number)
        yield {
            "kind": _kind(entry),
            "number": number,
        }


def _kind(entry: CardProperty) -> str:
    # A fax at work rings nobody.
    if "fax" in entry.types:
        return "other"
    for kind, types in _KINDS.items():
        if not entry.types.isdisjoint(types):
            return kind
    return "other"


# -- to a card -----------------------------------------------------------------------------------


def _properties(values: Values) -> list[CardProperty]:
    """Return the properties of a person's card."""
    name = values["name"]
    properties = [
        CardProperty("FN", escaped(name)),
        CardProperty("N", _parts(name, values.get("family_name"))),
    ]
    if values.get("department"):
        # Nobody gives the name of the office to a format: its place stays blank.
        properties.append(CardProperty("ORG", f";{escaped(values['department'])}"))
    for field, property_name in _PROPERTIES.items():
        text = values.get(field)
        if text:
            properties.append(CardProperty(property_name, escaped(text)))
    phones = values.get("phones") or ()
    shared = [phone for phone in phones if phone["kind"] in _SHARED]
    return [*properties, *map(_as_phone, shared)]


def _as_phone(phone: Mapping[str, str]) -> CardProperty:
    types = _KINDS[phone["kind"]]
    return CardProperty(
        "TEL",
        escaped(phone["number"]),
        (("TYPE", types),),
    )


def _parts(name: str, family: str | None) -> str:
    """Write a name as its family name and the rest."""
    last = family if family and name.endswith(family) else name.rsplit(maxsplit=1)[-1]
    given = name.removesuffix(last).strip()
    return f"{escaped(last)};{escaped(given)};;;"
