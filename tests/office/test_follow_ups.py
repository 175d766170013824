"""A record's own code writes what follows from a new one, and says first what people want to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.history.undo import undo
from officeops.office.crud import add_record
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

PLUGIN = '''
"""Losses: a key that is lost is locked."""

from __future__ import annotations

from officeops import (
    Migration, PageLine, PageSection, Plugin, Record, Settings, Subject, computed, field, hookimpl,
    ref, setting,
)

PLUGIN = Plugin("keys", summary="Keys", api=2)


class KeySettings(Settings):
    word: str = setting("brass")


class Key(Record, key="keys.key", display="tag"):
    """A key."""

    tag: str = field()
    locked: bool = field(default=False)
    page = "officeops_file_keys:page"
    adds = ("keys.loss", "key_id")
    computed = (computed("metal", "office_setting('keys', 'word')", kind="text"),)


class Loss(Record, key="keys.loss", display="place"):
    """A key is lost."""

    place: str = field()
    key_id: int = ref("keys.key")

    def added(self, office):
        office.edit(office.get(Key, self.key_id), locked=True)
        yield f"Key {self.key_id} is locked."


def page(office, key):
    yield PageSection("", [PageLine("Now", "locked" if key.locked else "free")])
    losses = [PageLine("", loss.place, Subject("keys.loss", loss.id)) for loss in office.all(Loss)]
    yield PageSection("Lost at", losses)


@hookimpl
def records():
    return [Key, Loss]


@hookimpl
def settings():
    return KeySettings


@hookimpl
def migrations():
    return [Migration("0001", """
CREATE TABLE keys_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    tag TEXT NOT NULL, locked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE keys_loss (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    place TEXT NOT NULL, key_id INTEGER NOT NULL REFERENCES keys_key(id)
) STRICT;
CREATE INDEX keys_loss_key_id ON keys_loss(key_id);
""")]
'''


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory("keys", files={"keys": PLUGIN})
    assert not opened.plugins.troubles
    add_record(opened, opened.record("key"), {"tag": "A-17"})
    return opened


def locked(office: Office) -> bool:
    [key] = office.all(office.record("key"))
    return bool(key.__dict__["locked"])


def test_what_follows_from_a_new_record_goes_with_its_undo(office: Office) -> None:
    add_record(office, office.record("loss"), {"place": "Bus", "key_id": 1})
    assert locked(office)
    assert office.remarks == ["Key 1 is locked."]
    undo(office)
    assert not locked(office)


def test_rows_of_a_past_bring_nothing_with_them(office: Office) -> None:
    with office.acting("test.past"):
        office.add_many(office.record("loss"), [{"place": "Bus", "key_id": 1}])
    assert not locked(office)


@pytest.mark.officeops("keys")
@pytest.mark.usefixtures("office")
def test_a_page_comes_first_and_in_json(cli: Cli) -> None:
    assert cli("loss", "add", "--place", "Bus", "--key", "#1").code == 0
    shown = cli("key", "show", "#1", "--json").json
    assert shown["page"] == {"Summary": ["Now: locked"], "Lost at": ["Bus"]}
    assert shown["metal"] == "brass"
    assert "\nLost at\n  Bus\n" in cli("key", "show", "#1").out


def test_n_on_a_record_adds_what_is_about_it(office: Office) -> None:
    with Terminal(office) as terminal:
        terminal.press(":").type("key").press("enter", "enter")
        assert terminal.lines[1].split() == [">", "Now", "free"]
        terminal.press("n").type("Bus").press("ctrl+s")
        assert terminal.line("Now                 locked")
        terminal.press("down", "enter", "enter")
        assert terminal.line("Bus")
    assert locked(office)
