"""Requirements: what the office says about a question of an inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.fields import field
from officeops.model.records import Record

if TYPE_CHECKING:
    from datetime import date


class Requirement(
    Record, key="core.requirement", commandless=True, display="question", actions_only=True
):
    """A question of an inspector that the office confirmed as its requirement, in its words of that day.

    `officeops inspect TOPIC --confirm` writes it. A question whose wording or source has changed
    since is not confirmed any more.
    """

    question: str = field(unique=True, list_rank=1, help="The question's key, such as osha.poster")
    wording: str = field(kind="long_text", hidden=True, help="The wording that was confirmed")
    confirmed_on: date = field(list_rank=2)
    confirmed_by: str = field(list_rank=3)
    not_ours: str | None = field(
        default=None, list_rank=4, label="Not ours", help="Why it does not apply to this office"
    )
    binder: str | None = field(default=None, list_rank=5, help="Where the paper is kept")
