"""Tasks: something to be done by a day, once, or again and again by a plan."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the kinds of fields
from typing import TYPE_CHECKING, ClassVar

from officeops.model.about import About, SubjectField
from officeops.model.declarations import named
from officeops.model.due import SEVERITIES
from officeops.model.errors import Reason
from officeops.model.fields import Field, choice, computed, field, ref
from officeops.model.frozen import Frozen
from officeops.model.lifecycle import Lifecycle
from officeops.model.lifecycle.transition import ACTOR, NOW, REQUIRED, Transition
from officeops.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.errors import Problem
    from officeops.model.failure import Failure
    from officeops.model.office import Office

#: The condition that an open task's last day has passed; nobody has said why yet.
MISSED = "(t.state = 'open' AND ifnull(t.window_to < office_today(), 0))"
_ANSWER = Field(
    "long_text",
    default=None,
    example="Eyewash runs clear=pass",
    help="An item of its checklist with the answer; once for each item",
)
_WHEN = Field(
    "instant",
    default=None,
    example="yesterday 9:00",
    help="When it was done, if not now, such as on paper",
)
_CLOSED = {"done_at": NOW, "done_by": ACTOR}
_FOLLOW = "officeops.core.planned_tasks:followed"
_PROOF = "officeops.core.task_proof"


#: The plan that wrote a task, in two columns. Not a second About: whose a task is follows from what
#: it is about alone.
_PLAN = (
    Field("text", default=None, managed=True, hidden=True).named("plan_key", "str"),
    Field("number", default=None, managed=True, hidden=True).named("plan_id", "int"),
)


def _signature_asked(_: Office, task: Task) -> str | None:
    if task.second_sign:
        return None
    return Reason("it needs no second signature", code="nothing-to-do")


def _is_missed(office: Office, task: Task) -> str | None:
    if task.is_missed(office.today):
        return None
    return Reason("it is not missed; complete it, or skip it with a reason", code="wrong-state")


LIFE = Lifecycle(
    ("open", "done", "signed", "skipped", "missed"),
    Transition(
        "complete",
        ("open",),
        "done",
        "Say that it is done.",
        means="do",
        stamp=_CLOSED,
        fields={"answer": _ANSWER, "when": _WHEN},
        writes="officeops.core.task_timing:done_at",
        then="officeops.core.checklist_answers:completed",
        bulk=True,
    ),
    Transition(
        "sign",
        ("done",),
        "signed",
        "Sign it as the second person.",
        stamp={"signed_at": NOW, "signed_by": ACTOR},
        guard=_signature_asked,
        by_other=("done_by",),
    ),
    Transition(
        "skip",
        ("open",),
        "skipped",
        "Leave it out this time, and say why.",
        fields={"reason": REQUIRED},
        stamp=_CLOSED,
        then=_FOLLOW,
        bulk=True,
    ),
    Transition(
        "explain",
        ("open",),
        "missed",
        "Say why it was missed.",
        fields={"reason": REQUIRED},
        stamp=_CLOSED,
        guard=_is_missed,
        then=_FOLLOW,
        bulk=True,
    ),
    # By code alone: what completed it was taken back.
    Transition(
        "reopen",
        ("done", "signed"),
        "open",
        writes="officeops.core.task_timing:not_done",
        then="officeops.core.planned_tasks:reopened",
    ),
    column="state",
    # A date within a pause is never open.
    first=("open", "skipped"),
)


class Task(
    Record,
    key="core.task",
    prefix="T",
    group="Today",
    display="title",
    sort="-due_on",
    also=("reminder", "check due", "walk-through"),
    indexes=(("plan_key", "plan_id", "nominal_on"), ("state", "second_sign", "due_on")),
):
    """A thing to do by a day: a call, a check, a walk-through.

    A plan's tasks are written ahead by its schedule (`officeops.Schedule`), each under its
    `occurrence`: the plan, the day by its rule, and the slot. A task about nothing is for all who
    see tasks. One that was not done in its window is missed by its dates alone, until somebody
    says why.
    """

    title: str = field(also=("task",), example="Call the landlord", list_rank=1)
    due_on: date = field(list_rank=1, label="Due")
    state: str = LIFE.field(list_rank=1)
    owner: str = field(
        default="manager",
        list_rank=2,
        example="dana",
        help="A login, a role, or the name of a person without a login",
    )
    severity: str = choice(*SEVERITIES, default="routine", list_rank=6)
    note: str | None = field(default=None, kind="long_text", example="The lease ends in June")
    about: About | None
    slot: str | None = field(
        default=None, managed=True, list_rank=4, help="Which of several on one date"
    )
    window_from: date | None = field(default=None, managed=True, list_rank=7)
    window_to: date | None = field(
        default=None, managed=True, list_rank=7, help="After this day it is missed"
    )
    checklist_id: int | None = ref(
        "core.checklist", default=None, list_rank=7, help="What to answer"
    )
    second_sign: bool = field(
        default=False, label="Second signature", list_rank=7, help="Another person signs it"
    )
    done_at: datetime | None = field(
        default=None, managed=True, list_rank=4, help="When it was done, skipped or explained"
    )
    done_by: str | None = field(default=None, managed=True, list_rank=4)
    signed_at: datetime | None = field(default=None, managed=True, list_rank=7)
    signed_by: str | None = field(default=None, managed=True, list_rank=5)
    reason: str | None = field(
        default=None, managed=True, list_rank=5, example="The office is closed", help="Why not done"
    )
    plan_key: str | None = field(default=None, managed=True, hidden=True)
    plan_id: int | None = field(default=None, managed=True, hidden=True)
    nominal_on: date | None = field(
        default=None,
        managed=True,
        list_rank=8,
        label="Date of the plan",
        help="Its day by the plan, before a closed day moved it",
    )
    # In one column: a task of no plan has none, and several blank columns would be alike.
    occurrence: str | None = field(default=None, managed=True, hidden=True, unique=True)

    life = LIFE
    # What a person did, and what somebody who reads it later takes it for.
    frozen = (
        Frozen(("title", "checklist_id", "second_sign"), rule=f"{_PROOF}:done"),
        Frozen(("about_key", "about_id"), rule=f"{_PROOF}:done_about"),
        Frozen(
            ("checklist_id", "second_sign", "about_key", "about_id"), rule=f"{_PROOF}:asked_by_plan"
        ),
    )
    computed = (
        computed(
            "missed",
            MISSED,
            kind="yes_no",
            list_rank=3,
            help="Whether its last day has passed, and nobody has said why",
        ),
        SubjectField(*_PLAN, name="plan", label="Plan", what="The plan that wrote it"),
    )
    importer = "officeops.exchange.task_import:TaskImport"

    bare_word = "title"
    short_options: ClassVar = {"due": "due_on"}

    @property
    def due_key(self) -> str:
        """The key of its line in Today, which is the same before the task is written."""
        return self.occurrence or f"core.task:{self.id}"

    def is_missed(self, today: date) -> bool:
        """Whether its last day has passed, and nobody has said why."""
        return self.state == "open" and self.window_to is not None and self.window_to < today

    def check(self, office: Office) -> Iterable[Problem]:
        """Say of a new task whom it reaches, where nobody knows its owner."""
        # An edit of an older one needs no reminder of it.
        if not self.id:
            from officeops.office.due_owners import say_who_sees_to_it

            say_who_sees_to_it(office, self.owner)
        return ()

    @classmethod
    def open_for(cls, office: Office, failure: Failure) -> Task:
        """Add a task to see to what failed, due today."""
        title = f"{failure.question} failed ({failure.answer}): {failure.task}"
        return office.add(
            cls(title=title, due_on=office.today, owner=failure.owner, about=failure.about)  # type: ignore[arg-type]
        )

    def keep(self, office: Office) -> str | None:
        """Keep a date of a plan that has come, and a done task that is proof: neither is hidden."""
        if self.nominal_on is None or self.nominal_on > office.today:
            why: str | None = named(f"{_PROOF}:kept")(office, self)
            return why
        return Reason("a date of a plan is skipped with a reason, not archived", code="in-use")
