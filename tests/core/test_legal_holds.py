"""A legal hold keeps records as they are: no road archives them or merges them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.actions import hold, release
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.core.records import LegalHold
    from officeops.office.office import Office

WHY = r"a legal hold keeps it as it is since .* \(Smith v. Acme\); `officeops legal-hold release"


def vendor(office: Office, name: str = "Acme") -> Vendor:
    """Add a vendor."""
    return add_record(office, Vendor, {"name": name})


def hold_it(office: Office, *, only: str | None = "Acme") -> LegalHold:
    """Hold one vendor, or all of them."""
    return office.do(hold, kind="vendor", reason="Smith v. Acme", only=only)


def last_action(office: Office) -> int:
    """Return the number of the last action in the history."""
    return int(office.value("SELECT max(id) FROM core_action"))


def archived(office: Office) -> None:
    """Archive the vendor by hand."""
    archive_record(office, office.find(Vendor, "Acme"))


def merged(office: Office) -> None:
    """Merge the vendor into another one."""
    other = vendor(office, "Other")
    with office.acting("vendors.vendor.merge"):
        office.merge(other, office.find(Vendor, "Acme"))


@pytest.mark.parametrize("road", [archived, merged])
@pytest.mark.parametrize("only", ["Acme", None])
def test_a_held_record_is_neither_archived_nor_merged_away(
    office: Office, road: Callable[[Office], None], only: str | None
) -> None:
    vendor(office)
    held = hold_it(office, only=only)
    with pytest.raises(Refused, match=WHY) as refused:
        road(office)
    assert [problem.code for problem in refused.value.problems] == ["on-hold"]
    assert office.find(Vendor, "Acme").archived_at is None
    office.do(release, held, reason="settled")
    archived(office)


def test_a_hold_keeps_what_the_undo_of_adding_would_archive(office: Office) -> None:
    acme = vendor(office)
    added = last_action(office)
    held = hold_it(office)
    with pytest.raises(Refused, match=WHY):
        undo(office, added)
    office.do(release, held, reason="settled")
    undo(office, added)
    assert office.get(Vendor, acme.id).archived_at


def test_a_hold_keeps_what_the_undo_of_bringing_back_would_archive(office: Office) -> None:
    acme = unarchive_record(office, archive_record(office, vendor(office)))
    brought_back = last_action(office)
    hold_it(office)
    with pytest.raises(Refused, match=WHY):
        undo(office, brought_back)
    assert office.get(Vendor, acme.id).archived_at is None


def test_a_held_record_is_edited_and_others_are_merged_into_it(office: Office) -> None:
    acme = vendor(office)
    hold_it(office)
    other = vendor(office, "Acme Two")
    with office.acting("vendors.vendor.merge"):
        office.merge(acme, other)
    edit_record(office, office.get(Vendor, acme.id), {"note": "Calls on Mondays"})
    assert office.get(Vendor, acme.id).note == "Calls on Mondays"


def test_a_hold_on_one_record_leaves_others_alone(office: Office) -> None:
    vendor(office)
    other = vendor(office, "Beta")
    hold_it(office)
    assert archive_record(office, other).archived_at
