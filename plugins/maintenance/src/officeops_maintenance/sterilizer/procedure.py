"""Procedures: what a positive spore test demands by each guideline, read from a file of data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from officeops import Value

if TYPE_CHECKING:
    from datetime import date

#: The guidelines from which a practice chooses; the file has a table for each.
PROCEDURES: Final = ("cdc_2003", "cdc_2008")


class Procedure(Value):
    """What a guideline demands after a positive spore test, and its words on the recall.

    `repeats` negative tests in a row release a sterilizer; once a repeat was positive too, it is
    `after_repair` of them, in empty chambers where `empty_chamber` says so.
    """

    title: str
    source: str
    checked_on: date
    checked: str
    repeats: int
    after_repair: int
    empty_chamber: bool
    review: str
    repair: str
    first_recall: str
    repeat_recall: str

    @property
    def origin(self) -> str:
        """Its source, and when somebody last read it."""
        return f"{self.source} ({self.checked_on}: {self.checked})"


@cache
def procedure(key: str) -> Procedure:
    """Return one of `PROCEDURES`."""
    text = files("officeops_maintenance.sterilizer").joinpath("procedures.toml").read_text("utf-8")
    return Procedure(**tomllib.loads(text)[key])
