"""The screen of a session's list: a row for each person, and a key for everybody who came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui import Key, SheetScreen
from officeops_hr.training.result_sheet import ResultSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.training.session import TrainingSession


class ResultScreen(SheetScreen):
    """The list of one session."""

    def sheet_keys(self) -> Iterator[Key]:
        """Yield the key that marks all others as trained."""
        yield Key(
            ("*",),
            "all others came",
            self.mark_others,
            "Mark everybody without a result as trained",
            2,
            "Sheet",
        )

    def mark_others(self) -> None:
        """Mark the rows that nobody typed, and that have no result yet."""
        for row in self.entries.rows:
            # A mark of before stays: somebody put it there on purpose.
            if row.expected in {"planned", ""} and self.entries.typed_in(row) is None:
                self.entries.put(row, {"result": "trained"})
        self.keep()
        self.lay_out()


def screen(office: Office, session: TrainingSession) -> ResultScreen:
    """Open the list of a session."""
    return ResultScreen(office, ResultSheet(session))
