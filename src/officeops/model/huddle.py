"""HuddleLine: one line of the morning's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A part of the morning's page.
HuddlePart = Literal[
    "hours",
    "people",
    "unsafe",
    "short",
    "equipment",
    "deliveries",
    "visitors",
    "tasks",
    "notices",
]
#: The parts of the page in its order, each with its heading.
PARTS: Final[Mapping[str, str]] = {
    "hours": "Hours",
    "people": "People",
    "unsafe": "Do not use",
    "short": "Short",
    "equipment": "Out of order",
    "deliveries": "Deliveries",
    "visitors": "Visitors",
    "tasks": "Tasks",
    "notices": "Notices",
}


class HuddleLine(Value):
    """One line of the morning's page.

    `part` is where on the page it is. A blank `what` says that the plugin keeps this part and that nothing is in it
    today. `record` and `record_id` say what it is about; who may not see that does not see the line.
    """

    part: HuddlePart
    what: str = ""
    record: str = ""
    record_id: int = 0
