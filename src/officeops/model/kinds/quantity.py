"""Quantities of goods."""

from __future__ import annotations

from officeops.model.kinds.number import Number


class Quantity(Number):
    """How much there is of something, in its smallest unit."""

    name = "quantity"
    example = "5"
    measures = "goods"
