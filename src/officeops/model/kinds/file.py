"""Files, by their path."""

from __future__ import annotations

from officeops.model.kinds.text import Text


class File(Text):
    """The path of a file."""

    name = "file"
    annotation = "Path"
    other_annotations = ("str",)
    is_text = False
    can_be_sealed = False
    takes = frozenset()
