"""An office of people, leave and notes, open for one of its users."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops import Query
from officeops.access.actions import admit
from officeops.cli.commands.search import hits
from officeops.core.note_record import Note
from officeops.core.office_record import Facts
from officeops.core.records import DueNote
from officeops.core.tag_record import Tag
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.testing import OfficeFactory

CREW = (Path(__file__).parent / "scope_plugin.py").read_text()
#: Each login with its role: eve works, ada leads ben and cyd, cyd leads dee, max manages.
USERS = {
    "ada": "lead",
    "ben": "clerk",
    "cyd": "lead",
    "dee": "clerk",
    "eve": "clerk",
    "max": "manager",
}
LED_BY = {"ben": "ada", "cyd": "ada", "dee": "cyd"}
#: The names whose rows each reaches: one's own and one's team's.
REACH = {
    "ada": {"ada", "ben", "cyd", "dee"},
    "ben": {"ben"},
    "cyd": {"cyd", "dee"},
    "dee": {"dee"},
    "eve": {"eve"},
    "max": set(USERS),
}


def kind(office: Office, key: str) -> Any:  # noqa: ANN401 - a class of the plugin that the test wrote
    return office.records[f"crew.{key}"]


def crewed(
    office_factory: OfficeFactory, files: Mapping[str, str] | None = None, **words: str
) -> Office:
    """Return an office whose people each have two times off, a review and notes; `words` replace reasons.

    `files` are plugins beside the crew, or in its place.
    """
    office = office_factory(files={"crew": CREW, **(files or {})})
    with office.acting("core.init"):
        office.add(Facts(name="Test"))
    for name, role in USERS.items():
        admit(office, name, [role])
    users = dict(office.rows("SELECT login, id FROM core_user"))
    with office.acting("crew.person.add"):
        people: dict[str, Any] = {}
        for number, name in enumerate(USERS):
            lead = people.get(LED_BY.get(name, ""))
            person = kind(office, "person")(
                name=words.get(f"name-{name}", name.title()),
                user_id=users[name],
                lead_id=lead.id if lead else None,
                pay=(number + 1) * 1000,
            )
            people[name] = office.add(person)
    with office.acting("crew.leave.add"):
        for name in ("first", "second"):
            office.add(kind(office, "desk")(name=name, person_id=people["dee"].id))
        for name, person in people.items():
            _belongings(office, name, person, words)
    return office


def _belongings(office: Office, name: str, person: Any, words: dict[str, str]) -> None:  # noqa: ANN401
    note = kind(office, "note")
    for number in (1, 2):
        day = date(2026, 11, number)
        why = f"{words.get(name, name)} holiday {number}"
        leave = office.add(
            kind(office, "leave")(
                person_id=person.id,
                day=day,
                why=why,
                number=f"{words.get(name, name)}-{number}",
                papers=day,
            )
        )
        office.add(kind(office, "leave-day")(leave_id=leave.id, day=day))
        office.add(note(about=leave, text=f"about {why}"))
        office.add(Note(about=leave, text=f"noted {why}", follow_up_on=day, owner=name))
        office.add(Tag(about=leave, word=f"{words.get(name, name)} {number}"))
        office.attach(leave, f"paper {why}".encode(), name=f"{why}.txt")
    office.add(DueNote(due_key=f"crew.leave:{leave.id}:{day}", person=name))
    office.add(
        kind(office, "review")(person_id=person.id, words=f"{words.get(name, name)} is good")
    )
    office.add(kind(office, "shift")(day=date(2026, 11, 3), person_id=person.id))
    for desk_id in (1, 1, 2):
        booking = kind(office, "booking")
        office.add(booking(person_id=person.id, desk_id=desk_id, day=date(2026, 11, 4)))
    office.add(note(about=person, text=f"about {words.get(name, name)}"))


def open_as(office: Office, user: str) -> Office:
    return Office(office.path, office.plugins, office.machine, user=user)


def kept_for(folders: pytest.TempPathFactory) -> Iterator[Office]:
    """Yield an office that the tests of one module share."""
    from officeops.testing import OfficeFactory

    home = folders.mktemp("crew")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        factory = OfficeFactory(home)
        yield crewed(factory)
        for office in factory.opened:
            office.close()


def roads(office: Office) -> Iterator[tuple[str, set[int]]]:
    """Yield the ids of leave that each public road gives."""
    leave = kind(office, "leave")
    yield "all", {row.id for row in office.all(leave)}
    yield "select", {row[0] for row in office.select(leave, leave.meta.list_fields)}
    yield "sorted", {row[0] for row in office.select(leave, [], Query(sort="-person"))}
    yield "filter", {row[0] for row in office.select(leave, [], Query("state=asked"))}
    yield "word", {row[0] for row in office.select(leave, [], Query("holiday"))}
    yield "sql", {row[0] for row in office.rows("SELECT id FROM crew_leave")}
    yield "search", {hit[3] for hit in hits(office, "holiday", 99) if hit[0] == "leave"}
    yield (
        "due",
        {
            n.due.record_id
            for n in office.due_items(date(2026, 12, 1))
            if n.due.record == "crew.leave"
        },
    )
    yield "history", {entry.record_id or 0 for entry in changes(office, Asked(record=leave))}
    yield "some", {row.id for row in office.some(leave, range(1, 99))}
