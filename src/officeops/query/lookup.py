"""Lookup: the one way from a typed text to the records it may mean.

Commands, forms, filters, imports and search all go by it. A text means, in this order: `#12`, a
human key (`PO-12`), a unique value, the name, what the record's class knows it by besides (an item
by the barcode of its pack), what it alone refers to, and a bare number. The first of these that fits
anything decides.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.errors import NotFound, Problem, UsageProblem
from officeops.model.identity import is_named, is_nameless, words
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record

#: Rows as they are looked up: id, since when archived, and the text that was compared.
Row = tuple[int, "str | None", "str | None"]
#: In place of the day since when it is archived: of a row whose first day has not come.
_TO_COME: Final = "to come"
#: Of several records that fit, how many are named.
NAMED = 5


def meant(
    office: Office,
    record: type[Record],
    text: str,
    *,
    by_id: bool = True,
    by_key: bool = True,
    within: Mapping[str, int] | None = None,
) -> list[Row]:
    """Return what the first rule that fits finds: live and archived alike, the live first.

    Without `by_id` a bare number is never taken for an id, as in files that came from elsewhere,
    and without `by_key` the text is no #12 and no PO-12 either. `within` are columns that the
    records must have too: a pack is looked up inside its item.
    """
    rules = _by_each_rule(office, record, text, by_id=by_id, by_key=by_key, within=within or {})
    for rule in rules:
        rows = _within_reach(office, record, rule)
        if rows:
            return sorted(rows, key=_live_first)
    return []


def _within_reach(
    office: Office,
    record: type[Record],
    rows: list[Row],
) -> list[Row]:
    """Leave out what the acting person does not reach: inside an action every row is read."""
    beyond = office.out_of_reach(record, [row[0] for row in rows])
    return [row for row in rows if row[0] not in beyond] if beyond else rows


def _live_first(row: Row) -> tuple[bool, int]:
    number, archived_at, _ = row
    return archived_at is not None, number


def chosen(rows: Sequence[Row], text: str) -> list[int]:
    """Return the ids that count: live before those to come and those archived; of similar texts the exact ones."""
    live = [row for row in rows if row[1] is None]
    # Where nothing of today has the name, the renewal to come is meant, and no archived document.
    live = live or [row for row in rows if row[1] == _TO_COME] or list(rows)
    exact = [row for row in live if row[2] == text]
    return [row[0] for row in exact or live]


def _by_each_rule(
    office: Office,
    record: type[Record],
    text: str,
    *,
    by_id: bool,
    by_key: bool,
    within: Mapping[str, int],
) -> Iterator[list[Row]]:
    meta = record.meta
    number = text.removeprefix("#")
    if (by_key or is_nameless(meta)) and text.startswith("#") and _is_number(number):
        yield _by_id(office, record, int(number), within)
        return
    if by_key and (keyed := _number_of_key(meta, text)):
        yield _by_id(office, record, int(keyed), within)
        return
    # As lists show a reference: EQ-7 Autoclave 1.
    key, _, name = text.partition(" ")
    if name and is_named(meta) and (keyed := _number_of_key(meta, key)):
        yield _called(office, record, _by_id(office, record, int(keyed), within), name)
    for identity in words(meta, office.withheld(record)):
        yield _alike(office, record, identity, [text], within)
        yield _read_as_codes(office, record, identity, [text], within)
    yield _besides(office, record, text, within)
    for identity in meta.identities:
        yield _by_reference(office, record, identity, text, within)
    if by_id and _is_number(number):
        yield _by_id(office, record, int(number), within)


def _number_of_key(meta: Meta, text: str) -> str:
    """Return the number of a human key, EQ-7; blank for any other text."""
    prefix, dash, tail = text.partition("-")
    has_prefix = bool(meta.prefix and dash) and prefix.upper() == meta.prefix
    return tail if has_prefix and _is_number(tail) else ""


def _called(
    office: Office,
    record: type[Record],
    rows: list[Row],
    name: str,
) -> list[Row]:
    """Keep the row if its record has that name: a number of another office's list may not do."""
    meta = record.meta
    if meta.display in office.withheld(record):
        return []
    sql = f"SELECT {meta.display} FROM {meta.table} WHERE id = ?"
    return [row for row in rows if folded(str(office.value(sql, row[0]))) == folded(name)]


