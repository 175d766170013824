"""The formats of the reports of data loggers."""

from __future__ import annotations

from typing import Final

from officeops import Format

FORMATS: Final = [
    Format(
        "berlinger",
        (),
        ("maintenance.logger-reading",),
        ("serial", "taken_at", "celsius", "fahrenheit", "device"),
        "officeops_maintenance.readings.berlinger:read",
        begins="Device:",
    ),
]
