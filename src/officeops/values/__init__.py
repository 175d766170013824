"""Text to values and back: numbers, dates, instants and money as people and files write them.

Plugins use the names below, each of which loads on first use, and `officeops.values.wording` for
numbers with their nouns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.lazy_names import lazy_names

if TYPE_CHECKING:
    from officeops.values.amounts import amount, money_text, price_text
    from officeops.values.conventions import Conventions
    from officeops.values.dates import read_date
    from officeops.values.opening_hours import read_weekdays, show_weekdays
    from officeops.values.phone_numbers import FEWEST_DIGITS, is_called, phone_digits, phone_text
    from officeops.values.plain_text import WIDTH, beside, padded, width_of, wrapped
    from officeops.values.quantities import read_decimal, read_whole
    from officeops.values.temperatures import (
        read_temperature,
        rounded_temperature,
        scale_of,
        temperature_text,
    )
    from officeops.values.text import Pattern, safe
    from officeops.values.zones import local

_HOME = {
    "FEWEST_DIGITS": "values.phone_numbers",
    "is_called": "values.phone_numbers",
    "phone_digits": "values.phone_numbers",
    "phone_text": "values.phone_numbers",
    "Conventions": "values.conventions",
    "read_temperature": "values.temperatures",
    "rounded_temperature": "values.temperatures",
    "temperature_text": "values.temperatures",
    "Pattern": "values.text",
    "WIDTH": "values.plain_text",
    "amount": "values.amounts",
    "beside": "values.plain_text",
    "local": "values.zones",
    "money_text": "values.amounts",
    "padded": "values.plain_text",
    "price_text": "values.amounts",
    "read_date": "values.dates",
    "read_decimal": "values.quantities",
    "read_weekdays": "values.opening_hours",
    "read_whole": "values.quantities",
    "safe": "values.text",
    "scale_of": "values.temperatures",
    "show_weekdays": "values.opening_hours",
    "width_of": "values.plain_text",
    "wrapped": "values.plain_text",
}

__all__ = [
    "FEWEST_DIGITS",
    "WIDTH",
    "Conventions",
    "Pattern",
    "amount",
    "beside",
    "is_called",
    "local",
    "money_text",
    "padded",
    "phone_digits",
    "phone_text",
    "price_text",
    "read_date",
    "read_decimal",
    "read_temperature",
    "read_weekdays",
    "read_whole",
    "rounded_temperature",
    "safe",
    "scale_of",
    "show_weekdays",
    "temperature_text",
    "width_of",
    "wrapped",
]

__getattr__ = lazy_names(__name__, _HOME)
