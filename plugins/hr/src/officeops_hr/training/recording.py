"""Recording training: a session of many people at once, those it is planned for, and who came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Refused, folded
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql
from officeops_hr.training.needs import needs
from officeops_hr.training.session import TrainingSession
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from officeops import Office

#: Words for several people: people who need a topic now, and everybody who works here.
DUE: Final = "due"
ALL: Final = "all"
#: The word for all topics that one person needs now.
OWED: Final = "owed"
_STAFF: Final = f"""
SELECT t.id FROM hr_person t WHERE t.archived_at IS NULL AND {status_sql("?1")} = 'active'
ORDER BY t.id
"""
_NAMES: Final = "SELECT id, name FROM hr_person WHERE archived_at IS NULL"
_LISTED: Final = """
SELECT person_id FROM hr_training WHERE session_id = ? AND topic_id = ? AND archived_at IS NULL
"""


def topics_named(office: Office, text: str) -> list[int]:
    """Return the topics of a text such as "Fire, HIPAA". Raises what `Office.find` raises."""
    names = office.rows("SELECT name, id FROM hr_training_topic WHERE archived_at IS NULL")
    known = {folded(name): number for name, number in names}
    words = text.split(",")
    topics = []
    while words:
        taken = _longest(known, words)
        name = ",".join(words[:taken]).strip()
        topics.append(known.get(folded(name)) or office.find(TrainingTopic, name).id)
        del words[:taken]
    return list(dict.fromkeys(topics))


def _longest(known: Mapping[str, int], words: Sequence[str]) -> int:
    """Return how many of the words are the name of one topic, at least one."""
    # A name may have commas itself: Fraud, waste and abuse.
    for count in range(len(words), 1, -1):
        if folded(",".join(words[:count]).strip()) in known:
            return count
    return 1


def people_named(
    office: Office,
    text: str,
    topics: Iterable[int] = (),
    day: date | None = None,
) -> list[int]:
    """Return the people of a text: `due`, `all`, or names and numbers with commas between them."""
    # As of the day of the session: somebody may have been hired or trained since.
    on = day or office.today
    if text.strip() == ALL:
        return staff(office, on)
    if text.strip() == DUE:
        return sorted(due_people(office, set(topics), on))
    return list(dict.fromkeys(_person(office, word) for word in _words(text)))


def staff(office: Office, day: date) -> list[int]:
    """Return the people who are at work on a day: no leavers, and nobody on a leave of absence."""
    return [number for (number,) in office.rows(_STAFF, day.isoformat())]


def _person(office: Office, word: str) -> int:
    """Return the person of a number or name, or of the one name that begins with a word."""
    begins = folded(word)
    rows: list[tuple[int, str]] = office.rows(_NAMES)
    whole = [number for number, name in rows if folded(name) == begins]
    begun = [number for number, name in rows if folded(name).startswith(begins)]
    # A first name is enough in most offices.
    if not whole and len(begun) == 1:
        return begun[0]
    return office.find(Person, word).id


def due_people(
    office: Office,
    topics: set[int],
    day: date,
) -> set[int]:
    """Return the people at work on a day who need one of the topics then or soon after."""
    people = set()
    # Somebody who is hired later has needs to come, and is not there yet.
    here = set(staff(office, day))
    for need in needs(office, day):
        is_owed = need.topic_id in topics and need.state in {"overdue", "due"}
        if is_owed and need.person_id in here:
            people.add(need.person_id)
    return people


def owed_topics(office: Office, person_id: int) -> list[int]:
    """Return the topics that a person needs now or soon."""
    asked = needs(office, office.today, person_id)
    return [need.topic_id for need in asked if need.state in {"overdue", "due"}]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def put_on_list(
    office: Office,
    session: TrainingSession,
    topics: Iterable[int],
    people: Sequence[int],
    result: str = "planned",
) -> int:
    """Put people on the list of a session for each topic; return how many rows were added."""
    added = 0
    for topic in topics:
        listed = {person for (person,) in office.rows(_LISTED, session.id, topic)}
        for person in people:
            if person not in listed:
                office.add(
                    _row(
                        session,
                        topic,
                        person,
                        result,
                    )
                )
                added += 1
        # The session keeps the longest: its page does not read the rows of people.
        months = office.get(TrainingTopic, topic).keep_months
        session = office.get(TrainingSession, session.id)
        if months > session.keep_months:
            office.edit(session, keep_months=months)
    return added


def _row(
    session: TrainingSession,
    topic: int,
    person: int,
    result: str,
) -> Training:
    return Training(
        person_id=person,
        topic_id=topic,
        done_on=session.held_on,
        session_id=session.id,
        result=result,
    )


def needed_people(people: Sequence[int], parameter: str) -> Sequence[int]:
    """Return the people. Raises Refused where the text names nobody: nobody needs the topic."""
    if not people:
        why = "names nobody: no one within your reach needs it then; name them, or say all"
        raise Refused([Problem(why, parameter, code="not-found")])
    return people


def recorded_before(
    office: Office,
    topics: Iterable[int],
    day: date,
    results: Mapping[int, str],
) -> TrainingSession | None:
    """Return the session of a day that says of these people what a repeated record would say.

    The command may be run twice, by a script or by somebody who did not see its end.
    """
    wanted = {(topic, person, result) for topic in topics for person, result in results.items()}
    for session in office.all(TrainingSession, "held_on = ?", day.isoformat(), order="-id"):
        rows = office.all(Training, "session_id = ?", session.id)
        if wanted <= {(row.topic_id, row.person_id, row.result) for row in rows}:
            return session
    return None


def attendance_words(office: Office, session: TrainingSession) -> str:
    """Return how a session went: `7 trained, 1 absent`."""
    sql = """SELECT result, count(DISTINCT person_id) FROM hr_training
    WHERE session_id = ? AND archived_at IS NULL GROUP BY result ORDER BY count(*) DESC, result"""
    parts = [f"{count} {result}" for result, count in office.rows(sql, session.id)]
    return ", ".join(parts) or f"{wording.count(0, 'person')} on the list"
