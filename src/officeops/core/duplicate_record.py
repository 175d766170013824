"""Duplicates: a person's answer about two records that may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.about import About  # noqa: TC001 - two columns
from officeops.model.errors import Reason
from officeops.model.fields import choice, field
from officeops.model.records import Record
from officeops.values.wording import listing

if TYPE_CHECKING:
    from officeops.model.office import Office

#: The action that wrote a row.
_WRITTEN_BY: Final = (
    "SELECT action_id FROM core_change WHERE record = 'core_duplicate' AND record_id = ? "
    "ORDER BY id LIMIT 1"
)


class KnownDuplicate(
    Record,
    key="core.duplicate",
    commandless=True,
    label="Duplicate",
    display="answer",
    sort="-id",
    actions_only=True,
):
    """Two records of one kind that were merged, or that a person said are different.

    Of a merge it is about the record that was archived, and `other` stays. Undo archives it.
    `plugins` are those that were off then; a row that `follows` the merge names the ones that
    moved their references later (`officeops.office.followed_merges`).
    """

    about: About
    other: int = field(help="Number of the other record")
    answer: str = choice("merged", "different", "followed")
    plugins: str | None = field(default=None, help="Plugins that were off, or that followed")
    follows: int | None = field(default=None, help="Number of the merge that was followed")

    def still_needed(self, office: Office) -> str | None:
        """Keep a merge that plugins followed since: what they moved would be left behind."""
        followed = office.first(KnownDuplicate, "follows = ?", self.id)
        if followed is None:
            return None
        action = office.value(_WRITTEN_BY, followed.id)
        plugins = listing((followed.plugins or "").split())
        why = f"{plugins} followed it since; undo action {action} before it"
        return Reason(why, code="changed-since")
