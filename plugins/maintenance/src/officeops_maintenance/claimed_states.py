"""Claimed states: what a row of a file says, and only proofs of its own could show."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from officeops.exchange import Importer, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office

#: Sentences on single rows; more are counted.
_NAMED: Final = 3


class ClaimsImport(Importer):
    """The import of a kind that has states which rest on proofs.

    A new row that lacks them comes in as one that waits for a person, and its reason keeps what the
    file says. One that proves the opposite is refused.
    """

    #: The states that rest on proofs, each with what a person does for it here.
    claims: ClassVar[Mapping[str, str]]
    #: The column that says who decided; it stays as the file has it.
    who: ClassVar[str] = ""
    #: The columns that are blank while a record waits.
    clears: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        office: Office,
        source: str,
    ) -> None:
        super().__init__(office, source)
        self._waiting: list[tuple[Row, str]] = []

    def lacks(self, row: Row) -> str | None:
        """Return what a row lacks for the state that it claims; None where it lacks nothing."""
        raise NotImplementedError

    def contradicts(
        self,
        row: Row,  # noqa: ARG002 - for importers to override
    ) -> tuple[str, str] | None:
        """Return the field, and why what a row says of it is wrong by its other fields."""
        return None

    def refuse_new(
        self,
        rows: list[Row],
    ) -> Iterable[tuple[Row, str, str]]:
        """Refuse rows that contradict themselves; let those without their proofs wait."""
        for row in rows:
            wrong = self.contradicts(row)
            if wrong:
                field, why = wrong
                yield row, field, why
            else:
                self._prove(row)

    def _prove(self, row: Row) -> None:
        state = row.values[self._column]
        if state not in self.claims:
            return
        why = self.lacks(row)
        if why:
            self._let_wait(row, state, why)

    @property
    def _column(self) -> str:
        life = self.kind.life
        assert life is not None  # noqa: S101 - only kinds with states claim one
        return life.column

    def _let_wait(
        self,
        row: Row,
        state: str,
        why: str,
    ) -> None:
        values = row.values
        values["reason"] = self._as_said(row, state, why)
        for name in self.clears:
            values[name] = None
        field = self.kind.meta.by_name[self._column]
        # The default of a state is the one in which a record begins.
        values[self._column] = field.default
        cure = self.claims[state]
        words = f"is not {state}: {why}; {cure}"
        self._waiting.append((row, words))

    def _as_said(
        self,
        row: Row,
        state: str,
        why: str,
    ) -> str:
        """Return what the file says of a row's state, and why it is not so here."""
        said = f"The file says {state}"
        who = row.values.get(self.who)
        if who:
            said += f" by {who}"
        said += f": {why}"
        before = row.values["reason"]
        if before:
            said += f". {before}"
        return said

    def finish(self) -> Iterable[str]:
        """Name the rows that wait for a person here, whatever the file says."""
        # Another rule may have refused a row since.
        waiting = [(row, words) for row, words in self._waiting if not row.bad]
        prefix = self.kind.meta.prefix
        for row, words in waiting[:_NAMED]:
            key = f"{prefix}-{row.id}"
            line = f"{row.line:,}"
            self.left.append(f"Line {line}, {key}, {words}.")
        more = len(waiting) - _NAMED
        if more > 0:
            count = f"{more:,}"
            self.left.append(f"{count} more wait likewise; the reason of each says why.")
        return ()
