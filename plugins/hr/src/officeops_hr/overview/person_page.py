"""The page of a person: what every part says of them, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, PageSection
    from officeops_hr.people.person import Person


def page(office: Office, person: Person) -> Iterator[PageSection]:
    """Yield the sections of a person's page, as far as the acting person may see them."""
    for part in PARTS:
        yield from part.page(office, person.id)


def own_sections(office: Office, person: Person) -> Iterator[PageSection]:
    """Yield the sections of a person's own page."""
    for part in PARTS:
        yield from part.own_page(office, person.id)
