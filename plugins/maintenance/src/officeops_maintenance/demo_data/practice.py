"""The maintenance of a made-up practice: its units first, and then what happened to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.demo import Demo
from officeops_maintenance.demo_data.calibrations import build_calibrations
from officeops_maintenance.demo_data.contracts import build_contracts
from officeops_maintenance.demo_data.laboratory import build_laboratory
from officeops_maintenance.demo_data.plans_past import build_plans
from officeops_maintenance.demo_data.readings import build_readings
from officeops_maintenance.demo_data.sterilizers import SterilizersPast
from officeops_maintenance.demo_data.tickets_past import TicketsPast, take_steps
from officeops_maintenance.demo_data.units import add_units, unit_steps
from officeops_maintenance.demo_data.waste import build_waste

if TYPE_CHECKING:
    from officeops import Office

#: The vendors of the demo that look after equipment, come to the office, or take waste away.
_VENDORS: Final = ("AMW", "ASG", "CLI", "HGM", "LIT", "MRJ", "OQT", "QBD", "STC")


def build(office: Office, seed: int) -> None:
    """Write the equipment, and then what happened to it, step by step."""
    demo = Demo(office, seed, "equipment")
    vendors = {code: _vendor(office, code) for code in _VENDORS}
    add_units(demo, vendors)
    steps = [*TicketsPast(demo, vendors).steps(), *unit_steps(demo)]
    sterilizers = SterilizersPast(office, seed)
    take_steps(demo, [step for step in steps if step[0] < sterilizers.positive_on])
    sterilizers.begin()
    take_steps(demo, [step for step in steps if step[0] >= sterilizers.positive_on])
    sterilizers.go_on()
    # Last of these: the plans leave out the days on which a unit was out of service.
    build_plans(demo, vendors)
    build_contracts(demo, vendors)
    build_readings(office, seed)
    build_laboratory(office, seed)
    build_calibrations(demo)
    build_waste(demo)


def _vendor(office: Office, code: str) -> int | None:
    """Return the id of a vendor of the demo; None where the vendors are off."""
    from officeops.services import VendorDirectory

    directory = office.service(VendorDirectory)
    return directory.find(office, code).id if directory else None
