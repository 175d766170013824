"""PDF pages: every letter of every cell is on them, or is a question mark that somebody hears about."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.effort import tried

from officeops.exchange.formats.writing import Unwritable
from officeops.exchange.paper.columns import Columns
from officeops.exchange.paper.directions import as_drawn
from officeops.exchange.paper.fonts import Fonts
from officeops.exchange.paper.page import SHEETS, Paper
from officeops.exchange.paper.pages import MOST_ROWS, write_pdf
from officeops.exchange.paper.printout import Beside, Facts, Grid, Lines, Printout, Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.exchange.paper.printout import Block

#: Letters of the fonts that come along, and what tables of an office have between them.
LETTERS = st.text("abcdefgXYZ0189łŁőěßñçαβγδжяџ€µ½°.,-/()", min_size=1, max_size=30)
TEXTS = st.lists(LETTERS, min_size=1, max_size=6).map(" ".join)


def pages(blocks: Sequence[Block], paper: Paper = "letter") -> tuple[PdfReader, str]:
    """Return the pages of a printout, read back, and the letters that no font has."""
    out = BytesIO()
    missing, _ = write_pdf(out, Printout("Title", blocks, office="Elm Street"), paper)
    return PdfReader(BytesIO(out.getvalue())), missing


def squeezed(text: str) -> str:
    """Return a text without its blanks: where a line breaks, one goes."""
    return "".join(text.split())


def on(reader: PdfReader) -> str:
    """Return all text of the pages without blanks."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


@tried(15)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_every_cell_is_on_the_pages_whole(rows: list[list[str]]) -> None:
    reader, missing = pages([Grid(("One", "Two", "Three"), rows, (False, True, False))])
    assert not missing
    letters = sorted(on(reader))
    for letter in squeezed("".join(map("".join, rows))):
        # Cells of one row may be read in pieces, so what counts is that no letter is lost.
        letters.remove(letter)


@pytest.mark.parametrize("paper", SHEETS)
def test_a_long_table_repeats_its_labels_and_numbers_its_pages(paper: Paper) -> None:
    rows = [[f"S{n:04}", "Gloves"] for n in range(200)]
    reader, _ = pages([Grid(("Number", "Name"), rows)], paper)
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert "Number" in text
        assert "Title" in text
        assert squeezed(f"Page {number} of {len(texts)}") in squeezed(text)
    for sku, _ in rows:
        assert sum(sku in text for text in texts) == 1
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx(SHEETS[paper])


def test_a_row_longer_than_a_page_goes_on_on_the_next() -> None:
    note = " ".join(f"word{n}" for n in range(3_000))
    reader, _ = pages([Grid(("Name", "Note"), [["A", note], ["B", "short"]])])
    assert len(reader.pages) > 2
    text = on(reader)
    for n in range(3_000):
        assert f"word{n}" in text


def test_all_kinds_of_blocks_are_on_the_page() -> None:
    blocks: list[Block] = [
        Beside(("Ship to", "12 Elm Street"), ("Vendor", "Acme")),
        Grid(("Item", "Name"), [["A", "Gloves"]], wide=1, below=["our number 7"]),
        Sums(("Total 12.50",)),
        Facts((("Note", "Ring\ntwice"),)),
        Lines(("A  1", "B  2"), is_spaced=True),
    ]
    text = on(pages(blocks)[0])
    for part in (
        "12ElmStreet",
        "Acme",
        "ournumber7",
        "Total12.50",
        "Ring",
        "twice",
        "B2",
        "ElmStreet",
    ):
        assert part in text


def test_a_table_too_wide_makes_the_sheet_landscape_unless_a_column_takes_the_rest() -> None:
    row = ["word " * 8] * 5
    landscape, _ = pages([Grid(tuple("ABCDE"), [row])])
    portrait, _ = pages([Grid(tuple("ABCDE"), [row], wide=2)])
    assert landscape.pages[0].mediabox.width > landscape.pages[0].mediabox.height
    assert portrait.pages[0].mediabox.width < portrait.pages[0].mediabox.height


