"""Recognition: a thing that somebody did well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office


class Recognition(
    Record,
    key="hr.recognition",
    plural="Recognitions",
    display="text",
    sort="-given_on,-id",
    also=("praise", "kudos"),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """Praise of a person, for all who see the person."""

    bare_word = "text"
    importer = "officeops_hr.supervision.imports:RecognitionImport"
    identity = (("person_id", "given_on", "text"),)

    person_id: int = ref("hr.person", indexed=False, list_rank=1, also=("employee",))
    text: str = field(search=True, list_rank=1, example="Stayed late for a walk-in")
    given_on: date = field(default=lambda office: office.today, list_rank=2, label="Given")
    # A text: patients praise as well.
    given_by: str | None = field(default=lambda office: office.actor, list_rank=3)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse praise of a day to come."""
        if self.given_on > office.today:
            yield Problem("is a day to come", "given_on", code="out-of-range")
