"""Settings files and command lines that nobody meant: each ends in a sentence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.fuzz.fuzz_tools import sentence

from officeops.model.errors import UsageProblem
from officeops.model.settings import Machine

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

KEYS = ("db", "history_key", "seal_key", "plugins_folder", "mouse", "theme", "nouns", "plugins", "backup", "dbb", "inventory", "vendors", "review_days", "service_level", "lookback_days", "folder", "recipients", "copy_minutes", "hourly", "enabled", "disabled")  # fmt: skip
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(),
    st.times(),
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
TABLES = st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=4)
BROKEN = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode(errors="replace")),
    st.sampled_from([b"a = " + b"[" * 100_000, b"a = " + b"{a=" * 50_000, b".".join([b"a"] * 5000) + b" = 1", b"[" + b".".join([b"a"] * 5000) + b"]", b"mouse = " + b"9" * 10_000, b"x" * (2 << 20), b"\0", b"\xff\xfe"]),
)  # fmt: skip


@tried(60)
@given(
    st.one_of(TABLES.map(lambda table: tomli_w.dumps(table).encode(errors="replace")), BROKEN),
    st.sampled_from(["officeops.toml", "plugins.toml", "mappings.toml", "views.toml"]),
)
def test_any_settings_file_is_read_or_refused(cli: Cli, content: bytes, name: str) -> None:
    folder = cli.path.parent / "config" / "officeops"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    try:
        for words in (
            ("item", "list"),
            ("settings", "--json"),
            ("item", "import", "-", "--dry-run"),
        ):
            ran = cli(*words, typed="sku,name\nA,B\n")
            assert ran.code in {0, 1, 2}, (words, ran.err)
            sentence(ran.err + "-")
    finally:
        file.unlink()


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_number_that_is_none_is_no_setting(cli: Cli, officeops_home: Path, value: str) -> None:
    file = officeops_home / "own.toml"
    file.write_text(f"[plugins.inventory]\nservice_level = {value}\n")
    assert "service_level: found" in cli("--config", str(file), "reorder").err


def test_a_settings_file_that_is_a_pipe_or_a_folder_keeps_nobody_waiting(
    officeops_home: Path,
) -> None:
    folder = officeops_home / "config" / "officeops"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "officeops.toml")
    assert Machine().enabled == []
    (folder / "plugins.toml").mkdir()
    with pytest.raises(UsageProblem, match="cannot be read: Is a directory"):
        Machine()


WORDS = st.one_of(
    st.text(st.characters(exclude_characters="\0"), max_size=10),
    st.sampled_from(["A", "A=3", "A=", "=3", "A=²", "A=" + "9" * 30, "A=" + "9" * 5000, "A=-1", "A=1.5", "Main", "PO-1", "#1", "#" + "9" * 5000, "PO-" + "9" * 5000, "\udcff", "a" * 100_000, "+9999999999d", "-", "--", "9" * 5000, "1" + " " * 90_000 + "1", ",".join(["sku"] * 3000)]),
)  # fmt: skip
LINES = (
    ("reorder", "draft", "--item"), ("reorder", "--why"), ("reorder", "draft", "--dry-run", "--item"), ("reorder", "snooze", "A", "--until"), ("count", "Main"),
    ("count", "Main", "A=1", "--dry-run"), ("item", "list"), ("item", "list", "--columns"), ("item", "list", "--sort"), ("item", "list", "--limit"),
    ("item", "show"), ("undo",), ("history", "--limit"), ("history", "--since"), ("item", "receive", "A", "--quantity"), ("item", "add", "--sku", "B", "--name"),
    ("terms", "add", "--item", "A", "--vendor", "V", "--price"), ("order", "add-line", "PO-1", "--item", "A", "--packs"), ("item", "history"), ("search",),
    ("today", "--until"), ("today", "snooze", "x", "--until"), ("item", "export", "-", "--where"), ("document", "add", "--vendor", "V", "--kind", "baa", "--expires-on"),
    ("--request-id",), ("--db",), ("--config",), ("job", "run"), ("report",), ("item", "import", "-", "--map"), ("settings", "edit", "--time-zone"),
)  # fmt: skip


@pytest.fixture
def small(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An office with one of most things, in a folder that may be written to."""
    monkeypatch.chdir(officeops_home)
    cli("init", "--name", "Small")
    for words in (
        "vendor add --name V",
        "item add --sku A --name N --reorder-point 5",
        "terms add --item A --vendor V",
        "order add --vendor V",
    ):
        assert cli(*words.split()).code == 0, words
    return cli


def civil(cli: Cli, *words: str) -> None:
    ran = cli(*words, typed="sku,name\nA,B\n")
    assert ran.code in {0, 1, 2, 3, 4, 5}, (words, ran.err)
    for sign in ("Traceback", "fault in officeops", "file refuses"):
        assert sign not in ran.err, (words, ran.err)
    assert "\x1b" not in ran.out + ran.err, words


@tried(150)
@given(st.sampled_from(LINES), st.lists(WORDS, min_size=1, max_size=3))
def test_any_word_where_a_number_a_name_or_a_day_belongs(
    small: Cli, line: tuple[str, ...], words: list[str]
) -> None:
    civil(small, *line, *words)


def test_a_day_that_is_none_is_said(cli: Cli) -> None:
    ran = cli("today", env={"OFFICEOPS_TODAY": "soon"})
    assert (ran.code, "OFFICEOPS_TODAY is 'soon'" in ran.err) == (2, True)
