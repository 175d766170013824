"""References: from a text in a reference's field to the id of the record that it means.

Commands, forms and imports all read one so. Where a reference is looked up inside another record
(`ref(within=)`), `scope` finds that record among the other values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import NotFound, Refused, UsageProblem
from officeops.model.meta import place_among
from officeops.query.lookup import NAMED, chosen, meant, not_found, one, several
from officeops.query.new_references import fitting_among, narrowed, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.values.conventions import Conventions


def scope(
    field: Field,
    target: type[Record],
    fields: Iterable[Field],
    value_of: Callable[[str], object],
    owner: str = "",
) -> dict[str, int]:
    """Return the columns by which a reference is looked up inside another: `{"item_id": 12}`.

    `fields` are those beside it, of the same record or action; `value_of` tells what one of them
    has, and `owner` is the kind of record that an action is about, where the reference is looked up
    inside that (`within="id"`). Nothing where it is blank.
    """
    if not field.within:
        return {}
    holder = owner
    if field.within != "id":
        targets = {other.name: other.target for other in fields}
        holder = targets.get(field.within, "")
    if not holder:
        return {}
    for column in target.meta.fields:
        if column.target == holder:
            value = value_of(field.within)
            return {column.name: value} if isinstance(value, int) and value else {}
    return {}


def refer(
    office: Office,
    field: Field,
    text: str,
    within: Mapping[str, int] | None = None,
    held: Record | None = None,
) -> int:
    """Return the id of the live record that a reference typed by a person means.

    `held` is the record under edit: the one that it refers to already may stay, whatever became of
    it. Raises NotFound, UsageProblem where several fit, Refused for one that is archived or that the
    field's filter does not find, each with what to do. Where the row decides about an archived one,
    the writer asks.
    """
    target = office.target(field)
    if target is None:
        plugin = field.target.partition(".")[0]
        raise UsageProblem(f"the plugin {plugin} is off", code="plugin-off")
    # Before the look-up, so that the answer does not tell whether the name exists.
    office.allow_view(target)
    text = office.plainly(text)
    rows = meant(office, target, text, within=within)
    if not rows and within:
        why = _elsewhere(office, target, text, within)
        raise NotFound(*not_found(target.meta, text, why))
    # Of visits of one name, say, the one that is still open.
    numbers = narrowed(office, field, target, chosen(rows, text))
    number = one(office, target, text, numbers)
    if _is_there(field, held, number):
        return number
    archived = {row[0] for row in rows if row[1] is not None}
    if number in archived and target.merges:
        from officeops.query.merged import record_that_stays

        # A file may still have the name of one that was merged.
        number = record_that_stays(office, target, number)
    if number in archived and not field.archived:
        record, meta = office.get(target, number), target.meta
        word = record.human_key
        # In quotes, since a shell takes a bare # for the beginning of a comment.
        if word == str(number):
            word = f"'#{number}'"
        raise Refused(
            f"{meta.label} {record} is archived; `officeops {meta.noun} unarchive {word}` "
            "brings it back, or name another",
            code="archived",
        )
    if not fitting_among(office, field, target, [number]):
        raise Refused([unfit(office, field, target, number)])
    return number


def _is_there(
    field: Field,
    held: Record | None,
    number: int,
) -> bool:
    """Whether a record refers to that one already, by this field of its own."""
    # A field of an action may have the name of one of the record's, and mean something else.
    if held is None or held.meta.by_name.get(field.name) is not field:
        return False
    return bool(getattr(held, field.name) == number)


def _elsewhere(
    office: Office,
    target: type[Record],
    text: str,
    within: Mapping[str, int],
) -> str:
    """Return why a reference that is looked up inside another record fits nothing there."""
    [(column, number)] = within.items()
    meta = target.meta
    owner = office.target(meta.by_name[column])
    name = office.label(owner, number) if owner else f"#{number}"
    sql = (
        f"SELECT id FROM {meta.table} WHERE {column} = ? AND archived_at IS NULL "
        f"ORDER BY id LIMIT {NAMED}"
    )
    ids = [row[0] for row in office.rows(sql, number)]
    has = f"it has {several(office, target, ids)}" if ids else "it has none"
    return f"{name} has no {meta.one} {text!r}; {has}"


def ways_beside(
    office: Office,
    field: Field,
    fields: Iterable[Field],
    value_of: Callable[[str], object],
    record: Record | None = None,
) -> Conventions:
    """Return how a field's text is read: a time of the clock by that of the location beside it.

    The location is one of the `fields`, or else of the `record` that an action is about.
    """
    if not field.kind.by_clock:
        return office.ways
    location: object = None
    if place := place_among(fields):
        location = value_of(place)
    elif record is not None and record.meta.place:
        location = getattr(record, record.meta.place)
    return office.ways_at(location if isinstance(location, int) else None)


def given(values: Mapping[str, Any], record: Record | None) -> Callable[[str], object]:
    """Return what tells a field's value: as it was just read, or as the record has it."""

    def value_of(name: str) -> object:
        if name in values:
            return values[name]
        return getattr(record, name, None)

    return value_of
