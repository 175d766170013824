"""The week's coverage: half-days as have and need, who can fill a gap, and the cost of it all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from benchmarks.week import add_week

from officeops import Location
from officeops.tui.testing import Terminal
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.usual_place import usual_place
from officeops_hr.roster.week.coverage_table import HALVES, coverage_lines
from officeops_hr.roster.week.sheet import WeekSheet
from officeops_hr.roster.week.typed_week import COLUMNS, TypedWeek
from officeops_hr.roster.week.week import Week

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def _asked(office: Office) -> list[str]:
    """Return the statements, without those for what the office keeps: calendars and facts."""
    _shown(office)
    return _shown(office)


def _shown(office: Office) -> list[str]:
    """Return the statements that it takes to show the week with its coverage."""
    sheet = WeekSheet(office, usual_place(office) or 0, office.today)
    statements: list[str] = []
    office.store.db.set_trace_callback(statements.append)
    rows = sheet.rows(office, ())
    sheet.columns_of(office)
    for row in rows:
        assert sheet.beside(row, None)
        assert all(sheet.cell(row, column, None) for column in COLUMNS)
    sheet.totals(rows, {})
    sheet.notes(rows[0], "mon", {})
    coverage_lines(TypedWeek(sheet.week, {}))
    office.store.db.set_trace_callback(None)
    return [one for one in statements if not one.startswith("PRAGMA")]


def test_a_week_asks_as_much_for_many_people_as_for_few(office: Office) -> None:
    add_week(office, 4)
    few = _asked(office)
    add_week(office, 12)
    many = _asked(office)
    assert len(many) == len(few) < 40, Counter(many) - Counter(few)


def test_the_table_has_the_worst_of_each_half_day_and_every_gap_is_in_it(office: Office) -> None:
    """Three of five assistants all week; two on Monday afternoon."""
    add_week(office, 12)
    monday = monday_of(office.today)
    (late, *_) = office.all(Shift, "day = ?", str(monday), order="id")
    with office.acting("test.late"):
        office.edit(late, ends_at=780)
    typed = TypedWeek(Week(office, usual_place(office) or 0, monday), {})
    line, *_ = coverage_lines(typed)
    assert line.name == "MA"
    assert [line.text(monday, half) for half in HALVES] == ["3/5", "2/5"]
    for day in typed.week.days:
        broken = {
            half for half in HALVES if (level := line.levels.get((day, half))) and level.is_broken
        }
        gaps = [gap for gap in typed.gaps(day) if gap.rule.id == line.levels[day, "AM"].rule.id]
        assert bool(gaps) == bool(broken)


@pytest.mark.usefixtures("crew")
def test_from_a_gap_to_its_day_and_to_who_can_fill_it(office: Office) -> None:
    """The coverage view, who can, and the shift is typed; nothing is written before it is booked."""
    add_week(office, 8)
    with Terminal(office) as terminal:
        terminal.press(*":schedule", "enter", *":coverage", "enter")
        assert terminal.crumbs.startswith("Office › Week of 2026-03-02 › Coverage")
        assert terminal.line(" MA ").split()[-10:-8] == ["2/5", "2/5"]
        while "FD: 2 of 5" not in terminal.current:
            terminal.press("down")
        terminal.press("enter")
        assert terminal.current.startswith("FD Person")
        terminal.press(*":coverage", "enter")
        while "MA: 2 of 5" not in terminal.current:
            terminal.press("down")
        terminal.press("l")
        while "Stone" not in terminal.current:
            terminal.press("down")
        terminal.press("enter")
        assert "[8-5" in terminal.current
        assert "1 of" in terminal.crumbs
        assert terminal.press(*":coverage", "enter").line(" MA ").split()[-10] == "3/5"
    assert office.value("SELECT count(*) FROM hr_shift") == 40


def test_another_place_has_its_own_week_on_the_screen_and_without(office: Office, cli: Cli) -> None:
    """By `p` and by --place: people who work there, its shifts, and its publication."""
    add_week(office, 2)
    with office.acting("test.place"):
        north = office.add(Location(name="North"))
        person = office.add(Person(name="Nora North"))
        role = office.value("SELECT id FROM hr_job_role WHERE code = 'MA'")
        office.add(Position(person_id=person.id, role_id=role, location_id=north.id))
        office.add(Employment(person_id=person.id, hired_on=office.today))
    words = ("Nora North", "mon=8-12", "--reason", "first day")
    assert cli("roster", "plan", "--place", "North", *words).code == 0
    with office.acting("test.nobody"):
        office.add(Person(name="Zoe Zero"))
    refused = cli("roster", "plan", "Zoe Zero", "mon=8-12")
    assert refused.code == 1
    assert "No role of Zoe Zero is known" in refused.err
    with Terminal(office) as terminal:
        assert not terminal.press(*":schedule", "enter").line("MA Nora North")
        terminal.press(*":place", "enter").type("North").press("enter")
        assert terminal.crumbs.startswith("Office › Week of 2026-03-02, North")
        assert terminal.current.startswith("MA Nora North")
        assert not terminal.line("MA Person 000")
        assert "revision 1" in terminal.press("S", "y").crumbs
    (shift,) = cli("roster", "who", "2026-03-02", "--place", "North", "--json").json
    assert shift["person"] == "Nora North"
    assert cli("roster", "who", "2026-03-02", "--json").json == []
