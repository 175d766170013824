"""Settling: how a task is settled that another record completes, such as a reading or a visit."""

from __future__ import annotations

from officeops.model.immutable import Value


class Settling(Value):
    """How a task of a plan is settled, where another record completes it.

    - `step` is what Today says to do in place of "complete or skip"; blank where the plugin has a
      line of its own for it, so that nobody reads one thing twice
    - `cure` says what to do instead where `complete` is refused; blank lets people complete it;
      `TASK` in it is the key of the task, so that people may type the command as they read it
    """

    step: str
    cure: str = ""

    def cure_of(self, task: str) -> str:
        """Return what to do instead, with the key of the task."""
        return self.cure.replace("TASK", task)
