"""Whose incidents a person reaches: those they reported, those they were hurt in; health is HR's."""

from __future__ import annotations

from typing import Final

from officeops import Scope

#: Kinds about the health of somebody on the staff.
OF_STAFF: Final = ("sharps", "splash", "injury", "illness")
_KINDS: Final = ", ".join(map(repr, OF_STAFF))
_OWN: Final = """
SELECT t.id FROM hr_incident t JOIN (SELECT ? AS me)
WHERE t.reporter_id = me OR EXISTS (SELECT 1 FROM hr_injury_case c JOIN hr_person p
    ON p.id = c.person_id WHERE c.incident_id = t.id AND p.user_id = me)
"""
#: What nobody of the staff was hurt by: managers see it without the files of people.
_OTHERS: Final = f"SELECT t.id FROM hr_incident t WHERE t.kind NOT IN ({_KINDS}) AND ? IS NOT NULL"
INCIDENTS: Final = Scope("incidents", own=_OWN, team=_OTHERS)
