"""The morning's page: the lines of every plugin, part by part, as far as a person may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.core.huddle_lines import own_lines
from officeops.model.huddle import PARTS

if TYPE_CHECKING:
    from officeops.model.huddle import HuddleLine
    from officeops.office.office import Office

    #: A line with the plugin that gave it.
    Owned = tuple[str, HuddleLine]

#: The permission to print the page. Its lines need those of the records that they are about.
VIEW: Final = "core.huddle.view"


def huddle(office: Office) -> dict[str, list[Owned]]:
    """Map the parts of the page to their lines; a part that is kept and empty has no line.

    A part that nothing keeps is not there: nobody knows whether it is empty.
    """
    office.allow(VIEW)
    with office.trusted():
        answers = [("core", line) for line in own_lines(office)]
        answers += office.plugins.collect("huddle", office=office)
    page: dict[str, list[Owned]] = {}
    for part in PARTS:
        of_part = [answer for answer in answers if answer[1].part == part]
        seen = [answer for answer in of_part if _may_see_kind(office, *answer)]
        if seen:
            page[part] = [answer for answer in seen if _is_line(office, answer[1])]
    return _once(page)


def _once(page: dict[str, list[Owned]]) -> dict[str, list[Owned]]:
    """Leave a task out that another part names: who comes for it is a visitor, and not work too."""
    elsewhere = set()
    for part, answers in page.items():
        if part != "tasks":
            elsewhere |= {(line.record, line.record_id) for _, line in answers if line.record_id}
    tasks = page.get("tasks", [])
    if tasks:
        kept = [one for one in tasks if (one[1].record, one[1].record_id) not in elsewhere]
        page["tasks"] = kept
    return page


def _may_see_kind(
    office: Office,
    plugin: str,
    line: HuddleLine,
) -> bool:
    kind = office.records.get(line.record)
    if kind is not None and kind.meta.scope and line.what and not line.record_id:
        why = f"its line {line.what!r} names no record, so nobody knows whose it is; it is left out"
        office.plugins.note(plugin, "huddle", why, hook="huddle")
        return False
    return office.may_view(kind) if kind else not line.record


def _is_line(office: Office, line: HuddleLine) -> bool:
    """Whether a line says anything, about a record that the acting person reaches."""
    kind = office.records.get(line.record)
    is_within = kind is None or not line.record_id or office.in_reach(kind, line.record_id)
    return bool(line.what) and is_within
