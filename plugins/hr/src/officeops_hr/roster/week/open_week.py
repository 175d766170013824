"""Open week: what the screens above a week use of its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_hr.roster.rules.gaps import Gap
    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.sheet import WeekSheet
    from officeops_hr.roster.week.typed_week import TypedWeek


# The week's screen opens the others, so that they cannot name its class without a circle.
class OpenWeek(Protocol):
    """The screen of a week, with everything that was typed there."""

    sheet: WeekSheet

    @property
    def office(self) -> Office:
        """The office."""

    @property
    def typed_week(self) -> TypedWeek:
        """The week with everything typed."""

    def read_typed(self) -> None:
        """Read the week again, with everything typed."""

    def go_to_gap(self, gap: Gap) -> None:
        """Put the cursor on the day of a gap."""

    def who_can_fill(self, gap: Gap) -> None:
        """Open the people who can fill a gap."""

    def asked(self, seat: Shift) -> Mapping[int, str]:
        """Return what people said when they were asked to take a seat."""

    def give(
        self,
        seat: Shift,
        person: int,
        reason: str | None,
    ) -> None:
        """Type a seat into the day of somebody."""
