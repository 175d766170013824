"""SheetEntries: what one person typed in a sheet, beside the rows as the office has them now.

It knows no screen: the screen, the command line and tests type into it alike.
"""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Any

from officeops.model.entry_sheet import Typed
from officeops.model.error_words import told
from officeops.model.errors import OfficeError, Problem, Refused, problem_of, reason_of
from officeops.model.sealed_value import Sealed
from officeops.office.sheets.drafts import Draft, KeptRow
from officeops.store.hashing import blake2b
from officeops.values.convert import reader
from officeops.values.field_rules import wrong_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

    from officeops.model.entry_sheet import EntrySheet, SheetColumn, SheetRow
    from officeops.model.office import Office


class SheetEntries:
    """The rows of a sheet, and the texts typed for them by row and column."""

    def __init__(self, sheet: EntrySheet) -> None:
        self.sheet = sheet
        self.columns: tuple[SheetColumn, ...] = ()
        #: The columns that have a cell in each row.
        self.shown: tuple[SheetColumn, ...] = ()
        self.rows: list[SheetRow] = []
        #: The id under which the rows are booked, once: that of the draft.
        self.request = f"draft-{token_hex(8)}"
        self._kept: dict[str, KeptRow] = {}
        self._added: list[str] = []
        #: Rows that the file's draft does not have as they are here.
        self.unkept: set[str] = set()
        self._readers: dict[str, Callable[[str], Any]] = {}

    def read(self, office: Office) -> None:
        """Read the columns and the rows as the office has them now."""
        with self._answering(office):
            # First: the widths of columns may follow from what the rows have.
            self.rows = list(self.sheet.rows(office, [*self._kept, *self._added]))
            columns = list(self.sheet.columns_of(office))
        self.shown = tuple(column for column in columns if not column.hidden)
        if self.sheet.reviewed:
            columns.append(self.sheet.reviewed)
        self.columns = tuple(columns)
        self._readers = {column.name: _reader(office, column) for column in columns}

    def opened_in(self, office: Office) -> SheetEntries:
        """Return a copy that reads its texts in another office: a connection belongs to one thread."""
        copy = SheetEntries(self.sheet)
        copy.columns, copy.shown, copy.rows = self.columns, self.shown, self.rows
        copy.request = self.request
        copy._kept = dict(self._kept)
        copy._readers = {column.name: _reader(office, column) for column in self.columns}
        return copy

    def _answering(self, office: Office) -> AbstractContextManager[None]:
        return office.answering(plugin_of(self.sheet), f"the rows of the sheet {self.sheet.key}")

    def add(self, row_id: str) -> None:
        """Add a row that the office does not expect here; `read` shows it."""
        self._added.append(row_id)

    def place(self, row_id: str | None) -> int | None:
        """Return the place of a row among the rows, or None."""
        for place, row in enumerate(self.rows):
            if row.id == row_id:
                return place
        return None

    # -- typing ------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many rows have anything typed."""
        return len(self._kept)

    def __contains__(self, row_id: str) -> bool:
        return row_id in self._kept

    def text(self, row: SheetRow, column: str) -> str:
        """Return a cell as it was typed; blank for an empty one."""
        kept = self._kept.get(row.id)
        return kept.texts.get(column, "") if kept else ""

    def put(
        self,
        row: SheetRow,
        texts: Mapping[str, str],
        *,
        agreed: bool = True,
    ) -> None:
        """Put texts in cells of a row, typed now; a blank text empties its cell.

        Unless it is `agreed` to the row's present state, the row stays marked where that changed.
        """
        before = self._kept.get(row.id)
        merged = {**(before.texts if before else {}), **texts}
        full = self._without_rest(row, {name: text for name, text in merged.items() if text})
        if self._is_emptied(texts):
            hidden = {column.name for column in self.columns if column not in self.shown}
            full = {name: text for name, text in full.items() if name not in hidden}
        self.unkept.add(row.id)
        # What the person chose in the review is no entry by itself.
        reviewed = self.sheet.reviewed
        if full.keys() - {reviewed.name if reviewed else ""}:
            seen = before.seen if before and not agreed else mark(row)
            self._kept[row.id] = KeptRow(full, seen, row.of)
        else:
            self._kept.pop(row.id, None)

    def _is_emptied(self, texts: Mapping[str, str]) -> bool:
        """Whether the first cell of a row is emptied, and with it the cells that nobody sees."""
        return bool(self.shown) and texts.get(self.shown[0].name) == ""

    def _without_rest(self, row: SheetRow, full: dict[str, str]) -> dict[str, str]:
        """Return texts without those that a row with an empty first cell took from its offers."""
        if not self.shown or self.shown[0].name in full:
            return full
        return {name: text for name, text in full.items() if text != row.offered.get(name)}

    def complete(self, office: Office, row: SheetRow) -> None:
        """Fill empty cells of a typed row: what follows from it, and what the row offers."""
        typed = self.typed_in(row)
        if typed is None:
            return
        texts = {
            **row.offered,
            **self.sheet.fill(
                office,
                row,
                typed,
            ),
        }
        # A person's own text is never written over by what an office offers.
        empty = {name: text for name, text in texts.items() if not typed.text(name)}
        if empty:
            self.put(
                row,
                empty,
                agreed=False,
            )

    def confirm(self, row: SheetRow) -> None:
        """Agree to the typed texts, though the office expects something else by now."""
        self.put(row, {})

    def missing(self, row: SheetRow) -> list[str]:
        """Return the columns that a typed row must have and has not."""
        typed = self.typed_in(row)
        if typed is None:
            return []
        return [name for name in self.sheet.needs(row, typed) if not typed.text(name)]

    def all_typed(self) -> dict[str, Typed]:
        """Return the typed rows, in order or not."""
        typed = {}
        for row in self.rows:
            entry = self.typed_in(row)
            if entry:
                typed[row.id] = entry
        return typed

    def typed_in(self, row: SheetRow) -> Typed | None:
        """Return a typed row, or None."""
        kept = self._kept.get(row.id)
        return Typed(kept.texts, self._read_text) if kept else None

    def _read_text(self, column: str, text: str) -> object:
        return self._readers[column](text)

    # -- looking over ------------------------------------------------------------------------------

    def is_changed(self, row: SheetRow) -> bool:
        """Whether the office expects something else by now than when the row was typed."""
        kept = self._kept.get(row.id)
        return kept is not None and kept.seen != mark(row)

    def difference(self, row: SheetRow) -> str:
        """Return how a row differs from the office; blank where it does not."""
        typed = self.typed_in(row)
        return self.sheet.differs(row, typed) if typed else ""

    def beside(self, row: SheetRow) -> str:
        """Return the last column of a row, typed or not."""
        return self.sheet.beside(row, self.typed_in(row))

    def to_look_over(self) -> list[SheetRow]:
        """Return the typed rows that differ, changed, or are not in order."""
        return [row for row in self.rows if self.difference(row) or self.problems(row)]

    def problems(self, row: SheetRow) -> list[Problem]:
        """Return what keeps a row from being booked, with the row's label and the column."""
        kept = self._kept.get(row.id)
        if kept is None:
            return []
        problems = list(self._unreadable(kept.texts))
        missing = self.missing(row)
        problems += [
            Problem(
                "is needed",
                self._words(name),
                code="needed",
            )
            for name in missing
        ]
        if self.is_changed(row):
            now = f", {row.expected} now" if row.expected else ""
            problems.append(Problem(f"changed after you typed{now}", code="changed-since"))
        return [_of_row(row, problem) for problem in problems]

    def cell_problem(self, row: SheetRow, column: str) -> Problem | None:
        """Return why one cell cannot be read, or None."""
        text = self.text(row, column)
        for problem in self._unreadable({column: text} if text else {}):
            return _of_row(row, problem)
        return None

    def _unreadable(self, texts: Mapping[str, str]) -> Iterable[Problem]:
        for name, text in texts.items():
            try:
                value = self._readers[name](text)
            except ValueError as error:
                code = self._column(name).field.kind.code
                yield problem_of(reason_of(error, code), self._words(name))
                continue
            except OfficeError as error:
                yield Problem(
                    told(error).rstrip("."),
                    self._words(name),
                    code=error.code,
                )
                continue
            field = self._column(name).field
            plain = value.typed if isinstance(value, Sealed) else value
            if not field.target and (why := wrong_with(field, plain)):
                yield problem_of(why, self._words(name))
            elif why := self.sheet.wrong(name, text):
                yield Problem(why, self._words(name), code="malformed")

    def _column(self, name: str) -> SheetColumn:
        return next(column for column in self.columns if column.name == name)

    def _words(self, name: str) -> str:
        return self._column(name).field.words

    def bookable(self) -> dict[str, Typed]:
        """Return the typed rows, in the order of the rows.

        Raises Refused with the row and column of everything that is not in order.
        """
        problems: list[Problem] = []
        for row in self.rows:
            problems += self.problems(row)
        if problems:
            raise Refused(problems, "Nothing was booked")
        return self.all_typed()

    def must_be_as_read(self, office: Office) -> None:
        """Raise Refused where the office expects something else of a typed row by now."""
        problems = []
        with self._answering(office):
            rows = self.sheet.rows(office, list(self._kept))
        for row in rows:
            kept = self._kept.get(row.id)
            if kept and kept.seen != mark(row):
                problems.append(Problem(self._what_changed(row), code="changed-since"))
        if problems:
            raise Refused(problems, "Nothing was booked")

    def _what_changed(self, row: SheetRow) -> str:
        """Return in words what the office expects of a row by now, and what it expected before."""
        # The rows here are those that the person saw.
        place = self.place(row.id)
        before = "" if place is None else self.rows[place].expected
        was = f": {row.expected} expected now, not {before}" if row.expected != before else ""
        return f"{row.label} changed after you looked{was}"

    # -- the draft ---------------------------------------------------------------------------------

    def to_keep(self) -> dict[str, KeptRow | None]:
        """Return the rows that the file's draft has in another way, None for an emptied one."""
        return {row_id: self._kept.get(row_id) for row_id in self.unkept}

    def kept(self, request: str) -> None:
        """Note that the file has every row under a request id."""
        self.request = request
        self.unkept.clear()

    def take_draft(self, draft: Draft | None) -> bool:
        """Take the rows of the file's draft, but for rows that are newer here.

        Return False where the draft was booked or discarded elsewhere, with the rows it had.
        """
        newer = self.to_keep()
        # Rows that the file had, and has no more: another window booked or discarded them.
        is_gone = draft is None and len(self._kept) > len(newer)
        self._kept = dict(draft.rows) if draft else {}
        for row_id, row in newer.items():
            if row:
                self._kept[row_id] = row
            else:
                self._kept.pop(row_id, None)
        if draft:
            self.request = draft.request
        elif is_gone:
            self.request = f"draft-{token_hex(8)}"
        return not is_gone

    def forget(self) -> None:
        """Forget all that was typed: it was booked or discarded."""
        self._kept.clear()
        self._added.clear()
        self.unkept.clear()
        self.request = f"draft-{token_hex(8)}"


def mark(row: SheetRow) -> str:
    """Return a mark of the state that a row is typed against; it tells nothing of the state."""
    return blake2b(row.state.encode(), digest_size=8).hexdigest()


def plugin_of(sheet: EntrySheet) -> str:
    """Return the plugin whose code a sheet is, from its key."""
    return sheet.key.partition(".")[0]


def _of_row(row: SheetRow, problem: Problem) -> Problem:
    """Return a problem with the label of its row and the column in its sentence."""
    return problem.replace(
        message=f"{row.label}: {problem}",
        is_whole=False,
        field="",
    )


def _reader(office: Office, column: SheetColumn) -> Callable[[str], Any]:
    field = column.field
    if field.target:
        return lambda text: office.refer(field, text)
    return reader(field, office.ways)
