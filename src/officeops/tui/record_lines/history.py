"""The history of a record: who changed it, when, by which action, and from what to what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.office.shown_value import shown_value
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.lines import Line
from officeops.tui.widgets.office_time import office_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.history.entry import Entry
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office

#: How many changes are shown.
SHOWN: Final = 20


def history_lines(
    office: Office,
    record: Record,
    width: int,
) -> Iterator[Line]:
    """Yield the changes, the latest first."""
    # Opening the interface does without the history; only opening a record needs it.
    from officeops.history.log import changes
    from officeops.history.log_filter import Asked

    # One more than is shown tells whether there are more.
    latest = changes(
        office,
        Asked(
            record=type(record),
            record_id=record.id,
            limit=SHOWN + 1,
        ),
    )
    meta = record.meta
    if latest:
        yield Line()
        yield Line.of("History", "head")
    for change in latest[:SHOWN]:
        first, *rest = wrapped(_change_text(office, meta, change), width)
        yield Line.of(first, "dim")
        for part in rest:
            yield Line.of(f"    {part}", "dim")
    if len(latest) > SHOWN:
        command = f"officeops {meta.noun} history {record.human_key}"
        yield Line.of(f"  … and more: {command}", "dim")


def _change_text(
    office: Office,
    meta: Meta,
    change: Entry,
) -> str:
    from officeops.history.action_words import name_in_words
    from officeops.history.signer_words import by_whom

    # The screen is about this record, so its own actions need no noun.
    action = name_in_words(office, change.action, change.number)
    action = action.removesuffix(f" {meta.one}")
    start = f"  {office_time(office, change.at)}  {by_whom(office, change)}  {action}"
    return f"{start}  {_values_text(office, change, meta)}".rstrip()


def _values_text(
    office: Office,
    change: Entry,
    meta: Meta,
) -> str:
    """Return each value that an edit changed; blank where the record itself was added."""
    from officeops.history.change_words import ChangeWords

    # Of the record itself, the screen shows what it was added with; its children come and go.
    if change.record != meta.noun:
        words = ChangeWords(office, partial(shown_value, office)).of(change)
        return f"{change.record.replace('-', ' ')}: {words}"
    is_edit = change.before and change.after
    return ChangeWords(office, partial(shown_value, office)).of(change) if is_edit else ""
