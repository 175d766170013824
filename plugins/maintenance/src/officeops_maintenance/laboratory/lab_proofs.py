"""Proofs for inspectors under CLIA: the menu, the inserts, the controls of a year, opened kits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops.values import wording
from officeops_maintenance.gone_records import gone_records
from officeops_maintenance.laboratory.certificate import certificate_of
from officeops_maintenance.laboratory.kits import AT_HAND, kits_where
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.laboratory.operators import untried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from officeops import Office, ProofStatus
    from officeops_maintenance.laboratory.kits import KitNow

    #: Answers one kind of proof from the menu and the kits at hand.
    Answer = Callable[[Office, Sequence[LabTest], Sequence[KitNow]], Iterator[Proof]]

_TEST: Final = "maintenance.lab-test"
_KIT: Final = "maintenance.lab-kit"
_YEAR: Final = timedelta(days=365)
_RUN: Final = """
SELECT count(*), ifnull(sum(c.outcome = 'fail'), 0), count(DISTINCT k.number),
    count(DISTINCT c.run_by)
FROM maintenance_lab_control c JOIN maintenance_lab_kit k ON k.id = c.kit_id
WHERE k.test_id = ? AND c.day >= ? AND c.archived_at IS NULL AND c.void_because IS NULL
"""

_GONE: Final = """t.archived_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM maintenance_lab_control c JOIN maintenance_lab_kit k ON k.id = c.kit_id
    WHERE k.test_id = t.id AND c.day >= ? AND c.archived_at IS NULL)"""


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield the proofs of the kinds that an inspection asks for."""
    asked = [answer for kind, answer in _ANSWERS.items() if kind in kinds]
    if not asked:
        return
    tests = list(office.all(LabTest))
    kits = kits_where(office, AT_HAND)
    for answer in asked:
        yield from answer(office, tests, kits)


def _menu(
    office: Office,
    tests: Sequence[LabTest],
    kits: Sequence[KitNow],  # noqa: ARG001 - of every answer
) -> Iterator[Proof]:
    """Answer whether every test is within the certificate; nothing unknown is a proof."""
    kind = "test-menu"
    # Asked about a laboratory, an office without a menu has none to show.
    if not tests:
        yield Proof(kind, "missing", "No test menu is kept here", action="add", record=_TEST)
        return
    certificate = certificate_of(office)
    if certificate is None or not certificate.covers:
        which = f"{certificate.name} does not say which kind it is" if certificate else ""
        what = which or "No CLIA certificate is kept here"
        count = wording.count(len(tests), "test")
        yield Proof(kind, "missing", f"{what}; {count} on the menu", record=_TEST)
        return
    name = certificate.name
    within = 0
    for test in tests:
        is_within = certificate.is_within(test)
        within += is_within is True
        if is_within is None:
            what = f"{test.name}: its complexity is not entered"
            yield _of_test(kind, "missing", what, test, "edit")
        elif not is_within:
            what = f"{test.name} is {test.complexity}, beyond {name}"
            yield _of_test(kind, "not met", what, test, "edit")
    if within:
        yield Proof(kind, "met", f"{wording.count(within, 'test')} within {name}", record=_TEST)


def _instructions(
    office: Office,  # noqa: ARG001 - of every answer
    tests: Sequence[LabTest],
    kits: Sequence[KitNow],  # noqa: ARG001
) -> Iterator[Proof]:
    """Answer which insert the rules of each test were compared with."""
    for test in tests:
        if test.confirmed_on is None:
            what = f"{test.name}: nobody compared its rules with the insert"
            yield _of_test("test-instructions", "not met", what, test, "confirm")
            continue
        version = f"insert {test.insert_version}" if test.insert_version else "insert"
        what = f"{test.name}: {version} read by {test.confirmed_by} on {test.confirmed_on}"
        yield _of_test("test-instructions", "met", what, test)


def _controls(
    office: Office,
    tests: Sequence[LabTest],
    kits: Sequence[KitNow],
) -> Iterator[Proof]:
    """Answer which controls were run in a year, and which are due on kits at hand."""
    since = (office.today - _YEAR).isoformat()
    # A test that is off the menu was done in the year all the same.
    for test in [*tests, *gone_records(office, LabTest, _GONE, since)]:
        [(run, failed, lots, people)] = office.rows(_RUN, test.id, since)
        due = [kit for kit in kits if kit.kit.test_id == test.id and _waits(kit)]
        new = [] if test.archived_at else untried(office, test)
        # A test without controls in its insert has no log, and that is no gap.
        if not (run or due or new or test.controls):
            continue
        words = f"{test.name}: {wording.count(run, 'control')} in a year"
        words += f" of {wording.count(lots, 'lot')} by {wording.count(people, 'person')}"
        if failed:
            words += f", {failed} failed"
        if due:
            words += f"; due or failed: {', '.join(kit.name for kit in due)}"
        if new:
            words += f"; no control yet by {', '.join(new)}"
        is_met = not due and not new
        # Without a kit at hand there was nothing to control.
        status: ProofStatus = "met" if is_met and run else "missing" if is_met else "not met"
        yield _of_test("quality-control-log", status, words, test, "" if is_met else "controls")


def _waits(kit: KitNow) -> bool:
    return kit.use == "failed" or (kit.use == "control_due" and kit.kit.opened_on is not None)


def _opened(
    office: Office,  # noqa: ARG001 - of every answer
    tests: Sequence[LabTest],  # noqa: ARG001
    kits: Sequence[KitNow],
) -> Iterator[Proof]:
    """Answer when each open kit was opened, and by when to discard it."""
    for kit in kits:
        # Nobody opened it, so nothing is written on it yet.
        if kit.kit.opened_on is None:
            continue
        status: ProofStatus = "not met"
        opened = f"{kit.name}: opened {kit.kit.opened_on}"
        if kit.discard_by is None:
            words, action = f"{opened}, day to discard not known", "edit"
        elif kit.use in {"discard", "expired"}:
            words, action = f"{opened}, to discard {kit.discard_by}", "finish"
        else:
            status, words, action = "met", f"{opened}, discard by {kit.discard_by}", ""
        yield _of_kit("opened-kits", status, words, kit, action)


def _expired(
    office: Office,  # noqa: ARG001 - of every answer
    tests: Sequence[LabTest],  # noqa: ARG001
    kits: Sequence[KitNow],
) -> Iterator[Proof]:
    """Answer which kits at hand have expired; the stock answers for its own lots."""
    for kit in kits:
        if kit.use == "expired":
            words = f"{kit.name}: expired {kit.kit.expires_on}"
            yield _of_kit("expired-stock", "not met", words, kit, "finish")


def _of_test(
    kind: str,
    status: ProofStatus,
    what: str,
    test: LabTest,
    action: str = "",
) -> Proof:
    return Proof(kind, status, what, action=action, record=_TEST, record_id=test.id)


def _of_kit(
    kind: str,
    status: ProofStatus,
    what: str,
    kit: KitNow,
    action: str,
) -> Proof:
    return Proof(kind, status, what, action=action, record=_KIT, record_id=kit.kit.id)


_ANSWERS: Final[dict[str, Answer]] = {
    "test-menu": _menu,
    "test-instructions": _instructions,
    "quality-control-log": _controls,
    "opened-kits": _opened,
    "expired-stock": _expired,
}
