"""The same unit: one serial number of one maker is one unit, typed or in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value, folded

if TYPE_CHECKING:
    from officeops import Office

#: What to do with a unit that is entered already.
ENTER_ONCE: Final = "enter a unit once"
#: A few units have a number, and a list is compared with all of them.
_NUMBERED: Final = """
SELECT id, name, serial, make, udi FROM maintenance_equipment
WHERE serial IS NOT NULL AND archived_at IS NULL
"""


class Numbered(Value):
    """A unit by its maker's serial number; `name` is how people know it."""

    name: str
    serial: str
    make: str | None
    udi: str | None
    id: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether it is a number: lists of other programs have words such as "none" there."""
        return any(letter.isdigit() for letter in self.serial)

    def is_same(self, other: Numbered) -> bool:
        """Whether two with one number are one unit: of one maker, or of an unknown one and no other code."""
        if self.make and other.make:
            return folded(self.make) == folded(other.make)
        return not self.udi or not other.udi or self.udi == other.udi


class SerialNumbers:
    """The serial numbers of an office's units, to which those of a file are added."""

    def __init__(self, office: Office) -> None:
        self._units: dict[str, list[Numbered]] = {}
        for number, name, serial, make, udi in office.rows(_NUMBERED):
            self.add(Numbered(f"EQ-{number} {name}", serial, make, udi, number))

    def add(self, unit: Numbered) -> None:
        """Take in a unit."""
        self._units.setdefault(folded(unit.serial), []).append(unit)

    def same(self, unit: Numbered) -> Numbered | None:
        """Return another unit that is this one; None where there is none."""
        if not unit.is_sure:
            return None
        for other in self._units.get(folded(unit.serial), ()):
            # A unit that is edited is no other one than itself.
            if (not unit.id or other.id != unit.id) and unit.is_same(other):
                return other
        return None
