"""The settings of attachments."""

from __future__ import annotations

from officeops.model.settings_table import Settings, setting


class AttachmentSettings(Settings):
    """The table [attachments] of officeops.toml."""

    largest: int = setting(
        25, minimum=1, maximum=500, help="The largest file that may be attached, in MiB"
    )
