"""Attachments: files that belong to a record. Their bytes are in `store.blobs`, outside the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.core.subject_rule import subject_problems
from officeops.model.about import About  # noqa: TC001 - two columns
from officeops.model.fields import choice, field
from officeops.model.records import Record
from officeops.values.file_types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.errors import Problem
    from officeops.model.office import Office

#: The permissions to open sealed files and to attach them: `.view` and `.edit` of this.
SEALED: Final = "core.attachment.sealed"


class Attachment(
    Record,
    key="core.attachment",
    group="Office",
    also=("file", "paper", "scan"),
    display="name",
    sort="-id",
    actions_only=True,
):
    """A file of a record, seen by people who see that one.

    Undo archives it, and its bytes stay, so redo needs no file.
    """

    added_by = "officeops location attach"

    about: About
    name: str | None = field(
        default=None, search=True, list_rank=1, help="The file's name; blank of a sealed one"
    )
    sealed_name: str | None = field(
        default=None, sealed=True, guard=SEALED, list_rank=6, help="The name of a sealed file"
    )
    type: str = choice(*TYPES, list_rank=2, help="The type that its first bytes tell")
    size: int = field(minimum=0, unit="bytes", list_rank=3)
    sha256: str = field(
        hidden=True,
        help="Digest of the bytes: SHA-256, or of a sealed file a digest that takes the key",
    )

    @property
    def is_sealed(self) -> bool:
        """Whether the bytes are encrypted in the office's file."""
        return "." in self.sha256

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an attachment of what takes none."""
        yield from subject_problems(office, self.about)
