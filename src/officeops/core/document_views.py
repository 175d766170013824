"""Views of the practice's documents."""

from __future__ import annotations

from typing import Final

from officeops.model.declarations import View

VIEWS: Final = (
    View(
        "expiring",
        "core.practice-document",
        "Expiring documents",
        "status=due,in_grace,expired",
        "expires_on",
    ),
    View("renewed", "core.practice-document", "Renewed documents", "current=no", "-expires_on"),
)
