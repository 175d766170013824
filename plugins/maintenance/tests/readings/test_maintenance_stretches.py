"""Excursions are stretches of readings in time, whichever files they come in, and in any order."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from hypothesis import example, given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.values import read_temperature
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.limits import SORTS, usual_limits
from officeops_maintenance.readings.logger_reading import LoggerReading
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.out_of_range import LONG_AGO
from officeops_maintenance.readings.stretch import CONTIGUOUS, TOGETHER

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

GOOD, WARM, COLD = "5", "12", "-1"
#: Hours before now, from an hour to years: near each other, weeks apart, and long ago.
HOURS: Final = st.one_of(
    st.integers(1, 200), st.integers(1, 2_000), st.integers(1, 40_000).map(lambda n: n // 10 * 10)
)
READING: Final = st.tuples(HOURS, st.sampled_from((GOOD, GOOD, WARM, COLD)))
FILES: Final = st.lists(st.lists(READING, min_size=1, max_size=8), min_size=1, max_size=3)


class Logged:
    """A unit whose logger's files come in, each hour of it with one temperature."""

    def __init__(self, office: Office, cli: Cli) -> None:
        self.office, self.cli = office, cli
        self.known: dict[int, str] = {}
        with office.acting("test.unit"):
            count = office.value("SELECT count(*) FROM maintenance_monitored_unit")
            self.unit = office.add(MonitoredUnit(name=f"Unit {count}"))

    def at(self, hours: int) -> datetime:
        return self.office.ways.moment(self.office.today, 12 * 60) - timedelta(hours=hours)

    def take(self, file: list[tuple[int, str]]) -> None:
        rows = ["taken_at,celsius"]
        for hours, degrees in file:
            self.known.setdefault(hours, degrees)
            rows.append(f"{self.at(hours):%Y-%m-%dT%H:%MZ},{self.known[hours]}")
        name = f"unit={self.unit.name}"
        ran = self.cli("logger-reading", "import", "-", "--set", name, typed="\n".join(rows))
        assert ran.code == 0, ran.err

    def check(self) -> None:
        out = sorted(self.at(hours) for hours, text in self.known.items() if text != GOOD)
        good = sorted(self.at(hours) for hours, text in self.known.items() if text == GOOD)
        excursions = list(
            self.office.all(Excursion, "unit_id = ?", self.unit.id, order="started_at")
        )
        for at in out:
            holding = [one for one in excursions if one.started_at <= at <= one.last_out]
            assert len(holding) == 1 or {one.state for one in holding} == {"open"}
        for one in excursions:
            assert {one.started_at, one.last_out} <= set(out)
            after = [at for at in good if one.last_out < at <= one.last_out + CONTIGUOUS]
            assert one.ended_at == min(after, default=None)
            is_past = one.last_out.date() < self.office.today - LONG_AGO
            assert one.state == ("past" if is_past else "open")
        # Two that somebody is at work on stay two, and one of them stays one.
        past = [one for one in excursions if one.state == "past"]
        for one in past:
            assert not self._parts(one)
        for one, following in pairwise(past):
            gap = following.started_at - one.last_out
            was_back = any(one.last_out < at < following.started_at for at in good)
            assert gap > (TOGETHER if was_back else CONTIGUOUS)

    def _parts(self, excursion: Excursion) -> bool:
        """Whether the readings between its first and its last are of more than one stretch."""
        inside = sorted((self.at(hours), text) for hours, text in self.known.items())
        last, was_back = excursion.started_at, False
        for at, text in inside:
            if not excursion.started_at < at <= excursion.last_out:
                continue
            if text != GOOD and at - last > (TOGETHER if was_back else CONTIGUOUS):
                return True
            last, was_back = (at, False) if text != GOOD else (last, True)
        return False


def test_each_reading_out_of_range_is_in_one_excursion(office: Office, cli: Cli) -> None:
    @tried(200)
    # A file of the past alone, two that overlap, one that joins two, and one of today.
    @example([[(30_000, WARM), (29_990, WARM)]])
    @example([[(900, WARM), (890, WARM)], [(890, WARM), (880, GOOD)]])
    @example([[(9_000, WARM)], [(8_940, WARM)], [(8_970, WARM)]])
    # A good reading that comes later parts one of the past.
    @example([[(9_000, WARM), (8_900, WARM)], [(8_950, GOOD)]])
    @example([[(1_500, COLD)], [(1, GOOD), (3, WARM)]])
    @given(FILES)
    def in_any_order(files: list[list[tuple[int, str]]]) -> None:
        logged = Logged(office, cli)
        for file in files:
            logged.take(file)
            logged.check()

    in_any_order()


