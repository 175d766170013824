"""The keys of the week's screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from officeops.tui import Key
from officeops_hr.roster.week.open_week import OpenWeek

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GROUP: Final = "Week"
_PLACES: Final = "SELECT count(*) FROM core_location WHERE archived_at IS NULL"


class KeyedWeek(OpenWeek, Protocol):
    """The screen of a week, as its keys use it."""

    def publish(self) -> None:
        """Publish the week."""

    def who_can(self) -> None:
        """Open the people who can take the cell or fill the gap."""

    def open_coverage(self) -> None:
        """Open the half-days and the gaps."""

    def open_worked(self) -> None:
        """Open the day sheet of the day under the cursor."""

    def copy_week(self) -> None:
        """Type the shifts of the week before."""

    def ask_reason(self) -> None:
        """Ask why the line is planned although a rule warns."""

    def lay_out_patterns(self) -> None:
        """Add the shifts of patterns."""

    def go_by(self, weeks: int) -> None:
        """Go to a week before or after."""

    def turn_beside(self) -> None:
        """Turn the column beside the names."""

    def ask_place(self) -> None:
        """Ask for another place."""


def week_keys(screen: KeyedWeek) -> Iterator[Key]:
    """Yield the keys, the most useful first."""
    yield from _planning(screen)
    yield from _going(screen)


def _planning(screen: KeyedWeek) -> Iterator[Key]:
    # The order is that of a morning: publish, fill, look, copy.
    for names, label, run, words, rank, meaning in (
        ((":publish",), "publish", screen.publish, "Publish the week", 2, "send"),
        (
            (":who-can",),
            "who can",
            screen.who_can,
            "See who can take the cell or the gap",
            2,
            "open",
        ),
        ((":coverage",), "coverage", screen.open_coverage, "See half-days and gaps", 9, ""),
        (("=", ":copy"), "copy", screen.copy_week, "Copy the week before into this one", 3, ""),
        ((":reason",), "reason", screen.ask_reason, "Say why, although a rule warns", 5, "why"),
        ((":worked",), "worked", screen.open_worked, "See who worked on that day", 9, ""),
        ((":lay-out",), "lay out", screen.lay_out_patterns, "Add the shifts of patterns", 9, ""),
    ):
        yield _key(
            names,
            label,
            run,
            words,
            rank,
            meaning,
        )


def _going(screen: KeyedWeek) -> Iterator[Key]:
    for names, label, run, words, rank, meaning in (
        (("]",), "after", partial(screen.go_by, 1), "The week after", 4, ""),
        (("[",), "before", partial(screen.go_by, -1), "The week before", 4, ""),
        (
            (":beside",),
            "beside",
            screen.turn_beside,
            "Turn the column beside the names",
            5,
            "hidden",
        ),
    ):
        yield _key(
            names,
            label,
            run,
            words,
            rank,
            meaning,
        )
    # With one place there is nowhere to go.
    if int(screen.office.value(_PLACES) or 0) > 1:
        yield _key(
            (":place",),
            "place",
            screen.ask_place,
            "Go to another place",
            5,
            "",
        )


def _key(
    names: tuple[str, ...],
    label: str,
    run: Callable[[], object],
    words: str,
    rank: int,
    meaning: str,
) -> Key:
    return Key(
        names,
        label,
        run,
        words,
        rank,
        _GROUP,
        means=meaning,
    )
