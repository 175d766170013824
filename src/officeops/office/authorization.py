"""Authorizer: the person an open office acts for, and their permissions."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from time import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from officeops.access.guard import Guard
    from officeops.access.identity import Who
    from officeops.access.signature import Signature
    from officeops.model.declarations import Command, Job, Permission, Report, Screen
    from officeops.model.errors import Problem, Refused
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.model.scope import Reach
    from officeops.model.sealed_value import Sealed
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store

#: The ending of permissions to look, whatever their level: pay may be looked at.
_VIEW: Final = ".view"
#: The context of `lifted` where there is no guard.
_UNGUARDED: AbstractContextManager[None] = nullcontext()


def only_reads() -> Refused:
    """Return the refusal of a write where the person opened the office to read alone."""
    from officeops.model.errors import Refused

    return Refused(
        "this session only reads, since it was started with --read-only; leave it out to write",
        code="cannot-write",
    )


class Authorizer:
    """The acting person and their permissions.

    `actor` is their name as the history keeps it. `user` is the user an office is open for; blank
    is the login that runs the process. `ssh_key` is the fingerprint of the key they came by.
    """

    def __init__(
        self,
        store: Store,
        plugins: Plugins,
        records: Mapping[str, type[Record]],
        actor: str,
        user: str = "",
        ssh_key: str = "",
    ) -> None:
        self.store, self.plugins, self.records = store, plugins, records
        self.rows, self.value = store.rows, store.value
        self.actor, self.user, self.ssh_key = actor, user, ssh_key
        #: The login that the office is open for; a person who signs there changes `actor` alone.
        self.login = actor
        #: The proof that a person signed at a shared login; None while nobody has.
        self.signature: Signature | None = None
        #: What the history keeps beside the name of a person who signed: the login, its place and key.
        self.signed_at: Mapping[str, str] = {}
        #: The proof that a second person signed as the witness.
        self.witness: Signature | None = None
        #: Asks whose entry it is, name and PIN, where somebody can be asked.
        self.asks: Callable[[], tuple[str, Sealed]] | None = None
        self.asks_witness: Callable[[], tuple[str, Sealed]] | None = None
        self._who: Who | None = None
        self._who_at = -1
        #: The end of the day: access may end with it, though nobody writes anything.
        self._who_until = 0.0
        #: Whether the acting person owns the file; that does not change while it is open.
        self._owner = False
        self._permissions: Mapping[str, Permission] | None = None
        self._trust = 0
        self._guard: Guard | None = None
        self._stood = self._is_arming = False
        #: Whether the person opened the office to read alone, whatever they may do else.
        self.reads_only = False
        #: Whether the open action may write rows that the acting person does not reach.
        self.is_beyond = False

    @property
    def guard(self) -> Guard | None:
        """SQLite's own check of each statement; None for a person who may do everything."""
        return self._guard

    @property
    def is_trusted(self) -> bool:
        """Whether code runs that may read more than the acting person (`trusted`)."""
        return self._trust > 0

    @property
    def who(self) -> Who:
        """The acting person, as the file has them now: grants and revocations count at once."""
        if self._who is not None and (self._owner or self._is_arming):
            return self._who
        from officeops.access.access_days import office_day_ends
        from officeops.access.identity import Who, again, key_fault, owns, person, process_user

        if not self.user and owns(self.store.path):
            self._who, self._owner = Who(self.actor, everything=True), True
            return self._who
        # SQLite's number of writes by others; one's own are followed by `forget_who`.
        at = self.store.db.execute("PRAGMA data_version").fetchone()[0]
        if self._who is None or self._who_at != at or time() >= self._who_until:
            look_up = again if self._guard else person
            with self.lifted():
                if self.user:
                    self._who = look_up(self, self.user)
                else:
                    self._who = process_user(self, self.login)
                why = self.ssh_key and key_fault(self, self.ssh_key, self.login)
                if why:
                    # Its screen may be open elsewhere still, on a laptop that was stolen.
                    self._who = Who(self.login, known=False, why_out=why)
                if self.signature:
                    self._who = again(self, self.actor).signed_at(self._who)
                self._who_at, self._who_until = at, office_day_ends(self)
                if self._guard:
                    with self._at_one_moment():
                        self._guard.arm()
            if self._stood and not self._guard:
                # The first user was added while this office was open.
                self.stand_guard()
        return self._who

    def stand_guard(self) -> None:
        """Have SQLite refuse what the person may not do.

        One who may do everything needs no guard.
        """
        self._stood = True
        # Looking the person up may have begun it.
        if not self.who.everything and not self._guard:
            from officeops.access.guard import Guard
            from officeops.model.error_words import discreet

            discreet()
            with self._at_one_moment():
                guard = Guard(self)
                guard.arm()
            guard.mode("direct")
            self._guard = guard

    @contextmanager
    def _at_one_moment(self) -> Iterator[None]:
        """Have a guard take the person's reach as it was at one moment: others may write."""
        self._is_arming = True
        try:
            yield
        finally:
            self._is_arming = False

    def guard_again(self) -> None:
        """Restore the guard in SQLite, after a migration put its own boundary in the place."""
        if self._guard:
            self._guard.mode(self._guard.now)

    def forget_who(self) -> None:
        """Look the acting person up again, after a write by this office."""
        if not self._owner:
            self._who = None

    @property
    def is_at_shared_login(self) -> bool:
        """Whether people share the login that the office is open for."""
        return self.signature is not None or self.who.is_shared

    def sign(self, signature: Signature) -> None:
        """Act from here on for the person who signed, with what they and the login both reach.

        Raises Refused where the login is one person's, or not shared any more.
        """
        if not self.who.is_shared:
            from officeops.model.errors import Refused

            raise Refused(f"people do not share the login {self.login}", code="changed-since")
        self.signed_at = {"login": self.login, "place": self.who.place, "key": self.ssh_key}
        self.signature, self.actor = signature, signature.login
        self._who = None
        # The guard takes the person's reach at once.
        self.who  # noqa: B018

    def acting_user(self) -> int | None:
        """The acting person's id as a user; None for one who is no user of this office."""
        sql = "SELECT id FROM core_user WHERE login = ? AND archived_at IS NULL"
        with self.lifted():
            user_id: int | None = self.value(sql, self.actor)
        return user_id

    def may(self, permission: str) -> bool:
        """Whether the acting person may do that. An undeclared permission is sensitive."""
        return self.is_open_to(self.who, permission)

    def is_open_to(self, who: Who, permission: str) -> bool:
        """Whether a person may do that."""
        if who.everything and not self.reads_only:
            return True
        # Built on first use: the owner of the file never needs it.
        if self._permissions is None:
            from officeops.access.roles import known

            self._permissions = known(self)
        declared = self._permissions.get(permission)
        if declared is None:
            # Another plugin's code may ask by the name that a record had before a migration.
            from officeops.model.former_keys import permission_of_today

            permission = permission_of_today(self.records, permission)
            declared = self._permissions.get(permission)
        # Deny by default: what nothing declares is for a role that reaches everything.
        level = declared.level if declared else "sensitive"
        if self.reads_only and not (level == "read" or permission.endswith(_VIEW)):
            return False
        return who.everything or who.reaches(permission, level)

    def allow(self, permission: str) -> None:
        """Raise Forbidden where the acting person may not do that."""
        if why := self.why_not(permission):
            from officeops.model.errors import Forbidden

            cure = (
                "Leave out --read-only"
                if self.reads_only
                else "A manager can grant a role that may"
            )
            raise Forbidden(f"{why}. {cure}.")

    def why_not(self, permission: str) -> str:
        """Say why the acting person may not do that, without a full stop; blank if they may."""
        if self.may(permission):
            return ""
        declared = (self._permissions or {}).get(permission)
        deed = permission
        if declared:
            help_text = declared.help[:1].lower() + declared.help[1:].rstrip(".")
            deed = f"{help_text} ({permission})"
        person = self.actor
        if self.reads_only:
            return f"this session only reads (--read-only), so it may not {deed}"
        if not self.who.known:
            out = self.who.why_out
            person = f"{self.actor}, who is not a user of this office,"
            if out:
                return f"{out}, so {self.actor} may not {deed}"
        level = declared.level if declared else "sensitive"
        if self.who.within and self.who.is_held_back(permission, level):
            person = f"the shared login {self.who.within.name}, where {self.actor} signs,"
        return f"{person} may not {deed}"

    def allow_view(self, record: type[Record]) -> None:
        """Raise Forbidden if the person may not see a kind of record; trusted code may."""
        if not self._trust:
            self.allow(f"{record.meta.key}.view")

    def may_view(self, record: type[Record]) -> bool:
        """Whether the acting person may see a kind of record."""
        return self.may(f"{record.meta.key}.view")

    def reach(self, record: type[Record]) -> Reach:
        """How far the acting person reaches among the rows of a kind of record."""
        scope = record.meta.scope
        if scope is None:
            return "all"
        # A lock is nobody's to pass, not even for a role that reaches everything.
        if not scope.scope.lock and self.may(f"{record.meta.key}.view-all"):
            return "all"
        return "team" if self.may(f"{record.meta.key}.view-team") else "own"

    def scope_keys(self, record: type[Record], reach: Reach) -> set[int]:
        """The keys that a kind's scope gives the acting person at a reach below all."""
        from officeops.office.scope_keys import ScopeKeys

        return ScopeKeys(self.store, self.plugins).keys(record, reach, self.who.name)

    @property
    def is_unlimited(self) -> bool:
        """Whether the acting person reaches every row, as the file's owner does."""
        return self._guard is None or self.who.everything

    def allow_values(self, meta: Meta, values: Mapping[str, object]) -> None:
        """Raise Forbidden for a guarded value that the acting person may not set.

        SQLite's own check does not learn which columns an INSERT fills.
        """
        for name, stem in meta.guarded.items():
            value = values.get(name)
            if value is not None and value != meta.by_name[name].default:
                self.allow(f"{stem}.edit")

    def seen(self) -> dict[str, type[Record]]:
        """The kinds of record that the acting person may see, by key."""
        return {key: record for key, record in self.records.items() if self.may_view(record)}

    def may_open(self, plugin: str, declared: Command | Report | Job | Screen) -> bool:
        """Whether the acting person may open a command, report, job or screen of a plugin."""
        from officeops.access.permissions import opening

        return self.may(opening(plugin, declared))

    def withheld(self, record: type[Record]) -> frozenset[str]:
        """The columns of a kind of record that the acting person may not see."""
        meta = record.meta
        if not (meta.guarded or meta.first_children) or self.who.everything:
            return frozenset()
        stems = (*meta.guarded.items(), *meta.first_children)
        withheld = {name for name, stem in stems if not self.may(f"{stem}.view")}
        for field in meta.sealed:
            if field.lookup and field.name in withheld:
                # A digest shows which records have the same value.
                withheld.add(field.index_column)
        return frozenset(withheld)

    def unseen(self, record: type[Record]) -> frozenset[str]:
        """The kinds that a record refers to and the person may not see; their names stay hidden."""
        if self._trust or self.who.everything:
            return frozenset()
        unseen = set()
        for field in record.meta.fields:
            target = self.records.get(field.target)
            if target is not None and not self.may_view(target):
                unseen.add(field.target)
        return frozenset(unseen)

    def shown(self, record: type[Record]) -> tuple[Field, ...]:
        """The fields that lists and exports show the acting person."""
        withheld = self.withheld(record)
        return tuple(field for field in record.meta.list_fields if field.name not in withheld)

    @contextmanager
    def trusted(self, mode: str = "trusted") -> Iterator[None]:
        """Let code read more than the person may: a report or due items need totals.

        With mode `action` it writes too.
        """
        self._trust += 1
        before = self._guard.now if self._guard else ""
        if self._guard and before != "action":
            self._guard.mode(mode)
            if mode == "report":
                self._guard.views.read.clear()
        db = self.store.db
        reach = db.reach
        if mode == "action":
            db.reach = "acting"
        try:
            yield
        finally:
            self._trust -= 1
            db.reach = reach
            # Inside an action nothing was switched, and a statement of it may be under way.
            if self._guard and self._guard.now != before:
                self._guard.mode(before)

    def told(self, ask: Callable[[], Sequence[Problem]]) -> Sequence[Problem]:
        """Ask a rule of a write for problems, and return them as the acting person may read them."""
        problems = ask()
        if not problems or self.is_unlimited:
            return problems
        from officeops.office.told_problems import told

        return told(self.as_seen, problems, ask)

    @contextmanager
    def as_seen(self) -> Iterator[None]:
        """Have tables with a scope give the rows within reach alone, inside an action, too."""
        if self._guard is None:
            yield
            return
        before = self._guard.now
        self._guard.mode("report")
        try:
            yield
        finally:
            self._guard.mode(before)

    @contextmanager
    def acting(self, *, beyond: bool) -> Iterator[None]:
        """Let code of an action read and write; with `beyond`, rows that the person does not reach."""
        before = self.is_beyond
        self.is_beyond = beyond
        try:
            with self.trusted("action"):
                yield
        finally:
            self.is_beyond = before

    def noting(self) -> AbstractContextManager[dict[str, set[str]]]:
        """Note the tables that each plugin reads while it is asked; none for one without limits."""
        return self._guard.noting() if self._guard else nullcontext({})

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Suspend the guard for the core's own statements, whose permission was checked already.

        Outside an action it still writes nothing.
        """
        db = self.store.db
        reach = db.reach
        if reach == "acting":
            db.reach = "core"
        try:
            with self._guard.lifted() if self._guard else _UNGUARDED:
                yield
        finally:
            db.reach = reach
