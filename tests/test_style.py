"""Style that can be counted: the worst habits of English stay out of pages and sources, and lines stay easy to take in."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.density import Density, named, sources, together

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
#: Each habit by the word to look for, and what to write in its place.
HABITS: Final = {
    r"\bwho(m|so)?ever\b": "name the person: you, anyone who, the owner",
    r"\bwhat (is|was|are|were)\b": "a noun: the due items, the saved actions",
    r"\b(stands|stood|standing)\b(?! for)|\bstand (in|on|at|beside|behind|above|below|there|here|before)\b": "is, remains",
    r"\b(lies|lie|lay|lying)\b(?![ -]out)": "is",
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
CEILING: Final = 5
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
    bad = "Whoever reads what is there is told of it anew, by way of a page that stands on record"
    assert found(bad).total() == 7
    assert found("You stand for quality; it is recorded again").total() == 0


#: What the sources may have at most (at least, of comments). They may only get better: change them when you rewrite.
TOKENS_A_LINE: Final = 6.8
COMPREHENSIONS_A_THOUSAND: Final = 14.0
WIDE_PERCENT: Final = 0.7
#: 3.9 before long signatures had a line for each parameter.
COMMENTS_A_HUNDRED: Final = 3.8


def test_the_sources_do_not_become_denser() -> None:
    counted = together(sources())
    assert counted.tokens_a_line <= TOKENS_A_LINE
    assert counted.comprehensions_a_thousand <= COMPREHENSIONS_A_THOUSAND
    assert counted.wide_percent <= WIDE_PERCENT
    assert counted.comments_a_hundred >= COMMENTS_A_HUNDRED


def test_density_counts_any_folder_and_none(tmp_path: Path) -> None:
    assert together(named([str(ROOT / "tests/model")])).lines > 0
    assert together(named([str(tmp_path)])) == Density(0, 0, 0, 0, 0)


#: Words that make a text a sentence. Tests compare codes, numbers and names: a sentence may be worded better at any time.
SENTENCE_WORDS: Final = 6


def files_held_to_codes() -> list[Path]:
    """Return the test files that hold something else than how a sentence is worded."""
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("plugins/*/tests/**/*.py")]
    return [file for file in files if "wording" not in file.name]


def compared_sentences(source: str) -> list[str]:
    """Return the whole sentences that a file compares, or asks an error for."""
    found: dict[str, None] = {}
    for node in ast.walk(ast.parse(source)):
        for text in _texts_compared(node):
            is_long = len(text.split()) >= SENTENCE_WORDS
            if is_long and text.strip().endswith("."):
                found[text.strip()] = None
    return list(found)


def _texts_compared(node: ast.AST) -> Iterator[str]:
    """Yield the lines of text in a comparison, in an argument of `endswith` or `startswith`, or in a `match=`."""
    compared: list[ast.AST] = []
    if isinstance(node, ast.Compare):
        compared = [node.left, *node.comparators]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in {"endswith", "startswith"}:
            compared = [*node.args]
    elif isinstance(node, ast.keyword) and node.arg == "match":
        compared = [node.value]
    for part in compared:
        for text in ast.walk(part):
            yield from _whole(text).splitlines()


def _whole(node: ast.AST) -> str:
    """Return a literal's text; where a value is put into it, with a word in its place."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_whole(part) or "X" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_only_the_tests_of_wording_hold_whole_sentences() -> None:
    held = {
        str(file.relative_to(ROOT)): sentences
        for file in files_held_to_codes()
        if (sentences := compared_sentences(file.read_text(encoding="utf-8")))
    }
    assert held == {}


def test_a_compared_sentence_is_seen() -> None:
    sentence = "There is no vendor called Acme here."
    for compared in (
        f"assert ran.err == {sentence!r}",
        f"assert {sentence!r} in ran.err",
        "assert f'There is no vendor called {name} here.' in ran.err",
        f"assert ran.err.endswith({sentence!r})",
        f"with pytest.raises(Refused, match={sentence!r}): pass",
    ):
        assert len(compared_sentences(compared)) == 1, compared
    for other in (f"run({sentence!r})", "assert ran.err.endswith('on hand at Exam 1.')"):
        assert compared_sentences(other) == [], other


#: Lines that a file of tests may have: a longer one keeps several promises, and is split by them.
TEST_LINES: Final = 400


def test_a_file_of_tests_keeps_one_promise() -> None:
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("plugins/*/tests/**/*.py")]
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert not [str(file.relative_to(ROOT)) for file in files if lines[file] > TEST_LINES]
