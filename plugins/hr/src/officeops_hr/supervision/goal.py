"""Goal: what a person is to reach by a day, and how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops import (
    OPTIONAL,
    REQUIRED,
    TODAY,
    DateOrder,
    Frozen,
    Lifecycle,
    Reason,
    Record,
    Transition,
    action,
    field,
    param,
    ref,
)
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

GOAL: Final = Lifecycle(
    ("open", "reached", "dropped"),
    Transition(
        "reach",
        ("open",),
        "reached",
        "Say that the goal is reached.",
        means="do",
        fields={"remark": OPTIONAL},
        stamp={"ended_on": TODAY},
    ),
    Transition(
        "drop",
        ("open",),
        "dropped",
        "Give the goal up, and say why.",
        fields={"remark": REQUIRED},
        stamp={"ended_on": TODAY},
    ),
    Transition("resume", ("reached", "dropped"), "open", "Take the goal up again."),
    column="state",
)


class Goal(
    Record,
    key="hr.goal",
    prefix="GO",
    display="title",
    sort="due_on,id",
    also=("objective",),
    scope=PEOPLE.by("person_id"),
):
    """A person's goal, for them, their leaders and HR."""

    short_options: ClassVar = {"due": "due_on"}
    bare_word = "title"
    importer = "officeops_hr.supervision.imports:GoalImport"

    person_id: int = ref("hr.person", indexed=False, list_rank=1, also=("employee",))
    title: str = field(search=True, list_rank=1, example="Draws blood alone", also=("goal",))
    measure: str | None = field(
        default=None, list_rank=5, example="20 draws, none repeated", help="How one sees it"
    )
    due_on: date = field(list_rank=2, label="Due", also=("by", "due date"))
    # Managed: it changes by its action, which a person may take who may not edit the goal.
    progress: int = field(
        default=0, minimum=0, maximum=100, unit="%", managed=True, list_rank=2, label="Progress"
    )
    state: str = GOAL.field(list_rank=3)
    remark: str | None = field(default=None, managed=True, list_rank=6, also=("comment",))
    ended_on: date | None = field(default=None, managed=True, hidden=True)

    life = GOAL
    frozen = (
        Frozen(
            ("person_id", "title", "measure", "due_on"),
            states=("reached", "dropped"),
            why="the goal is settled; `resume` it first",
        ),
    )
    date_orders = (DateOrder(to_come=("due_on",)),)


def _is_closed(_: Office, goal: Goal) -> str | None:
    if goal.state == "open":
        return None
    return Reason(f"it is {goal.state}; resume it first", code="wrong-state")


@action("hr.goal.progress", label="Progress noted", unless=_is_closed)
def progress(
    office: Office,
    goal: Goal,
    percent: int = param(minimum=0, maximum=100, unit="%", help="How far it is"),
    remark: str | None = param(default=None, help="The news since then"),
) -> str:
    """Say how far the goal is; the history keeps each step."""
    # Without a remark the last one stays.
    changes = {"remark": remark} if remark else {}
    office.edit(goal, managed=True, progress=percent, **changes)
    return f"{goal.human_key} is at {percent} %."


ACTIONS: Final[list[Action[..., Any]]] = [progress, *GOAL.actions(Goal)]
