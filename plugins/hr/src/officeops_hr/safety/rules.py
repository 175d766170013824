"""Rules: the deadlines that hold for the office: its own, and the suggested ones beside this module."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from officeops import Value, action
from officeops.values import wording
from officeops_hr.config import HrSettings
from officeops_hr.usual_rows import usual_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Action, Office

#: The state of a rule that holds in all of them.
EVERYWHERE: Final = "US"
_OWN: Final = """
SELECT topic, state, about, event, title, after, unit, counted_from, owner, severity,
ifnull(source, ''), ifnull(from_employees, 0), confirmed, archived_at IS NULL
FROM hr_deadline ORDER BY id
"""
_TEXTS: Final = (
    "topic",
    "state",
    "about",
    "event",
    "title",
    "unit",
    "counted_from",
    "owner",
    "severity",
    "source",
)


class Rule(Value):
    """One deadline: `after` units from a day of the event, with its source."""

    topic: str
    state: str
    about: str
    event: str
    title: str
    after: int
    unit: str
    counted_from: str
    owner: str
    severity: str
    source: str
    from_employees: int = 0
    confirmed: bool = False
    is_kept: bool = True


@cache
def suggestions() -> tuple[dict[str, str], ...]:
    """Return the rows of the table beside this module."""
    return tuple(usual_rows("officeops_hr.safety", "deadlines.csv"))


def all_rules(office: Office) -> Iterator[Rule]:
    """Yield the office's deadlines; where it says nothing on a topic, the suggested one."""
    own = [Rule(*row) for row in office.rows(_OWN)]
    # One that the office has archived was taken out on purpose.
    said = {(rule.topic, rule.state) for rule in own}
    yield from (rule for rule in own if rule.is_kept)
    for row in suggestions():
        if (row["topic"], row["state"]) not in said:
            yield _suggested(row)


def _suggested(row: Mapping[str, str]) -> Rule:
    texts = {name: row[name] for name in _TEXTS}
    size = int(row["from_employees"] or 0)
    return Rule(after=int(row["after"]), from_employees=size, **texts)  # type: ignore[arg-type] # texts are of texts


def rules_for(
    office: Office,
    about: str,
    events: Iterable[str],
) -> list[Rule]:
    """Return the deadlines of an event; one of the office's state goes before the general one."""
    state = office.settings("hr", HrSettings).safety_state.upper()
    wanted = set(events)
    # One rule a topic: a state asks for its own form, not for both.
    by_topic: dict[str, Rule] = {}
    for rule in all_rules(office):
        if rule.about != about or rule.event not in wanted or rule.state not in {EVERYWHERE, state}:
            continue
        if rule.state != EVERYWHERE or rule.topic not in by_topic:
            by_topic[rule.topic] = rule
    return list(by_topic.values())


@action("hr.add-deadlines", beside=("hr.deadline",))
def add_deadlines(office: Office) -> str:
    """Add the suggested deadlines, to confirm them."""
    from officeops_hr.safety.deadline import Deadline

    known = set(office.rows("SELECT topic, state FROM hr_deadline"))
    new = [row for row in suggestions() if (row["topic"], row["state"]) not in known]
    if not new:
        return "All of the suggested deadlines are there."
    office.add_many(Deadline, [_values(row) for row in new])
    return f"{wording.count(len(new), 'deadline')} added; confirm those of your state."


def _values(row: Mapping[str, str]) -> dict[str, Any]:
    # A blank cell leaves the number open.
    numbers = {name: int(row[name]) for name in ("after", "from_employees") if row[name]}
    return {**{name: row[name] for name in _TEXTS}, **numbers}


ACTIONS: Final[list[Action[..., Any]]] = [add_deadlines]
