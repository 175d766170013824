"""What is about a record moves to another in the caller's action, and one undo takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.core.care_tools import TODAY, caring, clock_of, kind, planned, tasks
from tests.sealing.staff import PLUGIN, hire

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.core.attachment_record import Attachment
from officeops.core.note_record import Note
from officeops.core.tag_record import Tag
from officeops.core.task_record import Task
from officeops.history.undo import redo, undo
from officeops.history.verify import verify
from officeops.model.about import Subject
from officeops.model.errors import NotFound, Refused
from officeops.office.crud import add_record
from officeops.office.office import Office

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.testing import OfficeFactory

BYTES = b"%PDF-1.4 Zanzibar-4711"


def hang(office: Office, record: Record) -> None:
    """Put a note, two tags and a task on a record."""
    about: Any = Subject(record.meta.key, record.id)
    with office.acting("core.note.add"):
        office.add(Note(about=about, text="Call them"))
        office.add(Tag(about=about, word="urgent"))
        office.add(Tag(about=about, word="recall"))
        office.add(Task(title="Look", due_on=office.today, about=about))


def subjects(office: Office) -> list[tuple[str, int]]:
    """List whose each live file, note, tag and task is."""
    rows: list[Any] = [
        *office.all(Attachment),
        *office.all(Note),
        *office.all(Tag),
        *office.all(Task),
    ]
    return [(row.about.key, row.about.id) for row in rows if row.about]


def test_all_of_it_moves_to_another_kind_and_back_by_one_undo(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory(files={"staff": PLUGIN})
    person = hire(office)
    room = add_record(office, office.record("location"), {"name": "Room"})
    secret = office.attach(person, BYTES, name="screen.pdf")
    plain = office.attach(person, BYTES, name="plain.pdf", sealed=False)
    hang(office, person)
    before, actions = subjects(office), office.value("SELECT max(id) FROM core_action")
    with office.acting("core.location.edit"):
        assert office.move_about(person, room) == 6
    assert office.value("SELECT max(id) FROM core_action") == actions + 1
    assert set(subjects(office)) == {("core.location", room.id)}
    for attachment in (secret, plain):
        assert office.content(office.get(Attachment, attachment.id)).read() == BYTES
    assert office.open(office.get(Attachment, secret.id), "sealed_name") == "screen.pdf"
    undo(office)
    assert subjects(office) == before
    redo(office)
    assert set(subjects(office)) == {("core.location", room.id)}
    assert verify(office) == []


def test_a_tag_that_both_have_is_kept_once(office_factory: OfficeFactory) -> None:
    office = office_factory(files={"staff": PLUGIN})
    person = hire(office)
    room = add_record(office, office.record("location"), {"name": "Room"})
    about: Any = Subject("core.location", room.id)
    hang(office, person)
    with office.acting("core.tag.add"):
        office.add(Tag(about=about, word="Urgent"))
    with office.acting("core.location.edit"):
        assert office.move_about(person, room) == 3
    assert sorted(tag.word for tag in office.all(Tag)) == ["Urgent", "recall"]
    undo(office)
    assert len(list(office.all(Tag))) == 3


def test_tasks_of_plans_stay_and_both_records_must_be_in_reach(
    office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_of(monkeypatch)(TODAY)
    office = caring(office_factory)
    first = office.get(kind(office, "device"), 1)
    plan = planned(office, device_id=1)
    second = add_record(office, kind(office, "device"), {"name": "Scale"})
    hang(office, first)
    make_role(office, "desk", ["read", "work"])
    admit(office, "bob", ["desk"])
    with Office(office.path, office.plugins, office.machine, user="bob") as desk:
        room = add_record(office, office.record("location"), {"name": "Room"})
        for old, new in ((first, room), (room, first)):
            with pytest.raises(NotFound), desk.acting("core.note.add"):
                desk.move_about(old, new)
    note = next(iter(office.all(Note)))
    for same in (first, note):
        with pytest.raises(Refused), office.acting("core.note.add"):
            office.move_about(first, same)
    with office.acting("core.note.add"):
        office.move_about(first, second)
    written = tasks(office, plan)
    assert written
    assert {task.about.id for task in written if task.about} == {first.id}
    assert [task.about.id for task in office.all(Task, "plan_id IS NULL") if task.about] == [
        second.id
    ]
