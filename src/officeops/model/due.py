"""Due: something that needs attention by a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import date

#: How bad it is that a due item waits: `unsafe` (people at risk), `legal` (the law), `money`, or
#: `routine` (none of these).
Severity = Literal["unsafe", "legal", "money", "routine"]
Severity.__doc__ = (
    """How bad it is to wait: give one of these four words as the `severity` of a `Due`."""
)
#: Worst first: people at risk, the law, money, and the rest.
SEVERITIES: Final[tuple[Severity, ...]] = ("unsafe", "legal", "money", "routine")


class Due(Value):
    """One thing to see to.

    `key` is stable: the same thing has the same key tomorrow, so that it can be snoozed and known
    as seen. `severity` is how bad it is to wait: `unsafe` puts people at risk, `legal` breaks the
    law, `money` costs, and `routine` does none of these. `record` and `record_id` say what it is about (0: no one record); `action` is what
    settles it, or several that do ("release or discard"); `owner` is whose it is: a login, a role or
    the name of a person, and an owner whom nobody knows is the managers'. `others` see it among
    their own too.
    """

    key: str
    on: date
    what: str
    severity: Severity = "routine"
    owner: str = "manager"
    action: str = ""
    record: str = ""
    record_id: int = 0
    others: tuple[str, ...] = ()


class Noted(Value):
    """A due item with what people made of it."""

    due: Due
    plugin: str
    snoozed_until: str
    snoozed_by: str
    seen: bool

    @property
    def sort_key(self) -> tuple[int, date, str]:
        """Worst first, then soonest."""
        return SEVERITIES.index(self.due.severity), self.due.on, self.due.key
