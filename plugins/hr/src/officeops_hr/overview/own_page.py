"""`officeops me`: what the office keeps about the person who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Field, Refused
from officeops.commands import entitle, office_of, output_options, print_page, print_rows
from officeops_hr.overview.person_page import own_sections
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

FIELDS: Final = [
    Field("text", label="Section", list_rank=1).named("section", ""),
    Field("text", label="Label", list_rank=1).named("label", ""),
    Field("text", label="Text", list_rank=1).named("text", ""),
]
#: Columns of a label.
_LABEL: Final = 20


def own_person(office: Office) -> Person:
    """Return the person of the acting login. Raises Refused where nobody has the login."""
    # No person has user 0, so a login that is gone finds nobody.
    person = office.first(Person, "user_id = ?", office.acting_user() or 0)
    if person is None and office.who.is_shared:
        # A PIN signs one entry, and opens nobody's file on a screen in the hall.
        why = (
            "people share it, so it shows nobody's own page: use your own login. "
            "`officeops list-to-sign` asks for your PIN, and lists what you may sign here"
        )
        raise Refused(why, f"The login {office.actor}", code="not-allowed-here")
    if person is None and office.acting_user() is None:
        why = "it is no login of this office, so nobody is linked to it: `officeops add-user` adds one"
        raise Refused(why, f"The login {office.actor}", code="not-found")
    if person is None:
        why = (
            "no person is linked to it. Somebody who edits people links one: "
            f"officeops person edit NAME --user {office.actor}"
        )
        raise Refused(why, f"The login {office.actor}", code="not-found")
    return person


@click.command()
@output_options
@click.pass_context
def me(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Show what the office keeps about you."""
    office = office_of(ctx)
    person = own_person(office)
    entitle(person.name)
    rows = list(_rows(office, person))
    # The same rows for programs, who need no headings.
    if as_json or as_csv:
        print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv)
        return 0
    print_page(_lines(rows))
    return 0


def _lines(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield the rows as text, with each heading once."""
    before = ""
    for section, label, text in rows:
        if section != before:
            yield ""
            yield section
        before = section
        yield f"  {label:<{_LABEL}}  {text}" if label else f"  {text}"


def _rows(office: Office, person: Person) -> Iterator[tuple[str, str, str]]:
    for section in own_sections(office, person):
        for line in section.lines:
            yield section.heading, line.label, line.text
