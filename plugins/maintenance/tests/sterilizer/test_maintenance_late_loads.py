"""A load that is entered once its sterilizer is locked, for a time before, is released by a manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.maintenance.tests.sterilizer.conftest import CLEAN, GREW
from tests.access.access_tools import open_as

from officeops.access.actions import admit
from officeops.office.crud import add_record
from officeops_maintenance.sterilizer.load import Load

if TYPE_CHECKING:
    from plugins.maintenance.tests.sterilizer.conftest import Practice

    from officeops.testing import Cli


def test_staff_release_no_load_of_before_that_nobody_knew_of(dental: Practice, cli: Cli) -> None:
    office, ran = dental.office, dental.later()
    dental.test(CLEAN)
    dental.test(GREW)
    dental.later()
    admit(office, "sam", ["clerk"])
    facts = {"equipment_id": dental.unit.id, "contents": "2 sets", "run_at": ran}
    shown = {"mechanical": "pass", "chemical": "pass"}
    with open_as(office, "sam") as sam:
        sam.store.moment = office.store.moment
        late = add_record(sam, Load, {**facts, **shown})
        assert "entered after SF-1 locked its sterilizer" in " ".join(sam.remarks)
    assert office.get(Load, late.id).state == "run"
    assert cli("sterilizer-load", "release", late.human_key).code == 0


def test_staff_release_what_they_enter_in_time(dental: Practice) -> None:
    office = dental.office
    admit(office, "sam", ["clerk"])
    with open_as(office, "sam") as sam:
        sam.store.moment = office.store.moment
        facts = {"equipment_id": dental.unit.id, "contents": "2 sets", "run_at": dental.later()}
        sam.store.moment = office.store.moment
        load = add_record(sam, Load, {**facts, "mechanical": "pass", "chemical": "pass"})
    assert office.get(Load, load.id).state == "released"
