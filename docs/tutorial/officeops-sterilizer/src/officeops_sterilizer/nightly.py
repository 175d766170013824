"""The work of the night, and the report of the month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from officeops import Office, job, report
from officeops_sterilizer.loads import LIFE, Load


@job("sterilizer-forgotten", schedule="daily")
def reject_forgotten(office: Office) -> Iterator[str]:
    """Reject each load that nobody took out by the next day; a second run finds none."""
    forgotten = []
    for load in office.all(Load, "status = 'running'"):
        if office.ways.day_of(load.started_at) < office.today - timedelta(days=1):
            forgotten.append(load)
    if forgotten:
        with office.acting("sterilizer.forgotten"):
            for load in forgotten:
                LIFE.move(office, load, "reject", why="nobody took it out")
    for load in forgotten:
        yield f"{load.human_key} is rejected: nobody took it out."


@report("sterilizer-loads", title="Loads by sterilizer")
def loads_by_sterilizer(office: Office) -> Iterable[Mapping[str, Any]]:
    """How many loads each sterilizer had, and how many were rejected."""
    sql = """
SELECT s.name, count(*), sum(l.status = 'rejected')
FROM sterilizer_load l JOIN sterilizer_sterilizer s ON s.id = l.sterilizer_id
WHERE l.archived_at IS NULL GROUP BY s.id ORDER BY s.name
"""
    rows = office.rows(sql)
    return [{"sterilizer": name, "loads": loads, "rejected": bad} for name, loads, bad in rows]
