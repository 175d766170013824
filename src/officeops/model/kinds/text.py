"""Text of one line."""

from __future__ import annotations

from officeops.model.kinds.kind import Kind


class Text(Kind):
    """A line of text, kept as people write it, with single blanks."""

    name = "text"
    is_text = True
    takes = frozenset({"search"})
    takes_any_text = True
