"""The core's part of a made-up practice: its name, rooms and hours, and the work of its people.

Days in the data files are counted from today, before it where they are below zero.
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from officeops.core.attached_actions import done as note_done
from officeops.core.checklist_records import Checklist, ChecklistItem
from officeops.core.document_records import DocumentType, PracticeDocument
from officeops.core.document_types import add_types
from officeops.core.hours_actions import replace_hours
from officeops.core.note_record import Note
from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops.core.tag_record import Tag
from officeops.core.task_record import LIFE, Task
from officeops.demo.demo import Demo
from officeops.demo.rows import demo_rows
from officeops.demo.working_days import working_again, working_before
from officeops.values.opening_hours import USUAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from officeops.office.office import Office

    #: What somebody did on a day.
    Step = tuple[date, str, Callable[[], object]]

NAME: Final = "Maple Street Family Practice"
#: The locations as a count walks them, with their kinds.
LOCATIONS: Final = (
    ("Supply closet", "room"),
    ("Front desk", "room"),
    ("Exam room 1", "room"),
    ("Exam room 2", "room"),
    ("Procedure room", "room"),
    ("Lab", "room"),
    ("Vaccine fridge", "fridge"),
    ("Medication room", "cabinet"),
    ("Emergency cart", "cart"),
)
#: The questions of the walk-through, by their columns in its file.
_QUESTIONS: Final = {
    "lights": "Lights in the hall",
    "exits": "Exits are clear",
    "eyewash": "Eyewash runs clear",
    "fridge": "Vaccine fridge",
}
_WALK: Final = "Opening walk-through"
_ACTIONS: Final = {action.verb: action for action in LIFE.actions(Task)}


def found(office: Office, seed: int) -> None:
    """Add the records of every office: its name, its rooms, its hours and its documents."""
    with office.acting("demo.build", {"plugin": "core"}):
        rooms = []
        for place, (name, kind) in enumerate(LOCATIONS, 1):
            room = Location(name=name, kind=kind, count_order=place)
            rooms.append(office.add(room))
        office.add(Facts(name=NAME, default_location_id=rooms[0].id))
        replace_hours(office, USUAL)
        _add_documents(Demo(office, seed, "core"))
    office.forget_facts()


def _add_documents(demo: Demo) -> None:
    """Add the usual types of documents, and documents of which none is due yet."""
    add_types(demo.office)
    types = {kind.name: kind.id for kind in demo.office.all(DocumentType)}
    documents = []
    for row in demo_rows(__package__, "documents.csv"):
        document = {
            "name": row["name"],
            "type_id": types[row["type"]],
            "number": row["number"] or None,
            "issued_on": demo.day(row["issued"]).isoformat(),
            "expires_on": demo.day(row["ends"]).isoformat(),
        }
        documents.append(document)
    demo.office.add_many(PracticeDocument, documents)


def build(office: Office, seed: int) -> None:
    """Let the people of the practice do their work of the last months, day by day."""
    past = _Past(Demo(office, seed, "core"))
    steps = [*past.walks(), *past.tasks(), *past.notes(), *past.files()]
    for day, person, do in sorted(steps, key=lambda step: step[0]):
        with past.demo.at(day, person):
            do()


class _Past:
    """The steps of the past: each on its day, by its person."""

    def __init__(self, demo: Demo) -> None:
        self.demo, self.office = demo, demo.office
        self._tasks: dict[tuple[str, str], int] = {}

    def _day(self, days: str) -> date:
        return working_before(self.demo.day(days))

    # -- tasks -------------------------------------------------------------------------------------

    def tasks(self) -> Iterator[Step]:
        """Yield the tasks that people asked for, and how each ended."""
        for row in demo_rows(__package__, "tasks.csv"):
            task = Task(
                title=row["title"],
                owner=row["owner"],
                severity=row["severity"],
                due_on=working_again(self.demo.day(row["due"])),
                note=row["note"] or None,
                about=None,
            )
            key = row["title"], row["due"]
            yield self._day(row["asked"]), "ann", partial(self._ask, key, task)
            if row["done"]:
                yield self._day(row["done"]), row["by"], partial(self._end, key, "complete")
            elif row["reason"]:
                skip = partial(self._end, key, "skip", reason=row["reason"])
                yield self._day(row["due"]), row["by"], skip

    def walks(self) -> Iterator[Step]:
        """Yield the walk-throughs with their answers; one was missed, and somebody said why."""
        rows = demo_rows(__package__, "walk_throughs.csv")
        yield self._day(rows[0]["day"]), "ann", self._add_checklist
        for row in rows:
            day, key = self._day(row["day"]), (_WALK, row["day"])
            yield day, "ann", partial(self._plan_walk, key, day)
            if row["reason"]:
                skip = partial(self._end, key, "skip", reason=row["reason"])
                yield day, "ann", skip
                continue
            answers = "\n".join(f"{text}={row[name]}" for name, text in _QUESTIONS.items())
            yield day, row["by"], partial(self._end, key, "complete", answer=answers)

    def _add_checklist(self) -> None:
        with self.office.acting("core.checklist.add"):
            checklist = self.office.add(Checklist(name=_WALK, note="Before the first patient"))
            for position, (name, text) in enumerate(_QUESTIONS.items(), 1):
                item = ChecklistItem(checklist_id=checklist.id, text=text, position=position)
                if name == "fridge":
                    item.type, item.unit, item.low, item.high = "reading", "°F", 3600, 4600
                self.office.add(item)

    def _plan_walk(self, key: tuple[str, str], day: date) -> None:
        checklist = self.office.find(Checklist, _WALK)
        self._ask(
            key, Task(title=_WALK, owner="luis", due_on=day, about=None, checklist_id=checklist.id)
        )

    def _ask(self, key: tuple[str, str], task: Task) -> None:
        with self.office.acting("core.task.add"):
            self._tasks[key] = self.office.add(task).id

    def _end(self, key: tuple[str, str], verb: str, **values: str) -> None:
        task = self.office.get(Task, self._tasks[key])
        self.office.do(_ACTIONS[verb], task, **values)

    # -- notes, files and tags ---------------------------------------------------------------------

    def notes(self) -> Iterator[Step]:
        """Yield the notes on rooms, and the day on which somebody followed up on one."""
        for row in demo_rows(__package__, "notes.csv"):
            yield self._day(row["day"]), row["by"], partial(self._note, row)
            if row["done"]:
                yield self._day(row["done"]), row["by"], partial(self._follow_up, row["text"])

    def _note(self, row: Mapping[str, str]) -> None:
        follow_up = self._day(row["follow_up"]) if row["follow_up"] else None
        about = self._room(row)
        with self.office.acting("core.note.add"):
            self.office.add(Note(about=about, text=row["text"], follow_up_on=follow_up))

    def _room(self, row: Mapping[str, str]) -> Any:  # noqa: ANN401 - a record or its key, in About
        return self.office.find(Location, row["location"])

    def _follow_up(self, text: str) -> None:
        note = next(self.office.all(Note, "text = ?", text))
        self.office.do(note_done, note)

    def files(self) -> Iterator[Step]:
        """Yield the files and tags of rooms."""
        for row in demo_rows(__package__, "attached.csv"):
            yield self._day(row["day"]), row["by"], partial(self._attach, row)

    def _attach(self, row: Mapping[str, str]) -> None:
        room = self._room(row)
        content = files(__package__).joinpath("files", row["file"]).read_bytes()
        self.office.attach(room, content, name=row["file"])
        with self.office.acting("core.tag.add"):
            for word in row["tags"].split():
                self.office.add(Tag(about=room, word=word))
