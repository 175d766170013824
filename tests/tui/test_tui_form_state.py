"""What a form reads from the texts in it, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.model.fields import Field
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("")
FIELDS = (
    Field("text").named("name", "str"),
    Field("number", default=7).named("count", "int"),
    Field("text", default=None).named("note", "str"),
    Field("yes_no", default=False).named("hard", "bool"),
)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    return office_factory()


def state(*, only_changed: bool = False, **texts: str) -> FormState:
    def save(office: Office, values: dict[str, object]) -> str:
        return f"{office} {values}"

    form = FormState(Form("A form", FIELDS, save, {"count": "3"}, only_changed=only_changed))
    form.texts |= texts
    return form


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_stands_for_the_declared_default(office: Office, blank: str) -> None:
    read = state(name="A", count=blank, note=blank, hard=blank).read(office)
    assert read == {"name": "A", "count": 7, "note": None, "hard": False}


def test_what_is_typed_comes_before_the_default(office: Office) -> None:
    read = state(name="A", count="0", note="x", hard="yes").read(office)
    assert read == {"name": "A", "count": 0, "note": "x", "hard": True}


def test_a_needed_blank_and_what_cannot_be_read_are_said_beside_their_fields(
    office: Office,
) -> None:
    form = state(name="", count="many")
    assert form.read(office) is None
    assert form.errors.keys() == {"name", "count"}
    assert form.errors["name"] == "is needed"


def test_of_an_edit_only_what_changed_is_read(office: Office) -> None:
    assert state(only_changed=True, note="x").read(office) == {"note": "x"}
    assert state(only_changed=True, count="").read(office) == {"count": 7}
