"""Style that can be counted: the worst habits of English stay out of pages and sources, and lines stay easy to take in."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from tests.density import Density, named, sources, together

ROOT = Path(__file__).parents[1]
#: Each habit by the word to look for, and what to write in its place.
HABITS: Final = {
    r"\bwho(m|so)?ever\b": "name the person: you, anyone who, the owner",
    r"\bwhat (is|was|are|were)\b": "a noun: the due items, the saved actions",
    r"\b(stands|stood|standing)\b(?! for)|\bstand (in|on|at|beside|behind|above|below|there|here|before)\b": "is, remains",
    r"\b(lies|lie|lay|lying)\b": "is",
    r"\b(is|are|was|were|be|been) told\b|\btold (otherwise|of)\b": "name the one who says it, or who learns it",
    r"\banew\b": "again",
    r"\bby way of\b": "by, through",
    r"\b(on|off) record\b": "recorded, in the history",
    r"\bunless (said|told)\b": "the default is",
    r"\bput(s|ting)? (off|away|back)\b": "snooze, archive, restore",
    r"\blet(s|ting)? (\w+ )?in\b": "add, admit",
    r"\bmend(s|ed|ing)?\b": "fix, repair",
    r"\bthose who\b|\bthat which\b": "a noun: people who",
    r"\bheed": "follow, check",
    r"\bpast officeops\b": "outside officeops",
    r"\bmeanwhile\b": "since then",
    r"\bbe it\b": "whether",
}
#: How often the habits occur in the sources, in code, comments and text. It may only fall: lower it when you rewrite.
CEILING: Final = 62
#: Pages that are written from the program: their text is the sources', which the ceiling holds.
_MADE: Final = "<!-- Made from the program"


def pages() -> list[Path]:
    """Return the pages that people write."""
    all_pages = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
    return [page for page in all_pages if not page.read_text(encoding="utf-8").startswith(_MADE)]


def prose(page: Path) -> str:
    """Return what a page says, without its code; of the changelog, what is not released yet."""
    text = page.read_text(encoding="utf-8")
    if page.name == "CHANGELOG.md":
        text = text.partition("## [Unreleased]")[2].partition("\n## [")[0]
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]+`", "``", text)


def found(text: str) -> Counter[str]:
    """Return how often each habit occurs in a text."""
    return Counter({habit: len(re.findall(habit, text, re.IGNORECASE)) for habit in HABITS})


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_are_free_of_the_worst_habits(page: Path) -> None:
    text = prose(page)
    for habit, instead in HABITS.items():
        places = [
            text[max(0, match.start() - 40) : match.end() + 20]
            for match in re.finditer(habit, text, re.IGNORECASE)
        ]
        assert not places, f"{places}: {instead}"


def test_the_sources_have_fewer_of_them_each_time() -> None:
    sources = [*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")]
    total = sum((found(file.read_text(encoding="utf-8")) for file in sources), Counter[str]())
    assert total.total() <= CEILING, total.most_common()


def test_a_habit_is_found() -> None:
    assert (
        found(
            "Whoever reads what is there is told of it anew, by way of a page that stands on record."
        ).total()
        == 7
    )
    assert found("You stand for quality; it is recorded again.").total() == 0


#: What the sources may have at most (at least, of comments). They may only get better: change them when you rewrite.
TOKENS_A_LINE: Final = 6.95
COMPREHENSIONS_A_THOUSAND: Final = 14.0
WIDE_PERCENT: Final = 0.7
COMMENTS_A_HUNDRED: Final = 3.9


def test_the_sources_do_not_become_denser() -> None:
    counted = together(sources())
    assert counted.tokens_a_line <= TOKENS_A_LINE
    assert counted.comprehensions_a_thousand <= COMPREHENSIONS_A_THOUSAND
    assert counted.wide_percent <= WIDE_PERCENT
    assert counted.comments_a_hundred >= COMMENTS_A_HUNDRED


def test_density_counts_any_folder_and_none(tmp_path: Path) -> None:
    assert together(named([str(ROOT / "tests/model")])).lines > 0
    assert together(named([str(tmp_path)])) == Density(0, 0, 0, 0, 0)
