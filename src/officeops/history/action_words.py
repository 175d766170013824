"""Action words: a recorded action in plain words, for undo, redo and the lists of the history.

Programs read an action's name, `inventory.item.use`; people read `use item Nitrile gloves M`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.history.entry import arguments_of
from officeops.model.identity import is_nameless
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.history.done import Done
    from officeops.model.actions import Action
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

#: Names, or the beginnings of names, of actions that have no record of their own.
_WORDS: Final = {
    "core.access.role": "make role",
    "core.admit": "add user",
    "core.due.seen": "mark due items as seen",
    "core.due.snooze": "snooze due item",
    "core.due.wake": "end snooze",
    "core.duplicates.different": "say that two records are not the same",
    "core.history.accept": "accept findings in the history",
    "core.hold": "hold records",
    "core.init": "begin the office",
    "core.inspect.confirm": "confirm what an inspector asks",
    "core.key": "change the key of the history",
    "core.merges.follow": "follow an earlier merge",
    "core.migrate": "upgrade the office's file",
    "core.pin.set": "set own PIN",
    "core.purge": "destroy records past their retention",
    "core.restore": "restore a backup",
    "core.salvage": "read a damaged office into this one",
    "core.seal.look-up": "look up a sealed value",
    "core.seal.recover": "recover the key of the sealed fields",
    "core.seal.sheet": "print the key of the sealed fields",
    "core.seal": "change the key of the sealed fields",
    "core.selfcheck.indexes": "make indexes again",
    "core.selfcheck.log": "turn on the write-ahead log",
    "core.selfcheck.search": "rebuild the search index",
    "core.selfcheck.same": "repair what the selfcheck found",
    "core.selfcheck.triggers": "repair triggers",
    "core.set-hours": "set opening hours",
    "demo": "build the demo",
}


#: Verbs that take no object, so that none reads well before a record: "came visit".
_ALONE: Final = frozenset({"away", "back", "call", "came", "done", "is", "notify", "told", "wait"})
#: The second words of verbs of two: take back, pay out, follow up.
_PARTICLES: Final = frozenset({"back", "off", "out", "over", "short", "up"})
#: Between a record and the words about it.
_COLON: Final = ": "


def name_in_words(
    office: StoredOffice,
    verb: str,
    number: int | None = None,
) -> str:
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
    record = office.records.get(owner)
    if record is None and (permitted := _permitted(office, verb)):
        return safe(permitted)
    action = _declared(office, verb)
    if record is None and action and not action.record and owner != "core":
        return safe(_of_office(action))
    words = _said(action.label) if action else last.replace("-", " ")
    if record and action and _is_a_sentence(action):
        return safe(f"{record.meta.one}{_COLON}{words}")
    if record:
        noun = record.meta.one
    else:
        # An action of the core needs no noun: undo. What a job of a plugin does has one: read probes.
        noun = "" if owner == "core" else owner.rpartition(".")[2].replace("-", " ")
    return safe(f"{words} {noun}".strip())


def _said(label: str) -> str:
    """Return a label inside a sentence."""
    return label if label.startswith("I ") else label.lower()


def _is_a_sentence(action: Action[..., Any]) -> bool:
    """Whether its words say something of the record: "not required", "signed copy is back".

    A verb goes before the record, `release lot 5` or `take back unit 3`; such words go after it, and
    so do a verb with an object of its own and one that takes none: "add key", "came".
    """
    words = action.label.lower().split()
    is_state = words[0] == "not" or words[-1].endswith("ed")
    is_verb = len(words) == 1 or (len(words) == 2 and words[1] in _PARTICLES)
    return is_state or words[0] in _ALONE or not is_verb


def _permitted(office: StoredOffice, verb: str) -> str:
    """Return what a plugin's permission of an action's name lets a person do; blank without one."""
    for _, permission in office.plugins.registered("permissions"):
        if permission.name == verb:
            sentence: str = permission.help.rstrip(".")
            return sentence[:1].lower() + sentence[1:]
    return ""


def _of_office(action: Action[..., Any]) -> str:
    """Return the words for an action of a plugin about the office as a whole: its own help.

    Its name would read like one about a thing that is called as the plugin.
    """
    first_clause = action.help.partition(";")[0]
    sentence = first_clause.rstrip(".") or action.label
    return sentence[:1].lower() + sentence[1:]


def in_words(
    office: StoredOffice,
    done: Done,
    *,
    kept: bool = False,
) -> str:
    """Return an action with its record and quantity: `use item Nitrile gloves M, quantity 10`.

    Words that the history keeps, `kept`, have the number of a record that may be destroyed or
    withheld, in place of its name: they outlast it, and more people read them.
    """
    given = office.store.former.arguments(done.verb, done.id, arguments_of(done.arguments))
    name = name_in_words(office, done.verb, done.id)
    noun, colon, said = name.partition(_COLON)
    subject = _subject(office, done, given, noun, kept=kept)
    if subject:
        name = f"{noun} {subject}{colon}{said}"
    else:
        name += _references(office, done, given, kept=kept)
    return safe(name + _quantity(office, done, given))


def _declared(office: StoredOffice, verb: str) -> Action[..., Any] | None:
    action: Action[..., Any]
    for _, action in office.plugins.registered("actions"):
        if action.name == verb:
            return action
    return None


def _fields(office: StoredOffice, done: Done) -> tuple[Field, ...]:
    """Return the declared inputs of an action; none of one that no plugin declares."""
    action = _declared(office, office.store.former.verb(done.verb, done.id))
    return action.fields if action else ()


def _quantity(
    office: StoredOffice,
    done: Done,
    given: dict[str, Any],
) -> str:
    """Return the quantities that the action was given, or nothing."""
    text = ""
    for field in _fields(office, done):
        value = given.get(field.name)
        if field.kind.measures == "goods" and not field.sealed and isinstance(value, int):
            text += f", {field.words} {value:,}"
    return text


def _references(
    office: StoredOffice,
    done: Done,
    given: dict[str, Any],
    *,
    kept: bool,
) -> str:
    """Return the records that the action was given: `, location Main`; or nothing."""
    text = ""
    for field in _fields(office, done):
        record = office.records.get(field.target)
        number = given.get(field.name)
        if record is not None and not field.sealed and isinstance(number, int):
            label = _label(office, record, number, kept=kept)
            text += f", {record.meta.one} {label}"
    return text


def _subject(
    office: StoredOffice,
    done: Done,
    given: dict[str, Any],
    name: str,
    *,
    kept: bool,
) -> str:
    """Return the record an action was about, or those of its kind that it changed.

    Of several it is the first, and how many more. It is blank where the action's name says no kind
    of record: what such an action wrote on the way would tell a person nothing.
    """
    owner = office.store.former.verb(done.verb, done.id).rpartition(".")[0]
    listed = given.get("of")
    named = listed[0] if isinstance(listed, list) and listed else ""
    key, _, number = str(named).partition(":")
    if key == owner and key in office.records and number.isdecimal():
        return _label(office, office.records[key], int(number), kept=kept)
    alike = []
    changed = _changed(office, done)
    for record, record_id in changed:
        if record.meta.key == owner or _ends_with(name, record.meta):
            alike.append((record, record_id))
    alike = alike or _parents(office, owner, changed)
    if not alike:
        return ""
    label = _label(office, *alike[0], kept=kept)
    others = len(alike) - 1
    return f"{label} and {others:,} more" if others else label


def _parents(
    office: StoredOffice,
    owner: str,
    changed: list[tuple[type[Record], int]],
) -> list[tuple[type[Record], int]]:
    """List the records of a kind whose children alone an action changed."""
    kind = office.records.get(owner)
    parents: dict[int, None] = {}
    for child in kind.children if kind is not None else ():
        for record, record_id in changed:
            if record.meta.key != child.record:
                continue
            with office.lifted():
                sql = f"SELECT {child.by} FROM {record.meta.table} WHERE id = ?"
                parents[int(office.value(sql, record_id) or 0)] = None
    return [(kind, number) for number in parents if kind is not None]


def _ends_with(name: str, meta: Meta) -> bool:
    """Whether an action's name ends with a kind of record that has names: add user, of user ann."""
    return name.endswith(f" {meta.one}") and not is_nameless(meta)


def _label(
    office: StoredOffice,
    record: type[Record],
    record_id: int,
    *,
    kept: bool,
) -> str:
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
