"""The one boundary between text and values: what is shown reads back, what could be two things is refused, nothing else."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta, timezone
from unicodedata import category, is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officeops.model.fields import Field, Kind
from officeops.model.sql_values import to_sql
from officeops.values.conventions import Conventions
from officeops.values.convert import money_text, plain, price_text, reader, safe, show
from officeops.values.dates import EARLIEST, LATEST, ORDERS, read_date, readings
from officeops.values.quantities import LARGEST, read_money
from officeops.values.text import line, paragraph

TODAY = date(2026, 1, 31)
US = Conventions("USD", "mdy", TODAY)
CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(
    min_value=datetime.fromisoformat("1900-01-02"),
    max_value=datetime.fromisoformat("2200-12-30"),
    timezones=OFFSETS,
)
WAYS = st.builds(
    lambda currency, order, zone: Conventions(currency, order, TODAY, zone),
    CURRENCIES,
    st.sampled_from(["mdy", "dmy"]),
    st.sampled_from(
        ["America/Chicago", "Europe/Zurich", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", ""]
    ),
)
KINDS: tuple[Kind, ...] = (
    "text",
    "long_text",
    "number",
    "quantity",
    "money",
    "price",
    "date",
    "instant",
    "duration",
    "choice",
    "yes_no",
    "file",
)
FIELDS = [
    Field(kind, choices=("on_hold", "active") if kind == "choice" else ()).named("x", "")
    for kind in KINDS
]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text("0123456789.,'-+()/ $€:dhmw", max_size=24),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
)


def read(kind: str, cell: object, ways: Conventions = US) -> object:
    """A cell as a field of a kind reads it."""
    return reader(next(f for f in FIELDS if f.kind == kind), ways)(cell)


@given(field=st.sampled_from(FIELDS), cell=CELLS, ways=WAYS)
def test_a_reader_reads_or_says_in_a_sentence_why_not(
    field: Field, cell: object, ways: Conventions
) -> None:
    try:
        value = reader(field, ways)(cell)
    except ValueError as refused:
        sentence = str(refused)
    else:
        sentence = "read"
        kept = to_sql(value)
        assert kept is None or isinstance(kept, (str, int))
        assert not isinstance(kept, int) or abs(kept) <= LARGEST
    assert 0 < len(sentence) < 200


@given(field=st.sampled_from(FIELDS), cell=CELLS, ways=WAYS)
def test_what_is_written_plainly_reads_back(field: Field, cell: object, ways: Conventions) -> None:
    try:
        value = reader(field, ways)(cell)
    except ValueError:
        return
    written = plain(field, value, ways)
    assert reader(field, ways)(written) == value
    if written is not None and not (
        field.kind == "duration" and isinstance(value, int) and value > 10**14
    ):
        assert reader(field, ways)(str(written)) == value


@given(
    field=st.sampled_from([f for f in FIELDS if f.kind not in {"long_text", "file"}]),
    cell=CELLS,
    ways=WAYS,
)
def test_what_is_shown_reads_back(field: Field, cell: object, ways: Conventions) -> None:
    try:
        value = reader(field, ways)(cell)
    except ValueError:
        return
    assert reader(field, ways)(show(field, value, ways)) == value


# -- text ----------------------------------------------------------------------------------------------------


@given(st.text())
def test_text_is_kept_once_tidied(text: str) -> None:
    for tidy in (line, paragraph):
        try:
            once = tidy(text)
        except ValueError:
            hidden = {category(each) for each in text} & {"Cc", "Cf", "Cs"}
            assert hidden
            continue
        assert tidy(once) == once
        if once is not None:
            assert once == once.strip()
            assert is_normalized("NFC", once)
            assert all(
                category(each) not in {"Cc", "Cs"} or (each == "\n" and tidy is paragraph)
                for each in once
            )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Gloves   M ", "Gloves M"),
        ("Gloves\tM\n", "Gloves M"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\ufeffGloves", "Gloves"),
        ("non\u00a0breaking", "non breaking"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u0928\u0940\u200d\u0930", "\u0928\u0940\u200d\u0930"),
        ("   ", None),
        ("", None),
    ],
)
def test_a_line_is_tidied(text: str, kept: str | None) -> None:
    assert line(text) == kept


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1b",
        "\x07",
        "\x1d",
        "\x7f",
        "\x9b",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ud800",
        "\U000e0041",
    ],
)
def test_what_commands_or_hides_is_refused_by_name(character: str) -> None:
    for tidy in (line, paragraph):
        with pytest.raises(
            ValueError, match=f"U\\+{ord(character):04X}, which cannot be shown; take it out"
        ):
            tidy(f"a{character}b")


def test_text_has_a_length() -> None:
    assert line("x" * 1000)
    with pytest.raises(ValueError, match="1,001 characters long; 1,000 is the most"):
        line("x" * 1001)


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_drawn_drives_no_terminal(text: str) -> None:
    assert all(ord(each) >= 32 and not 0x7F <= ord(each) <= 0x9F for each in safe(text))


# -- numbers and money -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,000", 1000),
        ("1'000'000", 1000000),
        ("12.0", 12),
        ("(5)", -5),
        ("+7", 7),
        (3.0, 3),
        ("1 000", 1000),
    ],
)
def test_whole_numbers(cell: object, value: int) -> None:
    assert read("number", cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        "1.000",
        "1.5",
        "1,5,0",
        "twelve",
        "1e3",
        "--5",
        "0x10",
        True,
        float("nan"),
        float("inf"),
        "9" * 25,
        "½",
    ],
)
def test_what_is_no_whole_number_or_could_be_two_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r"not a|not money|may be|too large|finer"):
        read("number", cell)


@given(st.integers(-(10**15), 10**15), CURRENCIES)
def test_money_shown_reads_back_to_the_minor_unit(minor: int, currency: str) -> None:
    places = Conventions(currency).places
    assert read_money(money_text(minor, places), places) == minor
    assert read_money(price_text(minor, places), places + 2) == minor


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("$1,234.50", 123450),
        ("1234.5", 123450),
        ("12 USD", 1200),
        ("-3.10", -310),
        ("(3.10)", -310),
        ("-$3.10", -310),
        (".5", 50),
        (1.1, 110),
        ("12,50", 1250),
    ],
)
def test_money_as_people_write_it(cell: object, cents: int) -> None:
    assert read("money", cell) == cents


@pytest.mark.parametrize(
    "cell",
    [
        "1.234",
        "0.005",
        "1,23,4",
        "12,345,67",
        "$",
        "--1",
        "-(5)",
        "-+5",
        True,
        "1.2.3",
        "1234,567",
        "12.345,678,9",
    ],
)
def test_money_that_is_too_fine_or_could_be_two_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r"not a|not money|may be|too large|finer"):
        read("money", cell)


# -- dates, instants, durations, choices -------------------------------------------------------------------------


@given(st.dates(EARLIEST, LATEST), st.sampled_from(["mdy", "dmy"]))
def test_a_date_reads_the_same_however_it_is_written(day: date, order: str) -> None:
    ways = Conventions("USD", order, TODAY)
    american, other = f"{day.month}/{day.day}/{day.year:04}", f"{day.day}/{day.month}/{day.year:04}"
    written = [
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year:04}",
        f"{day.day} {day:%b} {day.year:04}",
        f"{day:%B} {day.day}, {day.year:04}",
    ]
    written.append(american if order == "mdy" else other)
    written.append(f"{day.isoformat()} 00:00:00")
    if day.day > 12:
        written += [american, other]
    assert {read_date(text, ways) for text in written} == {day}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("+1m", date(2026, 2, 28)),
        ("+2w", date(2026, 2, 14)),
        ("-1y", date(2025, 1, 31)),
        ("+1d", date(2026, 2, 1)),
        ("1/2/27", date(2027, 1, 2)),
    ],
)
def test_days_from_today(text: str, day: date) -> None:
    assert read_date(text, US) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "13/13/2026",
        "1/2/3",
        "1/2/123",
        "45678",
        "+99999d",
        "+9999y",
        "-9999y",
        "soon",
        "Marble 5, 2026",
        "1.2",
        "٣/٣/٣",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write 2026-01-31"):
        read_date(text, US)


@given(INSTANTS)
def test_an_instant_is_kept_in_utc_to_the_second(moment: datetime) -> None:
    found = read("instant", moment.isoformat())
    assert isinstance(found, datetime)
    assert found == moment.replace(microsecond=0)
    assert datetime.fromisoformat(to_sql(found)) == moment.replace(microsecond=0).astimezone(UTC)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "yesterday at noon"]
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date and time|is not within the years"):
        read("instant", text)


ZONES = ["America/Chicago", "Europe/Zurich", "Australia/Lord_Howe", "America/St_Johns", "UTC"]
#: Around both changes of the clocks of a year in each of the zones.
NEAR_A_CHANGE = st.one_of(
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 3, 7, 12, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 3, 28, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 10, 31, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 10, 24, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 4, 4, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
)


@given(moment=st.one_of(NEAR_A_CHANGE, INSTANTS), zone=st.sampled_from(ZONES))
def test_an_instant_reads_back_as_it_is_shown_and_as_it_is_written_plainly(
    moment: datetime, zone: str
) -> None:
    ways = Conventions("USD", "mdy", TODAY, zone)
    moment = moment.replace(microsecond=0)
    at = next(f for f in FIELDS if f.kind == "instant")
    for written in (show(at, moment, ways), plain(at, moment, ways)):
        assert reader(at, ways)(written) == moment
    assert show(at, to_sql(moment), ways) == show(at, moment, ways)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-28 09:15", "2026-11-28T15:15:00+00:00"),
        ("9:15", "2026-01-31T15:15:00+00:00"),
        ("9:15 pm", "2026-02-01T03:15:00+00:00"),
        ("today 9:15", "2026-01-31T15:15:00+00:00"),
        ("yesterday 16:00", "2026-01-30T22:00:00+00:00"),
        ("+1d 12am", "2026-02-01T06:00:00+00:00"),
        ("7/4/2026 8:00:30 AM", "2026-07-04T13:00:30+00:00"),
        ("31 Jan 2026, 14:30", "2026-01-31T20:30:00+00:00"),
        ("2026-01-31T14:30+01:00", "2026-01-31T13:30:00+00:00"),
        ("2026-01-31T14:30:05.123456Z", "2026-01-31T14:30:05+00:00"),
        ("2026-11-01 01:30-06:00", "2026-11-01T07:30:00+00:00"),
    ],
)
def test_a_time_without_a_zone_is_the_office_s(text: str, utc: str) -> None:
    assert to_sql(read("instant", text, Conventions("USD", "mdy", TODAY, "America/Chicago"))) == utc


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-03-08 02:30", "was left out when the clocks went forward; write 01:30 or 03:30"),
        (
            "2026-11-01 01:30",
            "came twice when the clocks went back; write 2026-11-01 01:30-05:00 for the first",
        ),
        ("2026-11-28", "is a day without its time; write 2026-11-28 14:30"),
        ("25:00", "is not a date and time"),
        ("13:00 pm", "is not a date and time"),
        ("0027-08-31 09:00", "is not a date and time|is not within the years"),
        ("soon 9:00", "is not a date and time"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read("instant", text, Conventions("USD", "mdy", TODAY, "America/Chicago"))


END = date(2027, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2027-11",
        "2027/11",
        "11/2027",
        "11-2027",
        "Nov 2027",
        "NOV-27",
        "November 2027",
        "NOV2027",
        "Nov '27",
        "2027 Nov",
        "11/27",
        "2027-11-00",
        "20271100",
        "Nov/2027",
        "nov. 2027",
        "11.2027",
    ],
)
def test_a_month_is_its_last_day_where_something_expires_and_asked_about_elsewhere(
    text: str,
) -> None:
    assert read_date(text, US, month_end=True) == END
    with pytest.raises(ValueError, match="without its day; write the day too, such as 2027-11-30"):
        read_date(text, US)


@pytest.mark.parametrize("text", ["15-11", "27-Nov", "Nov 27", "11/12", "270831", "27-08-31"])
def test_what_may_be_two_days_is_refused_with_both(text: str) -> None:
    for month_end in (True, False):
        with pytest.raises(ValueError, match=r"may be .* or "):
            read_date(text, US, month_end=month_end)


@pytest.mark.parametrize(
    "text",
    ["2027-13", "13/2027", "Foo 2027", "2027-11-30 or so", "30/11/2027 x", "0/27", "2027-00-00"],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write 2026-01-31"):
        read_date(text, US, month_end=True)


@pytest.mark.parametrize(
    "text",
    ["0027-08-31", "01/02/0027", "9999-12-31", "1899-12-31", "31 Dec 2201", "+300y", "99991231"],
)
def test_a_day_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not within the years 1900 to 2200"):
        read_date(text, US)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("31/8/2027", {"dmy": date(2027, 8, 31)}),
        ("8/31/2027", {"mdy": date(2027, 8, 31)}),
        ("3/4/2027", {"mdy": date(2027, 3, 4), "dmy": date(2027, 4, 3)}),
        ("3-4-27", {"mdy": date(2027, 3, 4), "dmy": date(2027, 4, 3)}),
        ("27-08-31", {"dmy": date(2031, 8, 27), "ymd": date(2027, 8, 31)}),
        ("31.8.2027", dict.fromkeys(ORDERS, date(2027, 8, 31))),
        ("2027-08-31", dict.fromkeys(ORDERS, date(2027, 8, 31))),
        ("31 Aug 2027", dict.fromkeys(ORDERS, date(2027, 8, 31))),
        ("soon", {}),
        ("", {}),
    ],
)
def test_which_orders_a_written_date_admits(text: str, orders: dict[str, date]) -> None:
    assert readings(text, US) == orders
    for order in ("mdy", "dmy"):
        if order in orders:
            assert read_date(text, US, order=order) == orders[order]
        elif text:
            with pytest.raises(ValueError, match=r"is not a date"):
                read_date(text, US, order=order)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("1:30", 90),
        ("1h30m", 90),
        ("2d", 2880),
        ("1 h 5 min", 65),
        (90.0, 90),
        ("100:00", 6000),
    ],
)
def test_durations(text: object, minutes: int) -> None:
    assert read("duration", text) == minutes


@pytest.mark.parametrize(
    "text", ["1:99", "1:5", "half an hour", "10000000000000000000d", "1.5", "-5"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a|not money|may be|too large|finer"):
        read("duration", text)


def test_choices_and_yes_no_take_the_words_people_use() -> None:
    assert [read("choice", word) for word in ("on_hold", "On hold", " ON_HOLD ")] == ["on_hold"] * 3
    with pytest.raises(ValueError, match="'gone' is none of on_hold, active"):
        read("choice", "gone")
    assert [read("yes_no", cell) for cell in ("yes", "TRUE", "1", 1, 1.0, "x", True)] == [True] * 7
    assert [read("yes_no", cell) for cell in ("no", "False", "0", 0, "-", False)] == [False] * 6
    with pytest.raises(ValueError, match="neither yes nor no"):
        read("yes_no", "maybe")


def test_bounds_of_a_field_are_kept() -> None:
    few = reader(Field("quantity", minimum=0, maximum=9).named("few", "int"), US)
    assert few("9") == 9
    with pytest.raises(ValueError, match="too large"):
        few("10")
    with pytest.raises(ValueError, match="too small"):
        few("-1")
    assert sys.maxsize == LARGEST


@pytest.mark.parametrize("text", ["€5", "5 EUR", "£ 5", "CHF 5"])
def test_another_currency_than_the_offices_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not in USD"):
        read_money(text, 2, "USD")


@pytest.mark.parametrize("text", ["$5", "5 USD", "-$5", "($5)", "USD 5.00"])
def test_the_offices_own_currency_is_read(text: str) -> None:
    assert abs(read_money(text, 2, "USD") or 0) == 500
