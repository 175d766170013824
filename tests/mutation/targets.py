"""What is mutated, and the tests that must find it. Tests that are quick and near the rule come first."""

from __future__ import annotations

from typing import Final, NamedTuple

_INVENTORY: Final = "plugins/inventory/tests/test_inventory_"


class Target(NamedTuple):
    """A module, the names in it that are mutated (all of it where none are said), and the tests that hold it."""

    module: str
    tests: tuple[str, ...]
    only: tuple[str, ...] = ()


def _inventory(module: str, *tests: str) -> Target:
    return Target(f"officeops_inventory.{module}", tuple(f"{_INVENTORY}{name}.py" for name in tests))


#: Stock, purchasing and money.
TARGETS: Final = (
    Target(
        "officeops.values", (f"{_INVENTORY}twins.py", "tests/test_values.py"), ("amount", "money_text", "price_text")
    ),
    Target("officeops.locations", ("tests/test_locations.py",)),
    Target("officeops.tui.form_state", ("tests/test_tui_form_state.py", "tests/test_tui_form.py"), ("read",)),
    _inventory("usable", "twins"),
    _inventory("amounts", "twins", "amounts"),
    _inventory("rule_types", "rule", "twins"),
    _inventory("rule", "rule"),
    _inventory("demand", "demand"),
    _inventory("position", "twins", "reorder", "position"),
    _inventory("standing", "reorder", "position"),
    _inventory("reorder", "reorder", "formula", "screen", "position"),
    _inventory("drafting", "reorder", "draft", "position"),
    _inventory("intake", "intake", "position"),
    _inventory("ledger", "stock", "intake", "count", "ledger"),
    _inventory("stock", "stock", "intake", "unsafe"),
    _inventory("receiving", "orders", "intake", "ledger"),
    _inventory("counting", "count", "intake"),
    _inventory("reversing", "stock", "ledger", "undo"),
    _inventory("vendor_terms", "orders", "reorder"),
)
