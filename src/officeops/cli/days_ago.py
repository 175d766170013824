"""Days ago as arguments: `time week -7d`, where click would look for an option called -7."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


def with_days_ago(command: click.Command, words: Sequence[str]) -> list[str]:
    """Return the words of a command line, each day ago that is an argument behind a blank.

    Dates are read without the blanks around them, and click takes such a word for no option.
    """
    taking: set[str] = set()
    for param in command.params:
        # The value of an option is one already.
        if isinstance(param, click.Option) and not param.is_flag:
            taking.update(param.opts)
    kept: list[str] = []
    before = ""
    for word in words:
        is_argument = before not in taking
        kept.append(f" {word}" if is_argument and _is_day_ago(word) else word)
        before = word
    return kept


def _is_day_ago(word: str) -> bool:
    number = word[1:-1]
    unit = word[-1:]
    return word[:1] == "-" and number.isdecimal() and unit in "dwmy"
