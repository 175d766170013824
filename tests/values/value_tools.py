"""Fields of every kind, cells as files have them, and ways of writing, for the tests of values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from officeops.model.fields import Field
from officeops.values.conventions import Conventions
from officeops.values.convert import reader

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
    lambda currency, order, zone, scale: Conventions(currency, order, TODAY, zone, scale),
    CURRENCIES,
    st.sampled_from(["mdy", "dmy"]),
    st.sampled_from(
        ["America/Chicago", "Europe/Zurich", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", ""]
    ),
    st.sampled_from(["F", "C"]),
)
KINDS: tuple[str, ...] = (
    "text",
    "long_text",
    "number",
    "quantity",
    "money",
    "price",
    "decimal",
    "date",
    "instant",
    "time_of_day",
    "duration",
    "hours",
    "temperature",
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
    return reader(next(f for f in FIELDS if f.kind.name == kind), ways)(cell)
