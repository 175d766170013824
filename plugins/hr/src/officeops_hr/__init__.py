"""officeops-hr: the people of a practice, from the job posting to the last day.

Each hook asks the parts (`parts.PARTS`); a folder's `part.py` says what it declares and answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Plugin, hookimpl

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
        Permission,
        Problem,
        Proof,
        Record,
        Report,
        Role,
        Screen,
        Settings,
        View,
    )

PLUGIN = Plugin(
    "hr",
    summary="The people of the office: who they are, and what they need to work",
    api=2,
    after=("vendors", "inventory", "maintenance"),
    group="People",
)


@hookimpl
def settings() -> type[Settings]:
    from officeops_hr.config import HrSettings

    return HrSettings


@hookimpl
def services() -> dict[type, object]:
    from officeops.services import PeopleDirectory
    from officeops_hr.overview.directory import Directory

    directory: PeopleDirectory = Directory()
    return {PeopleDirectory: directory}


@hookimpl
def records() -> Iterable[type[Record]]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.records()


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.migrations()


@hookimpl
def permissions() -> Iterable[Permission]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.permissions()


@hookimpl
def roles() -> Iterable[Role]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.roles()


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.actions()


@hookimpl
def commands() -> Iterable[Command]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.commands()


@hookimpl
def screens() -> Iterable[Screen]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.screens()


@hookimpl
def views() -> Iterable[View]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.views()


@hookimpl
def reports() -> Iterable[Report]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.reports()


@hookimpl
def jobs() -> Iterable[Job]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.jobs()


@hookimpl
def formats() -> Iterable[Format]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.formats()


@hookimpl
def datasets() -> Iterable[Dataset]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.datasets()


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.due(office, until)


@hookimpl
def search(office: Office, text: str) -> Iterable[Record]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.search(office, text)


@hookimpl
def huddle(office: Office) -> Iterable[HuddleLine]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.huddle(office)
    # Above the parts: it asks all of them.
    from officeops_hr.overview.unready_lines import morning_lines

    yield from morning_lines(office)


@hookimpl
def inspect(office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.inspect(office, kinds)


@hookimpl
def duplicates(office: Office) -> Iterable[Duplicate]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.duplicates(office)


@hookimpl
def check(office: Office) -> Iterable[Problem]:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        yield from part.check(office)


@hookimpl
def demo(office: Office, seed: int) -> None:
    from officeops_hr.parts import PARTS

    for part in PARTS:
        part.demo(office, seed)
