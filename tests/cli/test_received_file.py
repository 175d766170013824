"""An action that takes a path takes `-` too, on this machine and over SSH."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.testing import write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

FORMS = """
from __future__ import annotations

from pathlib import Path

from officeops import *

PLUGIN = Plugin("forms", "Forms", api=2)


@action("forms.read-form")
def read_form(office: Office, form: Path) -> str:
    "Read a form."
    return f"{Path(form).read_text()} at {form}"


@hookimpl
def actions(): return [read_form]
"""


@pytest.fixture
def forms(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    write_plugin(officeops_home, "forms", FORMS)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "forms")
    return cli


def test_what_is_sent_reaches_the_action_as_a_file_that_is_gone_afterwards(forms: Cli) -> None:
    ran = forms("read-form", "--form", "-", typed="signed")
    assert ran.code == 0, ran
    words, path = ran.err.strip().removesuffix(".").split(" at ")
    assert words == "signed"
    assert not Path(path).exists()


def test_over_ssh_a_path_is_refused_with_the_line_that_sends_it(forms: Cli) -> None:
    assert forms("access", "add", "ben", "--role", "owner").code == 0
    ran = forms("read-form", "--form", "/home/ben/w9.pdf", login="ben")
    assert ran.code == 1
    assert "`ssh HOST read-form ... --form - < w9.pdf`" in ran.err
    assert "signed" in str(forms("read-form", "--form", "-", typed="signed", login="ben"))
