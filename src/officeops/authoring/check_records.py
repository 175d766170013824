"""The problems of a plugin's records, as sentences that name file, class and field."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.authoring.check_children import child_problems
from officeops.authoring.check_documents import document_problems
from officeops.authoring.check_fields import field_problems, is_nobody, is_off, is_optional, nobody
from officeops.authoring.check_lifecycle import lifecycle_problems
from officeops.authoring.check_scopes import scope_problems
from officeops.authoring.checks import Finding
from officeops.authoring.declared_targets import target_problems
from officeops.authoring.source_place import found, located, place
from officeops.model.declarations import Query, named
from officeops.model.error_words import told
from officeops.model.errors import OfficeError, PluginFault
from officeops.values.wording import IRREGULAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.plugins.manifest import Plugin

#: The day or moment of SQLite itself.
_NOW: Final = re.compile(r"'now'|\bcurrent_(date|time|timestamp)\b", re.IGNORECASE)


def record_problems(
    office: Office,
    record: type[Record],
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield the problems of one record."""
    here = place(record, record.__name__)
    if not (record.__doc__ or "").strip():
        help_of = f"its first line is the help of `officeops {record.meta.noun}`"
        yield Finding("record-help", f"{here}: it has no docstring; {help_of}")
    for field in record.meta.fields:
        findings = field_problems(office, record, field, manifest)
        yield from located(f"{here}.{field.name}", findings)
    for part in (_plural, _targets, _importer, _days):
        yield from located(here, part(record))
    yield from located(here, _prefix(office, record))
    yield from located(here, _parts(office, record, manifest))
    yield from located(here, child_problems(office, record))
    yield from located(here, lifecycle_problems(office, record))
    yield from located(here, document_problems(office, record))
    yield from located(here, scope_problems(office, record))
    if record.ledger is not None:
        yield from located(here, _booked(office, record))
        faults = record.ledger.faults(office)
        yield from located(here, found("ledger-records", faults))
    yield from located(here, _triggers(office, record))
    queries = list(_bare_queries(record))
    yield from located(here, queries)
    if queries:
        return
    # One query over everything that the list would ask for.
    try:
        office.select(record, record.meta.list_fields, Query())
    except (sqlite3.Error, OfficeError) as error:
        why = "it cannot be listed (its display, its sort or a computed field)"
        # Its cure would be this very check.
        words = told(error)
        if isinstance(error, PluginFault):
            words = f"{error.why} ({error.line})" if error.line else error.why
        yield Finding("computed-sql", f"{here}: {why}: {words}")


def _bare_queries(record: type[Record]) -> Iterator[Finding]:
    """Yield the computed fields whose SQL is a query: in a list of values that is no expression."""
    for field in record.meta.computed:
        if re.match(r"\s*select\b", field.sql, re.IGNORECASE):
            why = f"the SQL of its computed field {field.name} is a query"
            yield Finding("computed-sql", f"{why}; put it into parentheses, (SELECT ...)")


def _importer(record: type[Record]) -> Iterator[Finding]:
    """Yield what an importer may set, or restores, and that is no field: it would be passed over."""
    if not record.importer or any(target_problems(record.importer)):
        return
    importer = named(record.importer)
    for word in ("may_set", "restores"):
        for name in getattr(importer, word):
            if name not in record.meta.by_name:
                why = f"its importer names {name!r} in {word}, which is no field of it"
                yield Finding("record-importer", why)


def _prefix(office: Office, record: type[Record]) -> Iterator[Finding]:
    """Yield the record whose keys look like those of this one: people would take one for the other."""
    # Of any plugin: people say K-7 on the phone, without the kind.
    prefix = record.meta.prefix
    for other in office.records.values():
        if prefix and other.meta.prefix == prefix and other.meta.key != record.meta.key:
            owner = f"the keys of {other.meta.key}"
            yield Finding("record-prefix", f"{prefix}-1 is of {owner}; choose another prefix")


def _targets(record: type[Record]) -> Iterator[Finding]:
    """Yield what a record names as `module:name` and cannot be imported."""
    totals = [part.total for part in record.parts]
    for target in filter(None, (record.importer, record.as_text, *totals)):
        yield from found("record-targets", target_problems(target))


