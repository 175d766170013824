"""Out of range: DO NOT USE, the lots held, and an excursion that ends with a decision on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.access_tools import open_as
from tests.access.shared_tools import DESK, add_desk, signed, typed
from tests.effort import tried

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.access.shared_actions import set_pin
from officeops.model.errors import Forbidden, Refused
from officeops.office.crud import edit_record
from officeops_inventory.model import Lot
from officeops_maintenance.readings.booking import book_reading
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.excursion_life import EXCURSION
from officeops_maintenance.readings.limits import SORTS, Limits, usual_limits
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

DEGREES = st.integers(-9000, 9000)
MAYBE = st.none() | DEGREES


@tried(500)
@given(low=MAYBE, high=MAYBE, degrees=st.lists(DEGREES, min_size=1, max_size=3))
def test_a_verdict_is_that_of_the_coldest_and_the_warmest(
    low: int | None, high: int | None, degrees: list[int]
) -> None:
    verdict = Limits(low, high).verdict(*degrees)
    is_cold = low is not None and min(degrees) < low
    is_warm = high is not None and max(degrees) > high
    assert (verdict in {"too_cold", "both"}, verdict in {"too_warm", "both"}) == (is_cold, is_warm)
    assert Limits(low, high).verdict(None, *degrees) == verdict


def test_each_sort_has_its_usual_limits_in_both_scales_with_a_source() -> None:
    for sort in SORTS[:-1]:
        for scale in "FC":
            limits = usual_limits(sort, scale)
            assert limits is not None
            assert limits.low is not None
            assert limits.high is not None
            assert limits.low < limits.high
            assert limits.source
            # Nobody has compared that one yet, and the data says so.
            assert limits.checked
    assert usual_limits("other", "F") is None


def states(office: Office) -> list[str]:
    return [lot.status for lot in office.all(Lot)]


@pytest.fixture
def warm(cli: Cli, fridge: MonitoredUnit) -> Cli:
    """The refrigerator was read as too warm."""
    ran = cli("temperatures", "record", "Fridge=48/40/50")
    assert ran.code == 0
    assert "DO NOT USE" in ran.err
    assert "555-0100" in ran.err
    assert fridge.name in ran.err
    return cli


def test_within_the_limits_nothing_is_held(cli: Cli, fridge: MonitoredUnit, office: Office) -> None:
    cli("temperatures", "record", f"{fridge.name}=38.3/36/46")
    [reading] = cli("temperature-reading", "list", "--json").json
    assert (reading["current"], reading["verdict"]) == ("38.3", "ok")
    assert not list(office.all(Excursion))
    assert states(office) == ["available", "available"]


def test_out_of_range_holds_every_lot_and_keeps_the_limits_of_the_day(
    warm: Cli, office: Office, fridge: MonitoredUnit
) -> None:
    assert states(office) == ["quarantined", "quarantined"]
    names = [lot.name for lot in office.all(HeldLot)]
    assert names == ["MMR, lot A", "MMR, lot B", "Swabs, without lot"]
    # What it judges by stays while it is open.
    edit = ("monitored-unit", "edit", fridge.name, "--high", "60")
    assert "EX-1 is open" in warm(*edit).err
    [excursion] = office.all(Excursion)
    assert (excursion.low, excursion.high, excursion.highest) == (222, 778, 1000)
    assert "DO NOT USE" in warm("excursion", "text", "EX-1").out
    assert "What Fridge keeps (too warm, 50 °F, EX-1)" in warm("huddle").out


def test_it_stays_open_until_a_case_number_and_a_decision_on_each_lot(
    warm: Cli, office: Office
) -> None:
    assert warm("excursion", "close", "EX-1").code == 1
    # Nobody discards before somebody gave advice.
    assert warm("held-lot", "discard", "#1").code == 1
    warm("excursion", "call", "EX-1", "--case-number", "MRK-1", "--called", "the maker")
    assert warm("excursion", "close", "EX-1").code == 1
    warm("held-lot", "release", "#1", "#3")
    assert warm("excursion", "close", "EX-1").code == 1
    warm("held-lot", "discard", "#2", "--reason", "as the maker said")
    assert states(office) == ["available", "quarantined"]
    # Against the decision to discard it, a person answers for the reason.
    assert "reason: is needed" in warm("held-lot", "release", "#2").err
    assert warm("held-lot", "release", "#2", "--reason", "the maker called back").code == 0
    warm("undo")
    # Nobody has read it within range since.
    assert "no reading of Fridge within range" in warm("excursion", "close", "EX-1").err
    assert warm("excursion", "close", "EX-1", "--reason", "it is off").code == 0
    assert warm("held-lot", "release", "#2").code == 1
    assert not [item for item in warm("today", "--json").json if "DO NOT USE" in item["what"]]


def test_a_lot_that_an_excursion_holds_is_released_by_it_alone(warm: Cli, office: Office) -> None:
    ran = warm("lot", "release", "#1")
    assert ran.code == 1
    assert "EX-1: Fridge was too warm; to release it: officeops excursion call EX-1" in ran.err
    warm("excursion", "call", "EX-1", "--case-number", "MRK-1")
    assert "officeops held-lot release '#1'" in warm("lot", "release", "#1").err
    warm("held-lot", "discard", "#1", "#2", "--reason", "as the maker said")
    warm("held-lot", "release", "#3")
    warm("excursion", "close", "EX-1", "--reason", "it is off")
    assert "it is to be discarded: officeops lot discard" in warm("lot", "release", "#1").err
    assert states(office) == ["quarantined", "quarantined"]


def test_one_undo_takes_back_the_reading_the_excursion_and_the_holds(
    warm: Cli, office: Office
) -> None:
    warm("undo")
    assert states(office) == ["available", "available"]
    assert not list(office.all(Excursion))
    assert warm("temperature-reading", "list", "--json").json == []


def test_further_readings_widen_the_open_excursion_and_hold_what_came_since(
    warm: Cli, office: Office
) -> None:
    warm("item", "receive", "VAX", "--quantity", "5", "--lot", "C", "--expires-on", "2027-06-30",
         "--location", "Vaccine fridge")  # fmt: skip
    warm("temperatures", "record", "Fridge=30")
    [excursion] = office.all(Excursion)
    assert (excursion.verdict, excursion.lowest, excursion.highest) == ("both", -111, 1000)
    assert excursion.ended_at is None
    assert states(office) == ["quarantined"] * 3
    warm("temperatures", "record", "Fridge=40")
    [excursion] = office.all(Excursion)
    assert excursion.ended_at is not None
    warm("excursion", "call", "EX-1", "--case-number", "MRK-1")
    warm("held-lot", "release", "#1", "#2", "#3", "#4")
    assert states(office) == ["available"] * 3


def test_one_that_was_out_since_the_last_reading_and_is_back_has_ended(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    assert "DO NOT USE" in cli("temperatures", "record", f"{fridge.name}=40/38/50").err
    [excursion] = office.all(Excursion)
    assert excursion.ended_at == excursion.started_at
    assert excursion.state == "open"


def test_a_wrong_reading_is_withdrawn_with_its_reason(warm: Cli, office: Office) -> None:
    withdraw = ("excursion", "withdraw", "EX-1", "--reason", "48 was typed for 38")
    assert warm(*withdraw[:3]).code != 0
    assert "officeops temperature-reading correct '#1'" in warm(*withdraw).err
    assert states(office) == ["quarantined", "quarantined"]
    warm("temperature-reading", "correct", "#1", "--reason", "48 was typed for 38",
         "--current", "38", "--lowest", "37", "--highest", "40")  # fmt: skip
    assert warm(*withdraw).code == 0
    assert states(office) == ["available", "available"]


def test_a_reading_out_of_range_holds_the_lots_whoever_books_it(warm: Cli, office: Office) -> None:
    warm("undo")
    kinds = ("monitored-unit.view", "temperature-reading.view", "temperatures.*")
    warm("access", "role", "reader", *[f"maintenance.{kind}" for kind in kinds])
    warm("access", "add", "ann", "--role", "reader")
    ran = warm("temperatures", "record", "Fridge=48/40/50", login="ann")
    # She may not see lots, and reads how many there are.
    assert ("lots at" in ran.err, "lot A" in ran.err) == (True, False), ran
    assert states(office) == ["quarantined", "quarantined"]


def test_the_lowest_is_no_warmer_than_the_current_one(cli: Cli, fridge: MonitoredUnit) -> None:
    ran = cli("temperatures", "record", f"{fridge.name}=38/39/37")
    assert ran.code == 1
    assert cli("temperature-reading", "list", "--json").json == []
    # With a min/max display, the first reading of a day has both.
    assert cli("temperatures", "record", f"{fridge.name}=38").code == 1


def test_a_reading_typed_wrong_is_corrected_and_the_history_keeps_both(
    warm: Cli, office: Office
) -> None:
    assert warm("temperature-reading", "correct", "#1", "--reason", "a slip").code == 1
    wrong = ("temperature-reading", "correct", "#1", "--reason", "a slip", "--current", "52")
    assert warm(*wrong).code == 1
    ran = warm("temperature-reading", "correct", "#1", "--reason", "48 was typed for 38",
               "--current", "38", "--lowest", "37", "--highest", "40")  # fmt: skip
    assert "EX-1" in ran.err
    [reading] = warm("temperature-reading", "list", "--json").json
    assert (reading["current"], reading["verdict"]) == ("38", "ok")
    assert "48 was typed for 38" in reading["note"]
    assert "48 °F → 38 °F" in warm("temperature-reading", "history", "#1").out
    # The other way round: it was out of range, and nobody saw it.
    warm("excursion", "withdraw", "EX-1", "--reason", "a slip")
    warm("temperatures", "record", "Fridge=39")
    assert "DO NOT USE" in warm("temperature-reading", "correct", "#2", "--reason", "a slip",
                                "--current", "49").err  # fmt: skip
    assert states(office) == ["quarantined", "quarantined"]


def proofs(cli: Cli, question: str) -> list[tuple[str, str | None]]:
    """Return how good each proof of a question is, and the action that repairs it."""
    rows = cli("inspect", "vfc", "--json").json
    asked = [row for row in rows if row["question"] == f"vfc.{question}"]
    return [(row["status"], row["action"]) for row in asked]


def test_an_inspector_reads_the_logs_and_the_excursions(warm: Cli) -> None:
    assert proofs(warm, "temperature-log") == [("met", None)]
    assert proofs(warm, "excursions") == [("not met", "call")]
    warm("excursion", "call", "EX-1", "--case-number", "MRK-1", "--advice", "good to use")
    assert proofs(warm, "excursions") == [("not met", "close")]
    warm("held-lot", "release", "#1", "#2", "#3")
    warm("excursion", "close", "EX-1", "--reason", "it is off")
    assert proofs(warm, "excursions") == [("met", None)]
    warm("monitored-unit", "edit", "Fridge", "--first-on", "2026-02-27")
    assert proofs(warm, "temperature-log") == [("not met", "explain")]


def test_without_an_inventory_the_excursion_opens_all_the_same(
    cli: Cli, office_factory: OfficeFactory
) -> None:
    office_factory("maintenance", "vendors")
    cli("monitored-unit", "add", "--name", "Freezer", "--sort", "freezer", "--shows-range", "no")
    assert "DO NOT USE" in cli("temperatures", "record", "Freezer=20").err
    cli("excursion", "call", "EX-1", "--case-number", "MRK-1")
    assert cli("excursion", "close", "EX-1", "--reason", "it is off").code == 0


def test_a_reading_is_judged_by_the_limits_of_the_time_since_the_one_before_it(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("temperatures", "record", "Fridge=40/38/41")
    assert cli("monitored-unit", "edit", fridge.name, "--high", "60").code == 0
    ran = cli("temperatures", "record", "Fridge=50")
    assert "limits 36 to 46" in ran.err, ran
    [excursion] = office.all(Excursion)
    assert (excursion.verdict, excursion.high) == ("too_warm", 778)
    # The same number as a correction changes nothing.
    cli("temperature-reading", "correct", "#2", "--reason", "again", "--current", "50")
    assert office.get(TemperatureReading, 2).verdict == "too_warm"


def test_new_limits_judge_the_second_reading_after_them(
    fridge: MonitoredUnit, office: Office
) -> None:
    def read_at(hour: int, degrees: int) -> str:
        moment = office.ways.moment(office.today, hour * 60)
        office.store.moment = moment.isoformat()
        unit = office.get(type(fridge), fridge.id)
        with office.acting("maintenance.temperatures.record"):
            reading = TemperatureReading(
                unit_id=unit.id, day=office.today, slot="am", taken_at=moment, current=degrees
            )
            book_reading(office, unit, reading)
        return reading.verdict

    assert read_at(8, 400) == "ok"
    office.store.moment = office.ways.moment(office.today, 9 * 60).isoformat()
    edit_record(office, office.get(type(fridge), fridge.id), {"high": 1600})
    assert [read_at(10, 500), read_at(11, 1200)] == ["ok", "ok"]


def test_at_a_shared_login_a_manager_closes_with_a_pin_and_a_clerk_does_not(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    add_desk(office, "maintenance.*", "inventory.*")
    make_role(office, "boss", ["maintenance.*", "inventory.*", "core.pin.set"])
    admit(office, "dee", ["boss"])
    with open_as(office, "dee") as own:
        set_pin(own, typed("930481726655"))
    cli("temperatures", "record", f"{fridge.name}=48/40/50")
    cli("excursion", "call", "EX-1", "--case-number", "9")
    cli("held-lot", "release", "#1", "#2", "#3")
    close = EXCURSION.action(Excursion, "close")
    with open_as(office, DESK) as desk:
        [excursion] = desk.all(Excursion)
        with pytest.raises(Refused, match="needs a name and PIN"):
            desk.do(close, excursion, reason="it is off")
        with pytest.raises(Forbidden):
            signed(desk, "ann").do(close, excursion, reason="it is off")
        entry = desk.twin()
        entry.sign(entry.prove("dee", typed("930481726655")))
        entry.do(close, excursion, reason="it is off")
    assert office.get(Excursion, 1).closed_by == "dee"
