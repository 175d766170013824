"""Discipline: a step that was taken, what happened and what to change, and the person's statement."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the kinds of fields
from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops import (
    ACTOR,
    NOW,
    OPTIONAL,
    REQUIRED,
    TODAY,
    WITNESS,
    DateOrder,
    Frozen,
    Lifecycle,
    Problem,
    Reason,
    Retention,
    Transition,
    action,
    choice,
    field,
    named,
    param,
    ref,
)
from officeops_hr.supervision.scope import DISCIPLINE
from officeops_hr.supervision.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office

_STEPS: Final = "officeops_hr.supervision.signing"
LIFE: Final = Lifecycle(
    ("draft", "delivered", "signed", "in_person", "on_paper", "refused", "withdrawn"),
    Transition(
        "deliver",
        ("draft",),
        "delivered",
        "Sign it, and give it to the person.",
        stamp={"delivered_by": ACTOR, "delivered_on": TODAY},
    ),
    Transition(
        "sign",
        ("delivered",),
        "signed",
        "Sign that you received it, with your statement if you like.",
        means="do",
        fields={"statement": OPTIONAL},
        stamp={"signed_by": ACTOR, "signed_at": NOW},
        # Nobody signs on both sides.
        by_other=("delivered_by",),
        guard=f"{_STEPS}:is_not_the_person",
    ),
    Transition(
        # A state of its own: the person who delivered it may not reach `signed` by any road.
        "sign-beside",
        ("delivered",),
        "in_person",
        "Have the person sign beside you, with their PIN.",
        label="Sign with PIN",
        fields={"statement": OPTIONAL},
        stamp={"signed_by": WITNESS, "signed_at": NOW},
        guard=f"{_STEPS}:cannot_sign_beside",
        then=f"{_STEPS}:signed_beside",
        witness=True,
    ),
    Transition(
        # As above.
        "sign-on-paper",
        ("delivered",),
        "on_paper",
        "Say that the person signed it on paper; attach the paper.",
        label="Paper signed",
        # A paper may be entered later: then they got it before it was delivered here.
        fields={"signed_on": REQUIRED, "delivered_on": OPTIONAL, "statement": OPTIONAL},
        guard=f"{_STEPS}:is_the_person",
    ),
    Transition(
        "refuse",
        ("delivered",),
        "refused",
        "Say that the person refused to sign, and who was there.",
        label="Signature refused",
        fields={"why_unsigned": REQUIRED},
        guard=f"{_STEPS}:is_the_person",
    ),
    Transition(
        "withdraw",
        ("delivered", "signed", "in_person", "on_paper", "refused"),
        "withdrawn",
        "Take it back, after an appeal or a mistake, and say why.",
        fields={"why_withdrawn": REQUIRED},
        guard=f"{_STEPS}:is_the_person",
    ),
    words={"draft": "a draft", "in_person": "signed in person", "on_paper": "signed on paper"},
    column="state",
    log=True,
)
#: States in which it counts, so its follow-up does.
_OPEN: Final = ("delivered", "signed", "in_person", "on_paper", "refused")

_SIGNED: Final = ("person_id", "step", "happened_on", "what_happened", "expected", "witnesses")


class Discipline(
    Written,
    key="hr.discipline",
    plural="Discipline",
    prefix="DI",
    display="step",
    sort="-happened_on,-id",
    also=("warning", "disciplinary-action", "corrective-action"),
    scope=DISCIPLINE.by("id", team="sensitive"),
):
    """A step of discipline.

    HR sees all of them, a person their own once delivered; leading the person is no reason to see
    it. Nothing about health belongs here.
    """

    short_options: ClassVar = {"follow_up": "follow_up_on"}

    person_id: int = ref("hr.person", indexed=False, list_rank=1, also=("employee",))
    step: str = choice(
        "talk", "written", "final", "suspension", "dismissal", default="talk", list_rank=1
    )
    happened_on: date = field(default=lambda office: office.today, list_rank=1, label="Happened")
    # The facts are sealed: a list shows the step and the day alone.
    what_happened: str = field(
        kind="long_text", sealed=True, guard="hr.discipline", hidden=True, also=("facts",)
    )
    expected: str | None = field(
        kind="long_text",
        default=None,
        sealed=True,
        guard="hr.discipline",
        hidden=True,
        help="What they have to change from now on",
    )
    witnesses: str | None = field(default=None, sealed=True, guard="hr.discipline", hidden=True)
    follow_up_on: date | None = field(default=None, list_rank=3, label="Follow up")
    followed_up_on: date | None = field(default=None, managed=True, hidden=True)
    outcome: str | None = field(
        kind="long_text",
        default=None,
        managed=True,
        sealed=True,
        guard="hr.discipline",
        hidden=True,
        help="What the follow-up found",
    )
    expires_on: date | None = field(
        default=None,
        list_rank=5,
        month_end=True,
        label="Expires",
        help="From this day it counts no more",
    )
    state: str = LIFE.field(list_rank=2)
    delivered_by: str | None = field(default=None, managed=True, list_rank=6)
    delivered_on: date | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Delivered",
        help="The day on which the person got it, also on paper",
    )
    statement: str | None = field(
        kind="long_text",
        default=None,
        managed=True,
        sealed=True,
        guard="hr.discipline-statement",
        hidden=True,
        label="The person's statement",
    )
    signed_by: str | None = field(default=None, managed=True, list_rank=6)
    signed_at: datetime | None = field(default=None, managed=True, hidden=True)
    signed_on: date | None = field(default=None, managed=True, hidden=True, label="Paper signed")
    why_unsigned: str | None = field(default=None, managed=True, hidden=True)
    why_withdrawn: str | None = field(default=None, managed=True, hidden=True)

    life = LIFE
    # A signature under a text about somebody else would be another signature.
    frozen = (
        Frozen(
            _SIGNED,
            states=LIFE.states[1:],
            why="is signed; it does not change any more",
        ),
    )
    # Both days look ahead from the event.
    date_orders = (
        # Nobody signs what nobody has given them.
        DateOrder(("happened_on", "delivered_on", "signed_on")),
        DateOrder(("happened_on", "follow_up_on"), to_come=("follow_up_on",)),
        DateOrder(("happened_on", "expires_on"), to_come=("expires_on",)),
    )
    # The clock starts when it is archived, since it counts as long as it is open.
    retention = Retention(years=1, why="29 CFR 1602.14 (EEOC); from 15 employees")

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a day to come."""
        yield from super().check(office)
        if self.happened_on > office.today:
            yield Problem("is a day to come", "happened_on", code="out-of-range")

    def owes(self, office: Office) -> str | None:
        """Return that it counts: from the day it is delivered until it ends or is withdrawn."""
        if self.state not in _OPEN:
            return None
        if self.state == "delivered":
            return "the person has not signed it"
        if self.follow_up_on and not self.followed_up_on:
            return f"its follow-up of {self.follow_up_on} is open"
        if self.expires_on and self.expires_on <= office.today:
            return None
        until = f"until {self.expires_on}" if self.expires_on else "until it is withdrawn"
        return f"it is signed, and counts {until}"


def _cannot_follow_up(office: Office, record: Discipline) -> str | None:
    if record.state not in _OPEN or record.followed_up_on:
        return Reason("there is nothing to follow up", code="nothing-to-do")
    reason: str | None = named(f"{_STEPS}:is_the_person")(office, record)
    return reason


@action("hr.discipline.follow-up", unless=_cannot_follow_up)
def follow_up(
    office: Office,
    record: Discipline,
    outcome: str | None = param(
        kind="long_text", default=None, sealed=True, help="What has changed since"
    ),
) -> str:
    """Say that you came back to it, and what has changed."""
    office.edit(record, managed=True, followed_up_on=office.today, outcome=outcome)
    return f"{record.human_key} is followed up."


ACTIONS: Final[list[Action[..., Any]]] = [follow_up, *LIFE.actions(Discipline)]
