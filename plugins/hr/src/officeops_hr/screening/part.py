"""The part of the plugin for screening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_hr.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Dataset, Due, Migration, Office, PageSection, Permission, Record
    from officeops_hr.screened import Screened


class ScreeningPart(Part):
    """The comparison with exclusion lists."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.screening.screening_hit import ScreeningHit
        from officeops_hr.screening.screening_run import ScreeningResult, ScreeningRun

        return [ScreeningRun, ScreeningResult, ScreeningHit]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.screening.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.screening.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the check, and the decisions on hits."""
        from officeops_hr.screening.check import ACTIONS
        from officeops_hr.screening.screening_hit import HIT, ScreeningHit

        return [*ACTIONS, *HIT.actions(ScreeningHit)]

    def datasets(self) -> Iterable[Dataset]:
        """Return the exclusion lists."""
        from officeops_hr.screening.lists import LISTS

        return LISTS

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - the hook's signature
        """Yield the hits to decide on, and the check of the month."""
        from officeops_hr.screening.due_lines import due_lines

        return due_lines(office)

    def screened(self, office: Office, *, births: bool) -> Iterable[Screened]:  # noqa: ARG002
        """Yield the vendors."""
        from officeops_hr.screening.vendors import vendors

        return vendors(office)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield a person's last check."""
        from officeops_hr.screening.person_page import page

        return page(office, person_id)

    def own_page(self, office: Office, person_id: int) -> Iterable[PageSection]:  # noqa: ARG002
        """Yield nothing: a person tells a person of a hit."""
        return ()

    def demo(self, office: Office, seed: int) -> None:
        """Write two years of monthly checks of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.screening:build")(office, seed)
