"""Whose rows a person reaches: their own, their team's or all, on every road that reads and in every action that writes."""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.scope_tools import REACH, USERS, crewed, kept_for, kind, open_as, roads

from officeops import About, Query, Record
from officeops.access.roles import BUILT_IN
from officeops.core.records import DueNote
from officeops.history.log import id_of
from officeops.history.undo import redo, undo
from officeops.model.errors import Forbidden, NotFound, OfficeError, Refused
from officeops.office.crud import add_record, archive_record, edit_record
from officeops.query.candidates import candidates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

PEOPLE = tuple(USERS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that the tests of this module read and roll back, open as its owner."""
    yield from kept_for(tmp_path_factory)


@pytest.fixture
def own(office_factory: Any) -> Office:  # noqa: ANN401 - OfficeFactory
    """An office of the test's own, which it writes."""
    return crewed(office_factory)


@contextmanager
def being(office: Office, name: str) -> Iterator[Office]:
    opened = open_as(office, name)
    try:
        yield opened
    finally:
        opened.close()


def owners(office: Office, sql: str) -> set[str]:
    """Return whose rows a query has, read by the owner of the file: ids in, names out."""
    return {name.lower() for (name,) in office.rows(sql)}


def names_of(made: Office, ids: set[int]) -> set[str]:
    """Return whose the leave with these ids is."""
    listed = ",".join(map(str, ids))
    sql = "SELECT p.name FROM crew_leave l JOIN crew_person p ON p.id = l.person_id"
    return owners(made, f"{sql} WHERE l.id IN ({listed or 0})")


@pytest.mark.parametrize("name", PEOPLE)
def test_every_road_gives_the_rows_within_reach_and_all_of_them(made: Office, name: str) -> None:
    with being(made, name) as office:
        for road, ids in roads(office):
            assert names_of(made, ids) == REACH[name], road
            assert len(ids) == 2 * len(REACH[name]), road
        reached = len(REACH[name])
        assert office.value("SELECT count(*) FROM crew_leave") == 2 * reached
        assert office.value("SELECT count(*) FROM crew_person") == reached
        assert office.value("SELECT count(*) FROM crew_leave_day") == 2 * reached
        assert office.value("SELECT count(*) FROM crew_note") == 3 * reached
        assert {note.person for note in office.all(DueNote)} == REACH[name]
        report = next(r for _, r in office.plugins.registered("reports") if r.name == "leave-days")
        with office.trusted("report"):
            assert {row["name"].lower() for row in report.run(office)} == REACH[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_label_out_of_reach_is_a_number(made: Office, name: str) -> None:
    with being(made, name) as office:
        shift = kind(office, "shift")
        for id_, label in office.select(shift, [shift.meta.by_name["person_id"]]):
            person = made.value(
                "SELECT p.name FROM crew_person p JOIN crew_shift s ON s.person_id = p.id WHERE s.id = ?",
                id_,
            )
            shown = person if person.lower() in REACH[name] else f"#{id_}"
            assert label == shown
            assert office.label(kind(office, "person"), id_) == shown


@pytest.mark.parametrize("name", ["ben", "cyd"])
def test_typing_offers_what_is_within_reach(made: Office, name: str) -> None:
    with being(made, name) as office:
        field = kind(office, "leave").meta.by_name["person_id"]
        offered = {word for letter in "abcdemxy" for word, _ in candidates(office, field, letter)}
        assert {word.lower() for word in offered} == REACH[name]


def error_of(question: Any) -> str:  # noqa: ANN401 - anything that can be called
    with pytest.raises(OfficeError) as caught:
        question()
    return f"{type(caught.value).__name__}: {caught.value}"


def test_a_row_out_of_reach_is_refused_like_one_that_is_not_there(made: Office) -> None:
    with being(made, "ben") as office:
        leave, person = kind(office, "leave"), kind(office, "person")
        field = leave.meta.by_name["person_id"]
        for there, nowhere in ((1, 77), (12, 78)):
            for question in (
                lambda number: office.get(leave, number),
                lambda number: office.find(leave, f"#{number}"),
                lambda number: office.find(leave, str(number)),
                lambda number: office.refer(field, f"#{number}"),
                lambda number: office.select(leave, [], Query(f"person=#{number}")),
                lambda number: office.select(leave, [], Query(f"#{number}")),
                lambda number: id_of(office, leave, f"#{number}"),
                lambda number: office.snooze(
                    f"crew.leave:{number}", date(2030, 1, 1), despite=True
                ),
            ):
                told = error_of(lambda: question(there)).replace(str(there), "N")  # noqa: B023
                assert told == error_of(lambda: question(nowhere)).replace(str(nowhere), "N")  # noqa: B023
        assert "Ada" in error_of(lambda: office.find(person, "Ada"))
        for word, none in (("Ada", "Zed"), ("ada-1", "zed-1")):
            told = error_of(lambda: office.find(leave, word)).replace(word, "N")  # noqa: B023
            assert told == error_of(lambda: office.find(leave, none)).replace(none, "N")  # noqa: B023


SPELLINGS = (
    "SELECT * FROM main.crew_leave",
    "SELECT count(*) FROM main.crew_leave",
    "SELECT 1 FROM main.crew_person",
    "SELECT EXISTS (SELECT 1 FROM main.crew_leave WHERE id = 12)",
    'SELECT id FROM "main"."crew_leave"',
    "SELECT id FROM [main].[CREW_LEAVE]",
    "SELECT id FROM main . crew_leave",
    "SELECT id FROM main/**/.crew_leave AS crew_leave",
    "WITH crew_leave AS (SELECT * FROM main.crew_leave) SELECT * FROM crew_leave",
    "WITH crew_leave(id) AS MATERIALIZED (SELECT id FROM main.crew_leave) SELECT id FROM crew_leave",
    "WITH x AS NOT MATERIALIZED (SELECT count(*) AS n FROM main.crew_leave) SELECT n FROM x",
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION SELECT id FROM main.crew_leave, c) SELECT n FROM c",
    "SELECT (SELECT max(why) FROM main.crew_leave)",
    "SELECT t.id FROM crew_leave t LEFT JOIN main.crew_leave m ON m.id <> t.id",
    "SELECT id FROM crew_leave UNION ALL SELECT id FROM main.crew_leave",
    "SELECT * FROM main.crew_leave_search WHERE crew_leave_search MATCH 'holiday'",
    "SELECT rowid FROM main.crew_leave_search",
    "SELECT * FROM crew_leave_search_data",
    "SELECT count(*) FROM Crew_Leave_SEARCH_idx",
    "SELECT folded FROM main.crew_leave_same",
    "SELECT * FROM main.crew_note",
    "SELECT key FROM scope_key",
    "SELECT sql FROM sqlite_temp_master",
    "SELECT sql FROM temp.sqlite_master",
    "SELECT name FROM pragma_table_list",
    "PRAGMA table_list",
    "SELECT before FROM core_change",
    "INSERT INTO temp.scope_key VALUES (0, 1)",
    "DROP VIEW temp.crew_leave",
    "CREATE TEMP VIEW crew_leave AS SELECT * FROM main.crew_leave",
    "ATTACH 'office.db' AS other",
)


@pytest.mark.parametrize("mode", ["direct", "report"])
def test_no_spelling_reads_past_the_view(made: Office, mode: str) -> None:
    with being(made, "ben") as office:
        assert office.authorizer.guard is not None
        token = office.authorizer.guard.views._token
        guessed = f"WITH {token}_crew_leave AS (SELECT * FROM main.crew_leave) SELECT * FROM {token}_crew_leave"
        with office.trusted(mode) if mode == "report" else being(made, "ben"):
            for sql in (*SPELLINGS, guessed):
                if mode == "report" and "core_change" in sql:
                    continue
                with pytest.raises((sqlite3.DatabaseError, OfficeError)):
                    office.rows(sql)
            for sql in ("SELECT count(*) FROM crew_leave", "SELECT count(*) FROM temp.crew_leave"):
                assert office.value(sql) == 2


# -- writing --------------------------------------------------------------------------------------


def action(office: Office, name: str) -> Any:  # noqa: ANN401 - an action of the plugin
    return next(a for _, a in office.plugins.registered("actions") if a.name == name)


WRITES = (
    "UPDATE crew_leave SET why = 'mine' WHERE id = 1",
    "UPDATE crew_leave SET person_id = 2 WHERE id = 1",
    "UPDATE crew_leave SET archived_at = '2026-01-01T00:00:00Z' WHERE id = 12",
    "UPDATE crew_leave_day SET leave_id = 3 WHERE id = 1",
    "UPDATE crew_person SET lead_id = 2 WHERE id = 5",
    "UPDATE crew_person SET user_id = (SELECT user_id FROM crew_person WHERE id = 2) WHERE id = 5",
    "UPDATE crew_note SET about_id = 3 WHERE text = 'about ada holiday 1'",
    "UPDATE crew_note SET about_key = 'core.user', about_id = 1 WHERE text = 'about ada holiday 1'",
    "UPDATE crew_note SET text = 'x' WHERE text = 'about ada'",
    "UPDATE crew_leave SET why = 'x'",
)
GIVEN_AWAY = (
    "UPDATE crew_leave SET person_id = 1 WHERE id = 3",
    "INSERT INTO crew_leave (person_id, day, why) VALUES (1, '2026-01-01', 'for Ada')",
    "INSERT INTO crew_note (about_key, about_id, text) VALUES ('crew.leave', 1, 'x')",
    "INSERT INTO crew_person (name) VALUES ('Zed')",
)


def test_no_sql_of_an_action_leaves_a_row_out_of_reach(own: Office) -> None:
    own.store.checkpoint()
    before = list(own.rows("SELECT * FROM crew_leave"))
    with being(own, "ben") as office:
        raw = action(office, "crew.raw")
        for sql in WRITES:
            with pytest.raises(NotFound) as refused:
                office.do(raw, sql=sql)
            # The person named no row, and learns no number of one.
            assert not re.search(r"\d", str(refused.value))
            assert "text" not in refused.value.problems[0].facts
        for sql in GIVEN_AWAY:
            with pytest.raises(Forbidden) as caught:
                office.do(raw, sql=sql)
            assert caught.value.problems[0].code == "beyond-reach"
        assert {row.id for row in office.all(kind(office, "leave"))} == {3, 4}
        office.do(raw, sql="UPDATE crew_leave SET why = 'sea' WHERE id = 3")
    assert [row for row in own.rows("SELECT * FROM crew_leave") if row[0] != 3] == [
        row for row in before if row[0] != 3
    ]


def in_one_action(office: Office, *steps: str, then: type[Exception] | None = None) -> None:
    with office.acting("crew.raw"):
        for sql in steps:
            office.rows(sql)
        if then:
            assert office.value("SELECT count(*) FROM crew_leave") == 12
            raise then


def test_two_steps_of_one_action_are_no_way_round(own: Office) -> None:
    leave = (
        "UPDATE crew_leave SET why = 'x' WHERE id = 1",
        "UPDATE crew_leave SET person_id = 2 WHERE id = 1",
    )
    note = (
        "UPDATE crew_note SET about_key = 'core.user', about_id = 1 WHERE id = 2",
        "UPDATE crew_note SET about_key = 'crew.leave', about_id = 3 WHERE id = 2",
    )
    with being(own, "ben") as office:
        for steps in (leave, note):
            with pytest.raises(NotFound):
                in_one_action(office, *steps)


def test_a_word_means_what_is_within_reach_inside_an_action_too(own: Office) -> None:
    with being(own, "ben") as office, office.acting("crew.raw"):
        # An import reads its cells so.
        assert office.find_ids(kind(office, "person"), "Ada") == []
        assert office.find_ids(kind(office, "person"), "Ben") == [2]


def test_people_write_their_own_and_their_teams_rows(own: Office) -> None:
    with being(own, "cyd") as office:
        leave = kind(office, "leave")
        added = add_record(
            office, leave, {"person_id": 4, "day": date(2027, 1, 1), "why": "for Dee"}
        )
        edit_record(office, added, {"why": "Dee's"})
        office.do(action(office, "crew.leave.grant"), office.get(leave, added.id))
        with pytest.raises(Forbidden):
            archive_record(office, office.get(leave, 8))
        with pytest.raises(Refused) as caught:
            add_record(office, leave, {"person_id": 1, "day": date(2027, 1, 1), "why": "for Ada"})
        [problem] = caught.value.problems
        assert (problem.code, problem.field) == ("beyond-reach", "person")
        assert problem.facts["ids"] == [3, 4]
        assert "Cyd and Dee" in problem.message


def test_an_action_on_a_row_out_of_reach_finds_none_and_one_may_be_declared_to_write_beyond(
    own: Office,
) -> None:
    leave = kind(own, "leave")
    with being(own, "ben") as office:
        with pytest.raises(NotFound):
            office.do(action(office, "crew.leave.grant"), own.get(leave, 1))
        office.do(action(office, "crew.leave.swap"), office.get(leave, 3), other=1)
    assert own.get(leave, 1).why == "Swapped"


def test_undo_and_redo_reach_no_further(own: Office) -> None:
    leave = kind(own, "leave")
    grant = action(own, "crew.leave.grant")
    with being(own, "cyd") as office:
        office.do(grant, office.get(leave, 7))
        number = own.value("SELECT max(id) FROM core_action")
    with own.acting("crew.person.edit"):
        own.edit(own.get(kind(own, "person"), 4), lead_id=2)
    with being(own, "cyd") as office:
        told = error_of(lambda: undo(office, number)).replace(str(number), "N")
        assert told == error_of(lambda: undo(office, 999)).replace("999", "N")
        with pytest.raises(NotFound):
            undo(office)
    with own.acting("crew.person.edit"):
        own.edit(own.get(kind(own, "person"), 4), lead_id=3)
    with being(own, "cyd") as office:
        undo(office)
        redo(office)
        assert office.get(leave, 7).state == "granted"


def test_the_next_read_follows_a_rollback_and_another_lead(own: Office) -> None:
    person = kind(own, "person")
    with being(own, "cyd") as office:
        leave = kind(office, "leave")

        def ids() -> set[int]:
            return {row.id for row in office.all(leave)}

        assert ids() == {5, 6, 7, 8}
        with pytest.raises(ZeroDivisionError):
            in_one_action(
                office, "UPDATE crew_person SET lead_id = 2 WHERE id = 4", then=ZeroDivisionError
            )
        assert ids() == {5, 6, 7, 8}
        with own.acting("crew.person.edit"):
            own.edit(own.get(person, 4), lead_id=2)
            own.edit(own.get(person, 5), lead_id=3)
        assert ids() == {5, 6, 9, 10}
        assert not list(office.all(leave, "id = 7"))


def test_what_is_of_the_team_is_asked_for_decisions(made: Office) -> None:
    leave, shift = kind(made, "leave"), kind(made, "shift")
    for name, team in (
        ("ada", {"ben", "cyd", "dee"}),
        ("cyd", {"dee"}),
        ("ben", set()),
        ("max", set(USERS)),
    ):
        with being(made, name) as office:
            of_team = {row.id for row in made.all(leave) if office.in_team(row)}
            assert names_of(made, of_team) == team
            assert all(office.in_team(row) for row in made.all(shift))
    assert all(made.in_team(row) for row in made.all(leave))


def test_roles_reach_by_the_levels_that_the_kind_declares(made: Office) -> None:
    with being(made, "max") as office:
        assert office.authorizer.reach(kind(office, "leave")) == "all"
        assert office.authorizer.reach(kind(office, "review")) == "team"
    with being(made, "ada") as office:
        assert office.authorizer.reach(kind(office, "leave")) == "team"
        assert office.may("crew.leave.edit")
        assert not office.may("crew.leave.archive")
    assert "lead" not in BUILT_IN


def test_a_scope_whose_sql_fails_shows_nobodys_rows_and_names_its_plugin(own: Office) -> None:
    scope = kind(own, "leave").meta.scope.scope
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(scope.__dict__, "own", "SELECT nothing FROM nowhere WHERE id = ?")
        with being(own, "ben") as office:
            assert list(office.all(kind(office, "leave"))) == []
            assert {trouble.plugin for trouble in office.plugins.troubles} == {"crew"}


def test_a_field_about_a_record_is_two_columns_however_its_annotation_is_written(
    made: Office,
) -> None:
    leave = made.get(kind(made, "leave"), 3)
    namespace = {"__annotations__": {"about": About, "text": str}, "__module__": __name__}
    make: Any = type(Record)
    plain = make("Remark", (Record,), namespace, key="remarks.remark", display="text")
    for remark in (plain(about=leave, text="x"), kind(made, "note")(about=leave, text="x")):
        assert remark.meta.about == ("about_key", "about_id")
        assert (remark.about.key, remark.about.id) == ("crew.leave", 3)


def test_the_owner_of_the_file_has_no_view_and_pays_nothing(made: Office) -> None:
    assert made.authorizer.guard is None
    assert made.rows("SELECT name FROM sqlite_temp_master WHERE type <> 'trigger'") == []
