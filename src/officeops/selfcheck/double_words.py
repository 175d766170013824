"""The words of a double: which records are alike, in which field and value, and the command that cures it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.about import ABOUT, KEY, NUMBER, as_one
from officeops.query.subject import subject_in_words
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.model.records import Record
    from officeops.office.office import Office

    #: The live records that are found alike, by their ids, each with the identity that is.
    Alike = Mapping[int, Identity]


def sentence(office: Office, record: type[Record], alike: Alike) -> str:
    """Say which records are alike: `2 vendors have the same name (Acme): #1, #5`."""
    many = f"{len(alike):,} {record.meta.many}"
    numbers = ", ".join(f"#{id_}" for id_ in alike)
    columns = {name for identity in alike.values() for name in identity.columns}
    is_hidden = not office.withheld(record).isdisjoint(columns)
    if is_hidden or not office.may_view(record):
        return f"{many} are found alike: {numbers}"
    values = {id_: _values(office, record, id_, identity) for id_, identity in alike.items()}
    if len(set(alike.values())) == 1:
        return f"{many} have the same {next(iter(values.values()))}: {numbers}"
    named = [f"#{id_} by its {value}" for id_, value in values.items()]
    return f"{many} are found by one word: {listing(named)}"


def _values(
    office: Office,
    record: type[Record],
    id_: int,
    identity: Identity,
) -> str:
    """Name the fields of an identity with the values that a record has in them."""
    held = office.get(record, id_)
    fields = _fields(record, identity)
    shown = [_shown(office, held, field) or "blank" for field in fields]
    named = zip(fields, shown, strict=True)
    return listing([f"{field.words} ({text})" for field, text in named])


def _fields(record: type[Record], identity: Identity) -> list[Field]:
    """Return the fields of an identity, as people give them: both columns of `about` are one."""
    fields = [record.meta.by_name[name] for name in identity.columns]
    is_whole = {KEY, NUMBER} <= set(identity.columns)
    return list(as_one(fields, record.meta.subject if is_whole else None))


def _shown(office: Office, record: Record, field: Field) -> str:
    """Return the text of a record's value."""
    own = record.__dict__
    if field.name == ABOUT:
        return subject_in_words(office, own[KEY], own[NUMBER])
    value = own[field.name]
    if value is None:
        return ""
    if field.target:
        target = office.target(field)
        return office.label(target, value) if target else f"#{value}"
    return field.kind.typed(value, field, office.ways)


# -- the cure ------------------------------------------------------------------------------------


def cure(office: Office, record: type[Record], alike: Alike) -> str:
    """Say the commands that make the last of the records another, or take it out of use."""
    meta = record.meta
    last, identity = list(alike.items())[-1]
    if meta.child:
        return _of_child(office, record, last)
    if meta.commandless:
        return (
            "`officeops history verify` tells which program wrote it, or else "
            f"`officeops history --record {meta.noun}` which action, and `officeops undo` takes "
            "that back."
        )
    if meta.append_only:
        return "They stay as they were written; another one like them is refused."
    if not meta.editable:
        return f"Its actions change it; see `officeops {meta.noun} --help`."
    archive = f"`officeops {meta.noun} archive '#{last}'`"
    # Fields that actions set are no options of `edit`, and the owner of a lot or a pack stays.
    changed = [f for f in _fields(record, identity) if not (f.managed or f.fixed)]
    if not changed:
        return f"Archive one: {archive}."
    words = " or ".join(field.words for field in changed)
    option, *others = [f"--{field.public_name.replace('_', '-')}" for field in changed]
    edit = f"`officeops {meta.noun} edit '#{last}' {option} {_value(changed[0])}`"
    if others:
        edit += f" (or {', '.join(others)})"
    return (
        f"Give one another {words}: {edit}; or archive it: {archive}. "
        "Give nothing else that value in between."
    )


def _value(field: Field) -> str:
    """Return the word for the value of an option."""
    return "NOUN:WHICH" if field.name == ABOUT else "VALUE"


def _of_child(office: Office, record: type[Record], last: int) -> str:
    """Say the command of the record that a row belongs to: the row has none of its own."""
    for parent in office.records.values():
        for child in parent.children:
            if child.record == record.meta.key:
                sql = f"SELECT {child.by} FROM {record.meta.table} WHERE id = ?"
                owner = office.value(sql, last)
                edit = f"officeops {parent.meta.noun} edit '#{owner}'"
                return f"Take one away: `{edit} --remove-{child.option} '#{last}'`."
    return "Turn on the plugin that it belongs to."
