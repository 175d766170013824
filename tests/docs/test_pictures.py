"""The pictures of the README show what the screens show."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from tests import made_once
from tests.docs.pages import ROOT
from tests.docs.pictures import DAY, IMAGES, pictures

if TYPE_CHECKING:
    import pytest


def words_in(svg: str) -> Counter[str]:
    """Return the words on a picture of a terminal, without the title of its window."""
    cells = re.findall(r'<text class="[^"]*-r\d+"[^>]*>(.*?)</text>', svg, re.DOTALL)
    return Counter(" ".join(unescape(cell) for cell in cells).replace("\xa0", " ").split())


def test_the_pictures_are_of_the_screens_as_they_are(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    practice = made_once.practice(tmp_path_factory, DAY)
    for path, (drawn, text) in pictures(practice).items():
        stored = path.read_text(encoding="utf-8")
        assert words_in(stored) == words_in(drawn), f"run `python3 dev.py docs`: {path.name}"
        shown = words_in(stored)
        assert sum((Counter(text.split()) - shown).values()) <= 2, (
            text
        )  # the bar at the side is drawn


def test_no_picture_asks_another_server() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in IMAGES.iterdir():
        assert f"docs/images/{path.name}" in readme
        links = re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))
        assert set(links) <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}
