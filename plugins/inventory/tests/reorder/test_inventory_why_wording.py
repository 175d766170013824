"""The rule in words: every term of an evaluation, and how the need became packs."""

from __future__ import annotations

import pytest
from plugins.inventory.tests.reorder.facts import OFFER, STEADY, TODAY, UNTYPED, levels, result

from officeops_inventory.reorder.rule import Offer, why, why_line, within_maximum


def test_why_shows_every_term() -> None:
    evaluated = result(levels(200, 300, hard=True), 194, OFFER, demand=STEADY)
    assert why(evaluated, "Gloves M") == [
        "Gloves M",
        "usable 194 (excludes expired and held)",
        "projected expiry loss 0",
        "on order 0, in draft 0",
        "position 194 = 194 - 0 + 0 + 0",
        "daily use 10, deviation 0",
        "stock runs out on 2026-03-21",
        "lead time 5 days, 7 days between orders",
        "safety stock 0 (computed)",
        "reorder point 200 (typed)",
        "order up to 300 (typed), hard maximum 300",
        "need 106 = 300 - 194",
        "rounded down to whole packs of 100 to stay within the hard maximum of 300",
        "100 each = 1 box of 100 from Acme, position becomes 294, next order at 200 or below",
    ]
    line = "position 194 <= 200, up to 300: 100 each = 1 box of 100 from Acme"
    assert why_line(evaluated) == line


def test_why_says_how_the_need_became_packs() -> None:
    up = result(levels(200, 300), 194, OFFER)
    assert "rounded up to whole packs of 100" in why(up, "Gloves")
    least = result(levels(200, 300), 150, OFFER.replace(moq=5))
    assert "raised to the minimum order of 5 boxes of 100" in why(least, "Gloves")
    exact = result(levels(200, 294), 194, OFFER)
    assert not any("rounded" in line or "raised" in line for line in why(exact, "Gloves"))


def test_a_location_cut_by_the_items_maximum_says_so_without_a_maximum_of_its_own() -> None:
    cut = within_maximum(result(levels(200, 500), 100, OFFER), 250, 900)
    assert (cut.packs, cut.hard_maximum) == (2, None)
    rounded = "rounded down to whole packs of 100 to stay within the hard maximum"
    assert rounded in why(cut, "Gloves")
    assert "900" in cut.warnings[-1]


@pytest.mark.parametrize(
    ("point", "top", "usable", "offer", "reason"),
    [
        (
            200,
            250,
            194,
            OFFER,
            "1 box of 100 would bring 194 to 294, over the hard maximum of 250.",
        ),
        (
            199,
            240,
            50,
            OFFER,
            (
                "1 box of 100 would bring 50 to 150, not above the reorder point of 199, and "
                "2 boxes of 100 would bring 50 to 250, over the hard maximum of 240."
            ),
        ),
        (
            200,
            300,
            150,
            OFFER.replace(moq=5),
            (
                "The minimum order of 5 boxes of 100 would bring 150 to 650, "
                "over the hard maximum of 300."
            ),
        ),
        (
            200,
            200,
            150,
            OFFER,
            "The hard maximum of 200 is not above the reorder point of 200. Change one of the two.",
        ),
    ],
)
def test_what_is_blocked_says_why(
    point: int, top: int, usable: int, offer: Offer, reason: str
) -> None:
    evaluated = result(levels(point, top, hard=True), usable, offer)
    assert evaluated.blocked == reason
    assert f"blocked: {reason}" in why(evaluated, "Gloves")
    assert reason in why_line(evaluated)


def test_why_explains_what_is_not_ordered() -> None:
    evaluated = result(levels(200, 300), 194, OFFER, on_order=100)
    assert (evaluated.fires, evaluated.need, evaluated.packs) == (False, 0, 0)
    assert why(evaluated, "Gloves")[-1] == "nothing to order: 294 is above 200"
    assert why_line(evaluated) == "position 294 is above 200"


def test_why_says_where_a_level_came_from_and_that_a_vendor_is_late() -> None:
    point = result(levels(20), 20)
    assert "order up to 21 (one above the reorder point)" in why(point, "Gauze")
    none = result(UNTYPED, 0, OFFER)
    reason = "reorder point none (no level is typed and daily use is not known)"
    assert reason in why(none, "Gauze")
    assert why_line(none) == "position 0, no reorder point known"
    unstocked = result(levels(0, 0), 5, OFFER)
    assert "not stocked" in why_line(unstocked)
    assert any("both 0" in line for line in why(unstocked, "Gloves"))
    late = result(levels(200, 300), 0, OFFER.replace(lead_days=9), demand=STEADY)
    assert f"LATE: stock runs out on {TODAY}, Acme takes 9 days" in why(late, "Gloves")


def test_warnings_name_their_numbers() -> None:
    wanted = levels(200, 300).replace(minimum=500)
    assert result(wanted, 194, OFFER.replace(price=None)).warnings == (
        "Usable 194 is below the minimum of 500.",
        "No price is known for 1 box of 100 from Acme.",
    )
    assert result(levels(200, 150), 0, OFFER).warnings == (
        "The order-up-to level 150 is not above the reorder point 200, so 201 is used.",
    )
    held, gone = OFFER.replace(on_hold=True), OFFER.replace(vendor="Beta", active=False)
    without = result(levels(200, 300), 194, held, gone)
    assert without.warnings == (
        "No vendor can be ordered from: Acme is on hold, Beta is not active.",
    )
    assert why_line(without) == "position 194 <= 200, up to 300: 106 each, no vendor"
