"""Views of tasks."""

from __future__ import annotations

from typing import Final

from officeops.model.declarations import View

_OPEN: Final = ("title", "due_on", "slot", "owner", "missed", "severity")
_CLOSED: Final = ("title", "due_on", "slot", "state", "reason", "done_by")

VIEWS: Final = (
    View("open", "core.task", "Open tasks", "state=open", "due_on", _OPEN),
    View("missed", "core.task", "Missed tasks, without a reason", "missed=yes", "due_on", _OPEN),
    View(
        "to-sign",
        "core.task",
        "Done, to be signed",
        "state=done second_sign=yes",
        "due_on",
        _CLOSED,
    ),
    View(
        "gaps", "core.task", "Skipped and missed tasks", "state=skipped,missed", "-due_on", _CLOSED
    ),
)
