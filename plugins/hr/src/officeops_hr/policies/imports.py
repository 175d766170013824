"""Policies and their versions from files: those of the office's own export, or of a binder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.exchange import Importer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.exchange import Row

_LAST: Final = "SELECT policy_id, max(number) FROM hr_policy_version GROUP BY policy_id"


class PolicyImport(Importer):
    """Takes policies as they come: their versions come after them."""

    later = ("effective_on", "in_effect", "review_on")


class PolicyVersionImport(Importer):
    """Recognizes versions by number or day, and numbers new ones in the order of the file."""

    keys = (("policy_id", "number"), ("policy_id", "effective_on"), ("policy_id", "text"))
    restores = ("number",)

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Give each version without a number the next one of its policy."""
        # In the order of the file, which is that of a binder.
        last = dict(self.office.rows(_LAST))
        for row in rows:
            policy = row.values["policy_id"]
            number = row.values.get("number") or last.get(policy, 0) + 1
            row.values["number"] = number
            last[policy] = max(number, last.get(policy, 0))
        return ()
