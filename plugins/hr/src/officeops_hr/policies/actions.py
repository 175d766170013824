"""The actions of policies: issue a version, review one, and say that it was read."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a parameter
from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Problem, Reason, Refused, action, choice, param
from officeops.values import wording
from officeops_hr.people.acting import own_person
from officeops_hr.policies.acknowledgment import WAYS, Acknowledgment
from officeops_hr.policies.policy import Policy  # noqa: TC001 - what the actions are about
from officeops_hr.policies.policy_version import PolicyVersion
from officeops_hr.policies.readers import readings
from officeops_hr.training.recording import people_named, staff

if TYPE_CHECKING:
    from officeops import Action, Office

#: The word for everybody who has not read it.
UNREAD: Final = "unread"
_HAVE_READ: Final = """
SELECT person_id FROM hr_acknowledgment WHERE policy_version_id = ? AND archived_at IS NULL
"""
_IN_EFFECT: Final = "policy_id = ? AND effective_on <= ?"
_NO_PERSON: Final = Reason("no person is linked to your login", code="not-found")
_OF_BOTH: Final = "person_id = ? AND policy_version_id = ?"
_NEWEST: Final = "-effective_on, -number"


def in_effect(
    office: Office,
    policy_id: int,
    day: date,
) -> PolicyVersion | None:
    """Return the version of a policy that is in effect on a day."""
    return office.first(
        PolicyVersion,
        _IN_EFFECT,
        policy_id,
        day.isoformat(),
        order=_NEWEST,
    )


@action("hr.policy.issue", means="renew")
def issue(
    office: Office,
    policy: Policy,
    text: str | None = param(
        kind="long_text",
        default=None,
        help="Blank: attach the file to it",
    ),
    effective_on: date = param(default=lambda office: office.today),  # noqa: B008 - declared once
    read_again: bool = param(  # noqa: FBT001 - a parameter of the command
        default=True, kind="yes_no", help="Whether people who read the one before must read it"
    ),
    change: str | None = param(default=None, help="What changed"),
) -> Outcome:
    """Issue a version of a policy; people are asked to read it from its day on."""
    version = office.add(
        PolicyVersion(
            policy_id=policy.id,
            effective_on=effective_on,
            text=text,
            read_again=read_again,
            change=change,
        )
    )
    words = (
        f"{version.human_key} is version {version.number} of {policy.name}, from {effective_on} on."
    )
    # Text and file are equals; an empty version would be neither.
    if text is None:
        words += f" Attach its file: officeops policy-version attach {version.human_key} FILE"
    return Outcome(version, words)


@action("hr.policy.review")
def review(
    office: Office,
    policy: Policy,
    on: date = param(default=lambda office: office.today),  # noqa: B008 - likewise
) -> str:
    """Say that a policy was reviewed and stays as it is."""
    if on > office.today:
        raise Refused([Problem("is in the future", "on", code="out-of-range")])
    office.edit(
        policy,
        managed=True,
        reviewed_on=on,
    )
    return f"{policy.name} was reviewed on {on}."


def _to_read(office: Office, policy: Policy) -> Acknowledgment | Reason:
    """Return the acknowledgment that the acting person may give, or why they may give none."""
    person = own_person(office)
    if person is None:
        return _NO_PERSON
    version = in_effect(office, policy.id, office.today)
    if version is None:
        return Reason("no version of it is in effect", code="wrong-state")
    if (
        office.first(
            Acknowledgment,
            _OF_BOTH,
            person,
            version.id,
        )
        is not None
    ):
        return Reason("you have read this version", code="wrong-state")
    return Acknowledgment(
        person_id=person,
        policy_version_id=version.id,
        way="screen",
    )


def _cannot(office: Office, policy: Policy) -> str | None:
    given = _to_read(office, policy)
    # At a shared login the person says who they are only after this, with their PIN.
    if given is _NO_PERSON or not isinstance(given, Reason):
        return None
    return given


@action(
    "hr.policy.acknowledge",
    means="do",
    label="I have read it",
    unless=_cannot,
)
def acknowledge(office: Office, policy: Policy) -> str:
    """Confirm that you have read the version in effect."""
    given = _to_read(office, policy)
    if isinstance(given, Reason):
        raise Refused([Problem(str(given), code=given.code)], policy.name)
    office.add(given)
    return f"You have read {policy.name}."


@action("hr.policy.record-readers")
def record_readers(
    office: Office,
    policy: Policy,
    people: str = param(default=UNREAD, help="Names or numbers with commas, or unread"),
    on: date = param(default=lambda office: office.today, help="The day"),  # noqa: B008 - likewise
    way: str = choice(*WAYS[1:], default="paper"),
) -> str:
    """Record that people read it: a signed paper, or a meeting."""
    version = in_effect(office, policy.id, on)
    if version is None:
        why = f"no version of {policy.name} was in effect then"
        raise Refused([Problem(why, "on", code="not-found")])
    # Twice on one version proves nothing more.
    known = {person for (person,) in office.rows(_HAVE_READ, version.id)}
    asked = _unread(office, policy, on) if people == UNREAD else people_named(office, people)
    new = [person for person in asked if person not in known]
    if not new:
        raise Refused([Problem("names nobody who has not read it", "people", code="not-found")])
    for person in new:
        office.add(
            Acknowledgment(
                person_id=person,
                policy_version_id=version.id,
                read_on=on,
                way=way,
            )
        )
    people_read = wording.count(len(new), "person")
    return f"{people_read} read {policy.name}, version {version.number}, on {on}."


def _unread(
    office: Office,
    policy: Policy,
    day: date,
) -> list[int]:
    here = set(staff(office, day))
    owed = readings(
        office,
        day,
        None,
        policy.id,
    )
    # Somebody who is hired later has not read it, whatever the meeting.
    return [
        reading.person_id
        for reading in owed
        if reading.state != "read" and reading.person_id in here
    ]


ACTIONS: Final[list[Action[..., Any]]] = [acknowledge, issue, review, record_readers]
