"""Every kind of field is checked on every road: kind, both limits, choices; and every row is read by selfcheck."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from officeops.model.errors import OfficeError, Refused
from officeops.model.kinds import KINDS
from officeops.selfcheck.run import findings
from officeops.tui.forms.field_text import starting_texts
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.selfcheck.finding import Finding
    from officeops.testing import Cli, OfficeFactory

    Write = Callable[..., Path]

#: One field of every kind there is, with limits where it takes any.
THINGS = '''
from datetime import date, datetime

class Thing(Record, key="things.thing", display="text"):
    text: str = field(unique=True)
    long_text: str | None = field(kind="long_text", default=None)
    number: int = field(default=1, minimum=0, maximum=5)
    quantity: int | None = field(kind="quantity", default=None, minimum=1, maximum=9)
    money: int | None = field(kind="money", default=None, minimum=100, maximum=500)
    price: int | None = field(kind="price", default=None, minimum=10000, maximum=50000)
    decimal: int | None = field(kind="decimal", scale=1, default=None, minimum=-20, maximum=80)
    time_of_day: int | None = field(kind="time_of_day", default=None, minimum=480, maximum=1440)
    duration: int | None = field(kind="duration", default=None, minimum=5, maximum=90)
    hours: int | None = field(kind="hours", default=None, minimum=5, maximum=90)
    temperature: int | None = field(kind="temperature", default=None, minimum=0, maximum=1000)
    date: date | None = field(kind="date", default=None)
    instant: datetime | None = field(kind="instant", default=None)
    choice: str = choice("new", "old", default="new")
    yes_no: bool = field(default=False)
    reference_id: int | None = ref("core.location", default=None)
    file: str | None = field(kind="file", default=None)
    item_code: str | None = field(kind="item_code", default=None)
    phone: str | None = field(kind="phone", default=None)

@action("things.thing.take")
def take(
    office: Office, thing: Thing, text: str | None = param(default=None),
    long_text: str | None = param(kind="long_text", default=None), number: int = param(default=1, minimum=0, maximum=5),
    quantity: int | None = param(kind="quantity", default=None, minimum=1, maximum=9),
    money: int | None = param(kind="money", default=None, minimum=100, maximum=500),
    price: int | None = param(kind="price", default=None, minimum=10000, maximum=50000),
    decimal: int | None = param(kind="decimal", scale=1, default=None, minimum=-20, maximum=80),
    time_of_day: int | None = param(kind="time_of_day", default=None, minimum=480, maximum=1440),
    duration: int | None = param(kind="duration", default=None, minimum=5, maximum=90),
    hours: int | None = param(kind="hours", default=None, minimum=5, maximum=90),
    temperature: int | None = param(kind="temperature", default=None, minimum=0, maximum=1000),
    date: date | None = param(kind="date", default=None), instant: datetime | None = param(kind="instant", default=None),
    choice: str = choice("new", "old", default="new"), yes_no: bool = param(default=False),
    reference_id: int | None = param(target="core.location", default=None), file: str | None = param(kind="file", default=None),
    item_code: str | None = param(kind="item_code", default=None), phone: str | None = param(kind="phone", default=None),
) -> str:
    "Take it."
    return "Taken."

@hookimpl
def records(): return [Thing]
@hookimpl
def actions(): return [take]
@hookimpl
def migrations():
    return [Migration("0001", """
CREATE TABLE things_thing (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    text TEXT NOT NULL, long_text TEXT, number INTEGER NOT NULL DEFAULT 1, quantity INTEGER, money INTEGER, price INTEGER,
    decimal INTEGER, time_of_day INTEGER, duration INTEGER, hours INTEGER, temperature INTEGER, date TEXT, instant TEXT, choice TEXT NOT NULL DEFAULT 'new', yes_no INTEGER NOT NULL DEFAULT 0,
    reference_id INTEGER REFERENCES core_location (id), file TEXT, item_code TEXT, phone TEXT) STRICT;
