"""A promise of a kind is asked at the end of each action that wrote what it rests on, on any road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, edit_record

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

PLUGIN = '''
"""Keys: one that is given out has a receipt that counts."""

from officeops import Frozen, Migration, Plugin, Promise, Reason, Record, field, hookimpl, ref

PLUGIN = Plugin("keys", summary="Keys", api=2)


class Key(Record, key="keys.key", display="tag"):
    """A key."""

    tag: str = field()
    given: bool = field(default=False)
    merges = True
    promise = Promise(
        "officeops_file_keys:without_receipt",
        rests_on={"keys.key": "id", "keys.receipt": "key_id", "core.task": "about"},
    )


class Receipt(Record, key="keys.receipt", display="name"):
    """A receipt for a key."""

    name: str = field()
    key_id: int = ref("keys.key")
    void: bool = field(default=False)
    signed: bool = field(default=False)
    frozen = (Frozen(("name", "key_id"), rule="officeops_file_keys:is_signed"),)


def without_receipt(office, keys):
    for key in keys:
        receipts = list(office.all(Receipt, "key_id = ? AND NOT void", key.id))
        if key.given and not receipts:
            yield key, Reason("it has no receipt", code="needed")


def is_signed(office, receipt, before):
    if before.get("signed", receipt.signed) and receipt.signed:
        return Reason("it is signed", code="in-use")


@hookimpl
def records():
    return [Key, Receipt]


@hookimpl
def migrations():
    return [Migration("0001", """
CREATE TABLE keys_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    tag TEXT NOT NULL, given INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE keys_receipt (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    name TEXT NOT NULL, key_id INTEGER NOT NULL REFERENCES keys_key(id),
    void INTEGER NOT NULL DEFAULT 0, signed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX keys_receipt_key_id ON keys_receipt(key_id);
""")]
'''
REFUSED = "it has no receipt"


class Keys:
    """An office with a key that is given out, and its receipt."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.kind, self.receipts = office.record("keys.key"), office.record("keys.receipt")
        self.key = add_record(office, self.kind, {"tag": "Front door"})
        self.receipt = add_record(office, self.receipts, {"name": "One", "key_id": self.key.id})
        self.receipt_action = int(office.value("SELECT max(id) FROM core_action"))
        self.key = edit_record(office, self.key, {"given": True})

    def fresh(self, record: Any) -> Any:  # noqa: ANN401 - a record
        return self.office.get(type(record), record.id)

    def other_key(self) -> Any:  # noqa: ANN401 - a record
        return add_record(self.office, self.kind, {"tag": "Back door"})


@pytest.fixture
def keys(office_factory: OfficeFactory, cli: Cli) -> Keys:
    office = office_factory("keys", files={"keys": PLUGIN})
    cli("plugins", "enable", "keys")
    return Keys(office)


def edited(keys: Keys) -> None:
    edit_record(keys.office, keys.fresh(keys.receipt), {"void": True})


def moved(keys: Keys) -> None:
    edit_record(keys.office, keys.fresh(keys.receipt), {"key_id": keys.other_key().id})


def archived(keys: Keys) -> None:
    with keys.office.acting("keys.receipt.archive"):
        keys.office.archive(keys.fresh(keys.receipt))


def taken_back(keys: Keys) -> None:
    undo(keys.office, keys.receipt_action)


def given_without(keys: Keys) -> None:
    edit_record(keys.office, keys.other_key(), {"given": True})


def by_sql(keys: Keys) -> None:
    with keys.office.acting("keys.void") as outcome:
        keys.office.rows("UPDATE keys_receipt SET void = 1, version = version + 1")
        outcome.append("Void.")


ROADS = (edited, moved, archived, taken_back, given_without, by_sql)


def test_an_action_that_breaks_a_promise_is_refused(keys: Keys) -> None:
    for road in ROADS:
        before = keys.office.rows("SELECT * FROM keys_receipt")
        with pytest.raises(Refused, match=REFUSED):
            road(keys)
        assert keys.office.rows("SELECT * FROM keys_receipt") == before, road
        assert keys.fresh(keys.key).given


def test_a_redo_is_asked_as_well(keys: Keys) -> None:
    second = add_record(keys.office, keys.receipts, {"name": "Two", "key_id": keys.key.id})
    edit_record(keys.office, keys.fresh(keys.receipt), {"void": True})
    undo(keys.office)
    edit_record(keys.office, keys.fresh(second), {"void": True})
    with pytest.raises(Refused, match=REFUSED):
        redo(keys.office)


def renamed(keys: Keys) -> None:
    edit_record(keys.office, keys.fresh(keys.receipt), {"name": "Two"})


def renamed_by_sql(keys: Keys) -> None:
    with keys.office.acting("keys.rename") as outcome:
        keys.office.rows("UPDATE keys_receipt SET name = 'Two', version = version + 1")
        outcome.append("Renamed.")


def name_taken_back(keys: Keys) -> None:
    undo(keys.office, int(keys.office.value("SELECT max(id) - 1 FROM core_action")))


def signed_off(keys: Keys) -> None:
    """Sign it off and rename it in one step, which is right."""
    edit_record(keys.office, keys.fresh(keys.receipt), {"name": "Two", "signed": False})


def test_a_frozen_field_keeps_its_value_on_every_road(keys: Keys) -> None:
    edit_record(keys.office, keys.fresh(keys.receipt), {"name": "First"})
    edit_record(keys.office, keys.fresh(keys.receipt), {"signed": True})
    for road in (name_taken_back, renamed, moved, renamed_by_sql):
        with pytest.raises(Refused, match="it is signed"):
            road(keys)
        assert keys.fresh(keys.receipt).name == "First", road
    other = keys.other_key()
    with keys.office.acting("keys.key.merge") as outcome:
        outcome.append(keys.office.merge(other, keys.fresh(keys.key)))
    signed_off(keys)
    assert keys.fresh(keys.receipt).name == "Two"


@pytest.mark.usefixtures("keys")
def test_the_promise_is_asked_while_the_plugins_rest(cli: Cli) -> None:
    # The second command knows what the first one kept of the declarations.
    for _ in range(2):
        ran = cli("receipt", "edit", "One", "--void", "yes")
        assert (ran.code, REFUSED in ran.err) == (1, True), ran.err
    assert cli("key", "edit", "Front door", "--given", "no").code == 0
    assert cli("receipt", "edit", "One", "--void", "yes").code == 0
