"""The recovery sheet: the keys of the sealed fields on paper, in lines that find their own typing errors.

A key and eight bytes of its digest are four lines of sixteen letters (Crockford's base 32: no I, L, O or U), each with two
letters more: the remainder of the line's number, its place included, by the prime 1021. No single wrong letter, and no two
neighbours exchanged, leave that remainder as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused
from officeops.sealing.keyring import LENGTH, SealKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: What is read for what looks like it.
_ALIKE: Final = str.maketrans("OIL", "011")
_PRIME: Final = 1021
_LINES: Final = 4
_BYTES: Final = 10
_GROUPS: Final = 4


def sheet(keys: Sequence[SealKey]) -> Iterator[str]:
    """Yield the lines of the sheet: `1.2 7ZQ4 0M3K 9XWE 5T1B C7` is the second line of the key of version 1."""
    for key in keys:
        whole = key.secret + _digest(key.secret)
        for line in range(_LINES):
            number = int.from_bytes(whole[line * _BYTES : (line + 1) * _BYTES], "big")
            letters = _written(number, 16)
            groups = " ".join(letters[at : at + 4] for at in range(0, 16, 4))
            yield f"{key.version}.{line + 1} {groups} {_written(_check(key.version, line, number), 2)}"


def recovered(lines: Iterable[str]) -> list[SealKey]:
    """Return the keys of a sheet that was typed in; blank lines and those that begin with # say nothing.

    Raises Refused naming the line that is wrong, missing or there twice.
    """
    found: dict[int, dict[int, int]] = {}
    for text in lines:
        line = text.strip()
        if line and not line.startswith("#"):
            version, place, number = _read(line)
            if place in found.setdefault(version, {}):
                raise Refused(f"The line {version}.{place + 1} is there twice.")
            found[version][place] = number
    if not found:
        raise Refused(
            "There is no line of a recovery sheet; one begins with its number, such as 1.1."
        )
    return [_key(version, found[version]) for version in sorted(found)]


def _read(line: str) -> tuple[int, int, int]:
    label, _, rest = line.upper().translate(_ALIKE).partition(" ")
    version, _, place = label.partition(".")
    letters = "".join(rest.replace("-", " ").split())
    named = line.partition(" ")[0][:12]
    if not (
        version.isascii()
        and version.isdecimal()
        and len(version) < 9
        and place in {"1", "2", "3", "4"}
    ):
        raise Refused(
            f"A line begins with {named!r}, which is no number of a line; one is such as 1.1."
        )
    if len(letters) != _GROUPS * 4 + 2 or any(each not in _LETTERS for each in letters):
        raise Refused(
            f"The line {named} wants four groups of four letters and one of two; look at it again."
        )
    number, check = _number(letters[:16]), _number(letters[16:])
    if check != _check(int(version), int(place) - 1, number):
        raise Refused(f"The line {named} has a typing error; compare it with the sheet.")
    return int(version), int(place) - 1, number


def _key(version: int, lines: dict[int, int]) -> SealKey:
    if missing := [f"{version}.{place + 1}" for place in range(_LINES) if place not in lines]:
        raise Refused(
            f"Of key {version} the sheet lacks {', '.join(missing)}; type all four lines."
        )
    whole = b"".join(lines[place].to_bytes(_BYTES, "big") for place in range(_LINES))
    secret = whole[:LENGTH]
    if whole[LENGTH:] != _digest(secret) or not version:
        raise Refused(
            f"The lines of key {version} are each right but do not belong together; are they of one sheet?"
        )
    return SealKey(version, secret)


def _check(version: int, line: int, number: int) -> int:
    return ((version * _LINES + line) * 32**16 + number) % _PRIME


def _digest(secret: bytes) -> bytes:
    from officeops.store.hashing import blake2b

    return blake2b(secret, digest_size=_LINES * _BYTES - LENGTH, person=b"officeops sheet").digest()


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
