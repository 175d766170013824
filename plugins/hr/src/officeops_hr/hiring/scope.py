"""Whose candidates a person reaches: those they interview, or all for a manager."""

from __future__ import annotations

from typing import Final

from officeops import Scope

#: The interviews of which somebody is an interviewer.
_INTERVIEWED: Final = """
FROM hr_scorecard s JOIN hr_interview i ON i.id = s.interview_id
JOIN hr_person p ON p.id = s.interviewer_id
WHERE p.user_id = ? AND s.archived_at IS NULL AND i.archived_at IS NULL
"""
CANDIDATES: Final = Scope("candidates", own=f"SELECT i.candidate_id {_INTERVIEWED}")
#: The openings of these candidates.
OPENINGS: Final = Scope(
    "openings",
    own=f"SELECT opening_id FROM hr_candidate WHERE id IN (SELECT i.candidate_id {_INTERVIEWED})",
)

#: The scorecards whose interview waits for none, for the user `me`. An interview that is archived
#: opens nothing: its missing cards went with it. Somebody who has a card of that candidate to give
#: reads no other before, whatever they may do otherwise.
_COMPLETE: Final = """
NOT EXISTS (SELECT 1 FROM hr_scorecard o JOIN hr_interview oi ON oi.id = o.interview_id
    WHERE o.interview_id = s.interview_id AND o.given_at IS NULL
    AND (o.archived_at IS NULL OR oi.archived_at IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM hr_scorecard o JOIN hr_interview oi ON oi.id = o.interview_id
    JOIN hr_person op ON op.id = o.interviewer_id JOIN hr_interview si ON si.id = s.interview_id
    WHERE op.user_id = me.id AND oi.candidate_id = si.candidate_id
    AND o.archived_at IS NULL AND oi.archived_at IS NULL AND o.given_at IS NULL)
"""
_OWN_CARD: Final = """
EXISTS (SELECT 1 FROM hr_person p WHERE p.id = {card}.interviewer_id AND p.user_id = me.id)
"""
#: Scores are locked until all are in. One's own card is open, and the card that one typed from paper;
#: the team's are all complete interviews, which a manager reads.
SCORES: Final = Scope(
    "scores",
    own=f"""
WITH me (id) AS (SELECT ?)
SELECT s.id FROM hr_scorecard s, me
WHERE {_OWN_CARD.format(card="s")} OR s.entered_by_id = me.id
OR ({_COMPLETE} AND EXISTS (SELECT 1 FROM hr_scorecard c WHERE c.interview_id = s.interview_id
    AND c.archived_at IS NULL AND {_OWN_CARD.format(card="c")}))
""",
    team=f"WITH me (id) AS (SELECT ?) SELECT s.id FROM hr_scorecard s, me WHERE {_COMPLETE}",
    lock=True,
)
