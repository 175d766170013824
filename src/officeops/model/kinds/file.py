"""Files, by their path."""

from __future__ import annotations

import os
from typing import Any

from officeops.model.kinds.text import Text


class File(Text):
    """The path of a file, kept as text; an action whose parameter is a `Path` gets a `Path`."""

    name = "file"
    # A record gives back what its column has, so only a parameter may be annotated `Path`.
    other_annotations = ("Path",)
    is_text = False
    is_file = True
    can_be_sealed = False
    takes = frozenset()
    tidied_types = (str, os.PathLike)

    def tidied(self, value: Any) -> Any:
        path = os.fsdecode(value) if isinstance(value, os.PathLike) else value
        return super().tidied(path)
