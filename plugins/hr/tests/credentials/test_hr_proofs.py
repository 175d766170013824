"""Registrations and appointments as proofs: removed, expired or renewed, exactly their line changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from officeops import Location
from officeops.core.inspection_questions import TOPICS, inspection, kinds_of_proof
from officeops.office.inspection import inspection_lines
from officeops_hr.credentials.access_grant import AccessGrant
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import PROOFS
from officeops_hr.people.separation import separate

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.credentials.conftest import Wallet

    from officeops.testing import Ran

#: Each question with a type that answers it, and the other types of the same question.
QUESTIONS: Final = {
    "pharmacy.registration": ("DEA registration", ()),
    "pharmacy.state-registration": ("State controlled substances", ()),
    "clia.director": ("Laboratory director (CLIA)", ()),
    "vfc.coordinators": ("Vaccine coordinator", ("Backup vaccine coordinator",)),
    "hipaa.officials": ("Privacy official", ("Security official",)),
}
Lines = dict[str, list[str]]


def shown(wallet: Wallet) -> Lines:
    """Map each question of all inspections to its lines."""
    lines: Lines = {}
    for topic in TOPICS:
        for line in inspection_lines(wallet.office, inspection(topic)):
            lines.setdefault(line.question.key, []).append(f"{line.status}: {line.shown}")
    return lines


def changed(before: Lines, after: Lines) -> set[str]:
    return {key for key in before if before[key] != after[key]}


def test_credentials_are_proofs_that_inspectors_ask_for() -> None:
    assert set(PROOFS) <= set(kinds_of_proof())


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_step_of_a_credential_changes_its_line_alone(
    wallet: Wallet,
    question: str,
    freeze_today: Callable[[date], None],
) -> None:
    name, others = QUESTIONS[question]
    office, today = wallet.office, wallet.office.today
    with office.acting("test"):
        place = office.add(Location(name="Elm Street")).id
    lacking = [f"missing: No {other} is entered" for other in others]
    before = shown(wallet)
    nothing = [f"missing: No {name} is entered", *lacking]
    if question.startswith("pharmacy."):
        # Nobody has to have one here, so its proof is on paper, if anywhere.
        nothing = ["binder: on paper, if anywhere: nothing here keeps it"]
    assert before[question] == nothing

    end = today + timedelta(400)
    own = wallet.add("lea", name, end.isoformat(), number="7", location_id=place)
    at = f"{name} 7 of P-3 Lea Stone at Elm Street"
    wallet.do(own, "verify", source="by phone")

    def is_alone(status: str) -> None:
        after = shown(wallet)
        assert changed(before, after) == {question}
        assert after[question] == [status, *lacking]

    is_alone(f"met: {at}, until {end}")
    wallet.do(own, "suspend", reason="unsigned")
    is_alone(f"not met: {at}, suspended: unsigned")
    wallet.do(own, "reinstate")
    freeze_today(end)
    before = {**before, **{key: lines for key, lines in shown(wallet).items() if key != question}}
    is_alone(f"due: {at}, until {end}")
    later = end + timedelta(500)
    wallet.do(own, "renew", number="8", expires_on=later)
    renewal = office.first(Credential, "replaces_id = ?", own.id)
    assert renewal is not None
    wallet.do(renewal, "verify", source="by phone")
    is_alone(f"met: {at.replace('7', '8')}, until {later}")
    freeze_today(later + timedelta(40))
    is_alone(f"not met: {at.replace('7', '8')}, expired {later}")
    with office.acting("test"):
        for row in office.all(Credential, "person_id = ?", own.person_id):
            office.archive(row)
    assert shown(wallet)[question] == nothing


def test_a_registration_without_its_address_proves_nothing(wallet: Wallet) -> None:
    own = wallet.add("lea", "DEA registration", "2028-01-01")
    wallet.do(own, "verify", source="DEA")
    [line] = shown(wallet)["pharmacy.registration"]
    assert line.startswith("not met: DEA registration of P-3 Lea Stone, until 2028-01-01; its addr")


def test_the_step_of_a_proof_is_the_one_that_makes_it_count(wallet: Wallet) -> None:
    own = wallet.add("lea", "DEA registration", "2028-01-01")

    def step() -> str:
        again = wallet.office.get(Credential, own.id)
        return again.proof(wallet.office, "dea-registration", "DEA").action

    assert step() == "credential verify"
    wallet.do(own, "verify", source="DEA")
    assert step() == ""
    wallet.do(own, "suspend", reason="unsigned")
    assert step() == "credential reinstate"


def test_an_appointment_ends_with_the_employment_and_a_role_may_need_a_registration(
    wallet: Wallet,
    cli: Callable[..., Ran],
) -> None:
    name = "Laboratory director (CLIA)"
    wallet.add("lea", name)
    assert shown(wallet)["clia.director"] == [f"met: {name} of P-3 Lea Stone, without an end"]
    wallet.office.do(separate, wallet.crew["lea"], on=date(2026, 3, 1))
    assert shown(wallet)["clia.director"] == [f"missing: No {name} is entered"]
    cli("credential-type", "edit", name, "--for-role", "MA")
    assert shown(wallet)["clia.director"] == [
        f"missing: {name} of P-4 Ben Stone is missing",
        f"missing: {name} of P-5 Cyd Stone is missing",
    ]


def test_leavers_with_access_are_a_fault_until_it_is_taken_back(
    wallet: Wallet,
    cli: Callable[..., Ran],
) -> None:
    before = shown(wallet)
    assert before["hipaa.termination"][0].startswith("binder")
    with wallet.office.acting("test"):
        wallet.office.add(AccessGrant(person_id=wallet.crew["eve"].id, name="Records system"))
    after = shown(wallet)
    assert changed(before, after) == {"hipaa.termination"}
    assert after["hipaa.termination"] == [
        "not met: P-6 Eve Stone left and still has: Records system"
    ]
    # A person who reaches their own rows alone learns no more than that there is something.
    assert "Eve" not in cli("inspect", "hipaa", login="lea").out
    cli("access-grant", "take-back", "#1")
    assert shown(wallet) == before
