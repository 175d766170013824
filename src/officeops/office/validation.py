"""Validation: checks a record before it is written, and explains what the file refuses."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.model.about import KEY, NUMBER, needed
from officeops.model.errors import Problem, Refused, problem_of
from officeops.model.meta import STANDARD
from officeops.model.placeholder import NotKnownYet
from officeops.model.records import Record
from officeops.model.sealed_value import Sealed
from officeops.model.sql_values import from_sql, to_sql
from officeops.model.text_folding import seems_blank
from officeops.plugins.hook_results import problem_in
from officeops.query.lookup import named_apart
from officeops.store.file_refusals import refusal_of
from officeops.store.folded_identities import twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.store.file_refusals import FileRefusal


#: The greatest integer of SQLite, above zero or below it.
_GREATEST: Final = 2**63 - 1
_ONE_LIKE_IT: Final = "there is one just like it already"
#: The code of a problem for what the file refuses. Of the rest only the record's plugin knows why.
_CODES: Final = {
    "reference": "not-found",
    "blank": "needed",
    "ledger": "not-by-hand",
    "kept": "never-destroyed",
    "type": "wrong-kind",
    "archived": "archived",
    "away": "archived",
    "misfit": "not-allowed-here",
    "state": "wrong-state",
    "number": "out-of-range",
    "nowhere": "not-found",
    "untidy": "malformed",
    "version": "not-by-hand",
    "stamp": "not-a-date",
}


def check(
    office: Office,
    record: Record,
    changed: Mapping[str, object] | None = None,
    before: Mapping[str, object] | None = None,
) -> None:
    """Raise Refused with every problem of a record that is about to be written.

    Of an edit, only the fields that it changes are checked. Where there is a problem, the record
    gets its values from `before` back, and the refusal has the name that people know.
    """
    problems = list(fields_in_order(office, record, changed))
    meta = record.meta
    if changed is None and meta.life:
        problems += begun_wrongly(meta, getattr(record, meta.life.column))
    said = {*meta.whose, KEY, NUMBER} if KEY in meta.by_name else set(meta.whose)
    if said and (changed is None or not said.isdisjoint(changed)):
        problems += whose_in_order(office, record)
    problems += own_rules(office, record)
    if not problems:
        return
    record.__dict__.update(before or {})
    raise Refused(problems, meta.label if changed is None else office.about(record))


def tidied(meta: Meta, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts among a record's values that are kept otherwise, as readers would read them."""
    tidy: dict[str, Any] = {}
    for name, value in values.items():
        is_sealed = isinstance(value, Sealed) and value.is_typed
        given = value.typed if is_sealed else value
        field = meta.by_name.get(name)
        if field is None or not isinstance(given, field.kind.tidied_types):
            continue
        if not given and (field.required or field.default is not None):
            # Blank, it is refused as it is.
            continue
        kept = field.kind.tidied(given)
        if kept != given:
            tidy[name] = Sealed(typed=kept) if is_sealed else kept
    return tidy


def has_untidy(meta: Meta, columns: Mapping[str, Sequence[Any]]) -> bool:
    """Whether readers would not leave each text of many rows as it is."""
    for name, column in columns.items():
        field = meta.by_name[name]
        if field.kind.untidy_sql("") and not field.kind.all_fit(column, field):
            return True
    return False


def default_of(
    office: Office,
    meta: Meta,
    field: Field,
) -> object:
    """Ask for a default that is a function. Raises PluginFault for its errors."""
    assert field.default_of is not None  # noqa: S101 - the caller has asked
    place = f"the default of {meta.key}.{field.name}"
    with office.answering(meta.plugin, place):
        return field.default_of(office)


def begun_wrongly(meta: Meta, state: object) -> Iterator[Problem]:
    """Yield the problem of a new record in a state that none begins in."""
    if meta.life and isinstance(state, str) and (why := meta.life.not_first(state)):
        yield problem_of(why, meta.life.column)


def whose_in_order(office: Office, record: Record) -> Iterator[Problem]:
    """Yield the problem of whose a record is: out of reach, or about a record that is not there."""
    yield from office.whose(record)
    if KEY in record.meta.by_name:
        from officeops.query.new_subjects import problem

        why = problem(office, record.meta, getattr(record, KEY), getattr(record, NUMBER))
        if why is not None:
            yield why


