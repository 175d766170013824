"""An action that takes a path takes `-` too, on this machine and over SSH."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.testing import write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory

FORMS = """
from __future__ import annotations

from pathlib import Path

from officeops import *

PLUGIN = Plugin("forms", "Forms", api=2)


@action("forms.read-form")
def read_form(office: Office, form: Path) -> str:
    "Read a form."
    return f"{form.read_text()} at {form}"


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


@pytest.mark.usefixtures("forms")
def test_code_gives_a_path_or_its_text_and_the_history_keeps_the_text(
    office_factory: OfficeFactory, tmp_path: Path
) -> None:
    (tmp_path / "w9.txt").write_text("signed")
    office = office_factory("forms")
    actions = dict.fromkeys(action for _, action in office.plugins.registered("actions"))
    [read_form] = [action for action in actions if action.name == "forms.read-form"]
    for form in (tmp_path / "w9.txt", str(tmp_path / "w9.txt")):
        assert office.do(read_form, form=form).startswith("signed")
        assert office.do(read_form, form).startswith("signed")
    sql = "SELECT arguments FROM core_action WHERE verb = 'forms.read-form'"
    for (arguments,) in office.rows(sql):
        assert f'"{tmp_path}/w9.txt"' in arguments


def test_over_ssh_a_path_is_refused_with_the_line_that_sends_it(forms: Cli) -> None:
    assert forms("access", "add", "ben", "--role", "owner").code == 0
    ran = forms("read-form", "--form", "/home/ben/w9.pdf", login="ben")
    assert ran.code == 1
    assert "`ssh HOST read-form ... --form - < w9.pdf`" in ran.err
    assert "signed" in str(forms("read-form", "--form", "-", typed="signed", login="ben"))
