"""WholeNumber: the value of an option that is a whole number, with limits in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Type = click.ParamType[int]
else:
    # Generic in the newest click alone.
    _Type = click.ParamType


class WholeNumber(_Type):
    """A whole number from `least` to `most`.

    Click's own range shows its limits as `[0<=x<=9]` in the help, where an option's text says what
    a person needs to know.
    """

    name = "integer"

    def __init__(self, least: int, most: int | None = None) -> None:
        self._least, self._most = least, most

    def convert(
        self,
        value: Any,  # noqa: ANN401 - text, or the declared default
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Read the number. Raises BadParameter, with a message that follows the option's name."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a whole number", param, ctx)
        if number < self._least:
            self.fail(f"must be {self._least:,} or more, not {value}", param, ctx)
        if self._most is not None and number > self._most:
            self.fail(f"must be {self._most:,} or less, not {value}", param, ctx)
        return number
