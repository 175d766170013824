"""A printout as plain text: at most 80 columns, and nothing of it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.exchange.paper.plain import text_lines
from officeops.exchange.paper.printout import Facts, Grid, Lines, Printout
from officeops.values.plain_text import WIDTH, width_of

if TYPE_CHECKING:
    from officeops.exchange.paper.printout import Block

WORDS = st.text("abcXYZ019łé手", min_size=1, max_size=100)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@tried(30)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5), st.sampled_from([-1, 1]))
def test_it_is_80_columns_wide_and_whole(rows: list[tuple[str, str, str]], wide: int) -> None:
    blocks: list[Block] = [
        Grid(("One", "Two", "Three"), rows, wide=wide, most={0: 20, 2: 14} if wide >= 0 else {}),
        Facts([(f"Label {n}", row[0]) for n, row in enumerate(rows)]),
        Lines([row[1] for row in rows]),
    ]
    lines = list(text_lines(Printout("Title", blocks)))
    assert max(map(width_of, lines)) <= WIDTH
    printed = sorted("".join(lines))
    for letter in "".join("".join(row) for row in rows).replace(" ", ""):
        printed.remove(letter)


def test_a_control_character_never_drives_the_terminal() -> None:
    evil = "\x1b]0;owned\x07"
    blocks: list[Block] = [
        Grid((evil,), [[evil]]),
        Facts([(evil, evil)]),
        Lines((evil,), is_spaced=True),
    ]
    text = "\n".join(text_lines(Printout(evil, blocks, aside=evil, under=(evil,))))
    assert "\x1b" not in text
    assert "\x07" not in text
