"""For any people, leads and rows, each road gives what a model says a person reaches, and no write leaves anything else."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.scope_tools import USERS, kept_for, open_as, roads
from tests.effort import tried

from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: People by their ids, in the order of their logins; the last of them manages and reaches all.
PEOPLE = range(1, len(USERS) + 1)
LEAVES = range(1, 2 * len(USERS) + 1)
WHO = ("ada", "ben", "cyd")
leads = st.lists(st.sampled_from([0, *PEOPLE]), min_size=len(PEOPLE), max_size=len(PEOPLE))
owners = st.lists(st.sampled_from(PEOPLE), min_size=len(LEAVES), max_size=len(LEAVES))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from kept_for(tmp_path_factory)


@pytest.fixture(scope="module")
def opened(made: Office) -> Iterator[dict[str, Office]]:
    """The office as some have it open all the time, so that each follows what others change."""
    offices = {name: open_as(made, name) for name in WHO}
    yield offices
    for office in offices.values():
        office.close()


def arranged(made: Office, led_by: list[int], owned_by: list[int]) -> None:
    """Give people leads, in circles too, and leave to people."""
    with made.acting("crew.person.edit"):
        for person, lead in zip(PEOPLE, led_by, strict=True):
            made.rows("UPDATE crew_person SET lead_id = nullif(?, 0) WHERE id = ?", lead, person)
        for leave, owner in zip(LEAVES, owned_by, strict=True):
            made.rows("UPDATE crew_leave SET person_id = ? WHERE id = ?", owner, leave)


def reached(name: str, led_by: list[int]) -> set[int]:
    """Return the people whose rows a person reaches: the model, step by step."""
    me = [*USERS].index(name) + 1
    if USERS[name] != "lead":
        return {me}
    team: set[int] = set()
    front = {me}
    while front:
        front = {one for one, lead in zip(PEOPLE, led_by, strict=True) if lead in front} - team
        team |= front
    return {me} | team


@given(led_by=leads, owned_by=owners, name=st.sampled_from(WHO))
@tried(60)
def test_every_road_gives_what_the_model_says(
    made: Office, opened: dict[str, Office], led_by: list[int], owned_by: list[int], name: str
) -> None:
    arranged(made, led_by, owned_by)
    people = reached(name, led_by)
    expected = {leave for leave, owner in zip(LEAVES, owned_by, strict=True) if owner in people}
    for road, ids in roads(opened[name]):
        # The other test of this module adds rows of its own.
        assert ids.intersection(LEAVES) == expected, road


COLUMNS = st.sampled_from(
    ["person_id = {p}", "why = 'x{p}'", "archived_at = NULL", "day = '2026-12-0{p}'"]
)
WRITES = st.one_of(
    st.builds("UPDATE crew_leave SET {} WHERE id = {}".format, COLUMNS, st.sampled_from(LEAVES)),
    st.builds("UPDATE crew_leave SET {} WHERE person_id = {{p}}".format, COLUMNS),
    st.just("INSERT INTO crew_leave (person_id, day, why) VALUES ({p}, '2026-01-01', 'new')"),
    st.just("UPDATE crew_person SET lead_id = {p} WHERE id = 5"),
    st.just("UPDATE crew_leave_day SET leave_id = {p} WHERE id = 3"),
)


@given(
    led_by=leads,
    owned_by=owners,
    name=st.sampled_from(WHO),
    writes=st.lists(st.tuples(WRITES, st.sampled_from(PEOPLE)), min_size=1, max_size=4),
)
@tried(90)
def test_no_write_touches_or_leaves_a_row_out_of_reach(
    made: Office,
    opened: dict[str, Office],
    led_by: list[int],
    owned_by: list[int],
    name: str,
    writes: list[tuple[str, int]],
) -> None:
    arranged(made, led_by, owned_by)
    office = opened[name]
    before = rows_of(made)
    theirs = {row.id for row in office.all(office.records["crew.leave"], "1")}
    with suppress(OfficeError, sqlite3.IntegrityError), office.acting("crew.raw"):
        for sql, person in writes:
            office.rows(sql.format(p=person))
    after = rows_of(made)
    now = {number for (number,) in office.rows("SELECT id FROM crew_leave")}
    for number, row in after.items():
        if row != before.get(number):
            assert number in now, writes
            assert number in theirs or number not in before, writes


def rows_of(made: Office) -> dict[int, Any]:
    return {row[0]: row for row in made.rows("SELECT * FROM crew_leave")}
