"""A generator of valid codes, by the specifications and by nothing of the program's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

TODAY = date(2026, 11, 29)
HIBC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#: What GS1 allows in a lot, without what would make brackets of it.
GS1_LETTERS = f"{LETTERS}abcxyz-./_+*%&"
PREFIXES = ("]C1", "]d2", "]Q3", "]e0")


def with_check(digits: str) -> str:
    """Append the check digit of GS1."""
    weighted = [int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits))]
    return f"{digits}{-sum(weighted) % 10}"


def with_hibc_check(text: str) -> str:
    """Append the check character of HIBC."""
    return text + HIBC[sum(HIBC.index(letter) for letter in text) % 43]


def digits(least: int, most: int | None = None) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=most or least)


GTINS = digits(13).map(with_check)
DAYS = st.dates(date(1978, 1, 1), date(2076, 12, 31))
LOTS = st.text(GS1_LETTERS, min_size=1, max_size=20)


@st.composite
def goods(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a label says: a GTIN, and some of lot, last day, day of production, serial, count."""
    optional = {
        "lot": LOTS,
        "expires_on": DAYS,
        "made_on": DAYS,
        "serial": LOTS,
        "quantity": st.integers(0, 99_999_999),
    }
    names = draw(st.lists(st.sampled_from(sorted(optional)), unique=True))
    return {"item": draw(GTINS), **{name: draw(optional[name]) for name in names}}


def elements(says: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the elements of GS1 for what a label says, in its order."""
    identifiers = {"item": "01", "lot": "10", "expires_on": "17", "made_on": "11", "serial": "21"}
    identifiers["quantity"] = "30"
    return [(identifiers[name], _element(value)) for name, value in says.items()]


def _element(value: object) -> str:
    if not isinstance(value, date):
        return str(value)
    is_last = (value + timedelta(days=1)).day == 1
    return f"{value:%y%m}00" if is_last else f"{value:%y%m%d}"


def element_string(says: dict[str, Any], prefix: str = "", separator: str = "\x1d") -> str:
    parts = [
        identifier + value + (separator if identifier in {"10", "21", "30"} else "")
        for identifier, value in elements(says)
    ]
    return prefix + "".join(parts)


def brackets(says: dict[str, Any]) -> str:
    return "".join(f"({identifier}){value}" for identifier, value in elements(says))


def link(says: dict[str, Any]) -> str:
    """Return a Digital Link: item, lot and serial in the path, the rest behind it."""
    from urllib.parse import quote

    parts = dict(elements(says))
    path = "".join(
        f"/{key}/{quote(parts[key], safe='')}" for key in ("01", "10", "21") if key in parts
    )
    rest = "&".join(f"{key}={value}" for key, value in parts.items() if key in {"11", "17", "30"})
    return f"https://id.gs1.org{path}{'?' if rest else ''}{rest}"


#: The dates of HIBC: how a day is written behind `$$`, and which day is read.
HIBC_DATES = {
    "month": lambda day: f"{day:%m%y}",
    "mdy": lambda day: f"2{day:%m%d%y}",
    "ymd": lambda day: f"3{day:%y%m%d}",
    "hour": lambda day: f"4{day:%y%m%d}13",
    "julian": lambda day: f"5{day:%y%j}",
    "julian hour": lambda day: f"6{day:%y%j}07",
}


def last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@st.composite
def hibc(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Draw a code of HIBC, and what it says."""
    letter = st.text(LETTERS, min_size=1, max_size=18)
    primary = f"{draw(st.sampled_from('ABCXYZ'))}{draw(st.text(LETTERS, min_size=3, max_size=3))}"
    primary += f"{draw(letter)}{draw(st.sampled_from('0123456789'))}"
    kind = draw(st.sampled_from(["primary", "secondary", "both"]))
    if kind == "primary":
        code = with_hibc_check(f"+{primary}")
        return code, {"item": code}
    says: dict[str, Any] = {}
    name = draw(st.sampled_from(["lot", "serial"]))
    says[name] = draw(letter)
    day = draw(DAYS)
    form = draw(st.sampled_from(["none", "no date", *HIBC_DATES]))
    if form == "none":
        data = ("$+" if name == "serial" else "$") + says[name]
    else:
        count = draw(st.none() | st.integers(0, 99_999)) if name == "lot" else None
        data = "$$+" if name == "serial" else "$$"
        if count is not None:
            says["quantity"] = count
            data += f"9{count:05}" if count > 99 else f"8{count:02}"
        data += (HIBC_DATES[form](day) if form in HIBC_DATES else "7") + says[name]
        if form in HIBC_DATES:
            says["expires_on"] = last_of_month(day) if form == "month" else day
    if kind == "secondary":
        says["link"] = draw(st.sampled_from(HIBC))
        return with_hibc_check(f"+{data}{says['link']}"), says
    says["item"] = with_hibc_check(f"+{primary}")
    if draw(st.booleans()):
        says["made_on"] = day
        data += f"/16D{day:%Y%m%d}"
    return with_hibc_check(f"+{primary}/{data}"), says
