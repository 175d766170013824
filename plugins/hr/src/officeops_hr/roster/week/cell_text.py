"""CellText: the words people type into a day of the week: 7-3, 8-12 1-5 FD, 5-8 call, 2, off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.clock import read_times, times

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.templates import Template

#: With these a text begins; any other character is a key of the screen.
BEGINS: Final = "0123456789o-x"
OFF: Final = frozenset({"off", "o", "x", "-", "–"})
#: Words behind the times for shifts that are no work in a role.
KINDS: Final = {
    "call": "on_call",
    "standby": "standby",
    "training": "training",
    "meeting": "meeting",
}
_WORDS: Final = {kind: word for word, kind in KINDS.items()}
_DASH: Final = re.compile(r"\s*[-–]\s*")
#: Between two shifts of a day: a comma, or a blank before the next number.
_BETWEEN: Final = re.compile(r"\s*[,;+]\s*|\s+(?=\d)")
_HALF_DAY: Final = re.compile(r"(?<=\d)\s+(?=[ap]m?\b)", re.IGNORECASE)
#: The times, the unpaid minutes, a role or a kind, and a room: 8-5/30 FD @room3; the pm of 8-5pm
#: is no role.
_SHIFT: Final = re.compile(
    r"([^/\s@]*?)(?:/(\d+))?\s*((?![ap]m\b)[a-z_]{2,}[\w-]*)?\s*(?:@(\w+))?", re.IGNORECASE
)


class Wanted(NamedTuple):
    """A shift that somebody typed.

    An `unpaid` of None is the usual one, a blank role the usual role, and no room the room it has.
    """

    start: int
    end: int
    unpaid: int | None = None
    role: str = ""
    kind: str = "work"
    room: str = ""


def read_cell(
    text: str,
    templates: Sequence[Template],
    codes: Iterable[str] = (),
    rooms: Collection[str] = (),
) -> list[Wanted]:
    """Read the shifts of a day; none for `off`. A digit alone is a template.

    `codes` are the roles that may be named, `rooms` the words of rooms. Raises ValueError with what to type instead.
    """
    plain = text.strip()
    if plain.lower() in OFF:
        return []
    if len(plain) == 1 and plain.isdecimal():
        return [_of_template(int(plain), templates)]
    joined = _HALF_DAY.sub("", _DASH.sub("-", plain))
    known = {code.lower(): code for code in codes}
    wanted = [_read_shift(part, known, rooms) for part in _BETWEEN.split(joined) if part]
    return sorted(wanted)


def _of_template(number: int, templates: Sequence[Template]) -> Wanted:
    for template in templates:
        if template.digit == number:
            return Wanted(
                template.start,
                template.end,
                template.unpaid,
            )
    raise ValueError(f"there is no shift template {number}: 7-3, 7:30-15:30, or off")


def _read_shift(
    part: str,
    codes: Mapping[str, str],
    rooms: Collection[str],
) -> Wanted:
    parts = _SHIFT.fullmatch(part)
    if parts is None:
        raise ValueError(f"{part!r} is no shift: 7-3, 7:30-15:30, or off")
    written, unpaid, word, room = parts.groups()
    if room and room.lower() not in rooms:
        raise ValueError(f"{room!r} is no room: {', '.join(rooms) or 'the office has none'}")
    start, end = read_times(written)
    kind = KINDS.get((word or "").lower(), "work")
    role = ""
    if word and word.lower() not in KINDS:
        if word.lower() not in codes:
            raise ValueError(f"{word!r} is no role: its code, such as MA, or call")
        role = codes[word.lower()]
    return Wanted(
        start,
        end,
        None if unpaid is None else int(unpaid),
        role,
        kind,
        (room or "").lower(),
    )


def write_cell(
    shifts: Iterable[Shift],
    codes: Mapping[int, str],
    *,
    pauses: bool = False,
    rooms: Mapping[int, str] | None = None,
) -> str:
    """Write the shifts of a day as they are typed, with `pauses` those of unpaid breaks too.

    `codes` are those of roles to name, and `rooms` the words of rooms.
    """
    words = []
    for shift in sorted(shifts, key=lambda one: one.start):
        behind = _WORDS.get(shift.kind) or codes.get(shift.role, "")
        pause = f"/{shift.pause}" if pauses else ""
        room = (rooms or {}).get(shift.room or 0)
        where = f"@{room}" if room else ""
        words.append(f"{times(shift.start, shift.end)}{pause}{behind}{where}")
    return ",".join(words)
