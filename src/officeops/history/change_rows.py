"""Change rows: all changes in order, in pieces that end where an action's changes end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.history.action_rows import missing
from officeops.history.finding import Finding
from officeops.store.chain import CHANGES, PIECE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from officeops.history.finding import Mark
    from officeops.store.digests import Digests

    Row = tuple[Any, ...]


class ChangeRows:
    """Reads a file's changes once, in order; memory stays flat."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._rows = db.execute(CHANGES)
        #: Rows that were read, and how many of them were taken.
        self._read: list[Row] = []
        self._taken = 0
        self._last = 0
        self._skipped = (-1, 0)
        #: Numbers that no change has, as findings since the last look.
        self.gaps: list[Finding] = []

    def skip(self, last: object, following: int) -> None:
        """Accept a gap between `last` and `following`: a restore says that numbers go on there."""
        if isinstance(last, int):
            self._skipped = last, following

    def take(self, until: int | None) -> list[Row]:
        """Read the next changes with a number below `until`, a thousand at most; fills `gaps`."""
        if self._taken == len(self._read):
            self._read, self._taken = self._rows.fetchmany(PIECE), 0
        rows, start = self._read, self._taken
        end = len(rows)
        if rows and until is not None and rows[-1][0] >= until:
            # An action's changes are few in most histories, so that they are found from the front.
            end = start
            while rows[end][0] < until:
                end += 1
        piece = rows[start:end]
        self._taken = end
        last = self._last
        for number, *_ in piece:
            expected = last + 1
            if number != expected and (last, number) != self._skipped:
                self.gaps.append(missing("changes", expected, number - 1))
            last = number
        self._last = last
        return piece


def misplaced(piece: Sequence[Row], action: int, digests: Digests | None) -> list[Finding]:
    """Find changes that name another action, and contents of changes that were destroyed."""
    findings: list[Finding] = []
    for number, belongs, *_, destroyed, kind, contents in piece:
        if belongs != action:
            facts = {"change": number, "belongs": belongs}
            mark: Mark = ("misplaced", number, belongs, action)
            finding = Finding("change-misplaced", action, facts=facts, mark=mark)
            findings.append(finding)
        if destroyed is not None and (kind != 1 or contents):
            mark = ()
            if digests:
                mark = ("again", number, digests.contents(kind, contents).hex())
            facts = {"change": number}
            finding = Finding("change-destroyed-again", action, facts=facts, mark=mark)
            findings.append(finding)
    return findings
