"""Open week: what the keys and the screens above a week use of its screen."""

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

    # -- keys ------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Publish the week."""

    def who_can(self) -> None:
        """Open the people who can take the cell or fill the gap."""

    def open_coverage(self) -> None:
        """Open the half-days and the gaps."""

    def open_worked(self) -> None:
        """Open the day sheet of the day under the cursor."""

    def copy_week(self) -> None:
        """Type the shifts of the week before."""

    def ask_reason(self) -> None:
        """Ask why the line is planned although a rule warns."""

    def lay_out_patterns(self) -> None:
        """Add the shifts of patterns."""

    def go_by(self, weeks: int) -> None:
        """Go to a week before or after."""

    def turn_beside(self) -> None:
        """Turn the column beside the names."""

    def ask_place(self) -> None:
        """Ask for another place."""
