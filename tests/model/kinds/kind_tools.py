"""A field of every kind with limits, and values for it, good and bad."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from officeops.model.fields import Field, choice, field, ref
from officeops.model.kinds import KINDS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from officeops.model.field_facts import FieldFacts

_WHOLE = st.one_of(st.integers(-20, 20), st.integers(-(2**63), 2**63 - 1))
_DATES = st.one_of(st.dates(), st.dates(date(1899, 12, 1), date(1900, 2, 1)))
_LIMITS: list[FieldFacts] = [{}, {"minimum": 0}, {"maximum": 9}, {"minimum": -3, "maximum": 7}]
_BARE = {"text", "long_text", "phone", "date", "instant", "yes_no", "file", "item_code"}


def fields() -> list[Field]:
    """A field of each kind, and those of numbers with each pair of limits."""
    declared: list[Field] = []
    for name in KINDS:
        if name == "choice":
            declared.append(choice("on_hold", "active", "it's"))
        elif name == "reference":
            declared.append(ref("core.location"))
        elif name in _BARE:
            declared.append(field(kind=name))
        else:
            declared += [field(kind=name, **limits) for limits in _LIMITS]
    return [each.named("x_id" if each.target else "x", "") for each in declared]


def values(declared: Field) -> SearchStrategy[Any]:
    """Values that a field of the kind may be given, of its type and a little beyond."""
    kind = declared.kind.name
    if declared.is_integer:
        return st.one_of(_WHOLE, st.integers(1435, 1445))
    if kind == "date":
        return _DATES
    if kind == "instant":
        moments = st.datetimes(datetime(1899, 12, 30), datetime(2201, 1, 2))  # noqa: DTZ001 - given below
        return moments.map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))
    if kind == "choice":
        return st.sampled_from(["on_hold", "active", "it's", "used", "ACTIVE", "on hold"])
    return st.text(max_size=20)


#: Texts as a foreign program may have left them in a column of days or of instants.
LEFT: SearchStrategy[str] = st.one_of(
    st.text(max_size=12),
    st.dates().map(str),
    st.datetimes().map(str),
    st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.isoformat()),
    st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.isoformat("T", "milliseconds")),
    st.builds(
        "{:04}-{:02}-{:02}".format, st.integers(1890, 2210), st.integers(0, 13), st.integers(0, 32)
    ),
    st.builds(
        "{}-{:02}-{}".format, st.integers(2023, 2024), st.integers(2, 4), st.integers(28, 31)
    ),
    st.builds("{}-02-{}T09:15:00+00:00".format, st.integers(2023, 2024), st.integers(28, 31)),
    st.builds(
        "2026-03-{:02}T{:02}:{:02}:{:02}{}".format,
        st.integers(0, 32),
        st.integers(0, 25),
        st.integers(0, 61),
        st.integers(0, 61),
        st.sampled_from(["", "Z", "+00:00", "-00:00", "+01:00", ".5+00:00", ".500+00:00"]),
    ),
    st.sampled_from(
        ["now", "today", "2026-W05-6", "20260131", "2026-01-31T24:00:00+00:00", "2461000.5"]
    ),
)
