"""Temperatures: hundredths of a degree Celsius, as people write them in °F or °C.

One that was read remembers its scale: a limit of 36 °F is not quite 2 °C, and anyone who compares has
to compare with the limit of that scale.
"""

from __future__ import annotations

from typing import Final

from officeops.model.errors import Reason
from officeops.values.text import Pattern, as_text

FAHRENHEIT: Final = "F"
CELSIUS: Final = "C"
#: The longest written temperature, in characters.
_LONGEST: Final = 30
_WRITTEN: Final = Pattern(
    r"([+-]?)(\d{1,4})(?:[.,](\d{1,6}))?\s*(?:[°º]|deg(?:rees?)?\.?)?\s*([CcFf])?"
    r"(?:elsius|ahrenheit)?"
)


class _Written(int):
    """A temperature with the scale that it was written in. Kept in a file, it is a bare number."""

    __slots__ = ()
    scale = ""


class _Fahrenheit(_Written):
    __slots__ = ()
    scale = FAHRENHEIT


class _Celsius(_Written):
    __slots__ = ()
    scale = CELSIUS


def scale_of(degrees: int) -> str:
    """Return the scale in which a temperature was written; blank for one that was kept in a file."""
    return degrees.scale if isinstance(degrees, _Written) else ""


def read_temperature(value: object, scale: str) -> int | None:
    """Read a temperature: `38`, `38.5`, `3,5`, or with its own scale `3.5 °C`; blank is None.

    A number alone is in `scale`. Raises ValueError for one that is finer than is kept: it would not
    come back as it was typed.
    """
    parts = _parts_of(value, scale)
    if parts is None:
        return None
    hundredths, own, is_whole = parts
    degrees = _read(hundredths, own)
    if not is_whole or _written_in(degrees, own) != hundredths:
        finer = "is finer than is kept; write one decimal"
        raise ValueError(Reason(f"{as_text(value).strip()!r} {finer}", code="out-of-range"))
    return degrees


def rounded_temperature(value: object, scale: str) -> int | None:
    """Read a temperature of a device, which may be finer than is kept."""
    parts = _parts_of(value, scale)
    return None if parts is None else _read(parts[0], parts[1])


def temperature_text(degrees: int, scale: str) -> str:
    """Return a temperature in a scale without its sign: 350 is 38.3 in °F, and 3.5 in °C."""
    hundredths = _written_in(degrees, scale)
    sign = "-" if hundredths < 0 else ""
    whole, fraction = divmod(abs(hundredths), 100)
    decimals = f"{fraction:02}".rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def _parts_of(value: object, scale: str) -> tuple[int, str, bool] | None:
    """Return hundredths of a degree, the scale that they are of, and whether no part was left.

    The scale is the one that the text names, or else `scale`.
    """
    if isinstance(value, bool):
        raise ValueError("is yes or no, not a temperature")  # noqa: TRY004 - what cannot be read
    if isinstance(value, float):
        value = f"{value:.6f}".rstrip("0").rstrip(".")
    text = as_text(value).strip().replace("\N{MINUS SIGN}", "-")
    if not text:
        return None
    match = _WRITTEN.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        why = f"{text[:_LONGEST]!r} is not a temperature; write 38.5, or 3.5 C"
        raise ValueError(Reason(why, code="not-a-number"))
    sign, whole, fraction, own = match.groups()
    decimals = (fraction or "").rstrip("0")
    # In thousandths, of which half a hundredth and more make one.
    thousandths = int(whole) * 1000 + int(decimals.ljust(3, "0")[:3])
    hundredths = (thousandths + 5) // 10
    signed = -hundredths if sign == "-" else hundredths
    return signed, (own or scale).upper(), len(decimals) <= 2


def _read(hundredths: int, scale: str) -> int:
    written = _Celsius if scale == CELSIUS else _Fahrenheit
    return written(_celsius(hundredths, scale))


def _celsius(hundredths: int, scale: str) -> int:
    return hundredths if scale == CELSIUS else _divided((hundredths - 3200) * 5, 9)


def _written_in(degrees: int, scale: str) -> int:
    """Return hundredths of a degree of a scale: the shortest that are read as these degrees."""
    if scale == CELSIUS:
        return degrees
    tenths = _divided(degrees * 9, 50) + 320
    if _celsius(tenths * 10, FAHRENHEIT) == degrees:
        return tenths * 10
    return _divided(degrees * 9, 5) + 3200


def _divided(number: int, by: int) -> int:
    """Divide in whole numbers, a half away from zero."""
    quotient = (2 * abs(number) + by) // (2 * by)
    return -quotient if number < 0 else quotient
