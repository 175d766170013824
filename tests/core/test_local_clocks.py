"""A time beside a location goes by the clock there: typed, shown, imported, exported; elsewhere by the office's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops.office.crud import add_record
from officeops.tui.forms.field_text import starting_texts
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

PLUGIN = (Path(__file__).parent / "deliveries_plugin.py").read_text()
#: The office is in Chicago, an hour later than Denver in summer; 9:15 on the day that is asked for.
TYPED, IN_DENVER, IN_CHICAGO = "2026-07-01 9:15", "2026-07-01T15:15:00+00:00", "2026-07-01T14:15:00+00:00"  # fmt: skip


@pytest.fixture
def office(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "dock")
    opened = office_factory(files={"dock": PLUGIN})
    with opened.acting("test"):
        opened.add(Facts(name="T", time_zone="America/Chicago"))
    add_record(opened, Location, {"name": "Denver", "time_zone": "America/Denver"})
    add_record(opened, Location, {"name": "Loop"})
    return opened


def kept(office: Office) -> dict[str, str]:
    return dict(office.rows("SELECT what, at FROM dock_delivery WHERE archived_at IS NULL"))


def test_typed_at_a_place_it_is_by_the_clock_there(office: Office, cli: Cli) -> None:
    for what, where in (("gloves", "Denver"), ("gauze", "Loop"), ("tape", "")):
        added = cli("delivery", "add", "--at", TYPED, "--what", what, "--location", where)
        assert added.code == 0, added.err
    assert kept(office) == {"gloves": IN_DENVER, "gauze": IN_CHICAGO, "tape": IN_CHICAGO}
    # Of a record that is there, by its own place; a written offset wins.
    assert cli("delivery", "edit", "gloves", "--at", "2026-07-01 10:00").code == 0
    assert cli("delivery", "edit", "gauze", "--at", "2026-07-01 10:00Z").code == 0
    assert cli("delivery", "delay", "tape", "--until", "2026-07-02 9:15").code == 0
    assert kept(office) == {
        "gloves": "2026-07-01T16:00:00+00:00",
        "gauze": "2026-07-01T10:00:00+00:00",
        "tape": "2026-07-02T14:15:00+00:00",
    }
    assert cli("delivery", "delay", "gloves", "--until", TYPED).code == 0
    assert kept(office)["gloves"] == IN_DENVER


def test_shown_it_is_by_the_clock_there_with_its_offset(office: Office, cli: Cli) -> None:
    added(office)
    for words in (("list",), ("show", "gloves")):
        assert "2026-07-01 09:15-06:00" in cli("delivery", *words).out, words
        [answer] = [row for row in _rows(cli("delivery", *words, "--json").json) if row["what"] == "gloves"]  # fmt: skip
        assert answer["at"] == "2026-07-01T09:15:00-06:00", words
    assert "2026-07-01 09:15 " in cli("delivery", "list").out.replace("\n", " ")
    assert delivery_of(office, "gloves").at == datetime(2026, 7, 1, 15, 15, tzinfo=UTC)
    found = cli("delivery", "list", "--where", "at=2026-07-01", "--sort", "at", "--json").json
    assert [row["what"] for row in found] == ["gauze", "tape", "gloves"]


def test_a_filter_goes_by_the_clock_that_the_row_shows(office: Office, cli: Cli) -> None:
    # Half past midnight on July 2 in Chicago is still July 1 in Denver.
    for what, where in (("gloves", 1), ("gauze", 2), ("tape", None)):
        at = datetime(2026, 7, 2, 5, 30, tzinfo=UTC)
        values = {"what": what, "location_id": where, "at": at}
        add_record(office, office.records["dock.delivery"], values)
    assert "2026-07-01 23:30-06:00" in cli("delivery", "show", "gloves").out

    def found(where: str) -> list[str]:
        rows = cli("delivery", "list", "--where", where, "--sort", "id", "--json").json
        return [row["what"] for row in rows]

    assert found("at=2026-07-01") == ["gloves"]
    assert found("at=2026-07-02") == ["gauze", "tape"]
    assert found("at<2026-07-02") == ["gloves"]
    assert found("at!=2026-07-01") == ["gauze", "tape"]
    assert found('at>="2026-07-02 00:30"') == ["gauze", "tape"]
    assert found('at>="2026-07-02 00:30-05:00"') == ["gloves", "gauze", "tape"]
    assert found("-at=2026-07-02") == ["gloves"]
    assert found("at~2026-07-01") == ["gloves"]
    # A part of it is one of what the rows show: 2026-07-01 23:30-06:00, 2026-07-02 00:30.
    assert found("at~2026-07-") == ["gloves", "gauze", "tape"]
    assert found("at~23:30") == found("at~-06:00") == ["gloves"]
    assert found("at~00:30") == ["gauze", "tape"]
    assert found("at~05:30") == found("at~T") == []
    assert found("at=") == []


def test_the_history_shows_a_time_by_the_clock_that_the_row_shows(office: Office, cli: Cli) -> None:
    added(office)
    cli("delivery", "edit", "gloves", "--at", "2026-07-01 10:00")
    edited, first = cli("delivery", "history", "gloves").out.splitlines()[1:]
    assert "2026-07-01 09:15-06:00 → 2026-07-01 10:00-06:00" in edited
    assert "2026-07-01 09:15-06:00" in first
    assert cli("delivery", "history", "gauze").out.endswith("at 2026-07-01 09:15\n")


def _rows(answer: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what JSON has
    return answer if isinstance(answer, list) else [answer]


def test_a_file_is_read_by_the_clock_of_each_row(office: Office, cli: Cli) -> None:
    rows = f"what,location,at\ngloves,Denver,{TYPED}\ngauze,Loop,{TYPED}\ntape,,{TYPED}\n"
    assert cli("delivery", "import", "-", typed=rows).code == 0
    assert kept(office) == {"gloves": IN_DENVER, "gauze": IN_CHICAGO, "tape": IN_CHICAGO}
    # The same times again are no difference, as typed and as an export writes them.
    exported = cli("delivery", "export", "-").out
    assert "2026-07-01T09:15:00-06:00" in exported
    for text in (exported, rows):
        again = cli("delivery", "import", "-", "--dry-run", "--json", typed=text).json
        assert again["unchanged"] == 3, again


def test_a_file_without_places_says_by_which_clock_it_is_read(office: Office, cli: Cli) -> None:
    rows = f"what,at\ngloves,{TYPED}\n"
    brought = cli("delivery", "import", "-", typed=rows)
    assert kept(office) == {"gloves": IN_CHICAGO}
    assert "office's clock" in brought.err
    assert "office's clock" not in cli("delivery", "import", "-", typed="what\ngauze\n").err


def test_a_form_reads_and_begins_by_the_clock_of_its_location(office: Office) -> None:
    added(office)
    kind = office.records["dock.delivery"]
    fields = [kind.meta.by_name[name] for name in ("at", "location_id", "what")]
    texts = starting_texts(office, fields, delivery_of(office, "gloves"))
    assert texts["at"] == "2026-07-01 09:15-06:00"
    state = FormState(Form("", fields, lambda *_: "", texts))
    state.texts["at"] = "2026-07-01 10:00"
    assert (state.read(office) or {})["at"] == datetime(2026, 7, 1, 16, tzinfo=UTC)
    state.texts["location_id"] = "Nowhere"
    assert state.read(office) is None
    assert set(state.errors) == {"location_id"}


def added(office: Office) -> None:
    for what, where, at in (("gloves", 1, IN_DENVER), ("gauze", 2, IN_CHICAGO), ("tape", None, IN_CHICAGO)):  # fmt: skip
        values = {"what": what, "location_id": where, "at": datetime.fromisoformat(at)}
        add_record(office, office.records["dock.delivery"], values)


def delivery_of(office: Office, what: str) -> Any:  # noqa: ANN401 - a class of the plugin that the test wrote
    return office.first(office.records["dock.delivery"], "what = ?", what)
