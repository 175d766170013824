"""How long the records of a candidate are kept: a year from the decision, or as was agreed."""

from __future__ import annotations

from typing import Final

from officeops import Field, Retention, computed

#: The law asks for a year from the decision; an office may keep them longer
#: (`officeops retention-rule add`).
KEPT: Final = Retention(
    years=1,
    after="kept_from",
    why="29 CFR 1602.14 (EEOC), from 15 employees; confirm it for your state",
)
#: The day from which the year counts: the decision, or later where they agreed to be kept.
_FROM: Final = "max({c}.decided_on, ifnull(date({c}.keep_agreed_until, '-1 year'), ''))"
OWN: Final = f"({_FROM.format(c='t')})"
_OF_CANDIDATE: Final = f"SELECT {_FROM.format(c='c')} FROM hr_candidate c WHERE c.id = "
_INTERVIEW: Final = "(SELECT i.candidate_id FROM hr_interview i WHERE i.id = "
_CARD: Final = "(SELECT s.interview_id FROM hr_scorecard s WHERE s.id = t.scorecard_id)"


def _kept_from(candidate: str) -> Field:
    return computed("kept_from", f"({_OF_CANDIDATE}{candidate})", kind="date", hidden=True)


#: The same day for the records of a candidate's process, which go together.
OF_CANDIDATE: Final = _kept_from("t.candidate_id")
OF_INTERVIEW: Final = _kept_from(f"{_INTERVIEW}t.interview_id)")
OF_CARD: Final = _kept_from(f"{_INTERVIEW}{_CARD})")
