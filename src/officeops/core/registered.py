"""The records and actions that the core registers of its own, as a plugin would."""

from __future__ import annotations

from typing import Any


def registered(hook: str) -> list[tuple[str, Any]]:
    """Return what the core registers for a hook, each with the core's name.

    Its actions are read only when asked for.
    """
    if hook == "records":
        from officeops.core.records import RECORDS

        return [("core", record) for record in RECORDS]
    if hook == "actions":
        from officeops.core.actions import ACTIONS

        return [("core", declared) for declared in ACTIONS]
    if hook == "jobs":
        from officeops.core.task_actions import JOBS

        return [("core", declared) for declared in JOBS]
    if hook == "views":
        from officeops.access.views import VIEWS as ACCESS
        from officeops.core.document_views import VIEWS as DOCUMENTS
        from officeops.core.task_views import VIEWS as TASKS

        return [("core", view) for view in (*TASKS, *DOCUMENTS, *ACCESS)]
    if hook == "roles":
        from officeops.model.declarations import Role

        # The office's own role of this name counts in its place, as it may be older.
        return [("core", Role("lead", ("lead",), "The day's work, and the rows of their team."))]
    return []
