"""The retention rules in force: what a record declares, or what the office says in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.records import RetentionRule
from officeops.model.errors import NotFound
from officeops.model.immutable import Value
from officeops.model.retention import NEVER

if TYPE_CHECKING:
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


class Rule(Value):
    """The retention in force for a kind of record at this office.

    Its text goes into the record of a destruction.
    """

    record: type[Record]
    years: int
    after: str
    source: str

    def __str__(self) -> str:
        after = "archived" if self.after == "archived_at" else self.after.replace("_", " ")
        years = "1 year" if self.years == 1 else f"{self.years} years"
        return f"{years} after {after}{f' ({self.source})' if self.source else ''}"


def rules(office: Office, only: str = "") -> list[Rule]:
    """List the rules in force, one for each kind of record that may be destroyed.

    Raises NotFound for `only` without one.
    """
    own = {rule.record: rule for rule in office.all(RetentionRule)}
    kinds = [office.record(only)] if only else list(office.records.values())
    decided = [_rule(kind, own.get(kind.meta.key)) for kind in kinds]
    in_force = [rule for rule in decided if rule is not None]
    if only and not in_force:
        meta = kinds[0].meta
        raise NotFound(
            f"{meta.plural} have no retention: they are kept forever. "
            f"`officeops retention-rule add --record {meta.key}` gives them one."
        )
    return in_force


def _rule(kind: type[Record], own: RetentionRule | None) -> Rule | None:
    declared = kind.retention
    if kind.meta.key in NEVER or kind.meta.derived:
        return None
    if declared is None and kind.meta.append_only:
        # Balances follow from a ledger's entries: only its plugin knows whether one may be missing.
        return None
    after = declared.after if declared else "archived_at"
    if own is not None:
        return Rule(kind, own.years, after, own.source)
    return Rule(kind, declared.years, after, declared.why) if declared else None


def past(office: Office, rule: Rule) -> list[int]:
    """List the ids of records that are settled and past their retention, oldest first."""
    meta, today = rule.record.meta, office.today
    # As text, so that 29 February needs no case of its own. The day itself is still kept: a day
    # longer harms nobody.
    day = f"{today.year - rule.years:04}-{today.month:02}-{today.day:02}"
    ended = f"substr(ifnull(t.{rule.after}, t.archived_at), 1, 10)"
    sql = (
        f"SELECT t.id FROM {meta.table} t "
        f"WHERE ({_settled(rule.record, meta)}) AND {ended} < ? ORDER BY t.id"
    )
    return [row[0] for row in office.rows(sql, day)]


def _settled(record: type[Record], meta: Meta) -> str:
    """Write the SQL condition that a record is settled: nobody needs it any more.

    A ledger's entry is settled once it is written.
    """
    if meta.append_only:
        return "1"
    newer = record.expiry.superseded if record.expiry else ""
    if not newer:
        return "t.archived_at IS NOT NULL"
    # A record that a renewal replaced is history, even if nobody archived it.
    replaced = f"SELECT {newer} FROM {meta.table} WHERE {newer} IS NOT NULL"
    return f"t.archived_at IS NOT NULL OR t.id IN ({replaced})"
