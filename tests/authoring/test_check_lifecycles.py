"""A lifecycle that does not hold together is refused where it is declared, or named by `check_plugin`."""

from __future__ import annotations

from pathlib import Path
from types import new_class
from typing import TYPE_CHECKING, Any

import pytest

from officeops import ACTOR, NOW, REQUIRED, Lifecycle, Record, Transition, field
from officeops.authoring.check import problems

if TYPE_CHECKING:
    from collections.abc import Callable

TICKETS = (Path(__file__).parents[1] / "model/tickets_plugin.py").read_text()
# The word of a plugin that is on is not free.
TICKETS = TICKETS.replace('key="tickets.ticket"', 'key="tickets.ticket", noun="complaint"')
CLOSE = Transition("close", ("new",), "closed", "Close it.")
STATES = ("new", "closed")


def life(close: Transition = CLOSE, *more: Transition, **facts: Any) -> Lifecycle:  # noqa: ANN401
    return Lifecycle(STATES, close, *more, **facts)


@pytest.mark.parametrize(
    ("declare", "why"),
    [
        (lambda: life(CLOSE.replace(to="gone")), "unknown states: gone"),
        (lambda: life(words={"lost": "lost"}), "unknown states: lost"),
        (lambda: life(CLOSE, CLOSE), "same verb"),
        (lambda: life(CLOSE.replace(fields={"note": ""})), "write REQUIRED"),
        (lambda: life(CLOSE.replace(fields={"at": REQUIRED}), log=True), "when it happened"),
        (lambda: life(CLOSE.replace(fields={"status": REQUIRED})), "itself writes status"),
        (lambda: life(CLOSE.replace(by="boss")), "blank or 'team'"),
    ],
)
def test_a_lifecycle_that_does_not_hold_together_is_refused(
    declare: Callable[[], Lifecycle], why: str
) -> None:
    with pytest.raises(TypeError, match=why):
        declare()


@pytest.mark.parametrize(
    ("declared", "why"),
    [
        (life(column="state"), "no field"),
        (life(since="title"), "no instant"),
        (life(CLOSE.replace(fields={"why": REQUIRED})), "'why'"),
        (life(CLOSE.replace(stamp={"who": ACTOR})), "'who'"),
        (life(CLOSE.replace(stamp={"title": NOW})), "no instant"),
        (life(CLOSE.replace(by_other=("cost",))), "names no person"),
        (life(CLOSE.replace(by="team")), "without a scope"),
    ],
)
def test_a_record_that_lacks_what_its_lifecycle_names_is_refused(
    declared: Lifecycle, why: str
) -> None:
    facts: dict[str, Any] = {
        "__annotations__": {"title": "str", "cost": "int", "status": "str"},
        "title": field(),
        "cost": field(),
        "status": life().field(),
        "life": declared,
    }
    with pytest.raises(TypeError, match=why):
        new_class("Ticket", (Record,), {"key": "tickets.ticket"}, lambda body: body.update(facts))


def test_the_actions_of_another_life_are_refused() -> None:
    class Ticket(Record, key="tickets.ticket"):
        title: str = field()

    with pytest.raises(TypeError, match="it says `life"):
        life().actions(Ticket)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("status: str = TICKET.field()", 'status: str = choice("new", "done")', "own field()"),
        ('("done", "closed"), "new")', '("done", "closed"), "closed")', ""),
        ('("assigned",), "waiting"', '("assigned",), "done"', "leads to the state waiting"),
        ("*TICKET.actions(Ticket), ", "", "transition wait: it has a help"),
        (
            "assigned_by: str | None = field(default=None, managed=True)",
            "assigned_by: str | None = field(default=None)",
            "transition assign: anyone who edits the record can change assigned_by",
        ),
        (
            "assignee: str | None = field(default=None, managed=True)",
            "assignee: str | None = field(default=None)",
            "transition close: anyone who edits the record can change assignee",
        ),
        ("guard=not_blocked", 'guard="tickets.nowhere:no"', "cannot be imported"),
        ('means="move"', 'means="linger"', "its meaning 'linger' is not known"),
    ],
)
def test_what_is_wrong_with_a_lifecycle_is_named(
    tmp_path: Path, before: str, after: str, why: str
) -> None:
    file = tmp_path / "tickets.py"
    assert before in TICKETS
    file.write_text(
        TICKETS.replace(before, after).replace("    action,\n", "    action, choice,\n")
    )
    found = problems(str(file))
    assert any(why in problem for problem in found) if why else not found
