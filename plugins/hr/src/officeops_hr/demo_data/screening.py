"""Two years of monthly exclusion checks of the made-up people, with one hit that is somebody else."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_hr.screening.lists import LEIE
from officeops_hr.screening.screening_hit import ScreeningHit
from officeops_hr.screening.screening_run import ScreeningResult, ScreeningRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: The first check, in days from today, and the days between two.
_FIRST: Final = -705
_MONTH: Final = 30
_LONG_AGO: Final = -6000
#: The rows of the first list, and how many each month adds.
_ROWS: Final = 79_400
_MORE: Final = 160
#: In the afternoon, when the list of the month is there.
_AT: Final = time(15, 5, tzinfo=UTC)
#: The person whose name is on the list as well.
_NAMESAKE: Final = "Ivy Diaz"
_HERE: Final = """
SELECT DISTINCT p.id, p.name FROM hr_person p JOIN hr_employment e ON e.person_id = p.id
WHERE e.hired_on <= ?1 AND ifnull(e.last_day, ?1) >= ?1 ORDER BY p.id
"""


def build(office: Office, seed: int) -> None:
    """Write a run a month with a result for each person, and the decision on the one hit."""
    demo = Demo(office, seed, "screening")
    runs = list(_runs(demo))
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        numbers = office.add_many(ScreeningRun, [run for run, _ in runs])
        results = []
        for number, (_, people) in zip(numbers, runs, strict=True):
            for person, name in people.items():
                row = _result(number, person, name)
                results.append(row)
        office.add_many(ScreeningResult, results)
        hits = [_hit(demo, row) for row in results if row["name"] == _NAMESAKE]
        # Later runs met the same entry, which was decided on.
        office.add_many(ScreeningHit, hits[:1])


def _runs(demo: Demo) -> Iterator[tuple[dict[str, Any], dict[int, str]]]:
    """Yield each run with the people whom it compared."""
    for month, days in enumerate(range(_FIRST, 0, _MONTH)):
        day = demo.day(days)
        text = day.isoformat()
        people = dict(demo.office.rows(_HERE, text))
        digits = demo.random(text).getrandbits(256)
        is_hit = _NAMESAKE in people.values()
        run = {
            "list_key": LEIE.key,
            "file": "UPDATED.csv",
            "digest": f"{digits:064x}",
            "row_count": _ROWS + month * _MORE,
            "as_of": text,
            "run_at": _moment(day),
            "subjects": len(people),
            "hits": int(is_hit),
        }
        yield run, people


def _moment(day: date) -> str:
    at = datetime.combine(day, _AT)
    return at.isoformat()


def _result(
    run: int,
    person: int,
    name: str,
) -> dict[str, Any]:
    return {
        "run_id": run,
        "about_key": "hr.person",
        "about_id": person,
        "name": name,
        "names": name,
        "best": "C" if name == _NAMESAKE else "clear",
    }


def _hit(demo: Demo, result: dict[str, Any]) -> dict[str, Any]:
    """Return the hit of the first run that met the name: it was looked up, and is somebody else."""
    first, last = _NAMESAKE.upper().split()
    excluded_on = demo.day(_LONG_AGO)
    digits = demo.random("entry").getrandbits(256)
    decided_on = demo.day(_FIRST)
    return {
        "about_key": result["about_key"],
        "about_id": result["about_id"],
        "name": result["name"],
        "tier": "C",
        "decision": "somebody_else",
        "score": 100,
        "list_key": LEIE.key,
        "listed_name": f"{last}, {first}",
        "excluded_on": excluded_on.isoformat(),
        "exclusion_type": "1128b4",
        "place": "DAYTON, OH",
        "entry_digest": f"{digits:064x}",
        "run_id": result["run_id"],
        "because": "Another SSN, checked online",
        "decided_by": "ann",
        "decided_at": _moment(decided_on),
    }
