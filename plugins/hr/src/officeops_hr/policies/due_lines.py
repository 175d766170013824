"""Today's lines of policies: what you have to read, who is late, and which are to be reviewed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_hr.config import HrSettings
from officeops_hr.people.acting import own_person
from officeops_hr.people.logins import logins_of_people
from officeops_hr.people.person import Person
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.readers import Reading, readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office

#: Days before the last one from which others see that somebody has not read a policy.
_SOON: Final = timedelta(days=3)
#: Policies that a line names.
_NAMED: Final = 2
_POLICY: Final = Policy.meta.key
_WRITTEN: Final = "SELECT DISTINCT policy_id FROM hr_policy_version WHERE archived_at IS NULL"


def due_lines(office: Office) -> Iterator[Due]:
    """Yield your own policies to read, a line for each other person who is late, and reviews."""
    owners = logins_of_people(office)
    if office.may_view(Acknowledgment):
        yield from _to_read(office, owners)
    if office.may_view(Policy):
        yield from _to_review(office, owners)


def _to_read(office: Office, owners: dict[int, str]) -> Iterator[Due]:
    # The person of the acting login is asked at once; nobody else hears of it before it is urgent.
    own = own_person(office)
    owed = [reading for reading in readings(office, office.today) if _is_owed(reading)]
    for reading in owed:
        if reading.person_id == own:
            yield _own_line(office, reading)
    others = [reading for reading in owed if reading.person_id != own and _is_near(office, reading)]
    for person_id, group in groupby(others, key=_person_of):
        late = sorted(group, key=_day_of)
        yield _line(office, late, owners.get(person_id) or late[0].person)


def _is_owed(reading: Reading) -> bool:
    return reading.state in {"unread", "overdue"}


def _is_near(office: Office, reading: Reading) -> bool:
    return reading.due_on is not None and reading.due_on <= office.today + _SOON


def _person_of(reading: Reading) -> int:
    return reading.person_id


def _day_of(reading: Reading) -> date:
    return reading.due_on or date.max


def _own_line(office: Office, reading: Reading) -> Due:
    return Due(
        # With the person: everybody has this line for themselves.
        key=f"{_POLICY}:{reading.policy_id}:read:{reading.version_id}:{reading.person_id}",
        on=reading.due_on or office.today,
        what=f"Read {reading.policy}, version {reading.number}, by {reading.due_on}",
        severity="legal" if reading.state == "overdue" else "routine",
        owner=office.actor,
        action="acknowledge",
        record=_POLICY,
        record_id=reading.policy_id,
    )


def _line(
    office: Office,
    late: Sequence[Reading],
    owner: str,
) -> Due:
    first = late[0]
    soonest = first.due_on or office.today
    words = [reading.policy for reading in late[:_NAMED]]
    if len(late) > _NAMED:
        words.append(f"and {len(late) - _NAMED} more")
    return Due(
        # With the version and the day: a snooze of this one does not hide the next.
        key=f"hr.person:{first.person_id}:policies:{first.version_id}:{soonest}",
        on=soonest,
        what=f"P-{first.person_id} {first.person} has not read {', '.join(words)}",
        severity="legal" if first.state == "overdue" else "routine",
        owner=owner,
        others=("manager",),
        record=Person.meta.key,
        record_id=first.person_id,
    )


def _to_review(office: Office, owners: dict[int, str]) -> Iterator[Due]:
    lead = timedelta(days=office.settings("hr", HrSettings).policy_review_lead_days)
    until = (office.today + lead).isoformat()
    written = {policy for (policy,) in office.rows(_WRITTEN)}
    for policy in office.all(Policy):
        review_on = office.text_of(policy, "review_on")
        # One that is never reviewed has no day, and neither has one that only begins later.
        is_quiet = review_on > until if review_on else policy.id in written
        if is_quiet:
            continue
        owner = owners.get(policy.owner_id or 0) or "manager"
        yield _review_line(
            office,
            policy,
            review_on,
            owner,
        )


def _review_line(
    office: Office,
    policy: Policy,
    review_on: str,
    owner: str,
) -> Due:
    what = f"{policy.name} is to be reviewed by {review_on}"
    if not review_on:
        what = f"{policy.name} has no version"
    return Due(
        key=f"{_POLICY}:{policy.id}:review:{review_on}",
        on=date.fromisoformat(review_on) if review_on else office.today,
        what=what,
        severity="legal" if policy.proof else "routine",
        owner=owner,
        others=("manager",),
        action="review or issue" if review_on else "issue",
        record=_POLICY,
        record_id=policy.id,
    )
