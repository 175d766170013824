"""A child as one line of text reads back as it was written, whatever is in it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officeops.model.errors import Refused
from officeops.office.children.entry_text import EntryText

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Pieces of what parts an entry, and of what looks like it.
PIECES: Final = [
    "work",
    "fax",
    "note",
    "number",
    "=",
    ";",
    "; ",
    "\\",
    " ",
    "x",
    "ä",
    "note=",
    ";note=",
]
VALUES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
SAME_OFFICE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def entry_of(office: Office) -> EntryText:
    """Return the texts of a person's phones."""
    [child, _] = office.records["books.person"].children
    return EntryText(office, child, office.records["books.phone"])


@SAME_OFFICE
@given(VALUES, VALUES, st.sampled_from(["work", "fax", ""]))
def test_what_is_written_is_read_back(books: Office, number: str, note: str, kind: str) -> None:
    texts = {"kind": kind, "number": number.strip(), "note": note.strip()}
    texts = {name: text for name, text in texts.items() if text}
    entry = entry_of(books)
    assert {k: v for k, v in entry.texts(entry.joined(texts)).items() if v} == texts


@SAME_OFFICE
@given(st.text(max_size=60) | VALUES)
def test_any_text_is_read_or_refused_with_a_sentence(books: Office, text: str) -> None:
    values = {}
    with suppress(Refused):
        values = entry_of(books).read(text)
    assert set(values) <= {"kind", "number", "note"}
