"""At a login that people share, each entry is one person's, by name and PIN."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.access_tools import kind, open_as, public_key, user
from tests.access.shared_tools import DESK, PINS, signed, typed, with_desk

from officeops.access import pins, starting_code
from officeops.access.actions import admit, remove, remove_key
from officeops.access.pin_rules import pin_problem
from officeops.access.records import SshKey
from officeops.access.shared_actions import clear_pin, issue_code, set_pin, share, unshare
from officeops.access.ssh_keys import fingerprint, read_public_key
from officeops.core.task_record import LIFE, Task
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.undo import next_to_undo, undo
from officeops.model.errors import Forbidden, OfficeError, Refused
from officeops.office import signing
from officeops.office.crud import add_record, edit_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """The office as its file's owner has it."""
    return with_desk(office_factory)


@pytest.fixture
def desk(owner: Office) -> Iterator[Office]:
    """The office as the front desk has it."""
    with open_as(owner, DESK) as opened:
        yield opened


def code_of(call: Callable[[], object]) -> str:
    """Return the code of the problem that a call is refused with."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.problems[0].code


def guess(office: Office, pin: str = "1357", name: str = "ann") -> str:
    """Try a PIN, and return the code of the refusal."""
    return code_of(lambda: office.prove(name, typed(pin)))


def add_place(office: Office, name: str) -> object:
    """Add a location."""
    return add_record(office, office.record("location"), {"name": name})


# -- whose it is -----------------------------------------------------------------------------------


def test_the_record_has_the_person_and_the_key_beside(owner: Office) -> None:
    from officeops.office.office import Office as OpenOffice

    admit(owner, DESK, [], [public_key(7)])
    key = fingerprint(read_public_key(public_key(7))[0])
    opened = OpenOffice(owner.path, owner.plugins, owner.machine, user=DESK, ssh_key=key)
    with opened as desk, signed(desk, "ann") as entry:
        add_place(entry, "Lab")
    last = changes(owner, Asked(limit=1))[0]
    at = (last.actor, last.place, last.login, last.key)
    assert at == ("ann", "Front desk", DESK, key)
    assert last.arguments is None


def test_a_removed_key_ends_what_is_open(owner: Office) -> None:
    from officeops.office.office import Office as OpenOffice

    admit(owner, "ann", [], [public_key(8)])
    key = owner.first(SshKey, "public = ?", read_public_key(public_key(8))[0])
    assert key
    opened = OpenOffice(
        owner.path, owner.plugins, owner.machine, user="ann", ssh_key=key.fingerprint
    )
    with opened as ann:
        add_place(ann, "Lab")
        owner.do(remove_key, key)
        with pytest.raises(Forbidden):
            add_place(ann, "Store")
        with pytest.raises(Forbidden):
            list(ann.all(ann.record("location")))


def test_nobody_writes_unsigned(desk: Office) -> None:
    assert code_of(lambda: add_place(desk, "Lab")) == "needs-signing"
    assert code_of(lambda: set_pin(desk, typed(PINS["ann"]))) == "needs-signing"
    with pytest.raises(Refused), desk.acting("core.location.add"):
        pass


def test_a_login_of_ones_own_acts_in_no_other_name(owner: Office) -> None:
    with open_as(owner, "bob") as bob:
        assert guess(bob, PINS["ann"]) == "not-together"
    assert guess(owner, PINS["ann"]) == "not-together"


def test_a_signature_ends_with_its_entry(desk: Office) -> None:
    with signed(desk, "ann") as entry:
        add_place(entry, "Lab")
    assert code_of(lambda: add_place(desk, "Store")) == "needs-signing"


def test_rights_are_those_of_the_person_and_of_the_key(owner: Office, desk: Office) -> None:
    ada = owner.find(kind(owner, "staff.person"), "Ada")
    with signed(desk, "cal") as entry, pytest.raises(Forbidden, match="cal may not"):
        edit_record(entry, entry.get(type(ada), ada.id), {"phone": "555-0199"})
    # A clerk may add people, the desk may not.
    with (
        signed(desk, "ann") as entry,
        pytest.raises(Forbidden, match="where ann signs, may not"),
    ):
        add_record(entry, type(ada), {"name": "Fay"})
    with signed(desk, "ann") as entry:
        edit_record(entry, entry.get(type(ada), ada.id), {"phone": "555-0199"})


def test_a_second_person_signs_at_the_same_desk(owner: Office, desk: Office) -> None:
    with signed(desk, "ann") as entry, entry.acting("core.task.add"):
        task = entry.add(Task(title="Count", due_on=entry.today, second_sign=True))  # type: ignore[call-arg]
    complete, sign = (LIFE.actions(Task, verb)[0] for verb in ("complete", "sign"))
    with signed(desk, "ann") as entry:
        entry.do(complete, entry.get(Task, task.id))
    with signed(desk, "ann") as entry:
        assert code_of(lambda: entry.do(sign, entry.get(Task, task.id))) == "same-person"
    with signed(desk, "bob") as entry:
        entry.do(sign, entry.get(Task, task.id))
    done = owner.get(Task, task.id)
    assert (done.done_by, done.signed_by) == ("ann", "bob")


def test_undo_is_of_the_last_entry_at_the_desk_and_by_a_person(owner: Office, desk: Office) -> None:
    with signed(desk, "ann") as entry:
        add_place(entry, "Lab")
    with open_as(owner, "ann") as own:
        add_place(own, "Ann's own")
    last = next_to_undo(desk)
    assert (last.actor, last.verb) == ("ann", "core.location.add")
    with signed(desk, "bob") as entry, pytest.raises(Forbidden, match="bob may not undo other"):
        undo(entry, last.id)
    assert code_of(lambda: undo(desk)) == "needs-signing"
    with signed(desk, "ann") as entry:
        assert "Lab" in undo(entry, last.id)
    names = [place.name for place in owner.all(owner.record("location"))]  # type: ignore[attr-defined]
    assert "Lab" not in names
    assert changes(owner, Asked(limit=1))[0].place == "Front desk"


# -- PINs ------------------------------------------------------------------------------------------


@given(st.from_regex(r"[0-9]{4,12}", fullmatch=True))
def test_a_pin_is_digits_without_a_pattern(text: str) -> None:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(text)}
    if pin_problem(typed(text)) is None:
        assert len(set(text)) > 1
        assert text not in "01234567890"
    elif len(steps) > 1:
        assert text in (text + text)[1:-1]


@pytest.mark.parametrize(
    "text", ["123", "1234", "0000", "9876", "1212", "7890", "12a4", "٤٧١٩", ""]
)
def test_obvious_pins_are_refused_without_repeating_them(text: str) -> None:
    problem = pin_problem(typed(text))
    assert problem is not None
    assert not text or text not in str(problem)


def test_unknown_names_answer_as_wrong_pins_do(owner: Office, desk: Office) -> None:
    said = []
    for name in ("ann", "nobody-here", "the-hr", DESK):
        sentences = []
        for _ in range(pins.TRIES + 1):
            with pytest.raises(Refused) as refused:
                desk.prove(name, typed("2468"))
            words = str(refused.value).replace(name, "NAME")
            sentences.append(words.partition(" again from ")[0])
        said.append(sentences)
    assert said == [said[0]] * 4
    assert "too often" in said[0][-1]
    assert owner.value("SELECT count(*) FROM core_pin WHERE digest = ''") <= 256


def test_a_right_pin_forgives_the_tries_also_of_a_refused_entry(desk: Office) -> None:
    for _ in range(3):
        for _ in range(pins.TRIES - 1):
            assert guess(desk) == "wrong-pin"
        with signed(desk, "cal") as entry, pytest.raises(Forbidden):
            add_place(entry, "Lab")
        with signed(desk, "ann"):
            pass


def test_a_person_learns_of_wrong_pins_typed_for_them(desk: Office) -> None:
    for _ in range(2):
        guess(desk)
    with signed(desk, "ann") as entry:
        add_place(entry, "Lab")
        assert [remark for remark in entry.remarks if "ann 2 times" in remark]
    with signed(desk, "ann") as entry:
        add_place(entry, "Store")
        assert entry.remarks == []


def test_a_lock_has_an_end_and_each_is_longer(owner: Office, desk: Office) -> None:
    def end() -> timedelta:
        until = owner.value("SELECT until FROM core_pin WHERE login = 'ann'")
        return datetime.fromisoformat(until) - datetime.now(UTC)

    ends = []
    for _ in range(2):
        for _ in range(pins.TRIES):
            assert guess(desk) == "wrong-pin"
        assert guess(desk, PINS["ann"]) == "pin-locked"
        ends.append(end())
        with closing(sqlite3.connect(owner.path)) as db, db:
            db.execute("UPDATE core_pin SET until = '2000-01-01T00:00:00+00:00'")
    assert ends[1] > ends[0] > timedelta(minutes=14)
    with signed(desk, "ann"):
        pass
    assert owner.value("SELECT tries FROM core_pin WHERE login = 'ann'") == 0


@given(st.integers(1, 10**9))
def test_a_lock_is_a_day_at_most(tries: int) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    until = pins.lock_after(tries, now)
    assert bool(until) == (tries % pins.TRIES == 0)
    if until:
        assert timedelta(0) < datetime.fromisoformat(until) - now <= timedelta(days=1)


def in_a_process(work: Callable[[], None]) -> multiprocessing.process.BaseProcess:
    """Run something in a process of its own."""
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    return process


def test_many_processes_share_one_count(owner: Office, tmp_path: Path) -> None:
    def guess_often() -> None:
        with open_as(owner, DESK) as desk, (tmp_path / str(os.getpid())).open("w") as answers:
            for _ in range(4):
                answers.write(f"{guess(desk)}\n")

    guessing = [in_a_process(guess_often) for _ in range(4)]
    for process in guessing:
        process.join()
    answers = [line for path in tmp_path.glob("[0-9]*") for line in path.read_text().split()]
    assert answers.count("wrong-pin") == pins.TRIES
    assert answers.count("pin-locked") == 16 - pins.TRIES


def test_a_killed_process_has_used_its_try(owner: Office) -> None:
    def die_comparing() -> None:
        signing.__dict__["is_pin_of"] = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        with open_as(owner, DESK) as desk:
            desk.prove("ann", typed("1357"))

    for _ in range(pins.TRIES):
        process = in_a_process(die_comparing)
        process.join()
        assert process.exitcode == -signal.SIGKILL
    with open_as(owner, DESK) as desk:
        assert guess(desk, PINS["ann"]) == "pin-locked"


def test_a_signature_counts_only_while_it_holds(owner: Office, desk: Office) -> None:
    def stale(change: Callable[[], object]) -> str:
        with desk.twin() as entry:
            entry.sign(entry.prove("ann", typed(PINS["ann"])))
            change()
            return code_of(lambda: add_place(entry, "Lab"))

    def other_pin() -> None:
        with open_as(owner, "ann") as own:
            set_pin(own, typed(PINS["bob"]))
            set_pin(own, typed(PINS["ann"]))

    assert stale(other_pin) == "wrong-pin"
    assert stale(lambda: owner.do(unshare, user(owner, DESK))) == "wrong-pin"
    place = owner.find(owner.record("location"), "Front desk")
    owner.do(share, user(owner, DESK), place_id=place.id)
    assert stale(lambda: owner.do(remove, user(owner, "ann"))) == "wrong-pin"
    assert guess(desk, PINS["ann"]) == "wrong-pin"


def test_a_manager_clears_a_pin_and_its_owner_alone_sets_one(owner: Office, desk: Office) -> None:
    with open_as(owner, "the-manager") as manager:
        manager.do(clear_pin, user(manager, "ann"))
        set_pin(manager, typed("246813579"))
        # Set for the manager's own login.
        assert guess(desk, "246813579") == "wrong-pin"
        with pytest.raises(Refused, match="reaches further"):
            manager.do(clear_pin, user(manager, "the-owner"))
    assert guess(desk, PINS["ann"]) == "wrong-pin"
    with open_as(owner, "ann") as own:
        set_pin(own, typed(PINS["ann"]))
    with signed(desk, "ann"):
        pass


def test_a_starting_code_signs_a_new_pin_once_and_nothing_else(owner: Office, desk: Office) -> None:
    with open_as(owner, "the-manager") as manager:
        code = str(issue_code(manager, user(manager, "ann")).typed)
    assert guess(desk, PINS["ann"]) == "wrong-pin"
    with desk.twin() as entry:
        entry.sign(entry.prove("ann", typed(code)))
        assert code_of(lambda: add_place(entry, "Lab")) == "needs-signing"
        set_pin(entry, typed(PINS["ann"]))
        assert code_of(lambda: add_place(entry, "Lab")) == "wrong-pin"
    assert guess(desk, code) == "wrong-pin"
    with signed(desk, "ann") as entry:
        add_place(entry, "Lab")
    for row in owner.rows("SELECT arguments, outcome FROM core_action"):
        assert code not in str(row)


def test_a_starting_code_lasts_a_day(
    owner: Office, desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting_code, "LASTS", timedelta(seconds=-1))
    code = issue_code(owner, user(owner, "ann"))
    assert guess(desk, code.typed) == "wrong-pin"
    assert code_of(lambda: issue_code(owner, user(owner, DESK))) == "nothing-to-do"


def test_a_login_with_a_past_is_not_shared(owner: Office) -> None:
    place = owner.find(owner.record("location"), "Front desk")
    assert code_of(lambda: owner.do(share, user(owner, "ann"), place_id=place.id)) == "in-use"


def test_nothing_of_a_pin_is_kept(owner: Office, desk: Office) -> None:
    guess(desk, PINS["bob"])
    with signed(desk, "ann") as entry:
        add_place(entry, "Lab")
        assert PINS["ann"] not in repr(vars(entry.authorizer))
    folder = Path(owner.path).parent
    for path in filter(Path.is_file, folder.rglob("*")):
        content = path.read_bytes()
        for pin in PINS.values():
            assert pin.encode() not in content, path


def test_a_copy_of_the_file_without_the_key_tells_nothing_of_a_pin(
    owner: Office, desk: Office
) -> None:
    key = Path(owner.store.keys.path)
    name = owner.store.keys.in_use()
    key.rename(away := key.with_name("away"))
    assert guess(desk, PINS["ann"]) == "wrong-pin"
    # As `verify` says of a former key that was found again.
    away.rename(f"{key}.{name}")
    with signed(desk, "ann"):
        pass


def test_no_code_of_a_plugin_reads_or_writes_pins(owner: Office, desk: Office) -> None:
    with open_as(owner, "the-owner") as person, pytest.raises(OfficeError):
        person.rows("SELECT digest FROM core_pin")
    add = "core.location.add"
    with signed(desk, "ann") as entry, pytest.raises(OfficeError), entry.acting(add):
        entry.rows("UPDATE core_pin SET tries = 0")
