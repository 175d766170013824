"""Page: what a kind of record says of one above its fields, as sections of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.about import Subject


class PageLine(Value):
    """A line of a record's page: its label, which may be blank, its text, and what Enter opens."""

    label: str
    text: str
    opens: Subject | None = None


class PageSection(Value):
    """Lines under a heading; the first section of a page has a blank one."""

    heading: str
    lines: Sequence[PageLine]
