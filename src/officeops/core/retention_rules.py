"""The retention rules in force: what a record declares, or what the office says in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.dropped_records import ended_before, is_dropped
from officeops.core.records import RetentionRule
from officeops.model.errors import NotFound
from officeops.model.immutable import Value
from officeops.model.retention import NEVER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice


class Rule(Value):
    """The retention in force for a kind of record at this office.

    `record` is None for a kind that a migration dropped: then `after` is the day of its end. The
    rule's text goes into the record of a destruction.
    """

    key: str
    record: type[Record] | None
    years: int
    after: str
    source: str

    def __str__(self) -> str:
        after = "archived" if self.after == "archived_at" else self.after.replace("_", " ")
        source = f" ({self.source})" if self.source else ""
        if not self.years:
            return f"{after}{source}"
        years = "1 year" if self.years == 1 else f"{self.years} years"
        return f"{years} after {after}{source}"


def rules(office: StoredOffice, only: str = "") -> list[Rule]:
    """List the rules in force, one for each kind of record that may be destroyed.

    `only` is a noun or a key; of a kind that a migration dropped, its last key or a former one.
    Raises NotFound for `only` without a rule.
    """
    own = {rule.record: rule for rule in office.all(RetentionRule)}
    if only:
        return [_rule_of(office, only, own)]
    decided = [_rule(kind, own.get(kind.meta.key)) for kind in office.records.values()]
    in_force = [rule for rule in decided if rule is not None]
    for key, rule in own.items():
        if is_dropped(office, key):
            in_force.append(_of_dropped(key, rule))
    return in_force


def _rule_of(
    office: StoredOffice,
    word: str,
    own: Mapping[str, RetentionRule],
) -> Rule:
    """Find the rule in force for one kind of record. Raises NotFound."""
    former = office.store.former.key(word, 0)
    dropped = next((key for key in (word, former) if is_dropped(office, key)), "")
    if dropped:
        rule = own.get(dropped)
        if rule is None:
            raise _kept_forever(f"The dropped records {dropped}", dropped)
        return _of_dropped(dropped, rule)
    kind = office.record(word)
    decided = _rule(kind, own.get(kind.meta.key))
    if decided is None:
        raise _kept_forever(kind.meta.plural, kind.meta.key)
    return decided


def _kept_forever(plural: str, key: str) -> NotFound:
    return NotFound(
        f"{plural} have no retention: they are kept forever. "
        f"`officeops retention-rule add --record {key}` gives them one.",
        code="not-found",
    )


def _of_dropped(key: str, own: RetentionRule) -> Rule:
    return Rule(key, None, own.years, "dropped", own.source)


def _rule(kind: type[Record], own: RetentionRule | None) -> Rule | None:
    declared = kind.retention
    if kind.meta.key in NEVER or kind.meta.derived:
        return None
    if declared is None and kind.meta.append_only:
        # Balances follow from a ledger's entries: only its plugin knows whether one may be missing.
        return None
    after = declared.after if declared else "archived_at"
    if own is not None:
        return Rule(kind.meta.key, kind, own.years, after, own.source)
    if declared is None:
        return None
    return Rule(kind.meta.key, kind, declared.years, after, declared.why)


def past(office: StoredOffice, rule: Rule) -> list[int]:
    """List the ids of records that are settled and past their retention, oldest first."""
    today = office.today
    # As text, so that 29 February needs no case of its own. The day itself is still kept: a day
    # longer harms nobody.
    day = f"{today.year - rule.years:04}-{today.month:02}-{today.day:02}"
    if rule.record is None:
        return ended_before(office, rule.key, day)
    meta = rule.record.meta
    ended = f"substr(ifnull({_after(meta, rule.after)}, t.archived_at), 1, 10)"
    sql = (
        f"SELECT t.id FROM {meta.table} t "
        f"WHERE ({_settled(rule.record, meta)}) AND {ended} < ? ORDER BY t.id"
    )
    return [row[0] for row in office.rows(sql, day)]


def _after(meta: Meta, name: str) -> str:
    """Write the SQL of the day that the years count from: a column, or a computed field."""
    field = meta.by_name.get(name)
    return f"({field.sql})" if field is not None and field.sql else f"t.{name}"


def _settled(record: type[Record], meta: Meta) -> str:
    """Write the SQL condition that a record is settled: nobody needs it any more.

    A ledger's entry is settled once it is written.
    """
    if meta.append_only:
        return "1"
    newer = record.replaces
    if not newer:
        return "t.archived_at IS NOT NULL"
    # A record that a renewal replaced is history, even if nobody archived it.
    replaced = f"SELECT {newer} FROM {meta.table} WHERE {newer} IS NOT NULL"
    return f"t.archived_at IS NOT NULL OR t.id IN ({replaced})"
