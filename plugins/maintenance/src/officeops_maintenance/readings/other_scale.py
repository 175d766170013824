"""The other scale: a 4 in an office of °F is 4 °C, as a rule, and no reason to hold every lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem
from officeops.values import read_temperature, temperature_text
from officeops_maintenance.readings.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

_OTHER: Final = {"F": "C", "C": "F"}
#: Hundredths of °C: a unit that fails is so far out of its limits, and hardly farther.
_FAILS: Final = 1_000
#: A number of the other scale is within the limits, or so near to them.
_NEAR: Final = 300


def in_other_scale(
    office: Office,
    name: str,
    limits: Limits,
    texts: Iterable[str],
) -> Iterator[Problem]:
    """Yield a problem of typed temperatures that are likely in the other scale alone.

    A text that names its scale is taken at its word.
    """
    bare = [text.strip() for text in texts if text.strip()]
    if not bare or any(text[-1].isalpha() for text in bare):
        return
    scale = office.ways.temperature
    other, first = _OTHER[scale], bare[0]
    if _is_of_other(limits, bare, scale):
        why = (
            f"{name}: {first} °{scale} is far out of limits, and {first} °{other} is not; "
            f"write {first}{other} if the display shows °{other}, else {first}{scale}"
        )
        yield Problem(why, code="out-of-range", is_whole=True)


def corrected_in_other_scale(
    office: Office,
    name: str,
    limits: Limits,
    temperatures: Iterable[int],
) -> Iterator[Problem]:
    """Yield a problem of corrected temperatures that are likely in the other scale alone.

    Nobody knows any more whether a letter was typed with them, so the person insists by an option.
    """
    scale = office.ways.temperature
    other = _OTHER[scale]
    texts = [temperature_text(degrees, scale) for degrees in temperatures]
    if _is_of_other(limits, texts, scale):
        why = f"{name}: {texts[0]} °{scale} is far out of limits, and {texts[0]} °{other} is not"
        cure = f"write {texts[0]}{other} if the display shows °{other}, else add --as-shown yes"
        yield Problem(f"{why}; {cure}", code="out-of-range", is_whole=True)


def limits_in_other_scale(
    office: Office,
    usual: Limits | None,
    **given: int | None,
) -> Iterator[Problem]:
    """Yield a problem of each limit of a unit that is likely for its sort in the other scale alone."""
    scale = office.ways.temperature
    other = _OTHER[scale]
    for name, degrees in given.items():
        if usual is None or degrees is None:
            continue
        text = temperature_text(degrees, scale)
        if _is_of_other(usual, [text], scale):
            why = (
                f"is {text} °{scale}, which no such unit has, and {text} °{other} is usual; "
                f"write {text}{other}, or choose another --sort"
            )
            yield Problem(why, name, code="out-of-range")


def _is_of_other(
    limits: Limits,
    texts: Iterable[str],
    scale: str,
) -> bool:
    """Whether numbers are far out of limits in a scale, and within or near them in the other."""
    numbers = list(texts)
    own = (read_temperature(text, scale) for text in numbers)
    other = (read_temperature(text, _OTHER[scale]) for text in numbers)
    return all(_wider(limits, _FAILS).verdict(degrees) != "ok" for degrees in own) and (
        _wider(limits, _NEAR).verdict(*other) == "ok"
    )


def _wider(limits: Limits, degrees: int) -> Limits:
    low = None if limits.low is None else limits.low - degrees
    return Limits(low, None if limits.high is None else limits.high + degrees)
