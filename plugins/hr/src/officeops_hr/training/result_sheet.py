"""ResultSheet: the signed list of a session, typed in afterwards, a row for each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import EntrySheet, SheetRow, choice, sheet_column
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.training.recording import attendance_words, put_on_list
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops import Office, Typed
    from officeops_hr.training.session import TrainingSession

_ASKED: Final = ("trained", "passed", "failed", "absent")
_COLUMNS: Final = (sheet_column("result", choice(*_ASKED), width=9),)
_OF_PERSON: Final = "session_id = ? AND person_id = ?"
_TOPICS: Final = """
SELECT DISTINCT topic_id FROM hr_training WHERE session_id = ? AND archived_at IS NULL
ORDER BY topic_id
"""


class ResultSheet(EntrySheet):
    """Who came to a session, and with which result; Enter takes `trained`."""

    key = "hr.training-results"
    verb = "hr.training-session.complete"
    noun = "result"
    done = "marked"
    heading = "Person"
    expects = "list"
    differing = ""
    types = "result"
    typing = "Type t trained, p passed, f failed or a absent; Enter takes trained"
    untouched = "they stay as they are"
    adds = "Person who came and is not on the list"
    nothing = "Nobody is on the list: officeops training-session invite"
    columns = _COLUMNS

    def __init__(self, session: TrainingSession) -> None:
        """Make the sheet of a session."""
        self._session = session

    @property
    def subject(self) -> str:
        """The session."""
        return str(self._session.id)

    @property
    def title(self) -> str:
        """Its name in the breadcrumb."""
        return f"{self._session.human_key} {self._session.title}"

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return a row for each person of the list, and for each one who was added."""
        results: dict[int, str] = {}
        for training in office.all(
            Training,
            "session_id = ?",
            self._session.id,
            order="id",
        ):
            # Of several topics the first: one sheet of paper has one mark for a person.
            results.setdefault(training.person_id, training.result)
        for row_id in also:
            results.setdefault(int(row_id), "")
        rows = [_row(office, person, result) for person, result in results.items()]
        return sorted(rows, key=_by_name)

    def find(self, office: Office, text: str) -> str | None:
        """Return the row of a person."""
        return str(office.find(Person, text).id)

    def add(self, office: Office, text: str) -> str:
        """Return the row of a person who was not on the list."""
        return str(office.find(Person, text).id)

    def summary(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> str:
        """Return how many stay due."""
        left = [row for row in rows if row.id in typed and _stays_due(typed[row.id])]
        return f"{wording.count(len(left), 'person')} stay due"

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Keep each result, for all topics of the session."""
        topics = [topic for (topic,) in office.rows(_TOPICS, self._session.id)]
        for row_id, row in typed.items():
            person = int(row_id)
            # Somebody who came without being asked gets all topics of the sheet.
            put_on_list(
                office,
                self._session,
                topics,
                [person],
            )
            for training in list(
                office.all(
                    Training,
                    _OF_PERSON,
                    self._session.id,
                    person,
                )
            ):
                office.edit(training, result=row.value("result"))
        return f"{self._session.human_key}: {attendance_words(office, self._session)}."


def _row(
    office: Office,
    person: int,
    result: str,
) -> SheetRow:
    return SheetRow(
        str(person),
        office.label(Person, person),
        result,
        offered={"result": "trained"},
        needs=("result",),
        of=((Person.meta.key, person),),
    )


def _stays_due(typed: Typed) -> bool:
    return typed.value("result") in {"failed", "absent"}


def _by_name(row: SheetRow) -> str:
    # As the sheet on paper, which has no numbers.
    return row.label.partition(" ")[2]
