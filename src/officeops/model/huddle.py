"""HuddleLine: one line of the morning's page."""

from __future__ import annotations

from typing import Final

from officeops.model.immutable import Value

#: The parts of the page in its order, each with its heading.
PARTS: Final = {
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

    `part` is a word of the page: hours, people, unsafe, short, equipment, deliveries, visitors,
    tasks or notices. A blank `what` says that the plugin keeps this part and that nothing is in it
    today. `record` and `record_id` say what it is about; who may not see that does not see the line.
    """

    part: str
    what: str = ""
    record: str = ""
    record_id: int = 0
