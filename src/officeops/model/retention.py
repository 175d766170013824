"""Retention: how long a kind of record is kept, as its plugin declares it."""

from __future__ import annotations

from typing import Final

from officeops.model.immutable import Value

#: Records of destruction, holds, rules and former names are never destroyed, nor are the office's
#: facts.
NEVER: Final = frozenset(
    {
        "core.office",
        "core.retention-rule",
        "core.legal-hold",
        "core.destruction",
        "core.former-name",
    }
)


class Retention(Value):
    """How long a record is kept: `retention = Retention(years=6, after="expires_on", why="...")`.

    `after` names the date or instant the years count from, a field or a computed one; blank there,
    it is when the record was archived. With no years, that day is the last one that it is kept. A record is destroyed by `officeops purge` alone, and only once it is settled:
    archived, or replaced by a renewal. `why` names the law or the contract. An office may say other
    years (`officeops retention-rule add`).
    """

    years: int
    after: str = "archived_at"
    why: str = ""
