"""Files, notes and tags by the command line, as people and scripts type them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.testing import _streams

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

PDF = b"%PDF-1.4 delivery\x00\xff"


@pytest.fixture
def item(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An item called GLV, and a slip in a folder that is the current one."""
    cli("item", "add", "--sku", "GLV", "--name", "Gloves")
    monkeypatch.chdir(tmp_path)
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(PDF)
    return slip


def test_a_file_goes_in_and_comes_out(cli: Cli, item: Path) -> None:
    made = cli("item", "attach", "GLV", "slip.pdf", "--json").json
    assert made == {"id": 1, "type": "pdf", "size": len(PDF), "sealed": False}
    item.unlink()
    assert cli("attachment", "save", "1").code == 0
    assert item.read_bytes() == PDF
    assert item.stat().st_mode & 0o777 == 0o600
    shown = cli("item", "show", "GLV", "--json").json["attached"]
    assert shown["files"] == [
        {"id": 1, "name": "slip.pdf", "type": "pdf", "size": len(PDF), "sealed": False}
    ]
    assert "slip.pdf" in cli("item", "show", "GLV").out
    assert cli("attachment", "list", "--json").json[0]["about_key"] == "inventory.item"


def test_a_request_attaches_once(cli: Cli, item: Path) -> None:  # noqa: ARG001
    for _ in range(2):
        assert cli("--request-id", "one", "item", "attach", "GLV", "slip.pdf").code == 0
    assert len(cli("attachment", "list", "--json").json) == 1
    line = ("item", "attach", "GLV", "slip.pdf", "--name", "x.pdf")
    assert cli("--request-id", "one", *line).code == 1


def test_nothing_is_overwritten_and_no_link_followed(cli: Cli, item: Path) -> None:
    cli("item", "attach", "GLV", "slip.pdf")
    item.write_bytes(b"mine")
    assert cli("attachment", "save", "1").code == 1
    assert item.read_bytes() == b"mine"
    secret = item.with_name("secret")
    secret.write_bytes(b"theirs")
    link = item.with_name("link.pdf")
    link.symlink_to(secret)
    assert cli("attachment", "save", "1", "-o", "link.pdf").code == 1
    assert cli("attachment", "save", "1", "-o", "link.pdf", "--replace").code == 0
    assert (secret.read_bytes(), link.read_bytes()) == (b"theirs", PDF)
    link.unlink()
    link.symlink_to(item.with_name("nowhere"))
    assert cli("attachment", "save", "1", "-o", "link.pdf").code == 1
    assert not item.with_name("nowhere").exists()


def test_a_hostile_name_saves_in_this_folder(
    cli: Cli, item: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert cli("item", "attach", "GLV", str(item), "--name", "../../\x1b[2Jx.pdf").code == 0
    assert cli("attachment", "save", "1").code == 0
    assert [file.name for file in folder.iterdir()] == ["[2Jx.pdf"]
    assert "\x1b" not in cli("attachment", "list").out


def test_notes_are_due_until_they_are_done(cli: Cli, item: Path) -> None:  # noqa: ARG001
    ran = cli("item", "note", "GLV", "Rep calls back", "--follow-up", "2026-01-02", "--json")
    assert ran.json["id"] == 1
    [due] = [line for line in cli("today", "--json").json if line["record"] == "core.note"]
    assert (due["record_id"], due["action"]) == (1, "done")
    assert cli("note", "done", "1").code == 0
    assert all(line["record"] != "core.note" for line in cli("today", "--json").json)
    assert cli("note", "done", "1").code == 1
    assert cli("undo").code == 0
    assert any(line["record"] == "core.note" for line in cli("today", "--json").json)
    assert cli("search", "calls", "--json").json[0]["noun"] == "note"
    assert (
        cli("note", "add", "--about-key", "inventory.item", "--about-id", "9", "--text", "x").code
        == 1
    )


def test_tags_group_records_whatever_their_spelling(cli: Cli, item: Path) -> None:  # noqa: ARG001
    cli("item", "add", "--sku", "MSK", "--name", "Masks")
    assert cli("item", "tag", "GLV", "Recall", "to call").code == 0
    again = cli("item", "tag", "GLV", "RECALL", "--json")
    assert (again.code, len(cli("tag", "list", "--json").json)) == (0, 2)
    for where, skus in (
        ("tag=recall", ["GLV"]),
        ("-tag=recall", ["MSK"]),
        ("tag!=recall", ["MSK"]),
        ("tag=", ["MSK"]),
        ("tag~all", ["GLV"]),
        ('tag="to call"', ["GLV"]),
    ):
        rows = cli("item", "list", "--where", where, "--json").json
        assert [row["sku"] for row in rows] == skus, where
    assert cli("item", "list", "tag=recal").code == 2
    assert cli("item", "list", "tag<3").code == 2
    exported = cli("item", "export", "-", "--columns", "sku,tags").out
    assert exported.splitlines()[1] == 'GLV,"Recall, to call"'
    assert cli("item", "tag", "GLV", "recall", "--remove").code == 0
    assert [row["word"] for row in cli("tag", "list", "--json").json] == ["to call"]
    assert cli("item", "tag", "GLV", "a,b").code == 1


def test_over_ssh_bytes_go_by_standard_input_and_output(cli: Cli, item: Path) -> None:
    """Nobody who comes in names a path of the server's, or has a file written there."""
    office = cli("item", "list")
    assert office.code == 0

    def over_ssh(words: str, typed: bytes = b"") -> tuple[int, Any]:
        line = Run(str(cli.path))
        line.gated = True
        with _streams(typed) as (out, _):
            code = run_line(words.split(), line)
        line.close()
        out.flush()
        buffer: Any = out.buffer
        return code, buffer.getvalue()

    assert over_ssh("item attach GLV slip.pdf")[0] == 1
    assert over_ssh("item attach GLV - --name a.pdf", PDF)[0] == 0
    assert over_ssh("attachment save 1")[0] == 1
    assert over_ssh("attachment save 1 -o there")[0] == 1
    assert over_ssh("attachment save 1 -o -") == (0, PDF)
    assert [file.name for file in item.parent.iterdir() if file.suffix == ".pdf"] == ["slip.pdf"]


def test_a_kill_in_the_middle_leaves_nothing(cli: Cli, item: Path) -> None:  # noqa: ARG001
    killed = """
import os, sys
from officeops.cli import run
from officeops.office.writer import Writer
Writer.add = lambda *_: os.kill(os.getpid(), 9)
run(sys.argv[1:])
"""
    line = ["--db", str(cli.path), "item", "attach", "GLV", "slip.pdf"]
    ran = subprocess.run([sys.executable, "-c", killed, *line], capture_output=True, check=False)
    assert ran.returncode == -9
    assert cli("attachment", "list", "--json").json == []
    with closing(sqlite3.connect(cli.path)) as db:
        assert db.execute("SELECT count(*) FROM core_blob").fetchone() == (0,)
    assert cli("history", "verify").code == 0
