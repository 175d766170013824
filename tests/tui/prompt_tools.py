"""What the prompt line must say: names, numbers and codes, and not whole sentences.

`test_tui_wording.py` has the sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.tui.testing import Terminal

#: The end of every question that a `y` answers.
_QUESTION: Final = "any other key = no"


def expect(terminal: Terminal, *words: str) -> None:
    """Fail unless the prompt line shows a message with all of these words."""
    prompt = terminal.prompt
    missing = [word for word in words if word not in prompt]
    assert not missing, f"{missing} not in {prompt!r}"
    assert not prompt.endswith(_QUESTION), prompt


def expect_question(terminal: Terminal, *words: str) -> None:
    """Fail unless the prompt line asks for a `y`, with all of these words."""
    prompt = terminal.prompt
    missing = [word for word in words if word not in prompt]
    assert not missing, f"{missing} not in {prompt!r}"
    assert prompt.endswith(_QUESTION), prompt
