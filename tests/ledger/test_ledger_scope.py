"""A ledger with a scope never tells of rows out of reach: not in a balance, a list, a refusal or a check.

Two offices differ only in the leave of a person out of reach; every answer of the other people is the same in both.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops.access.actions import admit
from officeops.cli import run
from officeops.cli.context import Run
from officeops.core.office_record import Facts
from officeops.model.errors import OfficeError
from officeops.office.office import Office
from officeops.testing import _streams, _text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.testing import OfficeFactory

PLUGIN = Path(__file__).with_name("scoped_plugin.py").read_text()
DAY = date(2026, 1, 5)
#: Each login with its role; ben leads cyd, ada is out of reach of both.
USERS = {"ada": "clerk", "ben": "lead", "cyd": "clerk", "max": "manager"}
#: Ada's grants and what she took, in one office and in the other.
TWINS = (((480, 480), 700), ((60,), 0))


def made(factory: OfficeFactory, file: str, grants: tuple[int, ...], taken: int) -> Office:
    office = factory(files={"leave": PLUGIN}, file=file)
    assert not office.plugins.troubles, [(t.where, t.why) for t in office.plugins.troubles]
    with office.acting("core.init"):
        office.add(Facts(name="Test"))
    for name, role in USERS.items():
        admit(office, name, [role, "booker"])
    users = dict(office.rows("SELECT login, id FROM core_user"))
    with office.acting("leave.begin"):
        for number, name in enumerate(USERS, 1):
            lead = 2 if name == "cyd" else None
            values = {"name": name.title(), "user_id": users[name], "lead_id": lead}
            office.add(office.records["leave.person"](**values))
            grant = office.records["leave.allowance"](name=f"G{number}", person_id=number)
            post(office, 240, number, office.add(grant).id)
        for number, minutes in enumerate(grants):
            grant = office.records["leave.allowance"](name=f"More {number}", person_id=1)
            post(office, minutes, 1, office.add(grant).id, source=f"pto:{number}")
        if taken:
            ledger(office).take(office, taken, DAY, person_id=1)
        assert office.value("SELECT source FROM leave_entry WHERE id = 5") == "pto:0"
    return office


def ledger(office: Office) -> Any:  # noqa: ANN401 - of the plugin
    return office.records["leave.entry"].__dict__["ledger"]


def post(office: Office, minutes: int, person: int, grant: int, source: str | None = None) -> None:
    ledger(office).post(office, minutes, DAY, person_id=person, grant_id=grant, source=source)


def refusals(office: Office) -> Iterator[object]:
    """The answers to what a person tries with Ada's leave, as sentences and facts."""
    book = ledger(office)
    mine = {"person_id": 3, "grant_id": 3}
    tries: list[Callable[[], object]] = [
        lambda: book.take(office, 1000, DAY, person_id=1),
        lambda: book.take(office, 1, DAY, person_id=1),
        lambda: book.post(office, -700, DAY, person_id=1, grant_id=5),
        lambda: book.post(office, 5, DAY, **mine, source="pto:0"),
        lambda: book.transfer(office, 9, DAY, out_of={"person_id": 1}, into={"person_id": 3}),
        lambda: book.transfer(office, 9, DAY, out_of={"person_id": 3}, into={"person_id": 1}),
        lambda: book.reverse(office, office.get(office.records["leave.entry"], 5)),
        lambda: book.undo(office, [office.get(office.records["leave.entry"], 5)]),
    ]
    for attempt in tries:
        try:
            with office.acting("leave.entry.reverse"):
                attempt()
        except OfficeError as why:
            yield str(why), [(problem.code, dict(problem.facts)) for problem in why.problems]
        else:
            yield "done"


def answers(office: Office) -> Iterator[object]:
    """All that a person reads of the ledger, and what it answers to them."""
    book = ledger(office)
    for keys in ({}, {"person_id": 1}, {"person_id": 3}, {"grant_id": 5}):
        yield [book.balance(office, **keys), book.balance(office, on=DAY, usable=False, **keys)]
    yield book.portions(office, DAY, person_id=1), book.portions(office, DAY, person_id=3)
    for key in ("leave.entry", "leave.entry-balance", "leave.allowance"):
        record = office.records[key]
        yield office.select(record, record.meta.list_fields)
    for words in (
        "entry list",
        "entry list --json",
        "entry show #5",
        "entry reverse #5",
        "allowance list",
    ):
        yield said(office, *words.split())
    yield from refusals(office)
    _, found, _ = said(office, "selfcheck", "--json")
    yield [finding for finding in json.loads(found) if finding["area"] == "records"]


def said(office: Office, *words: str) -> tuple[int, str, str]:
    with _streams(b"") as (out, err):
        code = run(words, prepared(office))
    return code, _text(out).replace(office.path, ""), _text(err).replace(office.path, "")


def prepared(office: Office) -> Run:
    line = Run(db=office.path)
    line.user = office.user
    return line


@pytest.fixture(autouse=True)
def _on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "leave")


@pytest.mark.parametrize("name", ["ben", "cyd"])
def test_nothing_tells_of_leave_out_of_reach(office_factory: OfficeFactory, name: str) -> None:
    one, other = [
        list(asked(made(office_factory, f"{number}.db", *twin), name))
        for number, twin in enumerate(TWINS)
    ]
    for first, second in zip(one, other, strict=True):
        assert first == second
    assert "beyond-reach" in str(one)
    assert "done" not in one


def asked(office: Office, name: str) -> Iterator[object]:
    with Office(office.path, office.plugins, office.machine, user=name) as opened:
        yield from answers(opened)


def test_who_sees_everybody_is_told_of_it(office_factory: OfficeFactory) -> None:
    office = made(office_factory, "0.db", *TWINS[0])
    told = str(list(asked(office, "max")))
    assert "500" in told
    assert "done" in told