def test_limits_are_inclusive_in_both_scales_and_no_conversion_moves_them() -> None:
    for sort in SORTS[:-1]:
        stated = {scale: usual_limits(sort, scale) for scale in "FC"}
        for office_scale in "FC":
            limits = stated[office_scale]
            assert limits
            # Its own limits are those of the rule where the office typed the same.
            typed = limits.own(limits.low, limits.high)
            for scale in "FC":
                low, high = LABELS[sort][scale]
                for tenths in range(low * 10 - 30, high * 10 + 31):
                    degrees = read_temperature(f"{tenths / 10}{scale}", office_scale)
                    is_within = low * 10 <= tenths <= high * 10
                    assert (limits.verdict(degrees) == "ok") == is_within, (sort, tenths, scale)
                    assert limits.verdict(degrees) == typed.verdict(degrees)


#: As the rules print them.
LABELS: Final[dict[str, Any]] = {
    "refrigerator": {"F": (36, 46), "C": (2, 8)},
    "freezer": {"F": (-58, 5), "C": (-50, -15)},
    "ultra_cold": {"F": (-130, -76), "C": (-90, -60)},
    "room": {"F": (68, 77), "C": (20, 25)},
}


def test_a_display_in_the_other_scale_is_judged_by_its_own_limits(
    office: Office, cli: Cli, fridge: MonitoredUnit
) -> None:
    assert "DO NOT USE" not in cli("temperatures", "record", f"{fridge.name}=7.9C/2C/8C").err
    table = "taken_at,celsius\n2026-03-01 08:00,2.0\n2026-03-01 09:00,8\n"
    cli("logger-reading", "import", "-", "--set", "unit=Fridge", typed=table)
    assert {reading.verdict for reading in office.all(LoggerReading)} == {"ok"}
    correct = ("temperature-reading", "correct", "#1", "--reason", "a slip", "--current")
    assert "DO NOT USE" not in cli(*correct, "2C").err
    assert "DO NOT USE" in cli(*correct, "8C", "--highest", "8.1C").err


def test_rows_of_the_future_and_a_second_value_of_one_instant_are_refused(
    office: Office, cli: Cli, fridge: MonitoredUnit
) -> None:
    load = ("logger-reading", "import", "-", "--set", f"unit={fridge.name}")
    later = "taken_at,celsius\n2026-03-01 08:00,5\n2027-06-04 08:00,5\n"
    ran = cli(*load, typed=later)
    assert (ran.code, "is in the future" in ran.err) == (1, True)
    twice = "taken_at,celsius\n2026-03-01 08:00,5\n2026-03-01 08:00,6\n"
    assert cli(*load, typed=twice).code == 1
    assert not list(office.all(LoggerReading))
    assert cli(*load, typed="taken_at,celsius\n2026-03-01 08:00,5\n").code == 0
    again = "taken_at,celsius\n2026-03-01 08:00,6\n"
    assert cli(*load, typed=again).code == 5
    assert cli(*load, "--update", typed=again).code == 5
    assert [reading.temperature for reading in office.all(LoggerReading)] == [500]


def test_the_hour_that_the_clocks_show_twice_has_both_its_readings(
    office: Office, cli: Cli, fridge: MonitoredUnit
) -> None:
    with office.acting("test.setup"):
        office.add(office.record("core.office")(name="Elm", time_zone="America/New_York"))
    rows = [f"2025-11-02,{clock},4.{n}" for n, clock in enumerate(("1:00", "1:30") * 2)]
    table = "\n".join(["date,time,celsius", *rows])
    load = ("logger-reading", "import", "-", "--set", f"unit={fridge.name}")
    ran = cli(*load, typed=table)
    assert "4 added" in ran.err, ran.err
    moments = {f"{reading.taken_at:%H:%M}" for reading in office.all(LoggerReading)}
    assert moments == {"05:00", "05:30", "06:00", "06:30"}
    assert cli(*load, "--json", typed=table).json["unchanged"] == 4