CREATE UNIQUE INDEX things_thing_text ON things_thing (text) WHERE archived_at IS NULL;
CREATE INDEX things_thing_reference_id ON things_thing (reference_id);
""")]
'''
NAMES = {"reference": "reference_id"}
#: Kinds with limits: too small, too large, and how they are told.
BOUNDED = {
    "number": (-1, 6, "0 to 5"),
    "quantity": (0, 10, "1 to 9"),
    "money": (99, 501, "1.00 to 5.00"),
    "price": (9999, 50001, "1.00 to 5.00"),
    "decimal": (-21, 81, "-2.0 to 8.0"),
    "time_of_day": (479, 1441, "8:00 to 24:00"),
    "duration": (4, 91, "0:05 to 1:30"),
    "hours": (4, 91, "0:05 to 1:30"),
    "temperature": (-1, 1001, "32 °F to 50 °F"),
}
#: Values of no kind, as plugin code may give them.
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (7, b"x", date(2026, 1, 1)),
    "long_text": (7, ["x"]),
    "number": ("3", 3.0, True),
    "quantity": ("3", 3.5, True),
    "money": ("1.00", 2.0),
    "price": ("1.00", 2.0),
    "decimal": ("1.0", 2.0),
    "time_of_day": ("9:15", 9.5, time(9)),
    "duration": ("1:00", 1.5, time(1)),
    "hours": ("1:00", 1.5, time(1)),
    "temperature": ("38.5", 38.5),
    "date": ("garbage", "2026-01-31", datetime(2026, 1, 31, tzinfo=UTC), 20260131, date(27, 8, 31)),
    "instant": (
        "2026-01-31 09:15",
        date(2026, 1, 31),
        datetime(2026, 1, 31, 9, 15),  # noqa: DTZ001 - the very fault
        datetime(27, 8, 31, tzinfo=UTC),
    ),
    "choice": ("used", 1),
    "yes_no": ("yes", 2, 0.5),
    "reference": ("Main room", 2.5, 99),
    "file": (7, b"x"),
    "item_code": (7, b"x"),
    "phone": (2025550111, b"x"),
}
#: Texts that are not of a kind, as people and files write them. Any text is text.
TEXTS: dict[str, tuple[str, ...]] = {
    "text": ("x\x07",),
    "long_text": ("x\x07",),
    "number": ("three", "1.5", "6", "-1"),
    "quantity": ("some", "0", "10"),
    "money": ("cheap", "0.99", "5.01"),
    "price": ("cheap", "0.99", "5.01"),
    "decimal": ("warm", "$5", "5.25", "-2.1", "8.1"),
    "time_of_day": ("late", "13 pm", "9:60", "24:01", "0:00", "7:59"),
    "duration": ("long", "4", "1:31"),
    "hours": ("long", "0:04", "1.6"),
    "temperature": ("warm", "38.33", "31.9", "10.1 C"),
    "date": ("garbage", "2026-02-30", "0027-08-31", "2027-11", "15-11"),
    "instant": ("soon", "2026-01-31", "25:00", "0027-08-31 09:00"),
    "choice": ("used",),
    "yes_no": ("perhaps",),
    "reference": ("Nowhere",),
    "file": ("x\x07",),
    # A scan that says an item has to say it whole.
    "item_code": ("x\x07", "]d201036"),
    # Words beside a number, and a number of nowhere, are kept as they are.
    "phone": ("x\x07",),
}
GOOD: dict[str, Any] = {
    "text": "A",
    "number": 5,
    "quantity": 2,
    "money": 500,
    "price": 10000,
    "decimal": 53,
    "time_of_day": 1440,
    "duration": 90,
    "hours": 90,
    "temperature": 361,
    "date": date(2026, 1, 31),
    "instant": datetime(2026, 1, 31, 15, 15, tzinfo=UTC),
    "choice": "old",
    "yes_no": True,
    "file": "a.pdf",
    "item_code": "036000291452",
    "phone": "202-555-0111",
    "long_text": "a\nb",
}
BAD = [(kind, value) for kind, values in WRONG.items() for value in values]
BAD += [(kind, value) for kind, (low, high, _) in BOUNDED.items() for value in (low, high)]
ON = {"OFFICEOPS_PLUGINS": "things", "OFFICEOPS_TODAY": "2026-11-28"}


@pytest.fixture
def office(write: Write, office_factory: OfficeFactory) -> Office:
    write("things", THINGS)
    made = office_factory("things")
    with made.acting("test.setup"):
        made.add(made.records["core.location"](name="Main room"))
        made.add(thing(made)(**GOOD, reference_id=1))
    return made


def thing(office: Office) -> type[Record]:
    return office.records["things.thing"]


def test_every_kind_is_tried(office: Office) -> None:
    fields = thing(office).meta.fields
    assert set(WRONG) == set(TEXTS) == {field.kind.name for field in fields} == set(KINDS)
    assert {field.kind.name for field in fields if field.maximum is not None} == set(BOUNDED)


def by_add(office: Office, values: dict[str, Any]) -> None:
    with office.acting("test.write"):
        office.add(thing(office)(**{**GOOD, "text": "B", **values}))


def by_edit(office: Office, values: dict[str, Any]) -> None:
    with office.acting("test.write"):
        office.edit(next(office.all(thing(office))), **values)


def by_action(office: Office, values: dict[str, Any]) -> None:
    take: Any = next(each for each in office.actions(thing(office)) if each.verb == "take")
    office.do(take, next(office.all(thing(office))), **values)


@pytest.mark.parametrize(("kind", "value"), BAD)
@pytest.mark.parametrize("road", [by_add, by_edit, by_action])
def test_code_cannot_write_what_a_field_does_not_take(
    office: Office, road: Callable[[Office, dict[str, Any]], None], kind: str, value: object
) -> None:
    field = thing(office).meta.by_name[NAMES.get(kind, kind)]
    if road is by_action and (kind, value) == ("reference", 99):
        return  # an action looks its references up by itself
    before = office.rows("SELECT * FROM things_thing")
    with pytest.raises(Refused) as refused:
        road(office, {NAMES.get(kind, kind): value})
    assert field.public_name in str(refused.value)
    if road is by_edit:
        assert "Thing A" in str(refused.value)
    if kind in BOUNDED and isinstance(value, int) and not isinstance(value, bool):
        assert f"it must be {BOUNDED[kind][2]}" in str(refused.value)
    assert office.rows("SELECT * FROM things_thing") == before


#: What is of its kind as SQLite keeps it; and a reference, which is the file's to refuse.
AS_KEPT = {("date", "2026-01-31"), ("reference", 99)}
MANY = [
    (kind, value)
    for kind, value in BAD
    if isinstance(value, (str, int, float))
    and not isinstance(value, bool)
    and (kind, value) not in AS_KEPT
]


@pytest.mark.parametrize(("kind", "value"), MANY)
def test_nor_many_at_once(office: Office, kind: str, value: object) -> None:
    rows: list[dict[str, object]] = [
        {"text": f"N{number}", NAMES.get(kind, kind): None} for number in range(50)
    ]
    if kind in {"number", "choice", "yes_no"}:
        rows = [{"text": f"N{number}"} for number in range(50)]
    rows[17] = {"text": "N17", NAMES.get(kind, kind): value}
    with pytest.raises(Refused, match="row 18 of 50"), office.acting("test.many"):
        office.add_many(thing(office), rows)
    assert office.value("SELECT count(*) FROM things_thing") == 1


def test_days_and_instants_of_many_rows_may_be_given_as_such(office: Office) -> None:
    now = datetime(2026, 3, 2, 9, 15, 7, 250, tzinfo=timezone(timedelta(hours=-6)))
    day = date(2026, 3, 2)
    with office.acting("test.many"):
        office.add_many(thing(office), [{"text": "B", "date": day, "instant": now}])
    kept = office.rows("SELECT date, instant FROM things_thing WHERE text = 'B'")
    assert kept == [("2026-03-02", "2026-03-02T15:15:07+00:00")]
    for wrong in (now.replace(tzinfo=None), day, "2026-03-02T09:15:07Z"):
        with pytest.raises(Refused, match="as in 2026-01-31T09:15"), office.acting("test.many"):
            office.add_many(thing(office), [{"text": "C", "instant": wrong}])


WRITTEN = [(kind, text) for kind, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), WRITTEN)
def test_people_cannot_write_it_on_any_road(
    office: Office, cli: Cli, tmp_path: Path, kind: str, text: str
) -> None:
    before = office.rows("SELECT * FROM things_thing")
    option = "--" + kind.replace("_", "-")
    wanted = ["--text", "B"] if kind != "text" else []
    for words in (
        ["thing", "add", *wanted, f"{option}={text}"],
        ["thing", "edit", "A", f"{option}={text}"],
        ["thing", "take", "A", f"{option}={text}"],
    ):
        ran = cli(*words, env=ON)
        assert ran.code in {1, 2}, words
        assert option.removeprefix("--") in ran.err or "Nowhere" in ran.err
    file = tmp_path / "things.csv"
    file.write_text(f"text,{kind}\nB,{text}\n" if kind != "text" else f"text\n{text}\n")
    assert cli("thing", "import", str(file), env=ON).code == 1
    fields = thing(office).meta.fields
    form = Form("New thing", fields, lambda *_: "", starting_texts(office, fields))
    state = FormState(form)
    state.texts.update({"text": "B", NAMES.get(kind, kind): text})
    assert state.read(office) is None
    assert set(state.errors) == {NAMES.get(kind, kind)}
    assert office.rows("SELECT * FROM things_thing") == before


@pytest.mark.parametrize("kind", BOUNDED)
def test_both_limits_are_told(cli: Cli, office: Office, kind: str) -> None:  # noqa: ARG001 - with the plugin on
    for text in TEXTS[kind][-2:]:
        ran = cli("thing", "edit", "A", f"--{kind.replace('_', '-')}={text}", env=ON)
        assert f"it must be {BOUNDED[kind][2]}" in ran.err


# -- selfcheck ---------------------------------------------------------------------------------------------------

#: Rows as an old version or a foreign program may have left them.
PLANTED = {
    "number": 77,
    "quantity": -3,
    "money": 1,
    "price": 99,
    "decimal": 999,
    "time_of_day": 1441,
    "duration": 10_000,
    "hours": 10_000,
    "temperature": 10_000,
    "date": "garbage",
    "instant": "2026-01-31 09:15 or so",
    "choice": "used",
    "yes_no": 7,
}


def faults(office: Office) -> list[Finding]:
    return [
        each for each in findings(office) if (each.severity, each.area) == ("problem", "records")
    ]


def plant(office: Office, sql: str, *values: object) -> None:
    with office.acting("test.plant"):
        office.store.undoing = True  # so the triggers let any value by
        office.store.db.execute(sql, values)
        office.store.undoing = False


@pytest.mark.parametrize("kind", PLANTED)
def test_selfcheck_finds_a_row_that_does_not_fit_and_the_cure_works(
    office: Office, cli: Cli, kind: str
) -> None:
    plant(office, f"UPDATE things_thing SET {kind} = ?", PLANTED[kind])
    bad = faults(office)
    assert ["Thing A: " in each.what for each in bad] == [True]
    assert f"--{kind.replace('_', '-')} VALUE" in bad[0].cure
    assert cli("thing", "list", env=ON).code == cli("thing", "show", "A", env=ON).code == 0
    assert cli("thing", "list", "--json", env=ON).code == 0
    good = {
        "date": "2026-01-31",
        "instant": "2026-01-31 09:15",
        "choice": "new",
        "yes_no": "no",
        "duration": "30",
        "hours": "0.5",
        "time_of_day": "9:15",
        "temperature": "40",
    }
    assert (
        cli("thing", "edit", "A", f"--{kind.replace('_', '-')}", good.get(kind, "2"), env=ON).code
        == 0
    )
    assert not faults(office)


def test_what_cannot_be_read_says_so_where_it_is_used(office: Office) -> None:
    plant(office, "UPDATE things_thing SET date = 'garbage'")
    found = next(office.all(thing(office)))
    with pytest.raises(
        OfficeError, match="Date of thing #1 is kept as 'garbage', which cannot be read"
    ):
        found.date < date(2026, 1, 1)  # type: ignore[attr-defined]  # noqa: B015 - it raises
