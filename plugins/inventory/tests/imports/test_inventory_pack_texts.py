"""The text of a pack says its size, or says none; what the item knows comes first."""

from __future__ import annotations

import pytest
from plugins.inventory.tests.imports.pack_texts import SAYS, SAYS_NOTHING

from officeops_inventory.imports.packs.names import named_pack
from officeops_inventory.imports.packs.text import NamedPack, stated_pack


@pytest.mark.parametrize("says", SAYS)
def test_the_size_that_a_text_says(says: str) -> None:
    pack = stated_pack(says)
    assert pack is not None
    assert pack.size == SAYS[says]


@pytest.mark.parametrize("says", SAYS_NOTHING)
def test_a_text_that_leaves_a_doubt_says_none(says: str) -> None:
    assert stated_pack(says) is None


@pytest.mark.parametrize(
    ("unit", "says", "size"),
    [
        ("ml", "bottle of 500 ml", 500),
        ("ml", "each", None),
        ("ml", "bottle", None),
        ("tablet", "bottle of 100 tablets", 100),
        ("bottle", "bottle of 100 tablets", None),
        ("box", "Box", 1),
        ("boxes", "box", 1),
        ("box", "box of 100", None),
        ("box", "case of 10 boxes", 10),
    ],
)
def test_what_a_text_says_depends_on_the_unit(unit: str, says: str, size: int | None) -> None:
    pack = stated_pack(says, unit)
    assert (pack and pack.size) == size


def test_what_the_item_knows_comes_before_what_the_text_says() -> None:
    assert named_pack("BOX of 100", "each", [NamedPack("box of 100", 96)]).size == 96
    assert named_pack("100/bx", "each", [NamedPack("box", 100)]).name == "box"
    assert named_pack("0400021021501", "each", [NamedPack("tube", 12, "0400021021501")]).size == 12
    with pytest.raises(ValueError, match="50 or 100"):
        named_pack("box", "each", [NamedPack("box", 100), NamedPack("box", 50)])
