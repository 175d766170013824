"""Change: one recorded write."""

from __future__ import annotations

from typing import Any

from officeops.model.immutable import Value


class Change(Value):
    """A write of one record: what it was and became, who did it and in which action.

    `before` is None for a new record. Both hold columns as SQLite keeps them.
    """

    record: str
    id: int
    before: dict[str, Any] | None
    after: dict[str, Any]
    actor: str
    verb: str
