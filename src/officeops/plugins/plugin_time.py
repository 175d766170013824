"""PluginTime: the time that each piece of a plugin's code has, by what it is asked for."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Final

from officeops.model.errors import OfficeError
from officeops.plugins.printed_output import Aside
from officeops.plugins.time_limits import Limit, LimitSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from types import FrameType

    from officeops.model.settings import Machine
    from officeops.plugins.askable import Askable
    from officeops.store.connection import Connection

#: Collect hooks that are asked to write, in actions of their own.
_MAY_WRITE: Final = frozenset({"changed", "demo"})
#: Collect hooks whose answers people wait for as they wait for Today's.
_LIKE_DUE: Final = frozenset({"huddle", "inspect"})
#: The consequence for answers where the time of one plugin is up.
KEPT: Final = "What it answered before that is kept, and so is what the others answer."


class PluginTime:
    """Makes the contexts in which code of plugins runs, and is stopped where it takes too long.

    `own` are the plugins that ship with officeops: loading and acting have no limit for them.
    `of_frame` names the plugin whose code a frame belongs to.
    """

    def __init__(
        self,
        own: set[str],
        machine: Machine,
        of_frame: Callable[[FrameType | None], tuple[str, str] | None],
    ) -> None:
        self._own, self._machine, self._of_frame = own, machine, of_frame

    @cached_property
    def limits(self) -> LimitSettings:
        """The table [limits] of this machine's settings."""
        return self._machine.table("limits", LimitSettings)

    def to_tell(self) -> AbstractContextManager[object]:
        """Limit the time that the words of an error take: as long as a guard has."""
        try:
            seconds = self.limits.guard
        except OfficeError:  # settings that cannot be read are an error to report, too
            seconds = LimitSettings().guard
        return Limit(None, seconds, self._of_frame, otherwise="", what="for its words", then="")

    def to_load(self, name: str, what: str) -> AbstractContextManager[object]:
        """Limit the time that a plugin has to be loaded and to register."""
        return self._limit(None, name, self.limits.action, what, "It is left out.")

    def to_act(
        self,
        name: str,
        office: Askable,
        place: str,
    ) -> AbstractContextManager[object]:
        """Limit the time of a plugin's code where it acts for others: a service, an import."""
        consequence = "What it was asked for is not done."
        seconds = self.limits.action
        return self._limit(office.store.db, name, seconds, f"for {place}", consequence)

    def to_go_on(
        self,
        name: str,
        office: Askable,
        place: str,
    ) -> AbstractContextManager[object]:
        """Limit the time of a plugin's job until its next sentence: cron's jobs nobody watches."""
        consequence = "The rest of it is not done; what it saved before is saved."
        what = f"for each sentence of {place}"
        return self._limit(office.store.db, name, self.limits.job, what, consequence)

    def to_compute(
        self,
        name: str,
        office: Askable,
        names: Sequence[str],
        record: str,
    ) -> AbstractContextManager[object]:
        """Limit the time that SQLite spends on a list with computed fields of a plugin's record."""
        fields = "field" if len(names) == 1 else "fields"
        what = f"to compute the {fields} {' and '.join(names)} of {record}"
        return self._limit(office.store.db, name, self.limits.search, what, "Nothing is shown.")

    def _limit(
        self,
        db: Connection | None,
        name: str,
        seconds: float,
        what: str,
        then: str,
    ) -> AbstractContextManager[object]:
        if name in self._own:
            return nullcontext()
        return Limit(
            db,
            seconds,
            self._of_frame,
            otherwise=name,
            what=what,
            then=then,
            kept=True,
        )

    @contextmanager
    def asking(
        self,
        hook: str,
        name: str,
        office: Askable | None,
        *,
        then: str = KEPT,
    ) -> Iterator[None]:
        """Ask a plugin something: it only reads, prints to stderr, and has its hook's time.

        `then` is the consequence for its answer where that time is up. Plugins that ship with
        officeops have these limits too, because one slow answer would hold up a whole list.
        """
        if office is None or hook == "demo":
            with Aside():
                yield
            return
        db = office.store.db
        named = "due" if hook in _LIKE_DUE else hook
        limit = Limit(
            db,
            getattr(self.limits, named, self.limits.action),
            self._of_frame,
            otherwise=name,
            what=f"for {hook}",
            then=then,
            kept=name not in self._own,
        )
        if hook in _MAY_WRITE:
            with Aside(), limit:
                yield
            return
        before = db.begin_answer((name, hook))
        try:
            with Aside(), limit:
                yield
        finally:
            db.end_answer(before)
