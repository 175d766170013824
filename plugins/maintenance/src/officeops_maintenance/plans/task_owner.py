"""Whose tasks a list is asked for: a typing error must not look like nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import NotFound, Task, folded

if TYPE_CHECKING:
    from officeops import Office


def task_owner(office: Office, word: str) -> str:
    """Return the owner that somebody asked for; blank is everybody.

    Raises NotFound for a person or role, other than the acting one, without a task that is seen.
    """
    asked = folded(word)
    if not word or asked == folded(office.actor):
        return word
    # Who may log in is not for everybody to learn, so a login without a task is no answer.
    if not any(folded(task.owner) == asked for task in office.all(Task)):
        why = f"Nobody called {word!r} has a task. Look with `officeops task list`."
        raise NotFound(why, code="not-found")
    return word
