"""Request ids of an office of 0.2.0.dev0: each of its lines is recognized when it comes again, and no other line is."""

from __future__ import annotations

import lzma
import shlex
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.kept.requests import FILES, LINES

from officeops.model.exit_codes import DONE, REFUSED

if TYPE_CHECKING:
    from officeops.testing import Cli

KEPT = Path(__file__).parent / "kept" / "office-0.2.0.dev0-requests.db.xz"
#: Lines under the id of another line of the same command: each differs in what that version kept.
OTHERS = {
    "location add --name Freezer --kind fridge --count-order 3": 1,
    "location edit Fridge --count-order 5": 2,
    "location edit Main --count-order 4": 2,
    "location archive Main": 3,
    "location unarchive Main": 4,
    "settings edit --name Other": 7,
    "vendor edit Acme --phone 555-0199": 9,
    "item import moves.csv": 10,
    "item add --sku GLV-L --name Gloves": 12,
    "item edit GLV-M --name 'Gloves Large'": 13,
    "item receive GLV-M --quantity 6": 18,
    "access add ann --role clerk": 27,
    "access add ann --role manager": 28,
    "item archive GLV-M": 44,
    "vendor edit Acme --phone 555-0102": 53,
}


@pytest.fixture(scope="module")
def image() -> bytes:
    return lzma.decompress(KEPT.read_bytes())


@pytest.fixture
def old(image: bytes, cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The office as it was left, opened by the login of then, beside the files of its imports."""
    cli.path.write_bytes(image)
    shutil.copy(KEPT.with_suffix("").with_suffix(".db.key"), f"{cli.path}.key")
    for name, text in FILES.items():
        (officeops_home / name).write_text(text)
    monkeypatch.chdir(officeops_home)
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-11-02")
    monkeypatch.setattr("officeops.office.office.os_login", lambda: "root")
    return cli


def actions(cli: Cli) -> int:
    db = sqlite3.connect(cli.path)
    try:
        return int(db.execute("SELECT count(*) FROM core_action").fetchone()[0])
    finally:
        db.close()


def test_every_line_of_it_is_recognized_again(old: Cli) -> None:
    assert old("item", "list").code == DONE
    before = actions(old)
    problems = []
    for number, line in enumerate(LINES.strip().splitlines(), 1):
        ran = old("--request-id", f"old-{number}", *shlex.split(line))
        if ran.code != DONE or "already carried out" not in ran.err:
            problems.append(f"{line}: {ran.code} {ran.err}")
    assert not problems, "\n".join(problems)
    assert actions(old) == before


def test_no_other_line_passes_for_one_of_them(old: Cli) -> None:
    assert old("item", "list").code == DONE
    before = actions(old)
    for line, number in OTHERS.items():
        ran = old("--request-id", f"old-{number}", *shlex.split(line))
        assert ran.code >= REFUSED, (line, ran)
        assert "already carried out" not in ran.err, line
    assert actions(old) == before


def test_the_history_of_it_verifies(old: Cli) -> None:
    assert old("history", "verify").code == DONE
