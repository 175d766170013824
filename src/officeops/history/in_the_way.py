"""In the way: the later action that has to be taken back before another one can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.history.action_words import name_in_words
from officeops.history.done import StandingSince, newest
from officeops.history.unseen_rows import is_reached
from officeops.model.errors import Problem

if TYPE_CHECKING:
    from officeops.history.done import Done
    from officeops.store.stored_office import StoredOffice

#: The later actions that changed a record of an action, the newest first.
_LATER: Final = """
SELECT DISTINCT c.action_id FROM core_change d CROSS JOIN core_change c
WHERE d.id BETWEEN ? AND ? AND c.record = d.record AND c.record_id = d.record_id AND c.id > ?
ORDER BY c.action_id DESC
"""


def in_the_way(
    office: StoredOffice,
    done: Done,
) -> Problem | None:
    """Return the next step of a person whose undo of a file was refused; None where none is known.

    A file is many records: the refusal names one of them, and not what somebody did with it.
    """
    if not done.verb.endswith(".import"):
        return None
    done_since = StandingSince(office, done.id)
    span = (done.first, done.last, done.last)
    for (number,) in office.rows(_LATER, *span):
        if not done_since.verb(number):
            continue
        later = next(newest(office, "id = ?", number), None)
        # Of what this person may not see, nobody tells.
        if later is not None and is_reached(office, later):
            words = name_in_words(office, later.verb, later.id)
            step = f"take back first what came since: `officeops undo {number}` ({words})"
            return Problem(step, code="changed-since", facts={"action": number})
    return None
