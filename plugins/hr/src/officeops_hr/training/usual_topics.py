"""The topics of training that most practices have: suggestions, which the office compares and edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action
from officeops.values import wording
from officeops_hr.usual_rows import usual_rows

if TYPE_CHECKING:
    from officeops import Action, Office

_TEXTS: Final = ("source", "content", "proof")


def add_topics(office: Office) -> int:
    """Add the usual topics that the office has none of, in an action; return how many."""
    from officeops_hr.training.topic import TrainingTopic

    # An archived one was taken out on purpose.
    known = {name for (name,) in office.rows("SELECT name FROM hr_training_topic")}
    usual = usual_rows("officeops_hr.training", "usual_topics.csv")
    rows = [row for row in usual if row["name"] not in known]
    # At once: a list of suggestions is one step to undo.
    numbers = office.add_many(TrainingTopic, [_values(row) for row in rows])
    _require(office, rows, numbers)
    return len(rows)


def _values(row: dict[str, str]) -> dict[str, Any]:
    texts = {name: row[name] or None for name in _TEXTS}
    return {
        "name": row["name"],
        "required": row["required"] == "yes",
        "within_days": int(row["within_days"]),
        "every_months": int(row["every_months"]) if row["every_months"] else None,
        "holds_until": row["holds_until"],
        "keep_months": int(row["keep_months"]),
        **texts,
    }


def _require(
    office: Office,
    rows: list[dict[str, str]],
    numbers: list[int],
) -> None:
    """Require each new topic of the roles that its row names, of those that the office has."""
    from officeops_hr.training.topic import RequiredTraining

    roles = dict(office.rows("SELECT code, id FROM hr_job_role WHERE archived_at IS NULL"))
    needed = []
    for row, number in zip(rows, numbers, strict=True):
        codes = filter(roles.get, row["roles"].split())
        needed += [{"topic_id": number, "role_id": roles[code]} for code in codes]
    office.add_many(RequiredTraining, needed)


@action("hr.add-training-topics", beside=("hr.training-topic", "hr.training"))
def add_training_topics(office: Office) -> str:
    """Add the usual topics of training.

    They come with who needs them and how often.
    """
    added = add_topics(office)
    if not added:
        return "All of the usual topics of training are there."
    topics = wording.count(added, "topic")
    return f"{topics} of training added; compare each with its source, then say checked-on."


ACTIONS: list[Action[..., Any]] = [add_training_topics]
