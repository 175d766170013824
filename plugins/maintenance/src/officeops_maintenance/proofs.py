"""What maintenance answers to the questions of inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_maintenance.calibration import proofs as calibration_proofs
from officeops_maintenance.laboratory import lab_proofs
from officeops_maintenance.plans import plan_proofs
from officeops_maintenance.readings import proofs as reading_proofs
from officeops_maintenance.sterilizer import proofs as sterilizer_proofs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Proof


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield the proofs for the kinds of inspection that are asked for."""
    yield from reading_proofs.proofs(office, kinds)
    yield from sterilizer_proofs.proofs(office, kinds)
    yield from plan_proofs.proofs(office, kinds)
    yield from calibration_proofs.proofs(office, kinds)
    yield from lab_proofs.proofs(office, kinds)
