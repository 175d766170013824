"""Files, by their path."""

from __future__ import annotations

from officeops.model.kinds.kind import Kind


class File(Kind):
    """The path of a file."""

    name = "file"
    annotation = "Path"
    other_annotations = ("str",)
    can_be_sealed = False
    takes_any_text = True
