"""WalkThrough: the open tasks with their questions, printed for a walk and typed in afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from officeops import (
    ChecklistItem,
    EntrySheet,
    Location,
    Problem,
    Refused,
    SheetRow,
    Task,
    Value,
    field,
    folded,
    sheet_column,
)
from officeops.values import money_text, read_decimal, wording
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.proved_by import CAME, step_of
from officeops_maintenance.plans.task_visits import task_came

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from officeops import Office, Typed

_OPEN: Final = "state = 'open' AND second_sign IN (0, 1) AND due_on <= ?"
#: What stands for a pass and a fail where one letter is typed.
_SHORT: Final = {"p": "pass", "f": "fail", "x": "pass", "done": "pass"}


def _hundredths(answer: str) -> int:
    """Read a number. Raises ValueError for none, which the booking says in its own words."""
    number = read_decimal(answer, 2)
    if number is None:
        raise ValueError("a number is needed")
    return number


class Question(Value):
    """One line of the sheet: a task, and the item of its checklist that is asked."""

    task: Task
    item: int = 0
    text: str = ""
    limits: str = ""
    is_pass: bool = True
    low: int | None = None
    high: int | None = None
    failing: str = ""

    def fails(self, answer: str) -> bool:
        """Whether an answer fails, as the booking will say."""
        word = _SHORT.get(answer.lower(), answer.lower())
        if self.is_pass:
            return word in {"fail", "failed", "no"}
        if self.low is None and self.high is None:
            return bool(word) and word in self.failing.split(", ")
        number = _hundredths(answer)
        is_low = self.low is not None and number < self.low
        return is_low or (self.high is not None and number > self.high)

    @property
    def id(self) -> str:
        """The task and the item, by their ids."""
        return f"{self.task.id}.{self.item}"

    @property
    def label(self) -> str:
        """The question, and of what: `T-12 Water tepid · Eyewash: EQ-3`, since the end is cut."""
        slot = f" ({self.task.slot})" if self.task.slot else ""
        of = f"{self.task.title}{slot}"
        asked = f"{self.text} · {of}" if self.text else of
        return f"{self.task.human_key} {asked}"

    @property
    def of(self) -> tuple[tuple[str, int], ...]:
        """The task, and the record that it is about."""
        # A purge of either takes a typed answer along; a purge of another record leaves it.
        about = self.task.about
        subject = ((about.key, about.id),) if about else ()
        return ((Task.meta.key, self.task.id), *subject)


class WalkThrough(EntrySheet):
    """The tasks that are due, each with its questions; the answers complete them."""

    key: ClassVar[str] = "maintenance.walk-through"
    verb: ClassVar[str] = "maintenance.walk-through"
    noun: ClassVar[str] = "answer"
    done: ClassVar[str] = "answered"
    heading: ClassVar[str] = "Task and question"
    expects: ClassVar[str] = "limits"
    differing: ClassVar[str] = "result"
    untouched: ClassVar[str] = "their tasks stay open"
    typing: ClassVar[str] = "Type the answer: p for pass, f for fail, a number, a text"
    nothing: ClassVar[str] = "No task is due."
    columns = (
        sheet_column("answer", field(), width=12),
        sheet_column("when", field(kind="instant", default=None), width=17),
    )

    def __init__(
        self,
        until: date,
        *,
        owner: str = "",
        plan: Plan | None = None,
        location: Location | None = None,
    ) -> None:
        self.until, self.owner, self.plan, self.location = until, owner, plan, location
        #: The questions by their rows, to say which answers fail.
        self._asked: dict[str, Question] = {}

    @property
    def subject(self) -> str:
        """Whose walk it is, and where."""
        plan = str(self.plan.id) if self.plan else ""
        place = str(self.location.id) if self.location else ""
        return f"{folded(self.owner)}:{plan}:{place}"

    @property
    def title(self) -> str:
        """The screen's name."""
        return f"Walk-through, {self.owner}" if self.owner else "Walk-through"

    # -- the rows ----------------------------------------------------------------------------------

    def questions(self, office: Office) -> list[Question]:
        """List the questions of the tasks that are due, in the order of their titles."""
        questions: list[Question] = []
        for task in sorted(self._tasks(office), key=lambda task: (task.title, task.due_on)):
            questions += _questions(office, task)
        return questions

    def _tasks(self, office: Office) -> Iterator[Task]:
        units, step = self._units(office), step_of(office)
        for task in office.all(Task, _OPEN, self.until.isoformat()):
            # A task with a log of its own is not asked a second time.
            if step(task) not in {None, CAME}:
                continue
            of_plan = task.plan_key == Plan.meta.key
            if self.plan is not None and not (of_plan and task.plan_id == self.plan.id):
                continue
            if self.owner and folded(task.owner) != folded(self.owner):
                continue
            # The sheet goes around on a clipboard: a task that asks nothing, such as a notice about
            # a person, is no part of a walk.
            if not (self.owner or of_plan or task.checklist_id):
                continue
            if units is None or (task.about and (task.about.key, task.about.id) in units):
                yield task

    def _units(self, office: Office) -> set[tuple[str, int]] | None:
        """Return the units and plans of the location; None where all places are walked."""
        if self.location is None:
            return None
        found = set()
        for key in ("maintenance.equipment", Plan.meta.key):
            rows = office.all(office.record(key), "location_id = ?", self.location.id)
            found |= {(key, record.id) for record in rows}
        return found

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return a row for each question, and those of typed tasks that others have closed by now."""
        questions = {question.id: question for question in self.questions(office)}
        self._asked = questions
        for row_id in also:
            if row_id not in questions:
                task = office.get(Task, int(row_id.partition(".")[0]))
                questions |= {one.id: one for one in _questions(office, task) if one.id == row_id}
        return [
            SheetRow(
                one.id,
                one.label,
                one.limits,
                seen=f"{one.task.state} {one.limits}",
                of=one.of,
            )
            for one in questions.values()
        ]

    def differs(self, row: SheetRow, typed: Typed) -> str:
        """Say of an answer that it fails, before it is booked."""
        question, answer = self._asked.get(row.id), typed.text("answer").strip()
        try:
            return "fails" if question and answer and question.fails(answer) else ""
        # Only a remark here: the booking refuses it in its own words.
        except ValueError:
            return "no number"

    def find(self, office: Office, text: str) -> str | None:
        """Return the first row of a task."""
        word = folded(text)
        for question in self.questions(office):
            if word in {folded(question.task.human_key), folded(question.task.title)}:
                return question.id
        return None

    # -- the booking -------------------------------------------------------------------------------

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Complete the tasks that were answered. Raises Refused for one that was answered in part."""
        # A task is completed with all of its answers at once, so they are gathered first.
        by_task: dict[int, dict[str, Typed]] = {}
        for row_id, row in typed.items():
            number, _, item = row_id.partition(".")
            by_task.setdefault(int(number), {})[item] = row
        said = []
        for task_id, rows in by_task.items():
            task = office.get(Task, task_id)
            # A task has one time of completion: that of the first row with one.
            when = next((row.value("when") for row in rows.values() if row.text("when")), None)
            answers = _answers(office, task, rows)
            _complete(office, task, answers, when)
            said.append(task.human_key)
        return f"{wording.count(len(said), 'task')} done: {wording.listing(said)}."


