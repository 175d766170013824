"""Part: what one folder of the plugin declares and answers; the hooks of the plugin ask all parts.

A part overrides the methods that it needs, and imports inside them: a command loads only what it
asks for. Those that are asked with a person are the parts' own protocol, beside officeops' hooks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import (
        Action,
        Command,
        Dataset,
        Due,
        Duplicate,
        Format,
        HuddleLine,
        Job,
        Migration,
        Office,
        PageSection,
        Permission,
        Problem,
        Proof,
        Record,
        Report,
        Role,
        Screen,
        View,
    )
    from officeops_hr.screened import Screened


class Part:
    """One part of the plugin. Each method answers nothing until a part overrides it."""

    # -- declarations ----------------------------------------------------------------------------

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        return ()

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the part's tables, oldest first, each named `PART_0001_words`."""
        return ()

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions, and the levels of those that follow from records."""
        return ()

    def roles(self) -> Iterable[Role]:
        """Return the roles that an office has."""
        return ()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        return ()

    def commands(self) -> Iterable[Command]:
        """Return the commands."""
        return ()

    def screens(self) -> Iterable[Screen]:
        """Return the screens."""
        return ()

    def views(self) -> Iterable[View]:
        """Return the views."""
        return ()

    def reports(self) -> Iterable[Report]:
        """Return the reports."""
        return ()

    def jobs(self) -> Iterable[Job]:
        """Return the jobs for cron."""
        return ()

    def formats(self) -> Iterable[Format]:
        """Return the file formats."""
        return ()

    def datasets(self) -> Iterable[Dataset]:
        """Return the reference tables that a file replaces whole."""
        return ()

    # -- answers of hooks ------------------------------------------------------------------------

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - for parts to override, as all below
        """Yield the lines of Today."""
        return ()

    def search(self, office: Office, text: str) -> Iterable[Record]:  # noqa: ARG002
        """Yield the records that a text finds beside their searched fields."""
        return ()

    def huddle(self, office: Office) -> Iterable[HuddleLine]:  # noqa: ARG002
        """Yield the lines of the morning's page."""
        return ()

    def inspect(self, office: Office, kinds: frozenset[str]) -> Iterable[Proof]:  # noqa: ARG002
        """Yield the proofs of the kinds that an inspection asks for."""
        return ()

    def duplicates(self, office: Office) -> Iterable[Duplicate]:  # noqa: ARG002
        """Yield the pairs of records that may be one."""
        return ()

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002
        """Yield the problems in the part's data, for `officeops selfcheck`."""
        return ()

    def demo(self, office: Office, seed: int) -> None:
        """Add the part's share of the demo practice; the people are there already."""

    # -- answers about one person ----------------------------------------------------------------

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:  # noqa: ARG002
        """Yield sections of a person's page. Each asks `office.may_view` of what it tells."""
        return ()

    def own_page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield sections of `officeops me`: those of the page, if a part has no others."""
        return self.page(office, person_id)

    def screened(self, office: Office, *, births: bool) -> Iterable[Screened]:  # noqa: ARG002
        """Yield the people and businesses that an exclusion check compares.

        `births` says whether their dates of birth are opened.
        """
        return ()

    def not_ready(self, office: Office, person_id: int, day: date) -> Iterable[str]:  # noqa: ARG002
        """Yield the reasons why a person may not work on a day."""
        return ()

    def references(self, office: Office, person_id: int) -> Iterable[PageSection]:  # noqa: ARG002
        """Yield what a leaver still has or answers for, beside references of other records."""
        return ()
