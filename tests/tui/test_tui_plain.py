"""The parts of the screens that know nothing of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.tui.screens.browser_state import BrowserState
from officeops.tui.terminal.cells import cut, pad, tame, width_of, wrapped
from officeops.tui.terminal.keys import Key, first_of_each, key_line
from officeops.tui.terminal.terminal_setup import chosen_theme, prepare, require_terminal
from officeops.tui.widgets.bars import trail
from officeops.tui.widgets.columns import GAP, fit
from officeops.tui.widgets.line_edit import LineEdit


def nothing() -> None:
    pass


def key(name: str, label: str = "do", rank: int = 5) -> Key:
    return Key((name,), label, nothing, rank=rank)


@given(text=st.text(), width=st.integers(0, 60), right=st.booleans())
def test_padded_text_has_exactly_its_width(text: str, width: int, *, right: bool) -> None:
    assert width_of(pad(text, width, right=right)) == width


@given(st.text(), st.integers(0, 60))
def test_cut_text_is_never_wider(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width


@given(st.text(), st.integers(5, 60))
def test_wrapped_text_keeps_every_word_that_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert not [line for line in lines if width_of(line) > width]
    words = text.replace("\n", " ").split(" ")
    if max(map(width_of, words)) <= width:
        letters = "".join(tame(text).split())
        assert letters == "".join(tame("".join(lines)).split())


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 70)), min_size=1, max_size=12),
    st.integers(1, 200),
)
def test_columns_fit_and_those_of_the_lowest_rank_stay(
    columns: list[tuple[int, int]], width: int
) -> None:
    fields = []
    for place, (rank, _) in enumerate(columns):
        field = Field("text", label=f"L{place}", list_rank=rank)
        fields.append(field.named(f"f{place}", "str"))
    row = tuple("x" * length for _, length in columns)
    fitted = fit(fields, [row], width)
    cells = sum(column.width for column in fitted)
    assert cells + GAP * (len(fitted) - 1) <= width
    shown = [column.field for column in fitted]
    # Empty columns go first.
    ranks = zip(fields, columns, strict=True)
    dropped = [field.list_rank for field, (_, length) in ranks if length and field not in shown]
    assert not dropped or max(field.list_rank for field in shown) <= min(dropped)


def test_a_key_line_drops_the_least_useful_first() -> None:
    keys = [
        key("a", rank=1),
        key("b", rank=7),
        key("?", "help", 0),
        key("z", rank=9),
    ]
    assert key_line(keys, 80) == "a do  b do  ? help"
    assert key_line(keys, 13) == "a do  ? help"
    assert key_line(keys, 6) == "? help"
    assert key_line(keys, 2) == ""


def test_a_letter_does_one_thing() -> None:
    first, second = first_of_each([key("a", "first"), Key(("a", "b"), "second", nothing)])
    assert (first.keys, first.label) == (("a",), "first")
    assert (second.keys, second.label) == (("b",), "second")


def test_a_breadcrumb_leaves_out_its_middle() -> None:
    parts = ["Office", "Items", "Gloves", "Lots"]
    assert trail(parts, 80) == "Office › Items › Gloves › Lots"
    assert trail(parts, 28) == "Office › … › Gloves › Lots"
    assert trail(parts, 19) == "Office › … › Lots"


def test_a_line_is_edited_and_completed() -> None:
    line = LineEdit("old", lambda text: "item low" if text.startswith("i") else None)
    line.insert("i")
    assert (line.text, line.rest) == ("i", "tem low")
    assert line.press("tab")
    assert line.text == "item low"
    line.press("ctrl+w")
    line.press("home")
    line.press("delete")
    line.insert("I")
    assert (line.text, line.at) == ("Item", 1)
    assert not line.press("f1")


def test_moving_in_a_line_keeps_what_stood_there() -> None:
    line = LineEdit("old")
    line.press("left")
    line.insert("\x1b[31mX")
    assert line.text == "ol [31mXd"


@given(st.text(), st.integers(3, 40))
def test_the_cursor_of_a_line_is_always_in_sight(text: str, room: int) -> None:
    line = LineEdit()
    line.insert(text)
    left, under, _ = line.window(room)
    assert width_of(left) + max(width_of(under), 1) <= room


def test_a_list_asks_for_its_view_and_what_the_person_typed() -> None:
    state = BrowserState("tools.tool", filter="pin", sort="-name")
    assert (state.query.where, state.query.sort) == ("pin", "-name")
    state.mark(3)
    state.show(None, "clamp")
    assert (state.query.where, state.query.sort, state.marked) == ("clamp", "", set())


@pytest.mark.parametrize(
    ("wanted", "environ", "theme"),
    [
        ("", {"COLORTERM": "truecolor"}, "officeops"),
        ("nord", {"COLORTERM": "24bit"}, "nord"),
        ("nord", {}, "ansi-dark"),
        ("ansi-light", {}, "ansi-light"),
        ("nord", {"COLORTERM": "truecolor", "NO_COLOR": "1"}, "ansi-dark"),
    ],
)
def test_the_theme_follows_what_the_terminal_can_do(
    wanted: str, environ: dict[str, str], theme: str
) -> None:
    assert chosen_theme(wanted, environ) == theme


def test_a_persons_own_setting_of_textual_stands() -> None:
    environ = {"TEXTUAL_FPS": "10"}
    prepare("ansi-dark", environ)
    assert environ == {
        "TEXTUAL_FPS": "10",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_THEME": "ansi-dark",
    }


def test_a_pipe_and_a_dumb_terminal_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageProblem, match="pipe"):
        require_terminal({"TERM": "xterm"})
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    require_terminal({"TERM": "xterm"})
    with pytest.raises(UsageProblem, match="TERM=dumb"):
        require_terminal({"TERM": "dumb"})
