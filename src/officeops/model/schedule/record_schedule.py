"""RecordSchedule: the schedule of a record as the record itself knows it, as a Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from officeops.model.errors import Problem
    from officeops.model.meta import Meta


class RecordSchedule(Protocol):
    """The part of `officeops.Schedule` that the record of plans uses.

    Its tasks ask an office and are records, so a record names no more of it than this.
    """

    @property
    def columns(self) -> frozenset[str]:
        """The columns of a plan that its tasks follow from."""
        ...

    @property
    def about(self) -> Callable[[Any, Any], Any] | None:
        """What says which records the tasks of a plan are about."""
        ...

    def bind(self, meta: Meta) -> None:
        """Take the declaration of the plans. Raises TypeError for neither a column nor a value."""
        ...

    def problems(
        self,
        office: Any,  # noqa: ANN401 - an office reads records, so it cannot be named here
        plan: Any,  # noqa: ANN401 - a record has a schedule
    ) -> Iterable[Problem]:
        """Yield the problems of a plan whose dates nobody could work out."""
        ...
