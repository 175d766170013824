"""What a ledger refuses to book, and the accounts below their least that a check lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from tests.ledger.books import Books, day
from tests.ledger.conftest import PLUGIN

from officeops.backup.checks import Unchecked, invariants_by_plugin
from officeops.ledger.accounts import Accounts
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.errors import Problem
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

NewBooks: TypeAlias = "Callable[..., Books]"


def refused(books: Books, way: str, *words: Any, **fields: Any) -> list[Problem]:  # noqa: ANN401
    """Try to book something, and return the problems of its refusal; nothing is booked."""
    before = len(books.entries())
    with pytest.raises(Refused) as caught, books.office.acting("ledgers.test.try"):
        getattr(books.ledger, way)(books.office, *words, **fields)
    assert len(books.entries()) == before
    return caught.value.problems


def test_a_transfer_to_the_account_that_it_comes_from_is_refused(books: NewBooks) -> None:
    ours = books()
    ours.post(5, 1, 0)
    same = {"out_of": ours.account, "into": ours.account}
    # Neither the amount there nor a lot of both makes it another account.
    for amount, lot in ((3, None), (9, None), (3, ours.lots[0].id)):
        fields = {ours.lot_column: lot} if lot else {}
        [problem] = refused(ours, "transfer", amount, day(2), **same, **fields)
        assert problem.code == "nothing-to-do"
    into_lot = {**ours.account, ours.lot_column: ours.lots[0].id}
    [problem] = refused(ours, "transfer", 3, day(2), out_of=ours.account, into=into_lot)
    assert problem.code == "nothing-to-do"


def test_an_amount_goes_from_lot_to_lot_of_one_account(books: NewBooks) -> None:
    ours = books()
    ours.post(5, 1, 0)
    first, other = ({**ours.account, ours.lot_column: lot.id} for lot in ours.lots[:2])
    with ours.office.acting("ledgers.test.carry"):
        ours.ledger.transfer(ours.office, 3, day(2), out_of=first, into=other)
    assert ours.balance(**{ours.lot_column: ours.lots[1].id}) == 3


def test_an_entry_of_nothing_is_refused_and_no_least_amount_is_named(books: NewBooks) -> None:
    ours = books()
    [problem] = refused(ours, "post", 0, day(1), **ours.account)
    assert (problem.code, problem.field) == ("out-of-range", ours.ledger.amount)
    assert "minimum" not in problem.facts
    for way in ("take", "transfer"):
        fields = (
            ours.account if way == "take" else {"out_of": ours.account, "into": books().account}
        )
        [problem] = refused(ours, way, 0, day(1), **fields)
        assert problem.facts == {"minimum": 1}


def test_amounts_of_a_refusal_are_as_people_read_them(office_factory: OfficeFactory) -> None:
    text = PLUGIN.replace('field(kind="quantity")', 'field(kind="money")')
    ours = Books(office_factory(files={"ledgers": text}), "stock", 1)
    ours.post(5000, 1)
    [problem] = refused(ours, "take", 6000, day(2), **ours.account)
    assert "only 50.00 can be taken, not 60.00" in str(problem)
    assert problem.facts == {"balance": 5000, "wanted": 6000}


def test_each_missing_field_of_an_account_is_named(books: NewBooks) -> None:
    ours = books()
    first, second = ours.account
    names = [ours.entry.meta.by_name[key].public_name for key in ours.account]
    some = {first: ours.account[first]}
    for way in ("post", "take"):
        for fields, missing in (
            ({}, names),
            (some, names[1:]),
            ({**some, second: None}, names[1:]),
        ):
            problems = refused(ours, way, 5, day(1), **fields)
            assert [(problem.field, problem.code) for problem in problems] == [
                (name, "needed") for name in missing
            ]
    [problem] = refused(ours, "transfer", 5, day(1), out_of=ours.account, into=some)
    assert problem.field == names[1]


@pytest.mark.parametrize("way", ["sql", "add"])
def test_an_account_below_its_least_is_listed_with_its_cure(books: NewBooks, way: str) -> None:
    ours = books()
    ahead = 0
    if ours.kind == "leave":
        ours, ahead = books(ahead=3), 3
    past_the_ledger(ours, way, -ahead, 1)
    assert [*ours.ledger.problems(ours.office)] == []
    past_the_ledger(ours, way, -1, 1)
    [(what, cure)] = ours.ledger.problems(ours.office)
    shown = Accounts(ours.ledger, ours.office).shown
    assert f"{shown(-ahead - 1)}; the least is {shown(-ahead)}" in what
    assert Accounts(ours.ledger, ours.office).name(ours.account) in what
    assert cure
    ours.post(1, 2)
    assert [*ours.ledger.problems(ours.office)] == []


def past_the_ledger(books: Books, way: str, amount: int, number: int) -> None:
    """Write an entry outside the lots as no ledger would."""
    values = {**books.account, books.ledger.amount: amount, "day": day(number), "kind": "out"}
    with books.office.acting("ledgers.test.past"):
        if way == "add":
            books.office.add(books.entry(**values))
            return
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {books.ledger.table} ({', '.join(values)}) VALUES ({marks})"
        books.office.rows(sql, *(str(v) if k == "day" else v for k, v in values.items()))


def test_by_day_a_day_to_come_below_the_least_is_listed(books: NewBooks) -> None:
    ours = books()
    later = 10_000
    ours.post(2, later + 1, 3)
    past_the_ledger(ours, "add", 0, 1)
    fields = {**ours.account, "day": day(later), ours.ledger.amount: -2}
    with ours.office.acting("ledgers.test.past"):
        ours.office.add(ours.entry(**fields, **{ours.lot_column: ours.lots[3].id, "kind": "out"}))
    problems = [*ours.ledger.problems(ours.office)]
    assert ours.balance() == 0
    assert len(problems) == (ours.kind == "leave")


def test_a_floor_that_fails_leaves_its_ledger_unchecked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Books(office, "leave", 1)
    past_the_ledger(ours, "add", -1, 1)
    monkeypatch.setattr(ours.ledger, "floor", lambda *_: 1 // 0)
    [(plugin, what, _)] = invariants_by_plugin(office)
    assert plugin == "ledgers"
    assert isinstance(what, Unchecked)
