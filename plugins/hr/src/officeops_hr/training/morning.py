"""What the morning's page says of training: the sessions of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import HuddleLine
from officeops_hr.training.session import TrainingSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the sessions that are held today."""
    for session in office.all(TrainingSession, "held_on = ?", office.today.isoformat()):
        # People look for the room by the name of the trainer.
        trainer = f" with {session.trainer}" if session.trainer else ""
        what = f"Training: {session.title}{trainer}"
        yield HuddleLine(
            "notices",
            what,
            TrainingSession.meta.key,
            session.id,
        )
