"""Merged records: which record stays of one that was merged, along chains of merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record

#: Whether any merge was made while a plugin was off.
NOTED: Final = (
    "SELECT 1 FROM core_duplicate "
    "WHERE answer = 'merged' AND plugins IS NOT NULL AND archived_at IS NULL LIMIT 1"
)
_STAYS = (
    "SELECT other FROM core_duplicate WHERE archived_at IS NULL AND answer = 'merged' "
    "AND about_key = ? AND about_id = ? ORDER BY id DESC LIMIT 1"
)
_MERGED = (
    "SELECT DISTINCT about_id FROM core_duplicate "
    "WHERE archived_at IS NULL AND answer = 'merged' AND about_key = ?"
)


def record_that_stays(
    office: Office,
    record: type[Record],
    number: int,
) -> int:
    """Return the number of the record that one was merged into; its own where it was not.

    A merged into B and B into C leads to C. What the person does not reach is not followed.
    """
    seen = {number}
    while True:
        with office.lifted():
            following = office.value(
                _STAYS,
                record.meta.key,
                number,
            )
        # A circle is no merge that this program wrote; the last one that is new counts.
        if following is None or following in seen or not office.in_reach(record, following):
            return number
        number = int(following)
        seen.add(number)


def merged_into(
    office: Office,
    record: type[Record],
    number: int,
) -> str:
    """Return the words for people after the name of a record that was merged; blank for any other.

    Ledgers and the history keep the record that went. A record out of reach is not named.
    """
    if not office.may_view(record):
        return ""
    stays = record_that_stays(office, record, number)
    return f", merged into {office.label(record, stays)}" if stays != number else ""


def words_of_merged(office: Office, record: type[Record]) -> dict[int, str]:
    """Return those words for each record of a kind that was merged."""
    with office.lifted():
        numbers = office.rows(_MERGED, record.meta.key)
    words = {number: merged_into(office, record, number) for (number,) in numbers}
    return {number: text for number, text in words.items() if text}
