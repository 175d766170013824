"""A sealed value opens in its place with its key, and nowhere else; what a field may declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.authoring.check import problems
from officeops.history.verify import verify
from officeops.model.fields import field
from officeops.model.records import Record
from officeops.sealing.key_rotation import rotate
from officeops.sealing.keyring import LENGTH, Ring, SealKey
from officeops.sealing.seal import Altered, Place, seal, unseal
from officeops.selfcheck.sealed_fields import sealed_findings
from officeops.store.migration import Migration
from officeops.store.missing_migrations import gaps

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

from tests.sealing.staff import MIGRATION, PAY, PLUGIN, SSN, person_of, said

# -- one value -------------------------------------------------------------------------------------


PLACE, KEY = Place("staff_person", 7, "ssn"), SealKey(1, bytes(range(LENGTH)))


@given(st.text(max_size=200), st.binary(min_size=LENGTH, max_size=LENGTH), st.integers(1, 2**62))
def test_any_text_is_sealed_and_opens(text: str, secret: bytes, number: int) -> None:
    text = text.encode(errors="replace").decode()
    key, place = SealKey(3, secret), Place("t", number, "f")
    token = seal(key, place, text)
    assert unseal(key, place, token) == text
    assert len(text) < 4 or text not in token
    assert seal(key, place, text) != token


@given(st.sampled_from(["table", "id", "field", "version", "key", "bit"]), st.data())
@tried(300)
def test_in_any_other_place_with_any_other_key_or_altered_it_does_not_open(
    what: str, data: st.DataObject
) -> None:
    token = seal(KEY, PLACE, SSN)
    places = {
        "table": Place("staff_other", 7, "ssn"),
        "id": Place("staff_person", 8, "ssn"),
        "field": PLACE.replace(field="pay"),
    }
    keys = {"version": KEY.replace(version=2), "key": SealKey(1, bytes(LENGTH))}
    if what == "bit":
        at, bit = data.draw(st.integers(0, len(token) - 1)), data.draw(st.integers(0, 6))
        token = token[:at] + chr(ord(token[at]) ^ 1 << bit) + token[at + 1 :]
    if what in keys:  # also where the value says that it has that key
        token = token.replace(KEY.mark, keys[what].mark)
    with pytest.raises(Altered):
        unseal(keys.get(what, KEY), places.get(what, PLACE), token)


def test_every_flipped_bit_is_refused() -> None:
    token = seal(KEY, PLACE, SSN)
    for at in range(len(token)):
        for bit in range(7):
            flipped = token[:at] + chr(ord(token[at]) ^ 1 << bit) + token[at + 1 :]
            with pytest.raises(Altered):
                unseal(KEY, PLACE, flipped)


def test_lengths_say_little() -> None:
    assert len({len(seal(KEY, PLACE, "9" * n)) for n in range(16)}) == 1


# -- declared --------------------------------------------------------------------------------------


def test_the_plugin_is_in_order_and_its_tables_are_as_declared(
    staff: Office, officeops_home: Path
) -> None:
    named = problems(str(officeops_home / "config/officeops/plugins/staff.py"))
    # The practice's own people are HR's; these tests run without it.
    assert [line for line in named if "belongs to hr already" not in line] == []
    assert verify(staff) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"sealed": True, "unique": True}, "needs lookup"),
        ({"sealed": True, "search": True}, "search"),
        ({"lookup": True}, "lookup is for sealed"),
        ({"sealed": True, "default": "x"}, "no default but None"),
    ],
)
def test_what_cannot_be_sealed_is_refused_when_declared(words: dict[str, Any], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        type(
            "Bad",
            (Record,),
            {"__annotations__": {"name": "str", "x": "str"}, "x": field(**words)},
            key="bad.bad",
        )


def test_what_names_a_record_is_not_sealed() -> None:
    with pytest.raises(TypeError, match="does not name"):
        type(
            "Bad",
            (Record,),
            {"__annotations__": {"x": "str"}, "x": field(sealed=True)},
            key="bad.bad",
        )


# -- tables that are there already -----------------------------------------------------------------


def test_a_field_that_becomes_one_that_is_looked_up_needs_a_column_and_an_index(
    staff: Office,
) -> None:
    meta = person_of(staff).meta
    before = MIGRATION.replace(",\n    ssn_index TEXT", "").partition(
        "CREATE UNIQUE INDEX staff_person_ssn"
    )[0]
    [gap] = gaps([meta], {"staff": [Migration("0001_person", before)]})
    assert gap.statements == [
        "ALTER TABLE staff_person ADD COLUMN ssn_index TEXT",
        "CREATE UNIQUE INDEX staff_person_ssn_index ON staff_person(ssn_index) WHERE archived_at IS NULL AND ssn_index IS NOT NULL",
    ]
    assert gaps([meta], staff.migrations()) == []
    [new] = gaps([meta], {})
    assert new.statements[0] in MIGRATION


def test_entries_of_a_ledger_keep_their_key(office_factory: OfficeFactory) -> None:
    code = PLUGIN.replace('display="name")', 'display="name", append_only=True)')
    office = office_factory(
        files={
            "staff": code.replace(", unique=True", "")
            .replace(
                "CREATE UNIQUE INDEX staff_person_name ON staff_person(name) WHERE archived_at IS NULL;",
                "",
            )
            .replace("CREATE UNIQUE INDEX staff_person_ssn", "CREATE INDEX staff_person_ssn")
            .replace("WHERE archived_at IS NULL AND ssn", "WHERE ssn")
        }
    )
    with office.acting("test"):
        entry = office.add(person_of(office)(name="Ann", pay=PAY))
    done = rotate(office)
    assert (done.fresh, done.done, done.problems) == (True, 0, ())
    assert said(office, entry, "pay") == PAY
    assert [each.severity for each in sealed_findings(office)] == ["ok"]


def test_a_trial_goes_by_the_recovery_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from officeops.sealing import recovery_sheet as sheet
    from officeops.sealing.key_trial import trial

    ring = Ring(str(tmp_path / "office.db.seal"))
    ring.made()
    ring.added()
    office: Any = SimpleNamespace(seals=SimpleNamespace(ring=ring, sealed_fields=list))
    assert trial(office) == (0, [])
    monkeypatch.setattr(sheet, "recovered", lambda _: [])
    assert "recovery sheet" in trial(office)[1][0]
