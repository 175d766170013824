"""A person's rows cost what plain SQL with their keys in it costs, however many kinds may be written about.

SQLite's own steps are counted: they are the same on any machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.access.scope_tools import crewed, kind, open_as

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

#: Rows in reach, beside which the price of a statement itself counts little.
MANY = 400


def steps_of(office: Office, sql: str) -> int:
    """Count SQLite's steps of a statement, in tens."""
    office.value(sql)
    taken: list[None] = []
    office.store.db.set_progress_handler(lambda: taken.append(None), 10)
    office.value(sql)
    office.store.db.set_progress_handler(None, 0)
    return len(taken)


def test_counting_what_is_about_rows_in_reach_reads_them_once(
    office_factory: OfficeFactory,
) -> None:
    owner = crewed(office_factory)
    (ben,) = owner.all(kind(owner, "person"), "name = 'Ben'")
    before = owner.value("SELECT max(id) FROM crew_leave")
    with owner.acting("crew.leave.build"):
        leave = {"person_id": ben.id, "day": "2026-12-01", "why": "busy"}
        owner.add_many(kind(owner, "leave"), [leave] * MANY)
        notes = [
            {"about_key": "crew.leave", "about_id": before + 1 + number, "text": "hm"}
            for number in range(MANY)
        ]
        owner.add_many(kind(owner, "note"), notes)
    by_hand = (
        "SELECT count(*) FROM crew_note WHERE about_key = 'crew.leave' AND about_id IN "
        f"(SELECT id FROM crew_leave WHERE person_id = {ben.id})"
    )
    hand = steps_of(owner, by_hand)
    office = open_as(owner, "ben")
    sql = "SELECT count(*) FROM crew_note"
    # His notes about two times off and about himself, too.
    assert office.value(sql) == owner.value(by_hand) + 1 == MANY + 3
    assert steps_of(office, sql) < 2 * hand
    office.close()