def own_rules(office: Office, record: Record) -> list[Problem]:
    """List the problems that the record's own `check` gives. Raises PluginFault for its errors."""
    problems: list[Problem] = []
    for rule in rules_of(office, record):
        problems += rule()
    return problems


def rules_of(office: Office, record: Record) -> Iterator[Callable[[], Iterable[Problem]]]:
    """Yield the rules of a record as a whole, to be asked one after another."""
    if record.meta.fixed:
        from officeops.office.fixed_references import moved

        yield partial(moved, office, record)
    if record.date_orders:
        from officeops.office.date_orders import disorder

        yield partial(disorder, office, record)
    if record.schedule is not None:
        yield partial(record.schedule.problems, office, record)
    if type(record).check is not Record.check:
        yield partial(_checked, office, record)


def _checked(office: Office, record: Record) -> Sequence[Problem]:
    place = f"check() of the record {record.meta.key}"
    with office.answering(record.meta.plugin, place):
        problems = office.told(lambda: [*map(problem_in, _as_far_as_known(record.check(office)))])
    return [record.meta.by_public_name(problem) for problem in problems]


def _as_far_as_known(problems: Iterable[object]) -> Iterator[object]:
    """Yield problems until their rule looks at a value that nobody knows yet."""
    with suppress(NotKnownYet):
        yield from problems


def fields_in_order(
    office: Office,
    record: Record,
    changed: Mapping[str, object] | None = None,
) -> Iterable[Problem]:
    """Yield the problem of each field by itself: it is needed, of another kind, out of limits."""
    from officeops.values.field_rules import wrong_with

    blank = []
    for field in record.meta.fields:
        if changed is not None and field.name not in changed:
            continue
        value = getattr(record, field.name)
        if isinstance(value, Sealed):
            if not value.is_typed:
                continue  # it was checked when it was typed, and is not opened for this
            value = value.typed
        if value is None or (isinstance(value, str) and seems_blank(value)):
            if field.required or field.default is not None:
                blank.append(field)
        elif wrong_with(field, value):
            # Once more with the office's formats: reading them costs a query that a good value
            # saves.
            yield problem_of(wrong_with(field, value, office.ways), field.public_name)
        elif field.target:
            from officeops.query.new_references import misfits

            yield from misfits(office, record.meta, field, [value], record.__dict__).values()
    yield from needed(blank)


def columns_in_order(
    office: Office,
    meta: Meta,
    columns: Mapping[str, Sequence[Any]],
    own: range = range(0),
    *,
    begins: bool = True,
) -> None:
    """Raise Refused for the first of many rows with a value that its field does not take.

    A row `begins` in a state for new ones, but for those of a made-up past.
    `own` are the ids that the rows will have: one may refer to another. Values are as SQLite keeps them. Whole columns are checked: of a hundred thousand good rows none
    is looked at by itself.
    """
    from officeops.query.new_references import misfits_in
    from officeops.query.new_subjects import problems_in
    from officeops.values.field_rules import unfit

    for field in meta.fields:
        column = columns.get(field.name, ())
        for place, why in unfit(field, column, lambda: office.ways):
            problem = problem_of(why, field.public_name)
            raise Refused([problem], _row_of_many(meta, place, column))
    states = columns.get(meta.life.column, ()) if meta.life and begins else ()
    for state in set(states):
        for problem in begun_wrongly(meta, state):
            place = list(states).index(state)
            raise Refused([problem], _row_of_many(meta, place, states))
    for place, lost in problems_in(office, meta, columns):
        raise Refused([lost], _row_of_many(meta, place, next(iter(columns.values()))))
    for field, problems in misfits_in(office, meta, columns, own):
        place, problem = min(problems.items())
        raise Refused([problem], _row_of_many(meta, place, columns[field.name]))


def _row_of_many(
    meta: Meta,
    place: int,
    column: Sequence[object],
) -> str:
    """Name the row at a place, from 0: the kind of record, and which of how many it is."""
    if len(column) == 1:
        return meta.label
    return f"{meta.label}, row {place + 1:,} of {len(column):,}"


