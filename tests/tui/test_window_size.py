"""The size of a window and the text of a paste, as a client of SSH sends them: any number at all."""

from __future__ import annotations

import os
import pty
import termios

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.tui.terminal.arrivals import LONGEST_PASTE, Stream
from officeops.values.window_size import settled

_SIZES = st.integers(0, 65535)


@tried(200)
@given(_SIZES, _SIZES)
def test_every_window_is_drawn_within_bounds_and_all_parts_see_the_same(
    columns: int, lines: int
) -> None:
    client, terminal = pty.openpty()
    try:
        termios.tcsetwinsize(client, (lines, columns))
        drawn = settled(terminal)
        assert os.get_terminal_size(terminal) == drawn
        assert 20 <= drawn[0] <= 500
        assert 5 <= drawn[1] <= 200
        if 20 <= columns <= 500 and 5 <= lines <= 200:
            assert drawn == (columns, lines)
        if not (columns or lines):
            assert drawn == (80, 24)
    finally:
        os.close(client)
        os.close(terminal)


@tried(100)
@given(st.lists(st.sampled_from(["x" * 4096, "\x1b", "\x1b[200~", "y"]), max_size=200))
def test_a_paste_is_taken_up_to_its_bound(packets: list[str]) -> None:
    stream = Stream()
    pasted = 0
    for packet in ["\x1b[200~", *packets]:
        for piece in stream.take(packet):
            pasted = 0 if piece.startswith("\x1b[20") else pasted + len(piece)
            assert pasted <= LONGEST_PASTE
