"""Papers of a person, by class: each class has records, and so permissions, of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from officeops import Problem, Record, Retention, computed, field, ref
from officeops_hr.papers.keeping import GOOD_UNTIL, KEEP_UNTIL, NOT_BEFORE
from officeops_hr.papers.paper_type import PaperType
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_COMPUTED = (
    computed("good_until", GOOD_UNTIL, kind="date", list_rank=3, label="Good until"),
    computed(
        "keep_until",
        KEEP_UNTIL,
        kind="date",
        list_rank=4,
        unknown="until further notice",
        help="Before this day it must not be destroyed",
    ),
    computed("not_before", NOT_BEFORE, kind="date", hidden=True, label="Not destroyed before"),
)
_RETENTION = Retention(years=0, after="not_before", why="the clock of its type")


class PaperOfPerson(Record, base=True):
    """What papers of all classes have; the scanned file is attached, and sealed."""

    #: The classes of the types that a kind takes.
    classes: ClassVar[tuple[str, ...]] = ()

    person_id: int = ref("hr.person", list_rank=1)
    type_id: int = ref("hr.paper-type", list_rank=1)
    dated_on: date = field(
        default=lambda office: office.today, list_rank=2, label="Dated", help="The day it is from"
    )
    remark: str | None = field(default=None, sealed=True, hidden=True)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a type of another class: it would be seen by other people."""
        kind = office.get(PaperType, self.type_id)
        if kind.paper_class not in self.classes:
            words = (
                f"is of the class {kind.paper_class}, which is kept as {_NOUNS[kind.paper_class]}"
            )
            yield Problem(words, "type", code="not-allowed-here")


class Paper(
    PaperOfPerson,
    key="hr.paper",
    display="type_id",
    sort="person,type",
    scope=PEOPLE.by("person_id", team="sensitive", all="sensitive"),
):
    """A paper of the personnel or payroll file.

    People see their own.
    """

    classes = ("personnel", "payroll")
    computed = _COMPUTED
    retention = _RETENTION


class MedicalPaper(
    PaperOfPerson,
    key="hr.medical-paper",
    display="type_id",
    sort="person,type",
    scope=PEOPLE.by("person_id", team="sensitive", all="sensitive"),
):
    """A medical paper, apart from the personnel file."""

    classes = ("medical",)
    computed = _COMPUTED
    retention = _RETENTION


class CheckPaper(
    PaperOfPerson,
    key="hr.check-paper",
    display="type_id",
    sort="person,type",
    scope=PEOPLE.by("person_id", team="sensitive", all="sensitive"),
):
    """An I-9 or a background check, apart from both."""

    classes = ("i9", "background")
    computed = _COMPUTED
    retention = _RETENTION


KINDS: tuple[type[PaperOfPerson], ...] = (Paper, MedicalPaper, CheckPaper)
_NOUNS = {name: kind.meta.noun for kind in KINDS for name in kind.classes}
