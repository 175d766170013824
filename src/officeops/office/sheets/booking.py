"""Booking a sheet: all typed rows in one action, once, and the draft deleted with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.error_words import told
from officeops.model.errors import NotFound, Problem, Refused
from officeops.model.text_folding import folded
from officeops.office.sheets.drafts import SheetDrafts
from officeops.office.sheets.entries import SheetEntries, plugin_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.entry_sheet import EntrySheet, SheetRow
    from officeops.model.office import Office


def book_sheet(
    office: Office,
    entries: SheetEntries,
    request: str | None = None,
) -> str:
    """Book the typed rows of a sheet as one action and return the sentence to say.

    The draft has a request id of its own, and goes with the booking. With another `request`, such
    as the command line's, the draft stays as it is. Raises Refused with the row and column of
    everything that is not in order, and Already for rows that were booked before.
    """
    sheet = entries.sheet
    entries = entries.opened_in(office)
    typed = entries.bookable()
    arguments = sheet.arguments(office, typed)
    used = request or entries.request
    with office.acting(
        sheet.verb,
        arguments,
        request=used,
        bulk=sheet.title,
    ) as outcome:
        # Inside the action, where no other program can change what a person agreed to.
        entries.must_be_as_read(office)
        with office.blame(plugin_of(sheet), f"the sheet {sheet.key}"):
            outcome.append(sheet.book(office, typed))
        # Counts of a command are work of their own: the draft on the screen stays.
        if used == entries.request:
            SheetDrafts(office, sheet).drop_booked()
    return " ".join([*outcome, *office.remarks])


def sheet_entries(
    office: Office,
    sheet: EntrySheet,
    lines: Iterable[tuple[str, Mapping[str, str]]],
    *,
    by_id: bool = False,
) -> SheetEntries:
    """Type into a sheet without a screen: a row's name, key or code, and its texts by column.

    A row that the sheet lacks is added as `n` adds one. With `by_id` the words are ids of rows.
    Raises Refused with every line of no row and every cell of no column.
    """
    entries = SheetEntries(sheet)
    lines = list(lines)
    for word, _ in lines if by_id else ():
        entries.add(word)
    entries.read(office)
    problems: list[Problem] = []
    columns = {column.name for column in entries.columns}
    for word, texts in lines:
        unknown = sorted(texts.keys() - columns)
        if unknown:
            why = f"{word}: there is no column {unknown[0]}"
            problems.append(Problem(why, code="unknown-choice"))
            continue
        try:
            row = _row(
                office,
                entries,
                word,
            )
        except (NotFound, Refused) as error:
            problems.append(Problem(f"{word}: {told(error)}".rstrip("."), code=error.code))
            continue
        entries.put(row, texts)
        entries.complete(office, row)
    if problems:
        raise Refused(problems, "Nothing was booked")
    return entries


def _row(
    office: Office,
    entries: SheetEntries,
    word: str,
) -> SheetRow:
    """Return the row that a word means, added where the sheet has none for it."""
    same = folded(word)
    for row in entries.rows:
        if same in {folded(row.id), folded(row.label)}:
            return row
    row_id = entries.sheet.find(office, word)
    place = entries.place(row_id)
    if place is None:
        row_id = row_id or entries.sheet.add(office, word)
        entries.add(row_id)
        entries.read(office)
        place = entries.place(row_id)
    if place is None:
        raise NotFound(f"{word!r} is not on this sheet.", code="not-found")
    return entries.rows[place]
