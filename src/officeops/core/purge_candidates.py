"""Candidates: the records past their retention, and which of them have to be kept all the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from officeops.core.legal_holds import are_any, hold_on, owner_of
from officeops.core.retention_rules import past, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.core.legal_holds import Subject
    from officeops.core.retention_rules import Rule
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

Doomed: TypeAlias = "dict[Subject, Rule]"


class Candidates:
    """Decides what a purge destroys.

    `due` is past its retention; of that, `doomed` goes, and `kept` stays for a reason.
    """

    def __init__(self, office: StoredOffice, only: str) -> None:
        self._office = office
        self.due: Doomed = {}
        for rule in rules(office, only):
            for number in past(office, rule):
                self.due[rule.key, number] = rule
        self.kept = self._held()
        self.doomed = self._without(self.due, self.kept)
        # A record that stays keeps the records that it refers to, and so on, until nothing changes
        # any more.
        while referred := self._referred():
            self.kept |= referred
            self.doomed = self._without(self.doomed, referred)

    @staticmethod
    def _without(doomed: Doomed, kept: dict[Subject, str]) -> Doomed:
        return {subject: rule for subject, rule in doomed.items() if subject not in kept}

    def piece(self, size: int) -> Doomed:
        """Choose some of the doomed, and those that refer to them: they cannot stay behind."""
        chosen = dict.fromkeys(list(self.doomed)[:size])
        count = 0
        while len(chosen) > count:
            count = len(chosen)
            for kind, _, referrer, _ in list(self._references(chosen)):
                chosen[kind.meta.key, referrer] = None
        return {subject: self.doomed[subject] for subject in chosen}

    def _held(self) -> dict[Subject, str]:
        """Find the legal hold on each record that is due, on a file or note of it, or on its owner."""
        held = {}
        for subject in self.due if are_any(self._office) else ():
            beside = (*rows_about(self._office, subject), *owner_of(self._office, subject))
            if hold := hold_on(self._office, (subject, *beside)):
                held[subject] = f"held by {hold.who} since {hold.since}: {hold.reason}"
        return held

    def _referred(self) -> dict[Subject, str]:
        """Find the doomed that a record refers to which stays, with the first such record."""
        referred: dict[Subject, str] = {}
        for kind, target, referrer, number in self._references(self.doomed):
            if (kind.meta.key, referrer) not in self.doomed:
                why = f"{kind.meta.label} #{referrer} refers to it"
                referred.setdefault((target, number), why)
        return referred

    def _references(
        self, subjects: Iterable[Subject]
    ) -> Iterator[tuple[type[Record], str, int, int]]:
        """Yield (kind, target's key, id, target's id) of records that refer to some of these."""
        for kind in self._office.plugins.kinds():
            for field in kind.meta.fields:
                if not field.target:
                    continue
                # A file goes with the record that it is about, so who needs it keeps that one.
                owners = self._targeted(field.target, subjects)
                for referrer, number in self._referrers(kind, field.name, list(owners)):
                    key, owner = owners[number]
                    yield kind, key, referrer, owner

    def _targeted(self, target: str, subjects: Iterable[Subject]) -> dict[int, Subject]:
        """Map the ids of a kind that would go to the subjects with which they would."""
        owners: dict[int, Subject] = {}
        for subject in subjects:
            key, number = subject
            if key == target:
                owners[number] = subject
            elif target == "core.attachment":
                for hanging, row in rows_about(self._office, subject):
                    if hanging == target:
                        owners.setdefault(row, subject)
        return owners

    def _referrers(
        self,
        kind: type[Record],
        column: str,
        ids: Sequence[int],
    ) -> list[tuple[int, int]]:
        """List (id, target's id) of one kind's records. A new plugin may have no table yet."""
        table = kind.meta.table
        is_there = "SELECT 1 FROM sqlite_master WHERE name = ?"
        if not ids or not self._office.value(is_there, table):
            return []
        sql = (
            f"SELECT id, {column} FROM {table} "
            f"WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY id"
        )
        return self._office.rows(sql, json.dumps(ids))


def rows_about(office: StoredOffice, subject: Subject) -> Iterator[Subject]:
    """Yield the core's rows that are about a record: its events, files, notes and tags."""
    from officeops.core.records import RECORDS

    key, number = subject
    kind = office.records.get(key)
    keys = json.dumps([key, *(kind.meta.former_keys if kind else ())])
    for hanging in RECORDS:
        meta = hanging.meta
        if not meta.about:
            continue
        where = "about_key IN (SELECT value FROM json_each(?)) AND about_id = ?"
        for (row,) in office.rows(f"SELECT id FROM {meta.table} WHERE {where}", keys, number):
            yield meta.key, row
