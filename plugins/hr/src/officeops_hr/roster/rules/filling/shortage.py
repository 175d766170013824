"""Shortage: the proof that seats of one moment cannot all be filled, however people are moved.

By Hall's theorem (1935) the seats of a moment can all be filled unless some roles together need more
people than may work in any of them. Those roles are the proof; without them nothing is impossible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Shortage(NamedTuple):
    """Roles that need more people at a moment than may work in any of them."""

    roles: tuple[int, ...]
    people: int
    needed: int


def shortage(
    role: int,
    needs: Mapping[int, int],
    able: Mapping[int, Collection[int]],
) -> Shortage | None:
    """Return why the seats of a role cannot be filled beside those of the others; None if they can.

    `needs` is how many people each role needs at the moment, `able` who may work in it.
    """
    matching = _Matching(able)
    for other, need in needs.items():
        for number in range(need if other != role else 0):
            matching.fills((other, number))
    for number in range(needs[role]):
        if not matching.fills((role, number)):
            roles = matching.short_roles()
            needed = sum(needs[one] for one in roles)
            return Shortage(roles, matching.asked(), needed)
    return None


class _Matching:
    """People in seats of a moment, one each; a seat is a role and a number."""

    def __init__(self, able: Mapping[int, Collection[int]]) -> None:
        self._able = able
        self._seat_of: dict[int, tuple[int, int]] = {}
        self._asked: set[int] = set()
        self._reached: set[tuple[int, int]] = set()

    def fills(self, seat: tuple[int, int]) -> bool:
        """Fill a seat, by moving as many people as it takes; all others stay filled."""
        self._asked, self._reached = set(), set()
        return self._augments(seat)

    def _augments(self, seat: tuple[int, int]) -> bool:
        self._reached.add(seat)
        # By number, so that the same seats have the same proof.
        for person in sorted(self._able.get(seat[0], ())):
            # Each is asked once: who could not move before cannot move now.
            if person in self._asked:
                continue
            self._asked.add(person)
            current = self._seat_of.get(person)
            if current is None or self._augments(current):
                self._seat_of[person] = seat
                return True
        return False

    def short_roles(self) -> tuple[int, ...]:
        """Return the roles that the last search reached: all people who may work in them are in them."""
        return tuple(sorted({role for role, _ in self._reached}))

    def asked(self) -> int:
        """Return how many people the last search asked, which are all of those roles."""
        return len(self._asked)
