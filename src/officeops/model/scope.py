"""Scope: whose rows of a kind of record a person reaches: their own, their team's, or all.

A kind of record without a scope is for all who may see the kind.
"""

from __future__ import annotations

from typing import Literal

from officeops.model.immutable import Value

#: How far a person reaches among the rows of a kind of record.
Reach = Literal["own", "team", "all"]


class Scope(Value):
    """A way to tell whose a row is, by a key such as a person's id.

    `own` and `team` are SQL with one `?`, the id of the acting user (`core.user`). Each returns
    keys: `own` those of the user, `team` those of the people that the user leads. A team may have
    levels: it is your SQL, so write WITH RECURSIVE. Without `team` nobody has one.

    With `lock` nobody is granted all rows, whatever their role: a row opens when the SQL says so,
    as interviewers' scores do when the last of them is in. An action may open rows by that.

    The office asks them when it opens, and again when its file has changed.
    """

    name: str
    own: str
    team: str = ""
    lock: bool = False

    def by(
        self,
        path: str,
        *,
        team: str = "lead",
        all: str = "sensitive",  # noqa: A002 - one of the three words: own, team, all
    ) -> ScopedBy:
        """Say where a kind of record has its key: in a column, or over references.

        `person_id` is a column of the record itself, `leave_id.person_id` one of the leave that it
        refers to, and `id` the record's own number. `team` and `all` are the levels of the
        permissions to reach that far: `read`, `work`, `lead`, `manage` or `sensitive`.
        """
        return ScopedBy(self, path, team, all)


class ScopedBy(Value):
    """The scope of one kind of record, the path to its key, and the levels of its permissions."""

    scope: Scope
    path: str
    team: str
    all: str

    @property
    def column(self) -> str:
        """The record's own column: where the path begins."""
        return self.path.partition(".")[0]

    @property
    def steps(self) -> list[str]:
        """The columns along the path: references, and the one that has the key."""
        return self.path.split(".")