def _is_number(text: str) -> bool:
    """Whether a text is a number that SQLite's largest integer does not fall short of."""
    return text.isdecimal() and len(text) < 19


def _by_id(
    office: Office,
    record: type[Record],
    number: int,
    within: Mapping[str, int],
) -> list[Row]:
    sql = (
        f"SELECT id, {_archived(record)}, NULL FROM {record.meta.table} t "
        f"WHERE id = ?{_inside(within)}"
    )
    return office.rows(sql, number, *within.values())


def _alike(
    office: Office,
    record: type[Record],
    identity: Identity,
    texts: Iterable[str],
    within: Mapping[str, int],
) -> list[Row]:
    """Return the records that have an identity of one field like any of these texts."""
    [column] = identity.columns
    wanted = list(dict.fromkeys(map(identity.folded, texts)))
    marks = ", ".join("?" * len(wanted))
    meta = record.meta
    # Of doubles of a unique value, which are from before that was asked, the one written exactly so
    # is meant. Of one name that several may have, none is.
    text = f"t.{column}" if identity.unique else "NULL"
    if within:
        # By the record around it: many packs are called box, but few of one item.
        sql = (
            f"SELECT id, {_archived(record)}, {text} FROM {meta.table} t "
            f"WHERE {identity.sql(meta, 't')} IN ({marks}){_inside(within)}"
        )
        return office.rows(sql, *wanted, *within.values())
    sql = (
        f"SELECT t.id, {_gone(meta)}, {text} FROM {meta.table}_same s "
        f"CROSS JOIN {meta.table} t ON t.id = s.id "
        f"WHERE s.identity = ? AND s.folded IN ({marks})"
    )
    if not is_withheld(office, record):
        return office.rows(sql, identity.name, *wanted)
    # One of them is not the person's to see, and SQLite is asked about the table of all; this asks
    # for another.
    with office.lifted():
        return office.rows(sql, identity.name, *wanted)


def is_withheld(office: Office, record: type[Record]) -> bool:
    """Whether an identity of a record type is withheld, and with it the table of them all."""
    withheld = office.withheld(record)
    return any(not withheld.isdisjoint(identity.columns) for identity in record.meta.identities)


def alike(
    office: Office,
    record: type[Record],
    name: str,
    texts: Iterable[str],
) -> list[Row]:
    """Return the records whose identity `name` is like any of these texts."""
    [identity] = [known for known in record.meta.identities if known.columns == (name,)]
    return _alike(office, record, identity, texts, {}) or _read_as_codes(
        office, record, identity, texts, {}
    )


def _read_as_codes(
    office: Office,
    record: type[Record],
    identity: Identity,
    texts: Iterable[str],
    within: Mapping[str, int],
) -> list[Row]:
    """Return the records that a scanned text means, where it is not the number as it is kept."""
    if not identity.is_code:
        return []
    from officeops.model.errors import Refused
    from officeops.values.scanned.readings import scan_readings

    numbers: list[str] = []
    for text in texts:
        # A text that is no code means no record; the person who scanned it learns why.
        with suppress(Refused):
            numbers += [code.item for code in scan_readings(text, office.today) if code.item]
    return _alike(office, record, identity, numbers, within) if numbers else []


def _by_reference(
    office: Office,
    record: type[Record],
    identity: Identity,
    text: str,
    within: Mapping[str, int],
) -> list[Row]:
    """Return the record that alone refers to what the text means: the rule of the RN license."""
    field = record.meta.by_name[identity.columns[0]]
    target = office.records.get(field.target or "")
    if target is None or len(identity.columns) > 1 or field.name in office.withheld(record):
        return []
    # Who may not see the other kind learns nothing from what one of its names finds.
    if not office.may_view(target):
        return []
    numbers = [row[0] for row in meant(office, target, text, by_id=False)]
    marks = ", ".join("?" * len(numbers))
    sql = (
        f"SELECT id, {_archived(record)}, NULL FROM {record.meta.table} t "
        f"WHERE t.{field.name} IN ({marks}){_inside(within)}"
    )
    return office.rows(sql, *numbers, *within.values()) if numbers else []


