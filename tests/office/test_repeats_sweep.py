"""Every command with a request id: it is done once, refuses the id, or writes nothing; the same id never covers other work."""

from __future__ import annotations

import shlex
import sqlite3
from typing import TYPE_CHECKING, Final

import pytest
from tests.access import matrix_parts
from tests.access.matrix_commands import BEFORE, HUNG, KEY, commands, line_of
from tests.access.test_access_matrix import bench, settled
from tests.effort import sampled
from tests.said.lines import WORDS

from officeops.model.exit_codes import REFUSED, USAGE
from officeops.office.action_requests import ActionRequests
from officeops.office.crud import archive_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.access.matrix_bench import Bench

    from officeops.office.office import Office
    from officeops.testing import Ran

__all__ = ["bench", "settled"]

#: Commands that are about no record of their noun: the words for something else, and what is typed.
OTHER: Final[dict[str, tuple[str, str]]] = {
    "access add": ("other --role read-only", ""),
    "access grant": ("clerk manager", ""),
    "access deactivate": ("clerk", ""),
    "access role": ("other core.today.view", ""),
    "access revoke": ("manager manager", ""),
    "access share": ("spare Back", ""),
    "access unshare": ("clerk", ""),
    "access until": ("clerk never", ""),
    "access away": ("clerk --until +9d", ""),
    "access back": ("clerk", ""),
    "add-user": ("--login other --role clerk", ""),
    "backup restore": ("another.db --live --yes", ""),
    "closed-day add": ("--day 2031-01-02", ""),
    "opening-hours add": ("--weekday saturday --opens 9:00 --closes 10:00", ""),
    "set-hours": ("--hours 'Mon-Fri 9:00-17:00'", ""),
    "count": ("Main A=49", ""),
    "vendor-document add": ("--vendor Medline --kind other", ""),
    "history accept": ("--because other --yes", ""),
    "hold": ("--kind item --reason claim", ""),
    "item add": ("--sku N2 --name Other", ""),
    "legal-hold release": ("#1 --reason other", ""),
    "stock-level add": ("--item C --location Back", ""),
    "order-line change": ("#1 --packs 4", ""),
    "location add": ("--name Other", ""),
    "lot add": ("--item C --number L8 --expires-on 2099-01-01", ""),
    "order add": ("--vendor Paused", ""),
    "pack add": ("--item A --size 6", ""),
    "purge": ("--record vendors.document", ""),
    "redo": ("9", ""),
    "reorder draft": ("--item D", ""),
    "reorder snooze": ("C --until 2099-01-01", ""),
    "retention-rule add": ("--record inventory.item --years 30 --source law", ""),
    "role grant": ("own-one --pattern core.who.view", ""),
    "role revoke": ("own-one --pattern core.today.view", ""),
    "settings edit": ("--name Third", ""),
    "vendor-terms add": ("--item D --vendor Medline", ""),
    "checklist add": ("--name Other", ""),
    "document-type add": ("--name Other", ""),
    "practice-document add": ("Other", ""),
    "checklist-item add": ("--checklist Round --text Other", ""),
    "note add": ("--about-key vendors.vendor --about-id 1 --text Other", ""),
    "tag add": ("--about-key vendors.vendor --about-id 1 --word other", ""),
    "task add": ("Other --due-on 2026-03-02", ""),
    "today seen": ("{due}", ""),
    "today snooze": ("{due} --until +31d", ""),
    "today unsnooze": ("another", ""),
    "undo": ("9", ""),
    "vendor add": ("--name Other", ""),
    "equipment add": ("--name Other", ""),
    "equipment-category add": ("--name Other", ""),
    "service-contract add": ("--name Other", ""),
    "calibrate": ("EQ-1 --failed", ""),
    "calibration add": ("--equipment EQ-2", ""),
    "equipment calibrate": ("EQ-1 --result open", ""),
    "reference-standard add": ("--name Other", ""),
    "waste-pickup add": ("--manifest Other", ""),
    "recall add": ("--number Z-5 --product Other", ""),
    "meter-reading add": ("EQ-1 --value 10", ""),
    "monitored-unit add": ("--name Other", ""),
    "plan add": ("--title Other --first-on 2026-03-02 --unit year", ""),
    "plan-from-template": ("--template 'Eyewash weekly' --equipment EQ-1", ""),
    "temperatures record": ("Freezer=0/0/0", ""),
    "control-lot add": ("--test Strep --level positive --number P7 --expires-on 2099-01-01", ""),
    "controls record": ("LK-3/positive=positive", ""),
    "lab-kit add": ("--test Strep --number L8", ""),
    "lab-kit open": ("LK-4", ""),
    "lab-test add": ("--name Other", ""),
    "lab-test-from-list": ("--test Ovulation", ""),
    "ticket add": ("Other", ""),
    "visit add": ("--purpose Other --expected-on 2026-03-03", ""),
    **matrix_parts.OTHER,
}
#: What is done first, so that a command has something to do.
FIRST: Final = {
    **BEFORE,
    "redo": "undo",
    "ssh-key remove": f"user add-key spare --public '{KEY.format('B')}'",
    "undo": "vendor edit Medline --phone 1",
    "reorder draft": "item use A --quantity 49",
}
#: Commands that end otherwise than well on this office, or say that they need another place to be run.
NOT_HERE: Final = {
    "access authorized-keys": "asked by sshd",
    "access gate": "run by sshd",
    "policy acknowledge": "nobody here is linked to a login",
    "access pin": "asks on a terminal",
}
#: What has no other subject here, each with why.
WHOLE: Final = {
    "attachment remove": "the office has one attachment",
    "calibration review": "the office has one calibration that puts anything in doubt",
    "task picked-up": "the office has one plan of waste pickups",
    "waste-pickup signed-copy": "the office has one pickup whose copy is out",
    "task calibrated": "the office has one plan of calibrations",
    "recall-candidate affected": "the office has one unit that a recall may be about",
    "recall-candidate not-affected": "the office has one unit that a recall may be about",
    "recall-candidate remedy": "the office has one unit that a recall may be about",
    "lab-control void": "the office has one control",
    "dataset load": "the office has one list",
    "screening-hit clear": "the office has one hit of an exclusion list",
    "screening-hit confirm": "the office has one hit of an exclusion list",
    "lab-test confirm": "the office has one test",
    "excursion open": "the office has one excursion that is closed",
    "shift-offer withdraw": "the office has one shift on offer",
    "held-lot discard": "the office has one held lot",
    "held-lot release": "the office has one held lot",
    "write-tasks": "it is about the whole office, and takes no word",
    "add-credential-types": "it is about the whole office, and takes no word",
    "add-document-types": "it is about the whole office, and takes no word",
    "add-usual-hours-rules": "it is about the whole office, and takes no word",
    "add-usual-shift-templates": "it is about the whole office, and takes no word",
    "add-job-roles": "it is about the whole office, and takes no word",
    "add-training-topics": "it is about the whole office, and takes no word",
    "add-deadlines": "it is about the whole office, and takes no word",
    "add-paper-types": "it is about the whole office, and takes no word",
    "check-exclusions": "it is about the whole office, and takes no word",
}
#: Commands that take a request id but have nothing to do on this office, each with where they are tried.
NOTHING_TO_DO: Final = {
    "access clear-pin": "nobody has a PIN: tests/access/test_shared_login.py",
    "user clear-pin": "nobody has a PIN: tests/access/test_shared_login.py",
    "history accept": "a sound history: below",
    "task explain": "nobody missed it",
    "task repeat": "no question of it failed",
    "task sign": "who did it may not sign it too",
    "breach close": "it is not decided yet",
    "review sign": "the person signs, and who shared it may not",
    "discipline sign": "the person signs, and who delivered it may not",
    "review sign-beside": "it takes the person's PIN: plugins/hr/tests/supervision",
    "discipline sign-beside": "it takes the person's PIN: plugins/hr/tests/supervision",
    "ticket verify": "who resolved it may not verify it too",
    "stock-move import": "its row is older than the last count",
}


