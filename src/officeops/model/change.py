"""Change: one recorded write."""

from __future__ import annotations

from typing import Any

from officeops.model.immutable import Value


class Change(Value):
    """A write of one record: what it was and became, who did it and in which action.

    `before` is None for a new record, and `after` has all its columns. In a change both have the
    columns that change alone, `archived_at` where it is archived. Values are as SQLite keeps them.
    """

    record: str
    id: int
    before: dict[str, Any] | None
    after: dict[str, Any]
    actor: str
    verb: str
