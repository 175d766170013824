"""Usual policies: what practices begin with, and state laws as data that the office confirms.

Each law says on which day it was compared, or whom to ask. Either way such a policy stays unconfirmed
until somebody at the office has read its source (`leave-policy confirm`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import NotFound, action, folded, param, report
from officeops_hr.leave.policy import LeavePolicy, LeaveStep
from officeops_hr.usual_rows import usual_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Action, Office, Report

_HOUR: Final = 60
_WORDS: Final = ("kind", "accrues", "every", "carry")
_HOURS: Final = ("cap", "yearly_cap", "carry_most")
_NUMBERS: Final = ("worked_for_one", "waiting_days", "employees_from")
_TEXTS: Final = ("source", "note")


def usual_policies() -> list[dict[str, str]]:
    """Return the policies as rows of text."""
    return usual_rows("officeops_hr.leave", "usual_policies.csv")


def policy_named(text: str) -> dict[str, str]:
    """Find a usual policy by its name, or a beginning that no other has. Raises NotFound."""
    word = folded(text)
    begun = []
    for row in usual_policies():
        name = folded(row["name"])
        # A whole name wins over longer names that begin with it.
        if name == word:
            return row
        if word and name.startswith(word):
            begun.append(row)
    if len(begun) == 1:
        return begun[0]
    cure = "`officeops report usual-leave-policies` lists them"
    why = f"There is no usual policy {text!r}; {cure}."
    facts = {"kind": "policy", "text": text}
    raise NotFound(why, code="not-found", facts=facts)


@action("hr.add-usual-leave-policy", beside=("hr.leave-policy",))
def add_usual_policy(
    office: Office,
    policy: str = param(
        example="Sick leave California", help="`officeops report usual-leave-policies` lists them"
    ),
    name: str | None = param(default=None, help="What your office calls it"),
) -> LeavePolicy:
    """Add a policy that many practices have.

    Some of them are policies that a state asks for.
    """
    row = policy_named(policy)
    new = LeavePolicy(name=name or row["name"], **_values(row))
    added = office.add(new)
    if row["yearly"]:
        minutes = int(row["yearly"]) * _HOUR
        office.add(LeaveStep(policy_id=added.id, yearly=minutes))
    return added


def _values(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a row; a blank cell leaves the policy's own."""
    values: dict[str, Any] = {}
    for name in (*_WORDS, *_TEXTS):
        if row[name]:
            values[name] = row[name]
    for name in _NUMBERS:
        if row[name]:
            values[name] = int(row[name])
    for name in _HOURS:
        if row[name]:
            values[name] = int(row[name]) * _HOUR
    return values


@report("usual-leave-policies", title="Usual leave policies")
def usual_policies_report(office: Office) -> Iterator[Mapping[str, Any]]:  # noqa: ARG001 - data
    """List the leave policies that come with officeops, with their sources."""
    for row in usual_policies():
        yield {
            "policy": row["name"],
            "accrues": row["accrues"].replace("_", " "),
            "source": row["source"] or None,
            "employees_from": row["employees_from"] or None,
            "note": row["note"] or None,
        }


ACTIONS: Final[list[Action[..., Any]]] = [add_usual_policy]
REPORTS: Final[list[Report]] = [usual_policies_report]
