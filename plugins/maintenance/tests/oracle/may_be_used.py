"""What may be used now, worked out from what was ever said; strict where it is unknown.

An oracle beside the program: it knows the procedures of spore tests and the limits of refrigerators,
and nothing of how the program keeps them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from plugins.maintenance.tests.oracle.settled import SHOWN, is_settled
from plugins.maintenance.tests.oracle.told import Told, instant, minute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

TESTS: Final = "maintenance_spore_test"
LOADS: Final = "maintenance_sterilizer_load"
FAILURES: Final = "maintenance_sterilizer_failure"
#: Passes in a row after the first positive, after a positive repeat, and whether those are empty.
PROCEDURES: Final = {"cdc_2003": (1, 3, True), "cdc_2008": (3, 3, False)}
#: 36 to 46 °F, in hundredths of °C.
COLDEST, WARMEST = 222, 778
MONTH: Final = timedelta(days=31)
#: Between the moments that people note of one cycle.
CYCLE: Final = timedelta(hours=3)
Row = dict[str, Any]


class Oracle:
    """Answers from one reading of the history."""

    def __init__(self, office: Office) -> None:
        self.told = Told(office)
        self.tests = self.told.rows(TESTS)
        for number, test in self.tests.items():
            said = self.told.of(TESTS, number)
            test["id"], test["entered"] = number, said[0].at
            known = [one.at for one in said if one.values.get("state", "sent") != "sent"]
            test["known"] = known[0] if known else None
            test["run"] = instant(test["run_at"])

    # -- sterilizers ------------------------------------------------------------------------------

    def why_locked(self, unit: int) -> str:
        """Return why nobody may use a sterilizer; blank where somebody may."""
        positives = [
            test
            for test in self.of_unit(unit)
            if test["state"] == "positive" and not self._came_settled(unit, test)
        ]
        if not positives:
            return ""
        known = max(test["known"] for test in positives)
        releases = self.steps(unit, "release")
        since = [at for at in releases if at >= known]
        if not since:
            return "nobody released it since a positive test"
        before = [at for at in releases if at < known]
        cycle = [test for test in positives if not before or test["known"] > before[-1]]
        return self._unproven(unit, cycle, since[-1])

    def _came_settled(self, unit: int, test: Row) -> bool:
        """Whether a positive test of a list of the past came with the repeats that settled it."""
        if self.told.of(TESTS, test["id"])[0].values["state"] != "positive":
            return False
        with_it = [
            one
            for one in self.of_unit(unit)
            if one["known"] == test["known"]
            and one["state"] == "negative"
            and one["run"] > test["run"]
        ]
        return len(with_it) >= PROCEDURES[self._procedure(unit, test["known"])][0]

    def _unproven(self, unit: int, cycle: list[Row], released: datetime) -> str:
        """Return why the tests until a release are no row of passes after some positive ones."""
        first = min(test["known"] for test in cycle)
        last = max(test["known"] for test in cycle)
        repeats, after_repair, empty = PROCEDURES[self._procedure(unit, first)]
        reviews = [at for at in self.steps(unit, "review") if first <= at <= released]
        if not reviews:
            return "nobody reviewed it after the positive test was known"
        since, needed, is_repeat = minute(first), repeats, len(cycle) > 1
        if is_repeat:
            repairs = [at for at in self.steps(unit, "repaired") if last <= at <= released]
            if not repairs:
                return "nobody repaired it after the positive repeat was known"
            since, needed = minute(last), after_repair
        row = 0
        for test in sorted(self.of_unit(unit), key=lambda one: (one["run"], one["id"])):
            if test["known"] is None or test["known"] > released or test["run"] > released:
                continue
            is_pass = test["state"] == "negative" and test["run"] >= since
            is_pass = is_pass and (test["mechanical"], test["chemical"]) == ("pass", "pass")
            is_pass = is_pass and test["entered"] >= since
            is_pass = is_pass and (not is_repeat or test["empty_chamber"] >= empty)
            row = row + 1 if is_pass else 0
        return "" if row >= needed else f"{row} of {needed} tests passed since it was known"

    def of_unit(self, unit: int) -> list[Row]:
        """Return the tests of a unit that count."""
        return [
            test
            for test in self.tests.values()
            if test["equipment_id"] == unit
            and test["state"] != "withdrawn"
            and test["archived_at"] is None
        ]

    def steps(self, unit: int, verb: str) -> list[datetime]:
        """Return when somebody took a step of a failure of a unit, in the order of typing."""
        own = {
            said.id
            for said in self.told.of(FAILURES)
            if said.is_first and said.values["equipment_id"] == unit
        }
        name = f"maintenance.sterilizer-failure.{verb}"
        return [said.at for said in self.told.of(FAILURES) if said.verb == name and said.id in own]

    def _procedure(self, unit: int, at: datetime) -> str:
        chosen = ""
        for said in self.told.of("maintenance_equipment", unit):
            if said.at <= at:
                chosen = said.values.get("spore_procedure", chosen)
        return chosen

    # -- loads ------------------------------------------------------------------------------------

    def why_not_released(self, number: int) -> str:
        """Return why nobody may use a load; blank where somebody may."""
        said = self.told.of(LOADS, number)
        load = self.told.rows(LOADS)[number]
        if (load["mechanical"], load["chemical"]) != ("pass", "pass"):
            return "its indicators did not pass"
        before: Row = {}
        for one in said:
            for name, bad in (("implant", 1), ("mechanical", "fail"), ("chemical", "fail")):
                is_taken_back = before.get(name) == bad and one.values.get(name, bad) != bad
                if is_taken_back and not one.verb.endswith(".correct"):
                    return f"its {name} was said, and taken back without a reason"
            before.update(one.values)
        negative = [
            test
            for test in self.tests.values()
            if test["load_id"] == number
            and test["state"] == "negative"
            and test["equipment_id"] == load["equipment_id"]
            and abs(test["run"] - instant(load["run_at"])) <= CYCLE
        ]
        if load["implant"] and not load["before_result"] and not negative:
            return "it has an implant without a negative test"
        return self._in_doubt(number, load)

    def _in_doubt(self, number: int, load: Row) -> str:
        ran, unit = instant(load["run_at"]), load["equipment_id"]
        decided = [
            one.at for one in self.told.of(LOADS, number) if one.verb.endswith(".decide-recall")
        ]
        for positive in self.of_unit(unit):
            if positive["state"] != "positive" or ran > positive["known"]:
                continue
            between = [
                test["run"]
                for test in self.of_unit(unit)
                if test["state"] == "negative" and test["entered"] <= positive["known"]
            ]
            cleared = any(
                ran <= run < positive["run"] or positive["run"] < run <= ran for run in between
            )
            if not cleared and (load["recall"] != "none" or not decided):
                return f"a positive test, BI-{positive['id']}, casts doubt on it"
        return ""

    # -- lots -------------------------------------------------------------------------------------

    def why_held(self, lot: int) -> str:
        """Return why nobody may use a lot of the stock; blank where somebody may."""
        return next((why for why, _ in self._held_since(lot)), "")

    def _held_since(self, lot: int) -> Iterator[tuple[str, datetime]]:
        """Yield why a lot is held for a reading, and when the reading was typed, of each."""
        for unit, taken, typed in self._bad_readings():
            why = self._held_for(lot, unit, taken, typed)
            if why:
                yield why, typed

    def _bad_readings(self) -> Iterator[tuple[int, datetime, datetime]]:
        """Yield unit, moment and moment of typing of each reading out of range, unless settled."""
        table = "maintenance_temperature_reading"
        for number, reading in self.told.live(table).items():
            typed = self._turned(table, number) if _is_bad(reading) else None
            if typed is not None and not is_settled(self.told, reading, typed):
                yield reading["unit_id"], instant(reading["taken_at"]), typed

    def _turned(self, table: str, number: int) -> datetime:
        """Return when a reading was said to be out of range first."""
        values: Row = {}
        for said in self.told.of(table, number):
            values.update(said.values)
            if _is_bad(values):
                return said.at
        raise AssertionError(number)

    def _held_for(self, lot: int, unit: int, taken: datetime, typed: datetime) -> str:
        good = [
            instant(one["taken_at"])
            for one in self.told.live("maintenance_temperature_reading").values()
            if one["unit_id"] == unit and not _is_bad(one)
        ]
        well = max((at for at in good if at < taken), default=taken - MONTH)
        ended = self._ended(unit, typed)
        exposed = [at for at in self._exposures(lot, unit, well) if ended is None or at <= ended]
        if not exposed:
            return ""
        if ended is not None:
            # Closed or withdrawn, somebody decided on each lot, or the reading was wrong.
            return (
                ""
                if self._decided(lot, typed) or self._was_withdrawn(unit, typed)
                else "nobody released it"
            )
        decided = self._decided(lot, typed)
        last = max((at for at in exposed if at > well), default=well)
        if decided is None or decided < last:
            return f"it was in unit {unit} after {well}, which was out of range at {taken}"
        return ""

    def _ended(self, unit: int, typed: datetime) -> datetime | None:
        ends = [
            said.at
            for said in self._of_excursions(unit)
            if said.at >= typed and said.values.get("state") in {"closed", "withdrawn"}
        ]
        return min(ends, default=None)

    def _was_withdrawn(self, unit: int, typed: datetime) -> bool:
        """Whether an excursion was withdrawn since, after the call."""
        return any(
            said.values.get("state") == "withdrawn" and self._called(said.id)
            for said in self._of_excursions(unit)
            if said.at >= typed
        )

    def _called(self, number: int) -> bool:
        return bool(self.told.rows("maintenance_excursion")[number]["case_number"])

    def _of_excursions(self, unit: int) -> list[Any]:
        rows = self.told.rows("maintenance_excursion")
        return [
            said
            for said in self.told.of("maintenance_excursion")
            if rows[said.id].get("unit_id") == unit
        ]

    def _exposures(self, lot: int, unit: int, well: datetime) -> Iterator[datetime]:
        """Yield the moments since which a lot was where a unit was, after it was well."""
        places = self._places(unit)
        for begin, end, place in places:
            if end is not None and end < well:
                continue
            since, balance = max(begin, well), 0
            for said in self.told.of("inventory_move"):
                move = said.values
                if not said.is_first or move["archived_at"] is not None:
                    continue
                if move["lot_id"] != lot or move["location_id"] != place:
                    continue
                if said.at <= since:
                    balance += move["quantity"]
                elif move["quantity"] > 0 and (end is None or said.at <= end):
                    yield said.at
            if balance > 0:
                yield since

    def _places(self, unit: int) -> list[tuple[datetime, datetime | None, int]]:
        """Return where a unit was: from when, until when, and the location."""
        spans: list[tuple[datetime, datetime | None, int]] = []
        here, since = None, None
        for said in self.told.of("maintenance_monitored_unit", unit):
            if "location_id" not in said.values:
                continue
            if here is not None and since is not None:
                spans.append((since, said.at, here))
            here, since = said.values["location_id"], said.at
        if here is not None and since is not None:
            spans.append((since, None, here))
        return spans

    def _decided(self, lot: int, typed: datetime) -> datetime | None:
        """Return when somebody released a lot after the call, since a reading was typed."""
        names = {
            said.id: said.values["name"]
            for said in self.told.of("maintenance_held_lot")
            if said.is_first
        }
        numbers = {
            said.values["number"]
            for said in self.told.of("inventory_lot", lot)
            if "number" in said.values
        }
        decisions = [
            said.at
            for said in self.told.of("maintenance_held_lot")
            if said.values.get("decision") == "release"
            and said.at >= typed
            and names[said.id].rpartition("lot ")[2] in numbers
        ]
        return max(decisions, default=None)

    def held_numbers(self) -> set[tuple[int, str]]:
        """Return the items and numbers of lots that nobody may use."""
        numbers = set()
        for lot, row in self.told.live("inventory_lot").items():
            held = [typed for _, typed in self._held_since(lot)]
            if held:
                # One corrected before anything was wrong with this lot may be that of another.
                for number in self._numbers_since(lot, min(held)):
                    numbers.add((row["item_id"], number.casefold()))
        return numbers

    def _numbers_since(self, lot: int, first: datetime) -> list[str]:
        said = [one for one in self.told.of("inventory_lot", lot) if "number" in one.values]
        before = [one for one in said if one.at <= first]
        later = [one for one in said if one not in before]
        return [one.values["number"] for one in [*before[-1:], *later]]


def _is_bad(reading: Row) -> bool:
    values = [reading.get(name) for name in SHOWN]
    return any(not COLDEST <= value <= WARMEST for value in values if value is not None)
