"""The recovery sheet: the keys of the sealed fields on paper, in lines that find typing errors.

A key and eight bytes of its digest make four lines of sixteen letters (Crockford's base 32, which
has no I, L, O or U). Each line has two more letters: the remainder of its number, with its place,
by the prime 1021. A single wrong letter changes that remainder, and so do two neighbors that
changed places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused
from officeops.sealing.keyring import LENGTH, SealKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Letters that the alphabet lacks are read as the digits that look like them.
_ALIKE: Final = str.maketrans("OIL", "011")
_PRIME: Final = 1021
#: A key has so many lines, each of so many bytes.
_LINES: Final = 4
_BYTES: Final = 10
#: A line has so many groups of four letters.
_GROUPS: Final = 4
_PLACES: Final = ("1", "2", "3", "4")


def sheet(keys: Sequence[SealKey]) -> Iterator[str]:
    """Yield the lines of the sheet: `1.2 7ZQ4 0M3K 9XWE 5T1B C7` is the second of key 1."""
    for key in keys:
        whole = key.secret + _digest(key.secret)
        for line in range(_LINES):
            part = whole[line * _BYTES : (line + 1) * _BYTES]
            number = int.from_bytes(part, "big")
            letters = _written(number, 16)
            groups = " ".join(letters[at : at + 4] for at in range(0, 16, 4))
            check = _written(_check(key.version, line, number), 2)
            yield f"{key.version}.{line + 1} {groups} {check}"


def recovered(lines: Iterable[str]) -> list[SealKey]:
    """Return the keys of a sheet that was typed in; blank lines and comments, from #, do not count.

    Raises Refused, which names the line, for one that is wrong, missing or there twice.
    """
    numbers: dict[int, dict[int, int]] = {}
    for text in lines:
        line = text.strip()
        if not line or line.startswith("#"):
            continue
        version, place, number = _read(line)
        of_key = numbers.setdefault(version, {})
        if place in of_key:
            raise Refused(f"The line {version}.{place + 1} is there twice.", code="given-twice")
        of_key[place] = number
    if not numbers:
        raise Refused(
            "There is no line of a recovery sheet; one begins with its number, such as 1.1.",
            code="needed",
        )
    return [_key(version, numbers[version]) for version in sorted(numbers)]


def _read(line: str) -> tuple[int, int, int]:
    """Return the version, the place (from 0) and the number of a line.

    Raises Refused for a wrong one.
    """
    label, _, rest = line.upper().translate(_ALIKE).partition(" ")
    version, _, place = label.partition(".")
    letters = "".join(rest.replace("-", " ").split())
    named = line.partition(" ")[0][:12]
    # isdecimal alone would take the digits of other scripts, and int() a number of any length.
    is_version = version.isascii() and version.isdecimal() and len(version) < 9
    if not is_version or place not in _PLACES:
        raise Refused(
            f"A line begins with {named!r}, which is no number of a line; one is such as 1.1.",
            code="malformed",
        )
    if len(letters) != _GROUPS * 4 + 2 or not set(letters) <= set(_LETTERS):
        raise Refused(
            f"The line {named} needs four groups of four letters and one of two; look at it again.",
            code="malformed",
        )
    number, check = _number(letters[:16]), _number(letters[16:])
    if check != _check(int(version), int(place) - 1, number):
        raise Refused(
            f"The line {named} has a typing error; compare it with the sheet.", code="malformed"
        )
    return int(version), int(place) - 1, number


def _key(version: int, lines: dict[int, int]) -> SealKey:
    missing = [f"{version}.{place + 1}" for place in range(_LINES) if place not in lines]
    if missing:
        raise Refused(
            f"Of key {version} the sheet lacks {', '.join(missing)}; type all four lines.",
            code="needed",
        )
    whole = b"".join(lines[place].to_bytes(_BYTES, "big") for place in range(_LINES))
    secret = whole[:LENGTH]
    if whole[LENGTH:] != _digest(secret) or not version:
        raise Refused(
            f"The lines of key {version} are each right but do not belong together; "
            "are they of one sheet?",
            code="malformed",
        )
    return SealKey(version, secret)


def _check(version: int, line: int, number: int) -> int:
    """Return the remainder of a line; its place counts, so a line in another's place is wrong."""
    return ((version * _LINES + line) * 32**16 + number) % _PRIME


def _digest(secret: bytes) -> bytes:
    from officeops.store.hashing import blake2b

    return blake2b(
        secret,
        digest_size=_LINES * _BYTES - LENGTH,
        person=b"officeops sheet",
    ).digest()


def _written(number: int, width: int) -> str:
    letters = ""
    for _ in range(width):
        number, digit = divmod(number, 32)
        letters = _LETTERS[digit] + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 32 + _LETTERS.index(letter)
    return number