def _triggers(office: Office, record: type[Record]) -> Iterator[Finding]:
    """Yield SQL that runs when a row is written and that SQLite cannot read."""
    meta = record.meta
    targets = {field.target for field in meta.fields if field.target}
    if meta.derived or not targets <= set(office.records):
        return
    names = ", ".join(field.name for field in meta.fields)
    changed = ", ".join(f"{field.name} = {field.name}" for field in meta.fields)
    # Of no row: SQLite reads the triggers all the same.
    statements = (
        f"INSERT INTO {meta.table} ({names}) SELECT {names} FROM {meta.table} WHERE 0",
        f"UPDATE {meta.table} SET {changed} WHERE 0",
    )
    try:
        with office.acting("check.triggers"):
            for sql in statements:
                office.store.db.execute(sql)
    except (sqlite3.Error, OfficeError) as error:
        why = "no row can be written (a trigger, or `archived` of a reference)"
        yield Finding("trigger-sql", f"{why}: {told(error)}")


def _parts(
    office: Office,
    record: type[Record],
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield the parts whose record or fields are not there; children are parts as well."""
    for part in record.parts:
        kind = office.records.get(part.record)
        if kind is None:
            if is_nobody(office.plugins, part.record):
                if not is_optional(manifest, part.record):
                    why = f"its part is {part.record}, {nobody(part.record)}"
                    yield Finding("record-parts", why)
            elif not is_off(office.plugins, part.record):
                why = f"its part is {part.record}, and there is no such record"
                yield Finding("record-parts", why)
            continue
        for name in (part.field, *part.columns):
            if kind.meta.field(name) is None:
                why = f"its part names {name!r}, which is no field of {part.record}"
                yield Finding("record-parts", why)


def _plural(record: type[Record]) -> Iterator[Finding]:
    """Yield a plural that is written by a rule which the word does not follow."""
    meta = record.meta
    word, given = meta.label.lower().split()[-1], meta.plural.lower().split()[-1]
    if word in IRREGULAR and given != IRREGULAR[word]:
        yield Finding("record-plural", f"its plural is {meta.plural!r}; write {IRREGULAR[word]}")


def _days(record: type[Record]) -> Iterator[Finding]:
    """Yield SQL that asks SQLite for the day: its day is that of UTC."""
    written = [(f"its computed field {field.name}", field.sql) for field in record.meta.computed]
    written += [("a trigger of it", sql) for sql in record.meta.triggers]
    for what, sql in written:
        if _NOW.search(sql):
            cure = "write office_today(), or office_now() for the moment"
            yield Finding(
                "office-day", f"{what} asks SQLite for the day, which is that of UTC; {cure}"
            )


def _booked(office: Office, record: type[Record]) -> Iterator[Finding]:
    """Yield that nothing books the entries of a ledger, which no form adds."""
    plugin = record.meta.plugin
    hooks = ("actions", "jobs")
    owners = {owner for hook in hooks for owner, _ in office.plugins.registered(hook)}
    if plugin not in owners and not record.importer:
        why = "nothing books its entries: an action, a job or an importer does"
        yield Finding("ledger-booked", why)


def word_problems(record: type[Record]) -> Iterator[Finding]:
    """Yield the names in the declarations of the class that are no usable field."""
    meta = record.meta
    for word, name in _named_fields(record):
        field = meta.field(name)
        if field is None and name not in {"id", *meta.by_name}:
            why = f"its {word} names {name!r}, which is no field of it"
            yield Finding("record-fields", why)
        elif field and field.sealed:
            why = f"its {word} names {name!r}, which is sealed: nothing is worked out from it"
            yield Finding("record-sealed", why)


def _named_fields(record: type[Record]) -> Iterator[tuple[str, str]]:
    """Yield each declaration of a class that names fields, with a field that it names."""
    meta = record.meta
    yield "display", meta.display
    for part in meta.sort.split(","):
        yield "sort", part.strip().lstrip("-")
    for word in ("unique_together", "indexes"):
        for names in getattr(meta, word):
            yield from ((word, name) for name in names)
    yield from (("check_reads", name) for name in record.check_reads)
    for names in record.identity:
        yield from (("identity", name) for name in names)
    yield from (("short_options", name) for name in record.short_options.values())
    for word in ("bare_word", "replaces"):
        if name := getattr(record, word):
            yield word, name
    if record.expiry:
        yield "expiry", record.expiry.ends
    # Every record has the moment at which it was archived, which is no declared field.
    if record.retention and record.retention.after != "archived_at":
        yield "retention", record.retention.after
    if record.life:
        yield "life", record.life.column
