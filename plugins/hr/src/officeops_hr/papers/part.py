"""The part of the plugin for papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_hr.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Command, Migration, Office, PageSection, Permission, Record, View


class PapersPart(Part):
    """Papers by class, which are required, and how long each is kept."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.papers.paper import KINDS
        from officeops_hr.papers.paper_type import PaperType, RequiredPaper

        return [PaperType, RequiredPaper, *KINDS]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.papers.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.papers.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.papers.usual_types import ACTIONS

        return ACTIONS

    def commands(self) -> Iterable[Command]:
        """Return the command on a person's file."""
        from officeops import Command

        return [
            Command(
                "file",
                "officeops_hr.papers.file_command:file",
                "List the papers that a person must have: present, missing, expired.",
                of="hr.person",
            )
        ]

    def views(self) -> Iterable[View]:
        """Return the papers that may be destroyed, and the types that nobody vouches for."""
        from officeops import View
        from officeops_hr.papers.paper import KINDS

        where = "keep_until<today"
        past = [View("past", kind.meta.key, "May be destroyed", where=where) for kind in KINDS]
        types = View("unconfirmed", "hr.paper-type", "Not confirmed", where="confirmed=no")
        return [*past, types]

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the papers that are missing in a person's file."""
        from officeops_hr.papers.file_section import section

        return section(office, person_id)

    def own_page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield all of a person's own papers."""
        from officeops_hr.papers.file_section import own_section

        return own_section(office, person_id)

    def demo(self, office: Office, seed: int) -> None:
        """Write the papers of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.papers:build")(office, seed)