@pytest.mark.usefixtures("settled")
def test_a_request_id_is_kept_or_refused_by_every_command(bench: Bench) -> None:
    plugins = bench.base.plugins
    jobs = [f"job {declared.name}" for _, declared in plugins.registered("jobs")]
    kept = 0
    problems: list[str] = []
    known = sorted({*commands(), *jobs} - {*NOT_HERE})
    tried = sampled(known, 42)
    for command in tried:
        words, typed = (WORDS[command], "") if command in WORDS else line_of(command)
        problem, was_kept = _tried(bench, command, words, typed)
        kept += was_kept
        problems += [f"{command}: {problem}"] if problem else []
    assert not problems, "\n".join(problems)
    # Many commands only read: a drawn third of them may have few that write.
    assert kept > len(tried) // 6, "fewer commands than there are took the id"


@pytest.mark.usefixtures("settled")
def test_the_sweep_finds_an_action_that_does_not_say_what_it_is_about(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def archive_any(office: Office, record: object, request: str | None = None) -> None:
        with office.acting("vendors.vendor.archive", {}, request=request):
            office.archive(record)  # type: ignore[type-var]

    monkeypatch.setattr("officeops.cli.verbs.write_verbs.archive_record", archive_any)
    problem, _ = _tried(bench, "vendor archive", "Paused", "")
    assert "another subject" in problem


@pytest.mark.usefixtures("settled")
def test_the_sweep_finds_a_command_that_keeps_the_id_to_itself(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def archive_without(office: Office, record: object, request: str | None = None) -> None:  # noqa: ARG001
        archive_record(office, record)  # type: ignore[type-var]

    monkeypatch.setattr("officeops.cli.verbs.write_verbs.archive_record", archive_without)
    monkeypatch.setattr(ActionRequests, "honor", lambda *_: None)
    problem, _ = _tried(bench, "vendor archive", "Paused", "")
    assert "without its request id" in problem


def _tried(bench: Bench, command: str, words: str, typed: str) -> tuple[str, bool]:
    """Run a command under a request id, again, and on something else; return what is wrong, and whether it took the id."""
    file = bench.copy()
    if first := FIRST.get(command, ""):
        bench.must(file, first)
    before, beside = _actions(bench, file), _beside(bench, file)
    line = f"--request-id r1 {command} "
    ran = bench.run(file, line + words, typed=typed)
    after = _actions(bench, file)
    if "r1" in after.values():
        return _repeated(bench, file, command, (words, typed), ran), True
    changed = after != before or _beside(bench, file) != beside
    if "Leave out --request-id" in ran.err and ran.code == USAGE:
        return "refused, yet wrote" if changed else "", False
    if changed:
        return f"wrote without its request id: {ran.code} {ran.err}", False
    is_reading = ran.code in {0, 3, 5} or command in _ENDS_OTHERWISE
    return "" if is_reading else f"was not carried out: {ran.code} {ran.err}", False


def _repeated(bench: Bench, file: str, command: str, given: tuple[str, str], first: Ran) -> str:
    """Run what was carried out again, and then on something else, under the same id; return what is wrong."""
    line, (words, typed), after = f"--request-id r1 {command} ", given, _actions(bench, file)
    again = bench.run(file, line + words, typed=typed)
    if _actions(bench, file) != after or again.code != first.code:
        return f"repeated, it ends with {again.code} after {first.code}: {again.err}"
    if command in WHOLE:
        return ""
    try:
        other, typed = _other(bench, file, command, words, typed)
    except LookupError:
        return "say in OTHER what else it can be about"
    third = bench.run(file, line + other, typed=typed)
    if _actions(bench, file) != after or not _is_refused(third):
        return f"another subject, {other!r}, ends with {third.code}: {third.out}{third.err}"
    return ""


#: Commands that write nothing here, since there is nothing to do, or are refused.
_ENDS_OTHERWISE: Final = {
    *NOTHING_TO_DO,
    *matrix_parts.ENDS_OTHERWISE,
    "selfcheck",
    "seal sheet",
    "seal recover",
    "seal rotate",
    "redo",
    "init",
    "access install",
}


def _is_refused(ran: Ran) -> bool:
    return ran.code == REFUSED and "was given to something else" in ran.err


def _actions(bench: Bench, file: str) -> Mapping[int, str | None]:
    """Return the actions of a file with their request ids."""
    db = sqlite3.connect(bench.folder / file)
    try:
        return dict(db.execute("SELECT id, request FROM core_action"))
    finally:
        db.close()


def _beside(bench: Bench, file: str) -> set[tuple[str, int, int]]:
    """Return the files beside an office, as they are."""
    files: Iterator[tuple[str, int, int]] = (
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for path in bench.folder.rglob("*")
        if path.is_file() and not path.name.startswith(file)
    )
    return set(files)


def _other(bench: Bench, file: str, command: str, words: str, typed: str) -> tuple[str, str]:
    """Return the words, and the file, with which a command is about something else. Raises LookupError where none is known."""
    if command in OTHER:
        return OTHER[command]
    if command.endswith(" import"):
        return words, typed.rstrip("\n") + " \n"
    subject, *rest = shlex.split(words)
    if command.rpartition(" ")[2] in HUNG:
        # What is hung on a record is another thing already if it says something else; there may be one record only.
        return (f"{subject} -", "other") if typed else (f"{subject} other", "")
    kinds = [
        record
        for record in bench.base.office().records.values()
        if record.meta.noun == command.partition(" ")[0]
    ]
    bench.base.close()
    if len(kinds) != 1:
        raise LookupError(command)
    db = sqlite3.connect(bench.folder / file)
    try:
        office = bench.base.office()
        [number] = office.find_ids(kinds[0], subject)
        rows = db.execute(
            f"SELECT id FROM {kinds[0].meta.table} WHERE id <> ? ORDER BY id", [number]
        ).fetchall()
    finally:
        bench.base.close()
        db.close()
    if not rows:
        raise LookupError(command)
    return shlex.join([f"#{rows[0][0]}", *rest]), typed
