"""Writing vCards, version 3.0 or 4.0."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from officeops.exchange.cards.card import PREFERRED, CardProperty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Version = Literal["3.0", "4.0"]
#: Bytes of a line; a longer one is folded (RFC 6350, section 3.2).
_LINE: Final = 75


def write_cards(
    out: BinaryIO,
    cards: Iterable[Sequence[CardProperty]],
    version: Version,
) -> None:
    """Write cards, each given as its properties."""
    for properties in cards:
        out.writelines(_folded(line) for line in _lines(properties, version))


def _lines(properties: Sequence[CardProperty], version: Version) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    if version == "3.0" and not any(entry.name == "N" for entry in properties):
        yield "N:;;;;"
    for entry in properties:
        group = f"{entry.group}." if entry.group else ""
        yield f"{group}{entry.name}{''.join(_params(entry, version))}:{entry.value}"
    yield "END:VCARD"


def _params(entry: CardProperty, version: Version) -> Iterator[str]:
    for name, values in entry.params:
        # Version 4.0 has a parameter for what 3.0 takes for a type.
        given = list(values)
        if version == "4.0" and name == "TYPE" and PREFERRED in map(str.lower, given):
            given = [value for value in given if value.lower() != PREFERRED]
            yield ";PREF=1"
        if given:
            yield f";{name}={','.join(_quoted(value, version) for value in given)}"


def _quoted(value: str, version: Version) -> str:
    if version == "4.0":
        # RFC 6868: a caret begins an escape.
        value = value.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
    value = value.replace('"', "'").replace("\n", " ")
    return f'"{value}"' if set(value) & set(",;:") else value


def _folded(line: str) -> bytes:
    """Return a line in pieces that a reader joins; no letter is cut in two."""
    data = line.encode()
    pieces = []
    while len(data) > _LINE:
        end = _LINE
        # A byte that goes on with a letter is no place to cut.
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[:end])
        data = b" " + data[end:]
    return b"\r\n".join([*pieces, data, b""])
