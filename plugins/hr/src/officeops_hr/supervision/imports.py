"""What an export of an office brings back of talks and goals, beside their plain fields."""

from __future__ import annotations

from officeops.exchange import Importer


class OneToOneImport(Importer):
    """Brings which talks were followed up."""

    restores = ("followed_up_on",)


class GoalImport(Importer):
    """Brings how far goals are, and how they ended."""

    restores = ("progress", "state", "remark", "ended_on")
