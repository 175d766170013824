"""Openings: whether code may open a sealed value, and that the history has each that it opened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.action_runner import ActionRunner
    from officeops.office.opened_values import OpenedValues


class Openings:
    """Notes which sealed values the code of an action opens, and asks whether it may."""

    def __init__(self, runner: ActionRunner, opened: OpenedValues) -> None:
        self._runner = runner
        self._opened = opened
        #: The fields that the report which runs just now declares.
        self._declared: tuple[str, ...] = ()

    def allow(self, field: str, permission: str) -> None:
        """Raise Forbidden where the acting person, or the job that runs, may not open a field."""
        if field not in self._declared:
            self._runner.allow(permission)

    @contextmanager
    def declared(
        self,
        fields: tuple[str, ...],
        subject: str,
        permission: str,
    ) -> Iterator[None]:
        """Let a report open the fields that it declares, once the history has that it does."""
        for field in fields:
            with self._runner.acting(f"{field}.reveal", {"of": [subject]}, needs=permission):
                pass
        self._declared = fields
        try:
            yield
        finally:
            self._declared = ()

    def note(
        self,
        field: str,
        subject: str,
        permission: str,
    ) -> None:
        """Note an opening with the open action, or record it as an action of its own.

        Raises OutsideAction where a plugin is asked something: its question would have to write.
        """
        if field in self._declared:
            return
        if self._runner.is_inside:
            self._opened.add(field, subject)
            return
        with self._runner.acting(f"{field}.reveal", {"of": [subject]}, needs=permission):
            pass
