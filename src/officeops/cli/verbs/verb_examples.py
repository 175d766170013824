"""Examples of a noun's verbs: lines that people type, with values that its fields declare."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import click

    from officeops.model.records import Record


def example_of(
    record: type[Record], command: click.Command, records: Mapping[str, type[Record]]
) -> str | None:
    """Return a verb's example without its name; None where it follows from the parameters."""
    meta = record.meta
    file = f"{meta.plural.lower().replace(' ', '-')}.csv"
    words = {
        "list": _listed(record),
        "search": [_searched(record)],
        "export": [file],
        # The first import of a file is best a trial.
        "import": [file, "--dry-run"],
        # One first looks; of two records one is named by its number here, so that they differ.
        "merge": ["#6", "--into", name_of(record), "--dry-run"],
    }.get(command.name or "")
    if words is not None:
        return shlex.join(words)
    _fill(record, command, records)
    if command.name == "edit":
        return shlex.join([name_of(record), *_change(record)])
    if command.name in {"history", "show"}:
        return shlex.join([name_of(record)])
    return None


def name_of(record: type[Record]) -> str:
    """Return a word that names a record: its number, its unique text, its name, or its id."""
    meta = record.meta
    if meta.prefix:
        return f"{meta.prefix}-6"
    fields = sorted(meta.fields, key=lambda field: not field.unique)
    for field in fields:
        if field.example and not field.sealed and (field.unique or field.name == meta.display):
            return field.example
    return "#6"


def _fill(
    record: type[Record], command: click.Command, records: Mapping[str, type[Record]]
) -> None:
    """Give the parameters that name records a name each, in place of an id."""
    for param in command.params:
        target = records.get(getattr(param, "target", ""))
        if param.name == "which":
            target = record
        if target:
            param.example = name_of(target)  # type: ignore[attr-defined] # click takes any


def _listed(record: type[Record]) -> list[str]:
    fields = [field for field in record.meta.fields if not field.sealed]
    for field in fields:
        if field.choices:
            return ["--where", f"{field.public_name}={field.choices[0]}"]
    # People ask for days more than for anything else.
    fields.sort(key=lambda field: field.kind.in_file != "day")
    for field in fields:
        if field.kind.comparison:
            return ["--where", f"{field.public_name}{field.kind.comparison}"]
    return ["--limit", "20"]


def _searched(record: type[Record]) -> str:
    for field in record.meta.fields:
        if field.search and field.example:
            return field.example
    return "gloves"


def _change(record: type[Record]) -> list[str]:
    """Return an option that changes a record, and its value; rather not the one that names it."""
    fields = [field for field in record.meta.fields if not field.managed]
    fields.sort(key=lambda field: (not field.example, field.required, field.unique))
    for field in fields:
        value = field.example or (field.choices[-1:] or (field.kind.example,))[0]
        if value and value != name_of(record):
            return [f"--{field.public_name.replace('_', '-')}", value]
    return []
