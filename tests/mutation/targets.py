"""What is mutated, and the tests that must find it. Tests that are quick and near the rule come first."""

from __future__ import annotations

from typing import Final, NamedTuple

_INVENTORY: Final = "plugins/inventory/tests/"


class Target(NamedTuple):
    """A module, the names in it that are mutated (all of it where none are said), and the tests that hold it."""

    module: str
    tests: tuple[str, ...]
    only: tuple[str, ...] = ()


def _inventory(module: str, *tests: str) -> Target:
    return Target(
        f"officeops_inventory.{module}", tuple(f"{_INVENTORY}{name}.py" for name in tests)
    )


def _ledger(module: str, *tests: str) -> Target:
    near = tuple(f"tests/ledger/test_ledger_{name}.py" for name in tests)
    return Target(f"officeops.ledger.{module}", near)


#: Stock, purchasing and money.
TARGETS: Final = (
    _ledger("accounts", "leave", "rules"),
    _ledger("booking", "leave", "counts", "rules"),
    _ledger("lots", "leave", "rules"),
    _ledger("limits", "leave", "rules"),
    _ledger("chain", "counts", "leave", "rules"),
    _ledger("reversal", "counts", "leave", "rules"),
    _ledger("counted", "counts"),
    _ledger("refusals", "refusals", "rules"),
    Target(
        "officeops.values.convert",
        (
            f"{_INVENTORY}test_inventory_twins.py",
            "tests/values/test_money_text.py",
            "tests/values/test_values.py",
        ),
        ("amount", "money_text", "price_text"),
    ),
    Target("officeops.core.default_location", ("tests/core/test_locations.py",)),
    Target("officeops.core.default_location_rule", ("tests/core/test_locations.py",)),
    Target(
        "officeops.tui.forms.form_state",
        ("tests/tui/test_tui_form_state.py", "tests/tui/test_tui_form.py"),
        ("read",),
    ),
    _inventory("declared.usable", "test_inventory_twins"),
    _inventory("declared.amounts", "test_inventory_twins", "purchasing/test_inventory_amounts"),
    _inventory("reorder.types", "reorder/test_inventory_rule", "test_inventory_twins"),
    _inventory(
        "reorder.rule",
        "reorder/test_inventory_rule",
        "reorder/test_inventory_rule_properties",
        "reorder/test_inventory_warnings",
        "reorder/test_inventory_why_wording",
    ),
    _inventory(
        "reorder.levels",
        "reorder/test_inventory_levels",
        "reorder/test_inventory_rule",
        "reorder/test_inventory_rule_properties",
    ),
    _inventory(
        "reorder.whole_packs",
        "reorder/test_inventory_whole_packs",
        "reorder/test_inventory_rule",
        "reorder/test_inventory_warnings",
        "reorder/test_inventory_why_wording",
        "reorder/test_inventory_rule_properties",
        "reorder/test_inventory_position",
    ),
    _inventory("reorder.expiry_loss", "reorder/test_inventory_expiry_loss"),
    _inventory("reorder.demand", "reorder/test_inventory_demand"),
    _inventory(
        "reorder.use_history",
        "reorder/test_inventory_use_history",
        "reorder/test_inventory_reorder",
        "reorder/test_inventory_reorder_offers",
    ),
    _inventory(
        "reorder.position",
        "reorder/test_inventory_candidates",
        "test_inventory_twins",
        "reorder/test_inventory_reorder",
        "reorder/test_inventory_reorder_offers",
        "reorder/test_inventory_position",
    ),
    _inventory(
        "reorder.offers",
        "reorder/test_inventory_use_history",
        "reorder/test_inventory_reorder",
        "reorder/test_inventory_reorder_offers",
    ),
    _inventory(
        "reorder.query",
        "reorder/test_inventory_use_history",
        "reorder/test_inventory_reorder",
        "reorder/test_inventory_reorder_offers",
        "reorder/test_inventory_position",
    ),
    _inventory(
        "reorder.suggestions",
        "reorder/test_inventory_whole_packs",
        "reorder/test_inventory_formula",
        "reorder/test_inventory_screen",
        "reorder/test_inventory_position",
    ),
    _inventory(
        "reorder.sheet",
        "reorder/test_inventory_reorder",
        "reorder/test_inventory_reorder_offers",
        "reorder/test_inventory_formula",
        "reorder/test_inventory_screen",
        "reorder/test_inventory_position",
    ),
    _inventory(
        "reorder.drafting",
        "reorder/test_inventory_reorder",
        "reorder/test_inventory_reorder_offers",
        "reorder/test_inventory_draft",
        "reorder/test_inventory_position",
    ),
    _inventory(
        "declared.lot_rules",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
        "stock/test_inventory_slips",
    ),
    _inventory(
        "stock.intake",
        "stock/test_inventory_adjust",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
        "stock/test_inventory_whereabouts",
        "reorder/test_inventory_position",
    ),
    _inventory(
        "stock.ledger",
        "stock/test_inventory_stock",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
        "counts/test_inventory_count",
        "stock/test_inventory_ledger",
    ),
    _inventory(
        "stock.picking",
        "stock/test_inventory_adjust",
        "stock/test_inventory_stock",
        "counts/test_inventory_count",
    ),
    _inventory(
        "stock.whereabouts", "stock/test_inventory_stock", "stock/test_inventory_whereabouts"
    ),
    _inventory(
        "stock.issues",
        "stock/test_inventory_stock",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
        "stock/test_inventory_unsafe",
    ),
    _inventory(
        "stock.actions",
        "stock/test_inventory_adjust",
        "stock/test_inventory_stock",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
        "stock/test_inventory_unsafe",
    ),
    _inventory(
        "stock.open_orders",
        "purchasing/test_inventory_orders",
        "stock/test_inventory_whereabouts",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
        "stock/test_inventory_ledger",
    ),
    _inventory(
        "purchasing.receipts",
        "purchasing/test_inventory_receipts",
        "purchasing/test_inventory_orders",
        "stock/test_inventory_whereabouts",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
        "stock/test_inventory_ledger",
    ),
    _inventory(
        "counts.booking",
        "counts/test_inventory_count",
        "stock/test_inventory_intake",
        "stock/test_inventory_last_days",
    ),
    _inventory(
        "stock.reversal",
        "stock/test_inventory_stock",
        "stock/test_inventory_counted_since",
        "stock/test_inventory_ledger",
        "test_inventory_undo_cases",
        "test_inventory_undo",
    ),
    _inventory(
        "purchasing.vendor_terms",
        "purchasing/test_inventory_orders",
        "reorder/test_inventory_reorder",
        "reorder/test_inventory_reorder_offers",
    ),
)
