"""The pages of docs/reference that are made from the program, and the paths where they go."""

from __future__ import annotations

from pathlib import Path

from tests.docs import (
    blocks,
    breakages,
    checks,
    codes,
    commands,
    fields,
    hooks,
    keys,
    kinds,
    public_names,
    rules,
    settings,
    sterilizer,
)

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs/reference"
#: The folder that holds nothing but generated pages.
COMMANDS = REFERENCE / "commands"
_MADE = "<!-- Made from the program by `python3 dev.py docs`; a test compares them. -->\n"


def pages() -> dict[Path, str]:
    """Return every generated page by its path."""
    made = {
        **commands.pages(),
        "settings.md": settings.page(),
        "hooks.md": hooks.page(),
        "public-names.md": public_names.page(),
        "fields.md": fields.page(),
        "keys.md": keys.page(),
        "kinds.md": kinds.page(),
        "codes.md": codes.page(),
        "checks.md": checks.page(),
        "breakages.md": breakages.page(),
        "plugins.md": blocks.page(),
        "rules.md": rules.page(),
    }
    texts = {REFERENCE / name: text for name, text in made.items()}
    texts[ROOT / "docs/tutorial/sterilizer-plugin.md"] = sterilizer.page()
    return {path: _MADE + text.rstrip() + "\n" for path, text in texts.items()}