@contextmanager
def explained(
    office: Office,
    meta: Meta,
    values: Mapping[str, object],
    id: int = 0,  # noqa: A002
) -> Iterator[None]:
    """Turn SQLite's refusals into Refused, about a record with these values and this id."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        problems = explain(office, error, meta, values, id)
        raise Refused(problems, meta.label) from error


def explain(
    office: Office,
    error: sqlite3.IntegrityError,
    meta: Meta,
    values: Mapping[str, object],
    id: int = 0,  # noqa: A002 - the column's name
) -> list[Problem]:
    """Explain which constraint of the file refuses a record, in sentences."""
    refusal = refusal_of(error)
    if refusal.code == "unfit":
        return [_unfit(office, refusal, meta, values)]
    if refusal.code == "unique" and is_withheld(office, meta, refusal.columns):
        return [like_another(meta)]
    if refusal.code != "taken":
        return [_problem(refusal, meta, values)]
    if problems := list(taken(office, meta, values, id)):
        return problems
    columns = [column for identity in meta.identities for column in identity.columns]
    if is_withheld(office, meta, columns):
        return [like_another(meta)]
    return [Problem(_ONE_LIKE_IT, code="taken")]


def _problem(
    refusal: FileRefusal,
    meta: Meta,
    values: Mapping[str, object],
) -> Problem:
    """Say what the file refused, naming the field where there is one."""
    names = {*meta.by_name, *STANDARD}
    field = next((name for name in refusal.columns if name in names), "")
    if refusal.code == "unique":
        return _double(refusal, meta, values, field)
    public = meta.by_name[field].public_name if field in meta.by_name else field
    if refusal.code == "type" and meta.has_ledger and refusal.table != meta.table:
        # The balance became a REAL, because SQLite adds no integers beyond these.
        why = f"would take the balance past {_GREATEST:,}, the most that a balance holds; book less"
        return Problem(why, public, code="out-of-range", facts={"maximum": _GREATEST})
    sentences = {
        "reference": "it refers to a record that is not there",
        "blank": "is needed",
        "ledger": f"{meta.plural} are a ledger: reverse the entry instead",
        "kept": f"{meta.plural} are archived, never deleted",
        "archived": "it is archived; unarchive it first",
        "away": "refers to an archived record; name another, or unarchive it",
        "misfit": "refers to a record that it may not refer to; name another",
        "state": "is changed by transitions alone, and a new one is in a first state",
        "nowhere": "names no record that is there",
        "untidy": (
            "has a control character, or blanks, line ends or letters that are not kept so; "
            "tidy the text first"
        ),
        "version": "counts the saves of the record; leave it, or count it on by one",
        "stamp": "is no time that the office writes, such as 2026-03-02T08:00:00.000Z",
        "number": f"{meta.plural} are numbered by themselves; give them no number",
    }
    if known := meta.by_name.get(field):
        digits = " of at most 19 digits" if known.is_integer else ""
        sentences["type"] = f"takes {known.kind.noun}{digits}"
    # Of a check or a trigger of the record's own, only its own words say what it means.
    words = sentences.get(refusal.code, refusal.words)
    if refusal.code == "trigger" and refusal.columns and not field:
        words = f"{refusal.columns[0]}: {words}"
    return Problem(words, public, code=_CODES.get(refusal.code, "refused-by-file"))


def _unfit(
    office: Office,
    refusal: FileRefusal,
    meta: Meta,
    values: Mapping[str, object],
) -> Problem:
    """Say why a field does not take the value that a trigger refused; in general, where it is not known."""
    from officeops.values.field_rules import wrong_with_kept

    field = meta.by_name[refusal.columns[0]]
    stored = to_sql(values.get(field.name))
    fault = "" if stored is None else wrong_with_kept(field, stored, office.ways)
    general = "has a value that it does not take"
    return problem_of(fault or general, field.public_name, code=field.kind.code)


def _double(
    refusal: FileRefusal,
    meta: Meta,
    values: Mapping[str, object],
    field: str,
) -> Problem:
    taken_by = f"is taken by another {meta.one}"
    for sealed in meta.sealed:
        if sealed.index_column in refusal.columns:
            return Problem(taken_by, sealed.name, code="taken")
    if not field:
        return Problem(_ONE_LIKE_IT, code="taken")
    return Problem(f"{values.get(field)!r} {taken_by}", field, code="taken")


def explain_many(
    office: Office,
    error: sqlite3.IntegrityError,
    meta: Meta,
    rows: Mapping[int, Mapping[str, object]],
) -> Refused:
    """Explain why the file refuses some of many new rows, by their ids: the first problem."""
    many = list(rows.values())
    # First: rows of these that were written before the refusal go with it, and have no number.
    for place, problem in _twins(office, meta, many):
        return Refused([problem], _row_of_many(meta, place, many))
    for place, (id_, row) in enumerate(rows.items()):
        if problems := list(taken(office, meta, row, id_)):
            return Refused(problems, _row_of_many(meta, place, many))
    problems = explain(office, error, meta, {})
    return Refused(problems, meta.label)


def _twins(
    office: Office,
    meta: Meta,
    rows: Sequence[Mapping[str, object]],
) -> Iterator[tuple[int, Problem]]:
    """Yield each of many rows that has an identity of an earlier one, by its place."""
    places: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        stored = {name: to_sql(value) for name, value in row.items()}
        for identity in meta.identities:
            value = identity.of(stored) if identity.unique else None
            if value is None:
                continue
            first = places.setdefault((identity.name, value), place)
            if first != place:
                yield place, _twin_of(office, meta, identity, stored, first)


def _twin_of(
    office: Office,
    meta: Meta,
    identity: Identity,
    values: Mapping[str, object],
    first: int,
) -> Problem:
    """Say which earlier row has the same, and what it is."""
    if is_withheld(office, meta, identity.columns):
        return like_another(meta)
    fields = [meta.by_name[column] for column in identity.columns]
    same = [f"{field.words} ({_as_people_say_it(office, field, values)})" for field in fields]
    why = f"has the same {' and '.join(same)} as row {first + 1:,}; leave one out"
    return Problem(why, fields[-1].public_name, code="taken")


def taken(
    office: Office,
    meta: Meta,
    values: Mapping[str, object],
    id: int = 0,  # noqa: A002
    identities: Iterable[Identity] | None = None,
) -> Iterator[Problem]:
    """Yield each identity of a record that another live one has, with that one and the remedy."""
    # No identity is of a sealed field, whose value may be typed and not sealed yet.
    open_names = [field.name for field in meta.fields if not field.sealed and field.name in values]
    stored = {name: to_sql(values[name]) for name in open_names}
    for identity in meta.identities if identities is None else identities:
        value = identity.of(stored) if identity.unique else None
        if value is None:
            continue
        sql = f"SELECT o.id FROM {twins(meta, identity, '?', '?')}"
        with office.lifted():
            other = office.value(sql, value, id)
        if other:
            yield _taken_by(office, meta, identity, stored, other)


def is_withheld(office: Office, meta: Meta, columns: Iterable[str]) -> bool:
    """Return whether the acting person may not see one of some columns."""
    return not office.withheld(office.records[meta.key]).isdisjoint(columns)


def like_another(meta: Meta) -> Problem:
    """Make the problem of a unique value that the acting person may not see: it names no field.

    The record may have the value from somebody else, by an undo or when it comes back.
    """
    why = f"has a value that you may not see, and another {meta.one} has the same; ask a person who may see it"
    return Problem(why, code="taken")


def _taken_by(
    office: Office,
    meta: Meta,
    identity: Identity,
    values: Mapping[str, object],
    other: int,
) -> Problem:
    if is_withheld(office, meta, identity.columns):
        return like_another(meta)
    record = office.records[meta.key]
    label = meta.one
    # Another's name or key may hold what this person must not see; a number never does.
    key = f"#{other}"
    owner = f"{label} {key}"
    is_reached = office.in_reach(record, other)
    if not is_reached:
        owner, key = "one that you may not see", ""
    elif office.may_view(record):
        owning = office.get(record, other)
        owner, key = f"{label} {named_apart(office, owning)}", owning.human_key
    if len(identity.columns) > 1:
        labels = " and ".join(meta.by_name[column].words for column in identity.columns)
        may_change = is_reached and not meta.append_only
        cure = "Change that one, or archive it first" if may_change else "Give this one others"
        why = f"there is one with the same {labels}: {owner}. {cure}"
    else:
        value = _as_people_say_it(office, meta.by_name[identity.columns[0]], values)
        cure = "Use that one, or give this one another" if is_reached else "Give this one another"
        why = f"{value} is taken by another {label}: {owner}. {cure}"
    public = meta.by_name[identity.columns[-1]].public_name
    return Problem(why, public, code="taken", facts={"by": key})


def _as_people_say_it(
    office: Office,
    field: Field,
    values: Mapping[str, object],
) -> str:
    """Return the value of an identity as lists show it, a text in quotes: of a reference its name."""
    value = values[field.name]
    if isinstance(value, str) and field.kind.from_sql is None:
        return f"{value!r}"
    from officeops.office.shown_value import shown_value  # only a refusal writes values

    return shown_value(office, field, from_sql(field, value))
