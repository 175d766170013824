"""Action words: a recorded action in plain words, for undo, redo and the lists of the history.

Programs read an action's name, `inventory.item.use`; people read `use item Nitrile gloves M`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.history.entry import arguments_of
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.history.done import Done
    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

#: Names, or the beginnings of names, of actions that have no record of their own.
_WORDS: Final = {
    "core.access.role": "make role",
    "core.admit": "add user",
    "core.due.seen": "mark due items as seen",
    "core.due.snooze": "snooze due item",
    "core.due.wake": "end snooze",
    "core.history.accept": "accept findings in the history",
    "core.hold": "hold records",
    "core.init": "begin the office",
    "core.key": "change the key of the history",
    "core.migrate": "upgrade the office's file",
    "core.purge": "destroy records past their retention",
    "core.restore": "restore a backup",
    "core.seal.look-up": "look up a sealed value",
    "core.seal.recover": "recover the key of the sealed fields",
    "core.seal.sheet": "print the key of the sealed fields",
    "core.seal": "change the key of the sealed fields",
    "core.selfcheck.search": "rebuild the search index",
    "core.selfcheck.same": "repair what the selfcheck found",
    "core.selfcheck.triggers": "repair triggers",
    "demo": "build the demo",
}


def name_in_words(office: StoredOffice, verb: str, number: int | None = None) -> str:
    """Return an action's name in words: `use item`, `add vendor`, `undo`.

    `number` is the recorded action's own: its record may have another name since.
    """
    if number is not None:
        verb = office.store.former.verb(verb, number)
    beginning = verb
    while beginning:
        if beginning in _WORDS:
            return _WORDS[beginning]
        beginning = beginning.rpartition(".")[0]
    owner, _, last = verb.rpartition(".")
    action = _declared(office, verb)
    words = action.label.lower() if action else last.replace("-", " ")
    record = office.records.get(owner)
    if record:
        noun = record.meta.label.lower()
    else:
        # An action of the core needs no noun: undo. One of a plugin has one: count inventory.
        noun = "" if owner == "core" else owner.rpartition(".")[2].replace("-", " ")
    return safe(f"{words} {noun}".strip())


def in_words(office: StoredOffice, done: Done, *, kept: bool = False) -> str:
    """Return an action with its record and quantity: `use item Nitrile gloves M, quantity 10`.

    Words that the history keeps, `kept`, have the number of a record that may be destroyed or
    withheld, in place of its name: they outlast it, and more people read them.
    """
    given = office.store.former.arguments(done.verb, done.id, arguments_of(done.arguments))
    name = name_in_words(office, done.verb, done.id)
    subject = _subject(office, done, given, kept=kept)
    noun, _, rest = subject.partition(" ")
    if rest and name.endswith(f" {noun}"):
        # Add user ann, not: add user user ann.
        subject = rest
    return safe(f"{name} {subject}".strip() + _quantity(office, done, given))


def _declared(office: StoredOffice, verb: str) -> Action[..., Any] | None:
    action: Action[..., Any]
    for _, action in office.plugins.registered("actions"):
        if action.name == verb:
            return action
    return None


def _quantity(office: StoredOffice, done: Done, given: dict[str, Any]) -> str:
    """Return the quantities that the action was given, or nothing."""
    action = _declared(office, office.store.former.verb(done.verb, done.id))
    text = ""
    for field in action.fields if action else ():
        value = given.get(field.name)
        if field.kind.measures == "goods" and not field.sealed and isinstance(value, int):
            text += f", {field.label.lower()} {value:,}"
    return text


def _subject(office: StoredOffice, done: Done, given: dict[str, Any], *, kept: bool) -> str:
    """Return the record an action was about, or those that it changed.

    Of several it is the first, and how many more; blank where neither is known.
    """
    owner = office.store.former.verb(done.verb, done.id).rpartition(".")[0]
    listed = given.get("of")
    named = listed[0] if isinstance(listed, list) and listed else ""
    key, _, number = str(named).partition(":")
    if key == owner and key in office.records and number.isdecimal():
        return _label(office, office.records[key], int(number), kept=kept)
    changed = _changed(office, done)
    if not changed:
        return ""
    record, record_id = changed[0]
    noun = f"{record.meta.label.lower()} "
    for changed_record, changed_id in changed:
        if changed_record.meta.key == owner:
            # The action's name says already what kind of record it is.
            record, record_id, noun = changed_record, changed_id, ""
            break
    others = len(changed) - 1
    more = f" and {others:,} more" if others else ""
    return f"{noun}{_label(office, record, record_id, kept=kept)}{more}"


def _label(office: StoredOffice, record: type[Record], record_id: int, *, kept: bool) -> str:
    # A ledger's entries are called by what happened, which hundreds of others are called too.
    if record.meta.append_only or (kept and (record.meta.destroyable or record.meta.guarded)):
        return f"#{record_id}"
    return office.label(record, record_id)


def _changed(office: StoredOffice, done: Done) -> list[tuple[type[Record], int]]:
    """List the records that an action changed."""
    by_table = {record.meta.table: record for record in office.records.values()}
    former = office.store.former
    sql = "SELECT DISTINCT record, record_id FROM core_change WHERE id BETWEEN ? AND ?"
    with office.lifted():
        rows = office.rows(sql, done.first, done.last)
    changed: list[tuple[type[Record], int]] = []
    for table, record_id in rows:
        # A table may have another name now than when the action ran.
        record = by_table.get(former.table(table, done.last))
        if record is not None:
            changed.append((record, record_id))
    return changed