def test_a_letter_without_a_font_is_a_question_mark_and_named() -> None:
    # A private letter, which no font has, also where the machine has many.
    reader, missing = pages([Lines(("Dr. \U0010fffd Lee",))])
    assert missing == "\U0010fffd"
    assert "Dr.?Lee" in on(reader)


HEBREW = st.text("אבגדהוזחטיכלמנסעפצקרשת", min_size=1, max_size=12)


@tried(30)
@given(st.lists(HEBREW, min_size=1, max_size=4).map(" ".join))
def test_hebrew_is_drawn_from_the_right(text: str) -> None:
    assert as_drawn(text) == text[::-1]
    # A number in it stays as it is read, and so does a name before it.
    assert as_drawn(f"{text} 12") == f"12 {text[::-1]}"
    assert as_drawn(f"Acme {text}") == f"Acme {text[::-1]}"
    assert as_drawn(f"{text} (א)") == f"(א) {text[::-1]}"


@tried(30)
@given(
    st.lists(st.text("ابتجحدرسشعفقكلمنهويةءپچگ", min_size=1, max_size=8), min_size=1, max_size=3)
)
def test_arabic_is_joined_and_no_letter_of_it_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    drawn = as_drawn(text)
    assert normalize("NFKC", drawn)[::-1].translate(LAM) == text.translate(LAM)
    assert pages([Lines((text,)), Grid((text,), [[text]])])[1] == ""


#: Lam and alef are drawn as one sign, whose parts come out in the order of reading.
LAM = str.maketrans("", "", "لا")


def test_names_from_the_right_are_on_the_page_as_they_are_drawn() -> None:
    drawn = "".join(piece for _, piece in Fonts().runs("Dr. שרה לוי", "bold"))
    assert drawn == "Dr. יול הרש"
    reader, missing = pages([Facts((("Name", "שרה לוי"),)), Lines(("שרה " * 60,))])
    assert (missing, on(reader).count("ש")) == ("", 61)


def test_a_script_whose_letters_would_join_is_named() -> None:
    out = BytesIO()
    _, unjoined = write_pdf(out, Printout("हिन्दी", [Lines(("ไทย ქართული",))]))
    assert unjoined == "Devanagari"


def test_the_same_page_is_the_same_bytes() -> None:
    printout = Printout("Title", [Grid(("A",), [["Łódź"]])], printed="Printed today")
    first, second = BytesIO(), BytesIO()
    write_pdf(first, printout)
    write_pdf(second, printout)
    assert first.getvalue() == second.getvalue()


def test_what_no_page_holds_is_refused() -> None:
    with pytest.raises(Unwritable):
        pages([Grid(("A",), [["x"]] * (MOST_ROWS + 1))])
    with pytest.raises(Unwritable):
        pages([Grid(tuple("ABCDEFGHIJ") * 4, [["x"] * 40])])


@pytest.mark.parametrize("paper", SHEETS)
def test_a_week_of_thirty_people_is_one_page(paper: Paper) -> None:
    """Too wide for a portrait sheet at the usual size, it takes smaller letters and not a second page."""
    days = ("Mon 2", "Tue 3", "Wed 4", "Thu 5", "Fri 6", "Sat 7", "Sun 8")
    labels = ("Role", "Person", *days, "Hours")
    row = ("Medical assistant", "P-30 Firstname29 Lastnamelong29", *["730-530"] * 6, "", "57:00")
    reader, _ = pages([Grid(labels, [row] * 30, (False,) * 9 + (True,))], paper)
    assert len(reader.pages) == 1
    few, _ = pages([Grid(labels, [row] * 8, (False,) * 9 + (True,))], paper)
    assert few.pages[0].mediabox.width > few.pages[0].mediabox.height


def test_a_column_to_write_in_by_hand_has_room_where_the_sheet_has() -> None:
    grid = Grid(("Task", "Answer", "Initials"), [["T-1", "", ""], ["T-2", "", ""]])
    columns = Columns(grid, Fonts(), 10)
    columns.fit(500)
    assert [columns.width(place) for place in (1, 2)] == [90, 90]
    assert columns.width(0) < 90
