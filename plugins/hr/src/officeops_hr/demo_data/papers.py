"""The papers of the made-up people: nearly whole files, with something missing in a few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_hr.papers.paper import KINDS
from officeops_hr.papers.paper_type import RequiredPaper
from officeops_hr.papers.usual_types import add_types

if TYPE_CHECKING:
    from officeops import Office

#: The day, from today, on which the practice began to keep its files here.
_FIRST: Final = -700
#: Roles with patients in front of them, whose people are tested for tuberculosis each year.
_TESTED: Final = ("MA", "RN", "LPN")
_TEST: Final = "Tuberculosis test"
#: One paper in so many is missing.
_MISSING: Final = 14
_PEOPLE: Final = """
SELECT person_id, min(hired_on) FROM hr_employment WHERE hired_on <= office_today() GROUP BY person_id
"""


def build(office: Office, seed: int) -> None:
    """Write the types of papers, and each person's papers from the days around their hire."""
    demo = Demo(office, seed, "papers")
    chance = demo.random("papers")
    # Read before the clock goes back: nobody of later was there.
    people = office.rows(_PEOPLE)
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        add_types(office)
        types = office.rows("SELECT id, name, paper_class, required FROM hr_paper_type")
        roles = dict(office.rows("SELECT code, id FROM hr_job_role"))
        test = next(number for number, name, *_ in types if name == _TEST)
        needed = [{"type_id": test, "role_id": roles[code]} for code in _TESTED]
        office.add_many(RequiredPaper, needed)
        for kind in KINDS:
            rows: list[dict[str, Any]] = []
            for number, name, paper_class, required in types:
                if paper_class not in kind.classes or not (required or name == _TEST):
                    continue
                for person, hired_on in people:
                    if chance.randrange(_MISSING):
                        dated = demo.day(-200).isoformat() if name == _TEST else hired_on
                        rows.append({"person_id": person, "type_id": number, "dated_on": dated})
            office.add_many(kind, rows)
