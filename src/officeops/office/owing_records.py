"""Owing records: nobody archives one with an open duty without a reason, on any road."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused, problem_of
from officeops.plugins.hook_results import reason_in

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record

#: Of a merge: the duties of the record that goes follow to the one that stays.
_IS_MERGE: Final = """
SELECT 1 FROM core_change
WHERE id >= (SELECT first_change FROM core_action WHERE id = ?) AND +record = 'core_duplicate'
"""
#: The records of a table that an action archived; one that it added itself was there for nobody.
_ARCHIVED: Final = """
SELECT record_id FROM core_change
WHERE id >= (SELECT first_change FROM core_action WHERE id = ?1) AND +record = ?2
GROUP BY record_id
HAVING count(*) = count(before) AND max(json_extract(after, '$.archived_at')) IS NOT NULL
"""
_UNASKED: Final = frozenset({"core.undo", "core.redo"})
_ARGUMENTS: Final = "SELECT arguments FROM core_action WHERE id = ?"


def refuse_owing(
    office: Office,
    action: int,
    verb: str,
    kind: type[Record],
) -> None:
    """Raise Refused where an action archived a record of a kind that something is owed on.

    Not where somebody gave a reason: the history keeps it among what the action was asked. An undo
    asks by itself, since an entry of a moment ago may be a mistake (`history.inversion`).
    """
    numbers = [number for (number,) in office.rows(_ARCHIVED, action, kind.meta.table)]
    if not numbers or verb in _UNASKED or _reason(office, action):
        return
    if office.value(_IS_MERGE, action):
        return
    for record in office.some(kind, numbers):
        if record.archived_at is not None:
            refuse_owing_record(office, record)


def refuse_owing_record(office: Office, record: Record) -> None:
    """Raise Refused with the open duty of a record, and how to archive it all the same."""
    with office.answering(record.meta.plugin, f"owes() of the record {record.meta.key}"):
        why = reason_in(record.owes(office))
    if why:
        problem = problem_of(why, code="in-use")
        words = f"{why}; {_cure(record)}"
        raise Refused([problem.replace(message=words)], office.about(record))


def _reason(office: Office, action: int) -> str:
    asked = json.loads(office.value(_ARGUMENTS, action) or "{}")
    return str(asked.get("reason") or "").strip()


def _cure(record: Record) -> str:
    word = record.human_key
    if word == str(record.id):
        word = f"'#{word}'"
    return f"settle that, or say why: `officeops {record.meta.noun} archive {word} --reason WHY`"
