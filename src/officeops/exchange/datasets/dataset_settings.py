"""The settings of datasets."""

from __future__ import annotations

from officeops.model.settings_table import Settings, setting


class DatasetSettings(Settings):
    """The table [datasets] of officeops.toml."""

    fewer: int = setting(
        20,
        minimum=0,
        maximum=100,
        help="A file that has more than so many percent fewer rows than the last one is asked about",
    )
