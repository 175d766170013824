"""An import adds no second record with a value of a record out of reach, and does not say whose it is."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops.access.actions import admit
from officeops.cli import run
from officeops.cli.context import Run
from officeops.core.office_record import Facts
from officeops.store.folded_identities import clashing
from officeops.testing import _streams, _text

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = Path(__file__).with_name("identity_plugin.py").read_text()
#: What Cal has, out of Ben's reach; the first is archived.
CALS = (
    {"code": "OLD", "tag": "T0", "day": date(2026, 1, 1), "shelf": "A"},
    {"code": "X1", "tag": "T1", "day": date(2026, 1, 2), "shelf": "B"},
)
#: A file's own row.
ROW = {"code": "N1", "tag": "N2", "day": "2026-03-03", "shelf": "N"}
#: What of Cal's a row repeats, and the column that the refusal names.
REPEATED = (
    ({"code": "x1"}, "code"),
    ({"tag": "T1"}, "tag"),
    ({"code": "T1"}, "code"),
    ({"tag": "X1"}, "tag"),
    ({"day": "2026-01-02", "shelf": "b"}, "shelf"),
)


@pytest.fixture
def office(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "lab")
    return made(office_factory)


def made(factory: OfficeFactory) -> Office:
    office = factory(files={"lab": PLUGIN})
    assert not office.plugins.troubles
    with office.acting("core.init"):
        office.add(Facts(name="Test"))
    for login, roles in {
        "ben": ["clerk", "bringer"],
        "cal": ["clerk"],
        "mia": ["manager", "bringer"],
    }.items():
        admit(office, login, roles)
    users = dict(office.rows("SELECT login, id FROM core_user"))
    with office.acting("lab.begin"):
        for login in ("ben", "cal"):
            person = office.records["lab.person"](name=login.title(), user_id=users[login])
            office.add(person)
        first, _ = [office.add(sample(office, person_id=2, **values)) for values in CALS]
        office.archive(first)
    return office


def sample(office: Office, **values: object) -> Any:  # noqa: ANN401 - of the plugin
    return office.records["lab.sample"](**values)


def brought(
    office: Office, login: str, *rows: dict[str, str], options: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Import rows as somebody, and return what the command says of them."""
    line = Run(db=office.path)
    line.user = login
    lines = [",".join(row.values()) for row in rows]
    text = "\n".join([",".join(rows[0]), *lines, ""])
    with _streams(text.encode()) as (out, err):
        run(["sample", "import", "-", "--json", *options], line)
    line.close()
    answer = json.loads(_text(out))
    assert isinstance(answer, dict), _text(err)
    return answer


@pytest.mark.parametrize("login", ["ben", "mia"])
def test_no_import_adds_a_second_record_with_an_identity(office: Office, login: str) -> None:
    meta = office.records["lab.sample"].meta
    for columns, (repeated, column) in product(("code", "code tag"), REPEATED):
        names = {*columns.split(), *repeated, "day", "shelf"}
        row = {name: value for name, value in (ROW | repeated).items() if name in names}
        answer = brought(office, login, {**row, "person": "Ben"})
        assert not answer["added"], row
        assert not any(office.value(clashing(meta, identity), 1) for identity in meta.identities)
        if login == "mia" and not answer["bad"]:
            assert answer["differing"], row
            continue
        [bad] = answer["bad"]
        assert (bad["line"], bad["column"], bad["code"]) == (2, column, "taken")
        assert ("S-2" in bad["reason"]) == ("Cal" in bad["reason"]) == (login == "mia")
    assert brought(office, login, {**ROW, "code": "old", "tag": "T0", "person": "Ben"})["added"]


def test_a_number_out_of_reach_is_taken_by_a_record_that_one_may_not_see(office: Office) -> None:
    told = {}
    for login, number in product(("ben", "mia"), ("S-1", "S-2")):
        row = {"own_number": number, **ROW, "person": "Ben"}
        [bad] = brought(office, login, row)["bad"]
        assert (bad["column"], bad["code"]) == ("own_number", "taken")
        told[login, number] = bad["reason"]
    # Whether Cal archived it is nothing of Ben's.
    assert told["ben", "S-1"] == told["ben", "S-2"]
    assert "may not see" in told["ben", "S-2"]
    assert "archived" in told["mia", "S-1"]


def test_a_number_that_an_earlier_row_got_is_taken(office: Office) -> None:
    first = {"own_number": "", **ROW, "person": "Ben"}
    second = {"own_number": "S-3", "code": "N3", "tag": "N4", "day": "2026-03-04", "shelf": "N"}
    [bad] = brought(office, "mia", first, {**second, "person": "Ben"})["bad"]
    assert (bad["line"], bad["column"], bad["code"]) == (3, "own_number", "taken")
    assert "archived" not in bad["reason"]


def test_a_file_that_does_not_say_whose_changes_ones_own_rows_alone(office: Office) -> None:
    with office.acting("lab.more"):
        mine = office.add(
            sample(office, person_id=1, code="B1", tag="B2", day=date(2026, 5, 5), shelf="C")
        )
    options = ("--key", "code", "--update")
    answer = brought(office, "ben", {"code": "B1", "shelf": "Z"}, options=options)
    assert (answer["updated"], answer["bad"]) == (1, [])
    assert office.value("SELECT shelf FROM lab_sample WHERE id = ?", mine.id) == "Z"
    # Cal's, by a key that Ben guessed: nothing of it changes.
    brought(office, "ben", {"code": "X1", "shelf": "Z"}, options=options)
    assert office.value("SELECT shelf FROM lab_sample WHERE code = 'X1'") == "B"
