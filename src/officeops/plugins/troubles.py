"""Troubles: the failures of the plugins of one office, each noted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from officeops.model.error_words import begun_in, damage, told, trace_of
from officeops.model.errors import Broken
from officeops.plugins.blame import is_a_stop
from officeops.plugins.manifest import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable


class Troubles:
    """Notes failures. With `strict`, for authors, a plugin's error is raised instead."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.all: list[Trouble] = []

    def note(
        self,
        name: str,
        where: str,
        why: str,
        trace: str = "",
        hook: str = "",
        check: str = "",
        *,
        is_refused: bool = False,
    ) -> None:
        """Note a trouble, once."""
        trouble = Trouble(name, where, why, trace, hook, check, is_refused)
        if trouble not in self.all:
            self.all.append(trouble)

    def why(self, name: str) -> str:
        """Say why a plugin is not in order; blank without a trouble."""
        own = [trouble for trouble in self.all if trouble.plugin == name]
        return "; ".join(f"{trouble.where}: {trouble.why}" for trouble in own)

    def noting(
        self,
        name: str,
        where: str,
        hook: str = "",
    ) -> Trial:
        """Make a context that notes an error inside it as a plugin's trouble."""
        return Trial(self, self.note, name, where, hook)


class Trial:
    """A context that hands an error inside it to `record`: it is noted, or its plugin refused."""

    def __init__(
        self,
        troubles: Troubles,
        record: Callable[[str, str, str, str, str, str], None],
        name: str,
        where: str,
        hook: str = "",
    ) -> None:
        self._troubles = troubles
        self._record = record
        self._name = name
        #: The place in the plugin, for people; it may change inside the context.
        self.where = where
        self._hook = hook

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: object,
    ) -> bool:
        # SystemExit is an error too: a plugin that exits is as broken as one that raises.
        if error is None or is_a_stop(error) or self._troubles.strict:
            return False
        # A damaged file is no fault of the plugin, and to turn it off would hide what it keeps.
        is_of_sqlite = hasattr(error, "sqlite_errorname")
        fault = damage(error) if is_of_sqlite and isinstance(error, Exception) else ""
        if fault:
            self._record(self._name, self.where, fault, "", self._hook, "")
            return True
        check, trace = "hook-runs", trace_of(error)
        if isinstance(error, Broken):
            check, trace = error.check, begun_in(error.function, trace)
        self._record(self._name, self.where, told(error), trace, self._hook, check)
        return True
