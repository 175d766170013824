"""The sheet of a session to sign on paper, with all that the record of it must say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.exchange import Facts, Grid, Lines, Printout
from officeops_hr.people.as_of import current
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.training.session import TrainingSession

#: 29 CFR 1910.1030(h)(2)(i): dates, contents, trainer, and names with job titles.
_LABELS: Final = ("Name", "Job title", "Came", "Signature")
_ROWS: Final = f"""
SELECT DISTINCT t.id, t.name, ifnull({current("hr_position", "title", "?2")},
    (SELECT o.name FROM hr_job_role o WHERE o.id = {current("hr_position", "role_id", "?2")}))
FROM hr_person t JOIN hr_training r ON r.person_id = t.id
WHERE r.session_id = ?1 AND r.archived_at IS NULL ORDER BY t.name, t.id
"""
_TOPICS: Final = """
SELECT DISTINCT y.id FROM hr_training r JOIN hr_training_topic y ON y.id = r.topic_id
WHERE r.session_id = ? AND r.archived_at IS NULL ORDER BY y.name
"""
#: Empty lines for people who come though nobody expected them.
_SPARE: Final = 4


def sheet(office: Office, session: TrainingSession) -> Printout:
    """Return the sheet: topics, trainer, and a line to sign on for each person."""
    # The sheet names people, so a right to sessions alone is not enough.
    office.allow_view(Training)
    facts = [
        ("Session", session.human_key),
        ("Date", str(session.held_on)),
        ("Trainer", session.trainer or "_" * 20),
        ("Qualification", session.qualification or "_" * 20),
    ]
    rows = []
    for _, name, title in office.rows(_ROWS, session.id, session.held_on.isoformat()):
        rows.append([name, title or "", "[ ]", ""])
    # Somebody always comes whom nobody expected.
    rows += [["", "", "[ ]", ""]] * _SPARE
    blocks: list[Facts | Lines | Grid] = [
        Facts(facts),
        Lines(_contents(office, session)),
        Grid(_LABELS, rows),
    ]
    return Printout(session.title, blocks, under=(office.facts.name,))


def _contents(office: Office, session: TrainingSession) -> list[str]:
    lines, names = [], []
    for (number,) in office.rows(_TOPICS, session.id):
        topic = office.get(TrainingTopic, number)
        names.append(topic.name)
        lines.append(f"{topic.name}: {topic.content}" if topic.content else topic.name)
    if session.content and session.content != ", ".join(names):
        lines.append(session.content)
    return lines


def missing(office: Office, session: TrainingSession) -> Iterator[str]:
    """Yield what the sheet lacks: the people, the trainer."""
    if not office.rows(_ROWS, session.id, session.held_on.isoformat()):
        yield f"Nobody is on its list: officeops training-session invite {session.human_key} --topics …"
    if not session.trainer:
        yield f"No trainer is entered: officeops training-session edit {session.human_key} --trainer …"
