"""Card: the properties of one vCard, in one form whatever version it came in."""

from __future__ import annotations

from typing import Final

from officeops.model.immutable import Value
from officeops.values.phone_numbers import phone_text

#: A backslash escapes these in a value (RFC 6350, section 3.4).
_ESCAPED: Final = {"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"}
#: The type by which version 3.0 marks the one of several to prefer; 4.0 has PREF=1.
PREFERRED: Final = "pref"


class CardProperty(Value):
    """One property: `item1.TEL;TYPE=work:555` has a group, a name, parameters and a value.

    `params` are names with their values, upper-case names, all types under one TYPE. `value` is as
    version 3.0 and 4.0 write it, with backslashes before commas, semicolons and line ends.
    """

    name: str
    value: str
    params: tuple[tuple[str, tuple[str, ...]], ...] = ()
    group: str = ""

    @property
    def types(self) -> frozenset[str]:
        """The types, such as work and fax, in small letters."""
        found = [values for name, values in self.params if name == "TYPE"]
        return frozenset(value.lower() for values in found for value in values)

    @property
    def parts(self) -> list[str]:
        """The texts between semicolons, without their backslashes."""
        return [unescaped(part) for part in _split(self.value, ";")]

    @property
    def text(self) -> str:
        """The value as one text."""
        return unescaped(self.value)

    @property
    def number(self) -> str:
        """The phone number of a TEL, as the office writes numbers."""
        text = self.text.strip()
        # Version 4.0 writes phones as addresses of the web.
        if text.lower().startswith("tel:"):
            text = text[4:].replace(";ext=", " ext. ")
        return phone_text(_tidy(text))

    @property
    def address(self) -> str:
        """The lines of an ADR, as on an envelope."""
        box, extended, street, city, region, code, country, *_ = [*self.parts, *[""] * 7]
        town = ", ".join(filter(None, [city, region]))
        place = " ".join(filter(None, [town, code]))
        lines = f"{street}\n{extended}\n{box}\n{place}\n{country}".splitlines()
        return "\n".join(filter(None, map(_tidy, lines)))


class Card(Value):
    """A vCard: the line that it begins on, and its properties in order."""

    line: int
    properties: tuple[CardProperty, ...]

    def all(self, name: str) -> list[CardProperty]:
        """List the properties of a name that have a value, the preferred ones first."""
        found = [
            entry for entry in self.properties if entry.name == name and entry.text.strip(" ;")
        ]
        return sorted(found, key=lambda entry: PREFERRED not in entry.types)

    @property
    def full_name(self) -> str:
        """The name of a person: FN, else the parts of N; blank for a card without either."""
        for whole in self.all("FN"):
            return _tidy(whole.text)
        for name in self.all("N"):
            family, given, middle, prefix, suffix, *_ = [*name.parts, "", "", "", "", ""]
            return _tidy(f"{prefix} {given} {middle} {family} {suffix}")
        return ""


def _tidy(text: str) -> str:
    return " ".join(text.split())


def escaped(text: str) -> str:
    """Write a text as a value."""
    return "".join(_ESCAPED.get(letter, letter) for letter in text)


def unescaped(value: str) -> str:
    """Read a value as a text."""
    letters: list[str] = []
    rest = iter(value)
    for letter in rest:
        if letter == "\\":
            following = next(rest, "\\")
            letters.append("\n" if following in "nN" else following)
        else:
            letters.append(letter)
    return "".join(letters)


def _split(value: str, mark: str) -> list[str]:
    """Split a value at a mark that no backslash escapes."""
    parts, start, place = [], 0, 0
    while place < len(value):
        if value[place] == "\\":
            place += 1
        elif value[place] == mark:
            parts.append(value[start:place])
            start = place + 1
        place += 1
    return [*parts, value[start:]]
