"""Kinds of values: one file for each, which says all that is particular to it.

A kind is its class in a file here, and its line in `KINDS`. A plugin's own kind is its class alone:
`mood: str = field(kind=Mood())`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.model.kinds.kind import Kind

#: The kinds by name, each with its module here and its class. One is loaded when a field is of it.
KINDS: Final[dict[str, str]] = {
    "text": "text:Text",
    "long_text": "long_text:LongText",
    "number": "number:Number",
    "quantity": "quantity:Quantity",
    "decimal": "decimals:Decimal",
    "money": "money:Money",
    "price": "price:Price",
    "date": "day:Day",
    "instant": "instant:Instant",
    "time_of_day": "time_of_day:TimeOfDay",
    "duration": "duration:Duration",
    "hours": "hours:Hours",
    "temperature": "temperature:Temperature",
    "choice": "choice:Choice",
    "yes_no": "yes_no:YesNo",
    "reference": "reference:Reference",
    "file": "file:File",
    "item_code": "item_code:ItemCode",
    "phone": "phone:PhoneNumber",
}
#: The kind that an annotation stands for, where no kind is given.
KIND_OF_ANNOTATION: Final = {
    "str": "text",
    "int": "number",
    "bool": "yes_no",
    "date": "date",
    "datetime": "instant",
    "Path": "file",
}
_loaded: dict[str, Kind] = {}


def kind_of(name: str | Kind) -> Kind:
    """Return the kind of a name; a plugin's own kind is returned as it is.

    Raises TypeError, which names the kinds, for a name of none.
    """
    if not isinstance(name, str):
        return name
    loaded = _loaded.get(name)
    if loaded is None:
        if name not in KINDS:
            raise TypeError(f"there is no kind of field {name!r}; the kinds are {', '.join(KINDS)}")
        module, _, kind = KINDS[name].partition(":")
        loaded = _loaded[name] = getattr(import_module(f"{__name__}.{module}"), kind)()
    return loaded
