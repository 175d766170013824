"""What an export of an office brings back of talks and goals, beside their plain fields."""

from __future__ import annotations

from officeops.exchange import Importer


class OneToOneImport(Importer):
    """Brings which talks were followed up."""

    # People talk about one topic again and again.
    keys = (("person_id", "held_on", "topic"),)
    restores = ("followed_up_on",)


class GoalImport(Importer):
    """Brings how far goals are, and how they ended."""

    restores = ("progress", "state", "remark", "ended_on")


class RecognitionImport(Importer):
    """Knows praise by its day: people are praised for the same thing twice."""

    keys = (("person_id", "given_on", "text"),)
