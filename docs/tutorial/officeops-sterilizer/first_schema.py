"""The steps that made the tables. `officeops plugins migration sterilizer` writes the next one."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
