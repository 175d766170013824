"""The reference says what the program does: generated pages are as generated, examples run, and no link is broken."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.docs import codes, pages, settings

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

ROOT = pages.ROOT
#: Every page that people read.
READ = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")),
]
READ += [page for page in [ROOT / "CONTRIBUTING.md"] if page.exists()]


def test_the_generated_pages_are_what_the_program_says(officeops_home: Path) -> None:
    """And nothing is left of a command that is gone. In a process of its own: click keeps in a command what the first who asks for its help is shown."""
    assert officeops_home
    ran = subprocess.run(
        [sys.executable, "-m", "tests.docs", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"run `python3 dev.py docs`: {ran.stdout}{ran.stderr}"


#: What the walk of one action says that a file does, and words of the code that does it.
DOES = {
    "plugins/inventory/src/officeops_inventory/stock/actions.py": '@action("inventory.item.use", means="use", archived=True)',
    "src/officeops/office/action_runner.py": "INSERT INTO core_action",
    "src/officeops/store/store.py": "BEGIN IMMEDIATE",
    "src/officeops/store/triggers.py": "INSERT INTO core_change",
    "src/officeops/model/ledger/declaration.py": "CREATE TRIGGER",
    "src/officeops/store/chain.py": "def seal(",
}


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("commands.md", ""),
        ("commands/today.md", "today snooze"),
        ("commands/supplies.md", "item receive"),
        ("commands/supplies.md", "reorder"),
        ("commands/vendors.md", "vendor-terms import"),
        ("commands/administration.md", "backup restore"),
    ],
)
def test_the_reference_of_a_command_is_its_help(cli: Cli, page: str, line: str) -> None:
    asked = cli(*line.split(), "--help", env={"COLUMNS": "80"})
    assert f"```\n{asked.out.rstrip()}\n```\n" in (pages.REFERENCE / page).read_text(
        encoding="utf-8"
    )


def test_every_environment_variable_is_on_the_page() -> None:
    named = set()
    for file in (ROOT / "src").rglob("*.py"):
        named |= set(re.findall(r"(?<!_)OFFICEOPS_[A-Z_]+", file.read_text(encoding="utf-8")))
    assert named - {"OFFICEOPS_"} == {
        name for name in settings.VARIABLES if name.startswith("OFFICEOPS_")
    }


def test_every_error_code_of_the_command_line_is_on_the_page() -> None:
    text = (ROOT / "src/officeops/cli/ending.py").read_text(encoding="utf-8")
    assert set(re.findall(r'_tell\(.*"([a-z-]+)"\)', text)) <= {
        *codes.EDGE,
        *(kind.code for kind in codes.kinds()),
    }
    assert set(codes.EDGE) <= set(re.findall(r'"([a-z-]+)"', text))


@pytest.mark.parametrize("page", READ, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", READ, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_anchor_is_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]*)\)", text):
        headings = re.findall(
            r"^#+ (.*)$",
            (page.parent / target if target else page).read_text("utf-8"),
            re.MULTILINE,
        )
        assert anchor in {
            re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings
        }, anchor


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    linked = {
        (ROOT / "docs" / target).resolve() for target in re.findall(r"\]\(([^)#:]+)\)", index)
    }
    # All that is in this folder is generated, by the check of the generated pages.
    apart = {*pages.COMMANDS.iterdir(), ROOT / "docs/index.md"}
    assert set((ROOT / "docs").rglob("*.md")) - linked - apart == set()


def test_the_terms_of_the_filter_page_are_filters(cli: Cli) -> None:
    text = (ROOT / "docs/reference/filter.md").read_text(encoding="utf-8")
    cli("vendor", "add", "--name", "Bolt")
    cli("item", "add", "--sku", "GLV", "--name", "Exam gloves", "--category", "Gloves")
    cli("order", "add", "--vendor", "Bolt")
    for line in re.findall(r"^officeops (.*)$", text, re.MULTILINE):
        words = [word.strip("'") for word in re.findall(r"'[^']*'|\S+", line)]
        assert cli(*words).code == 0, line


def test_the_walk_of_one_action_goes_through_real_files() -> None:
    text = (ROOT / "docs/explanation/one-action.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:src|plugins)/[^`]+)`", text)
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).is_file()] == []
    for path, does in DOES.items():
        assert path in paths
        assert does in (ROOT / path).read_text(encoding="utf-8"), path


def test_the_recipes_are_those_of_dev_py_and_name_real_files() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipes = re.findall(
        r'^    "(\w+)": ', (ROOT / "dev.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(re.findall(r"`python3 dev\.py (\w+)", text)) == set(recipes)
    paths = re.findall(r"`((?:src|plugins|tests|config)/[^`]+)`", text)
    assert len(paths) > 15
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_glossary_has_each_word_once() -> None:
    text = (ROOT / "docs/reference/glossary.md").read_text(encoding="utf-8")
    words = [
        word
        for cell in re.findall(r"^\| ([^|]+) \| ", text, re.MULTILINE)
        for word in cell.split(", ")
    ]
    words = [word for word in words if word != "word"]
    assert len(words) > 60
    assert len(words) == len(set(words))
