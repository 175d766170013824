"""The problems of the children that a record declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.authoring.checks import Finding
from officeops.exchange.imports.child_columns import spelled
from officeops.model.error_words import told
from officeops.model.errors import Refused
from officeops.office.children.entry_text import EntryText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.children import Child
    from officeops.model.records import Record
    from officeops.office.office import Office


def child_problems(office: Office, record: type[Record]) -> Iterator[Finding]:
    """Yield the problems of each child of a record. `record-parts` says that one is not there."""
    taken = _taken(record)
    for child in record.children:
        yield from _options(child, taken)
        kind = office.records.get(child.record)
        if kind is not None:
            faults = list(_kind(record, child, kind))
            yield from faults
            if child.example and not faults:
                yield from _example(office, child, kind)
        for head, column in child.words.items():
            if spelled(record, column) is None:
                why = f"its child {child.option} has the head {head!r} for {column!r}, no column of it"
                yield Finding("child-words", why)


def _taken(record: type[Record]) -> set[str]:
    """List the options of a record's own fields."""
    fields = [field for field in record.meta.fields if not field.managed]
    return {field.public_name.replace("_", "-") for field in fields}


def _options(child: Child, taken: set[str]) -> Iterator[Finding]:
    for option in (child.option, child.options, *child.former):
        if option in taken:
            why = f"its child {child.option} takes --{option}, which is an option already"
            yield Finding("child-option", why)
        taken.add(option)


def _kind(
    record: type[Record],
    child: Child,
    kind: type[Record],
) -> Iterator[Finding]:
    field = kind.meta.by_name.get(child.by)
    if field is not None and field.target != record.meta.key:
        why = f"its child {child.option} goes by {child.by}, no reference to {record.meta.key}"
        yield Finding("child-parent", why)
        return
    fields = child.fields(kind)
    # With a noun of its own it has a form, and its children a section there.
    if kind.children and kind.meta.child:
        inner = kind.children[0].option
        why = (
            f"its child {child.option} has children of its own ({inner}), which nobody could edit: "
            f"take child=True from {kind.__name__}, so that it has a form of its own"
        )
        yield Finding("child-depth", why)
    names = {field.name for field in fields}
    managed = [field.public_name for field in fields if field.managed]
    if managed:
        why = f"the form of its child {child.option} has {managed[0]}, which nobody fills"
        yield Finding("child-form", why)
    if kind.meta.display not in names:
        why = f"the form of its child {child.option} lacks {kind.meta.display}, which names one"
        yield Finding("child-form", why)
    lacking = [
        needed.public_name
        for needed in kind.meta.fields
        if needed.must_be_given and needed.name not in {*names, child.by}
    ]
    if lacking:
        why = f"the form of its child {child.option} lacks {lacking[0]}, which every one needs"
        yield Finding("child-form", why)
    if child.first and child.first not in kind.meta.by_name:
        why = f"the first of its child {child.option} names {child.first!r}, no field of it"
        yield Finding("child-form", why)


def _example(
    office: Office,
    child: Child,
    kind: type[Record],
) -> Iterator[Finding]:
    """Yield an example that the option would refuse, as its help shows it to people."""
    entry = EntryText(office, child, kind)
    try:
        texts = entry.texts(child.example)
        # A reference is to somebody's record, which an office of the check does not have.
        plain = {name: text for name, text in texts.items() if not kind.meta.by_name[name].target}
        entry.must_be_whole({**texts, **entry.values(plain)})
    except Refused as refused:
        why = f"its child {child.option} has the example {child.example!r}, which it does not take"
        yield Finding("child-example", f"{why}: {told(refused)}")
