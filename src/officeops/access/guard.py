"""Guard: an SQL authorizer that refuses, column by column, what the person may not read or write.

It is the last line: what a front end forgot to ask, SQLite still refuses. Read directly, a person's
connection gives the kinds of record they may see, without the columns that need more. Code of an
action they may do, or of a report, reads what it needs but never those columns. Of a kind with a
scope, a person who reads directly or in a report reads the rows within reach (`scope_views`); an
action sees every row, and what it wrote is checked at its end (`office.scope_check`). Nothing is written
outside an action; the history is written by its triggers alone, whose text was compared with the
declared one before they were trusted. Attaching files, writing pragmas and changing tables is never
theirs.

SQLite does not ask its authorizer about everything, so each statement is looked at before it is
read, too (`_look`).
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from officeops.access.identity import refusal_of
from officeops.access.permissions import ACCESS_CHANGES
from officeops.access.scope_views import ScopeViews
from officeops.model.errors import Forbidden
from officeops.store.folded_identities import table_of
from officeops.store.triggers import in_file, of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.access.authority import Authority
    from officeops.access.reading_notes import ReadingNotes
    from officeops.model.meta import Meta

_OK, _DENY = sqlite3.SQLITE_OK, sqlite3.SQLITE_DENY
#: What no data hangs on: selecting at all, recursion, a savepoint.
_FREE: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_SAVEPOINT, sqlite3.SQLITE_RECURSIVE}
)
_WRITES: Final = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
#: Pragmas that only tell, and those an action sets for itself.
_PRAGMAS: Final = frozenset(
    {"data_version", "schema_version", "table_info", "table_xinfo", "index_list", "page_count"}
)
_OF_A_TABLE: Final = frozenset({"table_info", "table_xinfo", "index_list"})
_OWN_PRAGMAS: Final = frozenset({"cache_size", "busy_timeout", "defer_foreign_keys"})
#: Tables of SQLite's own and the core's that hold nothing of anybody.
_PLAIN: Final = frozenset(
    {
        "sqlite_master",
        "sqlite_schema",
        "sqlite_sequence",
        "core_former_name",
        "core_installed",
        "core_layout",
        "core_trigger",
        "_sqlite_migrations",
        "json_each",
        "json_tree",
        "pragma_table_info",
    }
)
#: The office's name, time zone and currency, which every list needs.
_COMMON: Final = frozenset({"core_office"})
#: What only the core's services read, which leave out what a person may not see.
_CONTENTS: Final = {
    "core_draft": frozenset({"entries"}),
    "core_pin": frozenset({"digest", "tries", "until"}),
    "core_shown": frozenset({"day", "actor", "field", "record_id"}),
    "core_change": frozenset({"before", "after"}),
    "core_action": frozenset({"arguments", "outcome"}),
    "core_blob": frozenset({"bytes"}),
}
#: Written by the core around an action, never by one: who did what, drafts, PINs, the bytes of files, and
#: what keeps the file in order.
_OURS: Final = frozenset(
    {
        "core_change",
        "core_action",
        "core_blob",
        "core_draft",
        "core_login",
        "core_pin",
        "core_shown",
        *_PLAIN,
    }
)
#: A person who sees the users sees the days on which they logged in.
_USERS: Final = "core_user"
_LOGINS: Final = "core_login"
#: Tables that an action writes only for a person who may change who may do what.
_ACCESS: Final = frozenset(
    {"core_user", "core_membership", "core_ssh_key", "core_role", "core_grant"}
)
#: Joins by columns that both sides have. SQLite asks nobody about those: joined to a list of
#: numbers, they give away what may not be read, and with FULL JOIN by its very name.
_UNASKED: Final = re.compile(r"\b(natural|using)\b", re.IGNORECASE)
#: The modes in which views show the rows within reach alone.
_SHADOWED: Final = frozenset({"direct", "report"})
#: Endings of the tables a search index is made of.
_INDEX: Final = (
    "_search",
    "_search_data",
    "_search_idx",
    "_search_config",
    "_search_docsize",
    "_search_content",
    "_same",
)
#: In the names of the tables that index the words of datasets.
_WORDS_OF_DATASET: Final = "__search"
#: The columns of the folded identities.
_FOLDED: Final = frozenset({"identity", "folded", "id"})


class Guard:
    """The authorizer of one connection, for one person at a time."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._db = authority.store.db
        #: By table: the columns that must not be read, and those that must not be changed.
        self._away: dict[str, frozenset[str]] = {}
        self._fixed: dict[str, frozenset[str]] = {}
        self._seen: frozenset[str] = frozenset()
        self._verified: frozenset[str] = frozenset()
        self._access = False
        self._looking = False
        #: The views before the tables of which the person does not reach every row.
        self.views = ScopeViews(authority)
        self.now = ""
        #: What notes the tables that plugins read while nothing is guarded.
        self._notes: ReadingNotes | None = None
        self._db.forbidden = self._forbidden

    def arm(self) -> None:
        """Take the acting person's reach as it is now. Called while nothing is guarded."""
        authority = self._authority
        seen = set(_COMMON)
        self._away, self._fixed = {}, {}
        declared: dict[str, str] = {}
        for kind in authority.records.values():
            meta = kind.meta
            self._away[meta.table] = away = authority.withheld(kind)
            self._fixed[meta.table] = self._not_to_edit(meta)
            if authority.may_view(kind):
                seen.add(meta.table)
                seen.update(meta.table + ending for ending in _INDEX)
            # The folded identities of a table are its own values: where one of those is away, so is
            # the whole of them.
            if not all(away.isdisjoint(identity.columns) for identity in meta.identities):
                self._away[table_of(meta)] = _FOLDED
            declared.update(of(meta))
        if _USERS in seen:
            seen.add(_LOGINS)
        self._seen = frozenset(seen)
        self._verified = frozenset(
            name for name, text in in_file(self._db).items() if declared.get(name) == text
        )
        self._access = any(authority.may(verb) for verb in ACCESS_CHANGES)
        self.views.take()

    def _not_to_edit(self, meta: Meta) -> frozenset[str]:
        """Return the guarded columns of a table that the acting person may not change."""
        guarded = meta.guarded.items()
        may = self._authority.may
        return frozenset(name for name, stem in guarded if not may(f"{stem}.edit"))

    def mode(self, mode: str) -> None:
        """Switch the guard: for a `direct` reader, a `report`, `trusted` code or an open `action`.

        A blank mode guards nothing. Setting the authorizer makes SQLite ask again about every
        statement that is kept prepared.
        """
        callbacks = {
            "direct": self._direct,
            "report": self._reporting,
            "trusted": self._trusted,
            "action": self._acting,
        }
        self.now = mode
        self._db.look = None
        self._db.set_authorizer(None)
        try:
            # A report may have shown views of kinds that a direct reader does not see.
            self.views.hide()
        finally:
            # Without its view, a table of which some rows are out of reach is not read at all.
            self._db.look = self._look if mode else None
            self._db.set_authorizer(callbacks.get(mode))
            if self._notes and not mode:
                self._notes.begin()

    @property
    def is_shadowing(self) -> bool:
        """Whether tables with a scope give the rows within reach alone."""
        return self.now in _SHADOWED

    def _show_views(self, sql: str) -> None:
        """Put views in the place of the tables that a statement names, where they are not yet."""
        if not self.views.lacks(sql):
            return
        callback = self._direct if self.now == "direct" else self._reporting
        self._db.set_authorizer(None)
        try:
            # A report may count rows of kinds that the person does not see.
            self.views.show(sql, self._seen if self.now == "direct" else None)
        finally:
            self._db.set_authorizer(callback)

    @contextmanager
    def noting(self) -> Iterator[dict[str, set[str]]]:
        """Note the tables that each plugin reads while it is asked and nothing is guarded."""
        from officeops.access.reading_notes import ReadingNotes

        self._notes = ReadingNotes(self._db)
        self.mode(self.now)
        try:
            yield self._notes.tables
        finally:
            self._notes = None
            self.mode(self.now)

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Guard nothing for a moment, for the core's own statements alone."""
        before = self.now
        self.mode("")
        try:
            yield
        finally:
            self.mode(before)

    def _forbidden(self) -> Forbidden:
        """Make the error of a statement that is refused: of a person who is out, or may not do it."""
        who = self._authority.who
        if not who.known:
            return refusal_of(who)
        return Forbidden(
            "You may not see everything that this needs. A manager can grant you a role that may."
        )

    def _look(self, sql: str) -> None:
        """Refuse statements that SQLite does not ask about, and look the acting person up again."""
        if _UNASKED.search(sql):
            raise self._forbidden()
        # A WITH table of a trigger's name would be taken for the trigger.
        if self.now in _SHADOWED and self.views.is_spoken_of(sql):
            raise self._forbidden()
        if "with" in sql.lower() and any(name in sql for name in self._verified):
            raise self._forbidden()
        if self.now == "direct" and not self._looking and not self._db.in_transaction:
            self._looking = True
            try:
                # Read again, with the guard, if the file has changed.
                self._authority.who  # noqa: B018
            finally:
                self._looking = False
        if self.now in _SHADOWED:
            self._show_views(sql)

    # SQLite's callback: the operation, its two arguments, the database, and the trigger or view
    # that does it.

    def _direct(
        self,
        what: int,
        one: str | None,
        two: str | None,
        db: str | None,
        source: str | None,
    ) -> int:
        if what == sqlite3.SQLITE_READ:
            table = one or ""
            verdict = self.views.verdict(table, db, source)
            if verdict is not None:
                return _OK if verdict else _DENY
            if table in _PLAIN:
                return _OK
            is_seen = table in self._seen and two not in self._away.get(table, ())
            return _OK if is_seen else _DENY
        if what == sqlite3.SQLITE_TRANSACTION:
            return _OK
        return self._common(what, one, two)

    def _reporting(
        self,
        what: int,
        one: str | None,
        two: str | None,
        db: str | None,
        source: str | None,
    ) -> int:
        if what == sqlite3.SQLITE_READ:
            verdict = self.views.verdict(one or "", db, source)
            if verdict is not None:
                return _OK if verdict else _DENY
        return self._trusted(what, one, two, db, source)

    def _trusted(
        self,
        what: int,
        one: str | None,
        two: str | None,
        _db: str | None,
        _source: str | None,
    ) -> int:
        if what == sqlite3.SQLITE_READ:
            table = one or ""
            away = _CONTENTS.get(table) or self._away.get(table, frozenset())
            inner = table == "dbstat" or (table.startswith("sqlite_") and table not in _PLAIN)
            return _DENY if inner or two in away else _OK
        return self._common(what, one, two)

    def _acting(
        self,
        what: int,
        one: str | None,
        two: str | None,
        db: str | None,
        source: str | None,
    ) -> int:
        table = one or ""
        # Triggers run where something is written, so in an action alone.
        if source in self._verified and (what in _WRITES or what == sqlite3.SQLITE_READ):
            return _OK
        if what in _WRITES and table != "sqlite_master":
            # The keys of a person's reach are temporary; nothing else is.
            # No trigger can refuse a row of a search index, so a dataset's is refused here.
            is_kept = table.endswith("_same") or _WORDS_OF_DATASET in table
            if table in _OURS or is_kept or db == "temp":
                return _DENY
            if table in _ACCESS and not self._access:
                return _DENY
            is_fixed = what == sqlite3.SQLITE_UPDATE and two in self._fixed.get(table, ())
            return _DENY if is_fixed else _OK
        if what == sqlite3.SQLITE_PRAGMA and table.lower() in _OWN_PRAGMAS:
            return _OK
        return self._trusted(what, one, two, db, source)

    def _common(
        self,
        what: int,
        one: str | None,
        two: str | None,
    ) -> int:
        # Asked when a search index is opened. To change that table for real takes a pragma that is
        # refused.
        if what in _FREE or (what == sqlite3.SQLITE_UPDATE and one == "sqlite_master"):
            return _OK
        if what == sqlite3.SQLITE_FUNCTION:
            return _DENY if two in {"load_extension", "fts3_tokenizer"} else _OK
        if what == sqlite3.SQLITE_PRAGMA:
            name = (one or "").lower()
            tells = name in _PRAGMAS and (two is None or name in _OF_A_TABLE)
            tells = tells or (name == "query_only" and self._db.is_turning)
            return _OK if tells else _DENY
        return _DENY
