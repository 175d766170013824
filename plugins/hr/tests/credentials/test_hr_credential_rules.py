"""Any credential and any sequence of steps: status by the day, history kept, and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Location
from officeops.history.undo import undo
from officeops.model.errors import OfficeError
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType

if TYPE_CHECKING:
    from plugins.hr.tests.credentials.conftest import Wallet

TODAY: Final = date(2026, 3, 2)
DAYS: Final = [TODAY + timedelta(days=number) for number in range(-40, 160, 5)]
#: As time goes by, a credential goes through these in their order, and never back.
ORDER: Final = ("valid", "due", "in_grace", "expired")
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(("renew", "verify", "suspend", "reinstate", "file-renewal")),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=7,
)


def _twin(end: int, grace: int, leads: list[int], on: int) -> str:
    """Say the status day by day: days are numbers, and the rules are walked in the order of life."""
    if on > end + grace:
        return "expired"
    if on > end:
        return "in_grace"
    return "due" if any(on >= end - lead for lead in [*leads, 0]) else "valid"


def test_status_is_that_of_a_day_by_day_twin_and_only_goes_on(wallet: Wallet) -> None:
    office = wallet.office
    credential = wallet.add("ben", "BLS", "2026-04-30")
    kind = office.get(CredentialType, credential.type_id)

    @tried(150)
    @given(
        st.integers(-30, 120),
        st.integers(0, 40),
        st.lists(st.integers(0, 90), min_size=1, max_size=4),
    )
    def as_the_twin(end: int, grace: int, leads: list[int]) -> None:
        text = " ".join(map(str, leads))
        with office.acting("test"):
            office.edit(office.get(CredentialType, kind.id), grace_days=grace, leads=text)
            again = office.get(Credential, credential.id)
            again = office.edit(again, expires_on=TODAY + timedelta(days=end))
        seen = [again.status_on(office, day).status for day in DAYS]
        assert seen == [_twin(end, grace, leads, (day - TODAY).days) for day in DAYS]
        places = [ORDER.index(status) for status in seen]
        assert places == sorted(places)
        # Lists ask in SQL, and say the same.
        listed = office.select(Credential, [Credential.meta.by_name["status"]])
        assert [row[-1] for row in listed] == [again.status_now(office).status]

    as_the_twin()


def _rows(wallet: Wallet) -> list[tuple[Any, ...]]:
    columns = ", ".join(field.name for field in Credential.meta.fields)
    where = "WHERE archived_at IS NULL ORDER BY id"
    return wallet.office.rows(f"SELECT id, {columns} FROM hr_credential {where}")


def _carry_out(wallet: Wallet, verb: str, number: int) -> None:
    live = [row[0] for row in _rows(wallet)]
    credential = wallet.office.get(Credential, live[number % len(live)])
    because = {"reason": "The board asked"} if verb == "suspend" else {}
    wallet.do(credential, verb, **because)


def test_any_sequence_keeps_all_of_the_history_and_is_taken_back(wallet: Wallet) -> None:
    wallet.add("ben", "BLS", "2026-03-31")
    wallet.add("lea", "RN license", "2026-03-31")

    @tried(60)
    @given(STEPS)
    def back_and_forth(sequence: list[tuple[str, int]]) -> None:
        states = [_rows(wallet)]
        for verb, number in sequence:
            try:
                _carry_out(wallet, verb, number)
            except OfficeError:
                # Refused: nothing was written.
                assert _rows(wallet) == states[-1]
                continue
            before, after = states[-1], _rows(wallet)
            # To file a renewal on the same day twice writes nothing.
            states += [after] if after != before else []
            if verb == "renew":
                # The old ones stay as they were, and the new one ends later.
                assert after[: len(before)] == before
                assert len(after) == len(before) + 1
        for earlier in states[-2::-1]:
            undo(wallet.office)
            assert _rows(wallet) == earlier

    back_and_forth()


def test_a_credential_that_says_something_else_is_not_verified_any_more(wallet: Wallet) -> None:
    office = wallet.office
    with office.acting("test.place"):
        place = office.add(Location(name="Elm Street"))
    other: dict[str, Any] = {
        "person_id": wallet.crew["lea"].id,
        "type_id": office.find(CredentialType, "BLS").id,
        "state": "OK",
        "number": "99",
        "issuer": "Another board",
        "issued_on": TODAY,
        "expires_on": TODAY + timedelta(days=900),
        "location_id": place.id,
    }
    beside: dict[str, Any] = {"note": "In the red binder", "notice_on": TODAY + timedelta(days=9)}
    # A new field is sorted here: does a verification cover it?
    assert {*other, *beside} == {f.name for f in Credential.meta.fields if not f.managed}
    license_ = wallet.add("ben", "RN license", "2027-04-30", state="TX")
    wallet.do(license_, "verify", source="Nursys")
    for name, value in {**beside, **other}.items():
        with office.acting("test.edit"):
            after = office.edit(office.get(Credential, license_.id), **{name: value})
        assert (after.verified_on is None) == (name in other), name
        undo(office)
        assert office.get(Credential, license_.id).verified_on, name
