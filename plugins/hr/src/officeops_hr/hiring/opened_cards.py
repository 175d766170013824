"""Opened cards: what somebody gave stays given, once it opened the scores of the others to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops import Promise, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office, Record

GIVEN: Final = Promise("officeops_hr.hiring.opened_cards:taken_back", {"hr.scorecard": "id"})
#: Cards that were given once and are not now, while no other card of their interview is missing.
_TAKEN_BACK: Final = """
SELECT s.id FROM hr_scorecard s JOIN hr_interview i ON i.id = s.interview_id
WHERE s.id IN (SELECT value FROM json_each(?)) AND s.given_at IS NULL AND i.archived_at IS NULL
AND EXISTS (SELECT 1 FROM hr_interview_score g WHERE g.scorecard_id = s.id)
AND EXISTS (SELECT 1 FROM hr_scorecard o WHERE o.interview_id = s.interview_id
    AND o.id <> s.id AND o.archived_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM hr_scorecard o WHERE o.interview_id = s.interview_id
    AND o.id <> s.id AND o.archived_at IS NULL AND o.given_at IS NULL)
"""


def taken_back(
    office: Office,
    cards: Sequence[Record],
) -> Iterator[tuple[Record, str]]:
    """Yield the cards that an action takes back after all were in: the rule of the promise."""
    by_id = {card.id: card for card in cards}
    for (number,) in office.rows(_TAKEN_BACK, json.dumps([*by_id])):
        # Its interviewer has read the others since, and would score with them in mind.
        why = "all cards are in and the scores are open, so it stays as it was given"
        yield by_id[number], Reason(why, code="in-use")
