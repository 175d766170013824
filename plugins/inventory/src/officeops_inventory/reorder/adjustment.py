"""Adjustment: a plugin's suggestion in place of the rule's, checked, and named in its reason.

A plugin may change the order, its vendor and its remarks. The facts and the levels stay as the rule
has them, because the reason shows them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops import fitted
from officeops_inventory.reorder.explain import order_in_words
from officeops_inventory.reorder.types import Evaluation, Offer

if TYPE_CHECKING:
    from officeops import Office
    from officeops_inventory.model import Item

#: The terms of a suggestion that a plugin may change.
_ADJUSTABLE: Final = frozenset(
    "packs quantity pack_size pack moq offer late blocked warnings adjusted".split()
)


def adjusted(
    office: Office,
    item: Item,
    result: Evaluation,
) -> Evaluation:
    """Return what the first plugin with an answer makes of a suggestion, else the rule's own.

    A plugin whose answer cannot be ordered is noted, and the rule's suggestion stays.
    """
    take = partial(_suggestion_in, item, result)
    plugin, answer = office.plugins.first_named(
        "adjust_suggestion",
        take,
        office=office,
        item=item,
        suggestion=result,
    )
    if answer is None or answer == result:
        return result
    unit = item.base_unit
    of_plugin, of_rule = order_in_words(answer, unit), order_in_words(result, unit)
    said = f"the plugin {plugin} orders {of_plugin}; the rule, {of_rule}"
    if not answer.packs and not answer.blocked:
        answer = answer.replace(blocked=f"the plugin {plugin} orders none")
    suggestion: Evaluation = answer.replace(adjusted=said)
    return suggestion


def _suggestion_in(
    item: Item,
    result: Evaluation,
    answer: object,
) -> Evaluation:
    """Take a suggestion of a plugin. Raises TypeError or Broken for one of another type.

    Raises ValueError for one that nobody can order, naming the item.
    """
    if not isinstance(answer, Evaluation) or not isinstance(answer.offer, Offer | None):
        raise TypeError(f"it returns a Suggestion or None, not {type(answer).__name__}")
    answer = fitted(answer, Evaluation)
    if why := _fact_fault(result, answer) or _order_fault(answer):
        raise ValueError(f"{item.sku}: {why}")
    return answer


def _fact_fault(result: Evaluation, answer: Evaluation) -> str:
    """Return which term was changed that is none of the order's; blank for none."""
    given = answer.as_dict()
    for name, value in result.as_dict().items():
        if name not in _ADJUSTABLE and given[name] != value:
            return f"it changes {name}, from {value!r} to {given[name]!r}, and may change the order alone"
    return ""


def _order_fault(answer: Evaluation) -> str:
    """Return why an order of so many packs cannot be; blank where it can."""
    packs, size = answer.packs, answer.pack_size
    sold = answer.offer.pack_size if answer.offer else size
    if size != sold:
        return f"its pack has {size}, and {_vendor(answer)} sells packs of {sold}"
    if packs < 0:
        return f"{packs} packs cannot be ordered"
    if packs * size != answer.quantity:
        cure = "write suggestion.ordering(packs)"
        return f"{packs} packs of {size} are not the {answer.quantity} that it gives; {cure}"
    if 0 < packs < answer.moq:
        return f"{packs} packs are below the minimum order of {answer.moq}"
    after = answer.position + answer.quantity
    if answer.hard_maximum is not None and packs and after > answer.hard_maximum:
        return f"{packs} packs would bring it to {after}, over the hard maximum of {answer.hard_maximum}"
    return ""


def _vendor(answer: Evaluation) -> str:
    return answer.offer.vendor if answer.offer else "nobody"
