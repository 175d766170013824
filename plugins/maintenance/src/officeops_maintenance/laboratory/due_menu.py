"""What the menu of tests needs: the certificate, the inserts, and new people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, folded
from officeops_maintenance.laboratory.certificate import certificate_of
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.operators import untried

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.laboratory.lab_test import LabTest

_TEST: Final = "maintenance.lab-test"


def due_menu(office: Office, tests: Sequence[LabTest]) -> Iterator[Due]:
    """Yield the tests beyond the certificate, and those whose rules nobody confirmed."""
    certificate = certificate_of(office)
    for test in tests:
        yield from _of_operators(office, test)
        if certificate and certificate.is_within(test) is False:
            what = f"{test.name} is {test.complexity}, beyond {certificate.name}"
            yield _test_line(office, test, "menu", what, "edit")
        # Asked for also without a certificate, as the FDA's list answers it.
        elif test.complexity is None:
            what = f"{test.name}: enter the complexity of its kit"
            yield _test_line(office, test, "menu", what, "edit")
        if test.confirmed_on is None:
            what = f"{test.name}: compare its rules with the insert, and confirm"
            yield _test_line(office, test, "insert", what, "confirm")
        # The rules of the last insert may not be those of the new one.
        elif other := _other_insert(office, test):
            what = f"{test.name}: {other} came with another insert; compare its rules, and confirm"
            yield _test_line(office, test, "insert", what, "confirm")
    if certificate and not certificate.covers:
        yield Due(
            key="maintenance.lab-certificate",
            on=office.today,
            what=f"{certificate.name}: its name does not say waiver, PPM or compliance",
            severity="legal",
            action="edit",
            record="core.practice-document",
            record_id=certificate.document_id,
        )


def _other_insert(office: Office, test: LabTest) -> str:
    """Return the latest kit at hand that came with another insert than the one confirmed."""
    confirmed = folded(test.insert_version or "")
    kits = office.all(LabKit, "test_id = ? AND finished_on IS NULL", test.id)
    others = (one for one in kits if one.insert_version and folded(one.insert_version) != confirmed)
    kit = next(others, None)
    return f"lot {kit.number}, {kit.insert_version}," if kit else ""


def _test_line(
    office: Office,
    test: LabTest,
    of: str,
    what: str,
    action: str,
) -> Due:
    return Due(
        key=f"maintenance.lab-{of}:{test.id}",
        on=office.today,
        what=what,
        severity="legal",
        action=action,
        record=_TEST,
        record_id=test.id,
    )


def _of_operators(office: Office, test: LabTest) -> Iterator[Due]:
    names = untried(office, test)
    if names:
        yield Due(
            key=f"maintenance.lab-operator:{test.id}",
            on=office.today,
            what=f"{test.name}: {', '.join(names)} ran no control yet; before they test patients",
            severity="legal",
            owner="staff",
            action="controls",
            record=_TEST,
            record_id=test.id,
        )
