"""RecordLife: the life of a record as the record itself knows it, as a Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from officeops.model.lifecycle.state_column import StateColumn

if TYPE_CHECKING:
    from officeops.model.meta import Meta


class RecordLife(StateColumn, Protocol):
    """The declared states of a record; `officeops.Lifecycle` is the class.

    Its transitions ask an office and write records, so a record names no more of it than this.
    """

    @property
    def states(self) -> tuple[str, ...]:
        """The states in their order."""
        ...

    @property
    def log(self) -> bool:
        """Whether each transition is noted as an event."""
        ...

    @property
    def since(self) -> str:
        """The instant at which the first state began; blank: when the record was added."""
        ...

    @property
    def binds(self) -> bool:
        """Whether what belongs to the record is no longer undone once its state has changed."""
        ...

    def check(self, meta: Meta) -> None:
        """Raise TypeError where the record has not what the lifecycle names."""
        ...

    def verb_between(self, was: str, now: str) -> str:
        """Return the verb of the first transition from a state to another; blank for none."""
        ...

    def barred(
        self,
        office: Any,  # noqa: ANN401 - an office reads records, so it cannot be named here
        record: Any,  # noqa: ANN401 - a record has a life
        was: str,
        now: str,
        verb: str = "",
    ) -> str | None:
        """Return why nobody, or not the acting person, brings it from one state to another."""
        ...

    def refused_again(
        self,
        office: Any,  # noqa: ANN401 - as above
        record: Any,  # noqa: ANN401 - as above
        was: str,
        now: str,
    ) -> str | None:
        """Return why the guards let nobody bring it from one state to another by now."""
        ...