def _complete(
    office: Office,
    task: Task,
    answers: dict[str, str] | None,
    when: datetime | None,
) -> None:
    """Complete a task; of a visit the answer says that they came."""
    if step_of(office)(task) == CAME:
        lines = [f"{text}={value}" for text, value in (answers or {}).items()]
        task_came(office, task, answer="\n".join(lines) or None, when=when)
    else:
        office.complete(task, answers, when=when)


def _questions(office: Office, task: Task) -> list[Question]:
    """List the questions of a task; one that has no checklist asks whether it is done."""
    if task.checklist_id is None:
        return [Question(task)]
    items = list(office.all(ChecklistItem, "checklist_id = ?", task.checklist_id))
    in_order = sorted(items, key=lambda item: (item.position, item.id))
    return [
        Question(
            task,
            item.id,
            item.text,
            _limits(item),
            is_pass=item.type == "pass_fail",
            low=item.low,
            high=item.high,
            failing=item.failing or "",
        )
        for item in in_order
    ]


def _limits(item: ChecklistItem) -> str:
    """Return what an answer may be, for the paper: limits with their unit, or the choices."""
    unit = item.unit or ""
    if item.low is None and item.high is None:
        return item.choices or unit
    low, high = (_number(limit) for limit in (item.low, item.high))
    return f"{low} to {high} {unit}".strip()


def _number(limit: int | None) -> str:
    return "" if limit is None else money_text(limit, 2).removesuffix(".00")


def _answers(
    office: Office,
    task: Task,
    rows: Mapping[str, Typed],
) -> dict[str, str] | None:
    """Return the answers of a task by the texts of its questions."""
    questions = _questions(office, task)
    if task.checklist_id is None:
        (only,) = rows.values()
        answer = only.text("answer").strip().lower()
        # A task without questions can only be done, so a fail or a number would be lost.
        if _SHORT.get(answer, answer) not in {"pass", "yes", "ok"}:
            why = f"{answer!r} does not say that it is done; leave it blank, or skip the task"
            raise Refused([Problem(why, "answer", code="unknown-choice")], task.human_key)
        return None
    answers = {}
    for question in questions:
        row = rows.get(str(question.item))
        text = row.text("answer").strip() if row else ""
        if text:
            answers[question.text] = _SHORT.get(text.lower(), text) if question.is_pass else text
    return answers
