"""Today's lines of training: what each person needs, and sessions whose list waits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_hr.config import HrSettings
from officeops_hr.people.logins import logins_of_people
from officeops_hr.people.person import Person
from officeops_hr.training.needs import Need, needs
from officeops_hr.training.session import TrainingSession
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office

#: Topics that a line names; the person's page has all.
_NAMED: Final = 2
_WAITING: Final = """held_on <= ? AND EXISTS (SELECT 1 FROM hr_training r
WHERE r.session_id = hr_training_session.id AND r.archived_at IS NULL AND r.result = 'planned')"""


def due_lines(office: Office) -> Iterator[Due]:
    """Yield a line for each person who needs training, and for each session to record."""
    # Nobody learns of a training through a person whose trainings they may not see.
    if not office.may_view(Training):
        return
    yield from _of_people(office)
    for session in office.all(TrainingSession, _WAITING, office.today.isoformat()):
        yield Due(
            key=f"hr.training-session:{session.id}:record",
            on=session.held_on,
            what=f"{session.human_key} {session.title}: say who came",
            action="complete",
            record=TrainingSession.meta.key,
            record_id=session.id,
        )


def _of_people(office: Office) -> Iterator[Due]:
    lead = timedelta(days=office.settings("hr", HrSettings).training_lead_days)
    owners = logins_of_people(office)
    asked = [need for need in needs(office, office.today) if _is_near(need, office.today + lead)]
    for person_id, group in groupby(asked, key=_person_of):
        # The soonest first, as the line names the first two.
        owed = sorted(group, key=_day_of)
        yield _line(office, owed, owners.get(person_id) or owed[0].person)


def _is_near(need: Need, until: date) -> bool:
    is_owed = need.state in {"overdue", "due"}
    return is_owed and need.due_on is not None and need.due_on <= until


def _person_of(need: Need) -> int:
    return need.person_id


def _day_of(need: Need) -> tuple[date, str]:
    return need.due_on or date.max, need.topic


def _line(
    office: Office,
    owed: Sequence[Need],
    owner: str,
) -> Due:
    first = owed[0]
    soonest = first.due_on or office.today
    is_late = soonest < office.today
    words = [_words(need) for need in owed[:_NAMED]]
    if len(owed) > _NAMED:
        words.append(f"and {len(owed) - _NAMED} more")
    return Due(
        # With the topic and its day: a snooze of one does not hide the next.
        key=f"hr.person:{first.person_id}:training:{first.topic_id}:{soonest}",
        on=soonest,
        what=f"P-{first.person_id} {first.person} needs training: {', '.join(words)}",
        severity="legal" if is_late else "routine",
        owner=owner,
        others=("manager",),
        action="trained",
        record=Person.meta.key,
        record_id=first.person_id,
    )


def _words(need: Need) -> str:
    since = "since" if need.state == "overdue" else "by"
    return f"{need.topic} {since} {need.due_on}"