def _besides(
    office: Office,
    record: type[Record],
    text: str,
    within: Mapping[str, int],
) -> list[Row]:
    """Return the records that their class finds by values of other records."""
    with office.trusted():
        ids = list(dict.fromkeys(record.also_found(office, text)))
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    sql = (
        f"SELECT id, {_archived(record)}, NULL FROM {record.meta.table} t "
        f"WHERE id IN ({marks}){_inside(within)}"
    )
    return office.rows(sql, *ids, *within.values())


def _archived(record: type[Record]) -> str:
    return "NULL" if record.meta.derived else "archived_at"


def _gone(meta: Meta) -> str:
    """Write the SQL that is NULL of a row that a name means first: a live one that lists show."""
    if meta.lists is None:
        return "t.archived_at"
    begun = meta.begun.sql if meta.begun else "1"
    shown = f"iif({begun}, NULL, '{_TO_COME}')"
    return f"ifnull(t.archived_at, iif({meta.lists.sql}, {shown}, 'replaced'))"


def _inside(within: Mapping[str, int]) -> str:
    return "".join(f" AND t.{column} = ?" for column in within)


def one(
    office: Office,
    record: type[Record],
    text: str,
    ids: Sequence[int],
) -> int:
    """Return the only id of these.

    Raises NotFound for none, UsageProblem where several fit, each named.
    """
    meta = record.meta
    if not ids:
        _refuse_unreadable(office, text)
        raise NotFound(*not_found(meta, text))
    if len(ids) > 1:
        named = several(office, record, ids)
        number = f"number, such as {meta.prefix}-{ids[0]}" if meta.prefix else "#number"
        why = f"{text!r} fits {len(ids):,} {meta.many}: {named}; name one by its {number}"
        facts = {"ids": list(ids[:NAMED]), "count": len(ids)}
        problem = Problem(why, code="ambiguous", facts=facts)
        raise UsageProblem(why, [problem])
    return ids[0]


def _refuse_unreadable(office: Office, text: str) -> None:
    """Name the fault of a code that a scanner wrote, and that means no record."""
    if not text or text[0] not in "](+*":
        return
    from officeops.values.scanned.readings import is_unmistakable, scan_readings

    if is_unmistakable(text):
        scan_readings(text, office.today)


def not_found(
    meta: Meta,
    text: str,
    why: str = "",
) -> tuple[str, list[Problem]]:
    """Say that no record of a kind fits a text, as a sentence and as the problem for programs."""
    why = why or f"there is no {meta.one} {text!r}"
    return why, [Problem(why, code="not-found", facts={"kind": meta.noun, "text": text})]


def several(
    office: Office,
    record: type[Record],
    ids: Sequence[int],
) -> str:
    """Return records as people tell them apart, each with its #number; of many the first few."""
    named = [named_apart(office, office.get(record, id_)) for id_ in ids[:NAMED]]
    if len(ids) > NAMED:
        named.append(f"{len(ids) - NAMED:,} more")
    return ", ".join(named)


def named_apart(office: Office, record: Record) -> str:
    """Return a record's distinct name with its number: `Gauze A1 (#3)`."""
    return f"{distinct_name(office, record)} (#{record.id})"


def distinct_name(office: Office, record: Record) -> str:
    """Return a name with what tells the record from others of it: `box of Gloves, size 100`."""
    meta = record.meta
    name = office.describe(record)
    key = record.human_key
    if key not in (str(record.id), office.name(record)):
        name = f"{name} {key}"
    together: set[str] = set()
    for columns in meta.unique_together:
        if meta.display in columns:
            together.update(columns)
    for field in meta.fields:
        if field.name in together and not field.target and field.name != meta.display:
            name += f", {field.words} {office.text_of(record, field.name)}"
    return name
