"""A plugin of an earlier interface is refused with what changed for it, and its records stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED
from officeops.plugins.interface import CHANGES
from officeops.testing import write_plugin

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli

    Write = Callable[..., Path]

#: The plugin of the author's page of 0.1.0, as it stood there.
FIRST = (Path(__file__).parent / "keys_0_1_0.txt").read_text()
SILENT = 'PLUGIN = Plugin("keys", summary="Keys, and who has them")'
OF_TODAY = SILENT.replace(")", ", api=2)")
PAGE = (Path(__file__).parents[2] / "docs/how-to/write-a-plugin.md").read_text()


def test_a_plugin_of_0_1_0_is_refused_and_its_records_are_there_once_it_speaks_2(
    cli: Cli, officeops_home: Path
) -> None:
    assert SILENT in FIRST
    file = write_plugin(officeops_home, "keys", FIRST.replace(SILENT, OF_TODAY))
    for words in ("plugins migration keys", "plugins enable keys", "key add --tag A-1 --opens Lab"):
        assert cli(*words.split()).code == DONE, words
    migrated = file.read_text()
    file.write_text(migrated.replace(OF_TODAY, SILENT))
    for words, code in (("key list", REFUSED), ("today", INCOMPLETE)):
        ran = cli(*words.split())
        assert ran.code == code, ran
        assert "interface 1" in ran.err
        assert "write api=2" in ran.err
    assert cli("location", "list").code == DONE
    file.write_text(migrated)
    assert [key["tag"] for key in cli("key", "list", "--json").json] == ["A-1"]


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("from officeops import Life, Move", "Lifecycle"),
        ("@action('bad.use', key='u')\ndef use(office): ...", "means="),
        ("LATE = \"t.day < date('now')\"", "office_today()"),
        ("def stamp(office): return office.now().isoformat()", "datetime"),
        ("@hookimpl\ndef due(office, until):\n    office.add(None)", "writes nothing"),
        ("from officeops.store import store", "public-names.md"),
    ],
)
def test_it_is_told_what_changed_of_what_it_uses(
    cli: Cli, write: Write, code: str, named: str
) -> None:
    write("bad", code, "api=1")
    ran = cli("today", env={"OFFICEOPS_PLUGINS": "bad"})
    assert ran.code == INCOMPLETE
    assert named in ran.err
    [mine] = [change for change in CHANGES if named in change.now]
    others = [change.now for change in CHANGES if change is not mine]
    assert not any(other in ran.err for other in others if other != "Move is called Transition")


def test_one_that_speaks_2_is_told_nothing_of_1(cli: Cli, write: Write) -> None:
    write("bad", "from officeops import Life")
    ran = cli("today", env={"OFFICEOPS_PLUGINS": "bad"})
    assert ran.code == INCOMPLETE
    assert "Life" in ran.err
    assert "Lifecycle" not in ran.err


def test_the_authors_page_lists_every_change() -> None:
    section = " ".join(PAGE.partition("## From interface 1 to 2")[2].split())
    for change in CHANGES:
        assert change.now.replace("`", "") in section.replace("`", "")
