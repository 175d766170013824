"""The commands of the table of who may what: the words behind each, and what it needs before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from tests.access import matrix_parts

from officeops.cli.context import Run
from officeops.cli.root import root

if TYPE_CHECKING:
    from collections.abc import Iterator


#: A signed copy, as a file of the office.
SIGNED = Path(__file__).parent / "signed.pdf"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA" + "A" * 41 + "{} somebody"
#: What stands behind a command; a line above it prepares. Without one it is asked without words.
WORDS: dict[str, str] = {
    "access add": "new-one --role read-only",
    "access grant": "spare read-only",
    "access deactivate": "spare",
    "access role": "desk core.today.view",
    "access show": "clerk",
    "access revoke": "spare clerk",
    "access share": "spare Main",
    "access unshare": "spare",
    "access clear-pin": "spare",
    "access until": "spare never",
    "access away": "spare --until +30d",
    "access back": "spare",
    "attachment save": "#1 -o -",
    "note add": "--about-key vendors.vendor --about-id 1 --text hm",
    "tag add": "--about-key vendors.vendor --about-id 1 --word new",
    "closed-day add": "--day 2031-01-01",
    "opening-hours add": "--weekday sunday --opens 9:00 --closes 10:00",
    "set-hours": "--hours 'Mon-Fri 8:00-17:00'",
    "count": "Main A=50",
    "vendor-document add": "--vendor Medline --kind license",
    "vendor-document renew": "#1 --expires-on 2031-01-31",
    "vendor-document file-renewal": "#1",
    "vendor-document not-required": "#1 --reason closed",
    "vendor-document reinstate": "#1",
    "vendor-document suspend": "#1 --reason lost",
    "vendor-document verify": "#1",
    "practice-document file-renewal": "#1",
    "practice-document not-required": "#1 --reason closed",
    "practice-document reinstate": "#1",
    "practice-document suspend": "#1 --reason lost",
    "practice-document verify": "#1",
    "practice-document renew": "#1 --expires-on 2032-01-31",
    "practice-document add": "New",
    "document-type add": "--name New",
    "add-user": "--login zoe --role clerk",
    "hold": "--kind vendor --reason claim",
    "item add": "--sku N --name New",
    "item adjust": "A --quantity 1 --reason found",
    "item receive": "A --quantity 1",
    "item return": "A --quantity 1 --reason wrong",
    "item transfer": "A --quantity 1 --to-location Back",
    "item use": "A --quantity 1",
    "item waste": "A --quantity 1 --reason broken",
    "legal-hold release": "#1 --reason over",
    "stock-level add": "--item C --location Main",
    "order-line change": "#1 --packs 3",
    "order-line price": "#3 --price 2",
    "location add": "--name New",
    "lot add": "--item C --number L9 --expires-on 2099-01-01",
    "lot archive": "L2",
    "lot damage": "L1",
    "lot discard": "L1",
    "lot quarantine": "L1",
    "lot recall": "L1",
    "lot release": "L1",
    "stock-move reverse": "#1",
    "order add": "--vendor Medline",
    "order add-line": "PO-1 --item C --packs 1",
    "order approve": "PO-1 --without-prices",
    "order cancel": "PO-1",
    "location merge": "Back --into Main",
    "order close": "PO-3",
    "order close-short": "PO-3",
    "order receive": "PO-3",
    "order reopen": "PO-2",
    "order send": "PO-2",
    "pack add": "--item A --size 5",
    "plugins disable": "vendors",
    "plugins enable": "vendors",
    "plugins show": "vendors",
    "reorder snooze": "A --until 2099-01-01",
    "retention-rule add": "--record inventory.lot --years 30 --source law",
    "role grant": "own-one --pattern core.today.view",
    "role revoke": "own-one --pattern core.who.view",
    "search": "Gloves",
    "settings edit": "--name Other",
    "vendor-terms add": "--item C --vendor Paused",
    "checklist add": "--name New",
    "checklist-item add": "--checklist Round --text New",
    "task add": "New --due-on 2026-03-02",
    "task complete": "T-1",
    "task explain": "T-1 --reason snow",
    "task repeat": "T-3",
    "task sign": "T-3",
    "task skip": "T-1 --reason snow",
    "today seen": "--all",
    "today snooze": "{due} --until +30d",
    "today unsnooze": "{snoozed}",
    "user add-key": f"spare --public '{KEY.format('B')}'",
    "user grant-role": "spare --role read-only",
    "user share": "spare --place Main",
    "user unshare": "spare",
    "user clear-pin": "spare",
    "user limit": "spare",
    "user away": "spare --back-on +30d",
    "user back": "spare",
    "user deactivate": "spare",
    "user revoke-role": "spare --role clerk",
    "vendor add": "--name New",
    "vendor archive": "Paused",
    "vendor deactivate": "Medline",
    "vendor hold": "Medline --reason late",
    "vendor merge": "Paused --into Medline",
    "vendor release": "Paused",
    "equipment add": "--name New",
    "equipment archive": "EQ-3",
    "equipment lend": "EQ-1 --lent-to Hahn --due-back-on 2026-04-01",
    "equipment quarantine": "EQ-1 --reason recall",
    "equipment reinstate": "EQ-3 --reason needed",
    "equipment retire": "EQ-2 --reason old",
    "equipment return": "EQ-2",
    "equipment take-back": "EQ-5",
    "equipment take-out": "EQ-1 --reason broken",
    "equipment test": "EQ-6",
    "equipment-category add": "--name New",
    "service-contract add": "--name New",
    "service-contract file-renewal": "SC-1",
    "service-contract not-required": "SC-1 --reason closed",
    "service-contract reinstate": "SC-1",
    "service-contract renew": "SC-1 --expires-on 2032-01-31",
    "service-contract suspend": "SC-1 --reason lost",
    "service-contract verify": "SC-1",
    "recall add": "--number Z-3 --product Scale",
    "recall-candidate affected": "RM-1 --reason 'same serial'",
    "recall-candidate remedy": "RM-1 --reason 'new board'",
    "recall-candidate not-affected": "RM-1 --reason 'other serial'",
    "calibrate": "EQ-1 --passed",
    "calibration add": "--equipment EQ-1",
    "calibration archive": "CL-4",
    "calibration fail": "CL-1 --reason off",
    "calibration pass": "CL-1",
    "calibration review": "CL-2 --review harmless",
    "calibration withdraw": "CL-1 --reason mistake",
    "equipment calibrate": "EQ-1",
    "reference-standard add": "--name New",
    "reference-standard file-renewal": "RS-1",
    "reference-standard not-required": "RS-1 --reason closed",
    "reference-standard reinstate": "RS-1",
    "reference-standard renew": "RS-1 --expires-on 2032-01-31",
    "reference-standard suspend": "RS-1 --reason lost",
    "reference-standard verify": "RS-1",
    "task calibrated": "T-9",
    "task picked-up": "T-11 --manifest MW-9",
    "waste-pickup add": "--manifest New",
    "waste-pickup signed-copy": "WP-1",
    "excursion call": "EX-1 --case-number 9",
    "excursion close": "EX-1",
    "excursion hold-lots": "EX-1",
    "excursion open": "EX-3",
    "excursion withdraw": "EX-1 --reason misread",
    "meter-reading add": "EQ-1 --value 9",
    "monitored-unit add": "--name New",
    "monitored-unit confirm-limits": "Vaccines",
    "monitored-unit explain": "Freezer --reason holiday",
    "plan add": "--title New --first-on 2026-03-02 --unit year",
    "plan confirm": "PL-1",
    "plan-from-template": "--template 'AED check' --equipment EQ-1",
    "task came": "T-5",
    "task not-came": "T-5 --reason snow",
    "temperature-reading correct": "#1 --reason misread --current 40 --lowest 40 --highest 40",
    "temperatures log": "Vaccines",
    "temperatures record": "Vaccines=40/40/40",
    "control-lot add": "--test Strep --level positive --number P9 --expires-on 2099-01-01",
    "controls log": "",
    "controls record": "LK-1/positive=positive",
    "lab-control void": "#1 --reason misread",
    "lab-kit add": "--test Strep --number L5",
    "lab-kit finish": "LK-1 --reason 'used up'",
    "lab-kit hold": "LK-1",
    "lab-kit open": "LK-3",
    "lab-test add": "--name New",
    "lab-test confirm": "Strep",
    "lab-test-from-list": "--test Hemoglobin",
    "ticket add": "New",
    "ticket archive": "TK-4",
    "ticket assign": "TK-1 --assignee clerk",
    "ticket call": "TK-1 --vendor Medline --said hm",
    "ticket cancel": "TK-1 --reason gone",
    "ticket charge": "TK-1 --cost 5",
    "ticket close": "TK-1 --resolution mended",
    "ticket mark-duplicate": "Dripping --duplicate-of TK-1",
    "ticket put-back": "TK-1 --item A",
    "ticket reject": "TK-1 --reason works",
    "ticket reopen": "TK-2 --reason again",
    "ticket resolve": "TK-1 --resolution mended",
    "ticket triage": "TK-1 --priority high",
    "ticket use-part": "TK-1 --item A --location Main",
    "ticket vendor-answered": "TK-1",
    "ticket verify": "TK-2",
    "ticket wait": "TK-1 --waiting-for parts",
    "visit add": "--purpose New --expected-on 2026-03-03",
    "visit cancel": "VI-1 --reason moved",
    "visit not-came": "VI-1 --reason snow",
    "visit reopen": "VI-1 --reason moved",
}
#: What is done before some commands.
BEFORE: dict[str, str] = {
    "lot release": "lot quarantine L1",
    "excursion hold-lots": "monitored-unit edit Freezer --location Fridge",
    "excursion withdraw": "excursion call EX-1 --case-number 9",
    "excursion open": "temperatures record Freezer=0/0/60 --day 2020-01-06 --at 8:00",
    # Their own report: of others' a manager decides.
    "ticket mark-duplicate": "ticket add Dripping --reported-by the-clerk",
    "ticket put-back": "ticket use-part TK-1 --item A --location Main",
    "ticket vendor-answered": "ticket assign TK-1 --vendor Medline",
    "access unshare": "access share spare Main",
    "user unshare": "access share spare Main",
    "access back": "access away spare --until +30d",
    "user back": "access away spare --until +30d",
    "backup drill": "backup",
    "backup list": "backup",
    "backup restore": "backup",
    "backup verify": "backup",
    "order-line change": "",
    "destruction attach": "purge",
    "destruction note": "purge",
    "destruction show": "purge",
    "destruction tag": "purge",
    "order close": "order receive PO-3",
    "service-contract reinstate": "service-contract suspend SC-1 --reason lost",
    "waste-pickup signed-copy": f"waste-pickup attach WP-1 {SIGNED}",
    "reference-standard reinstate": "reference-standard suspend RS-1 --reason lost",
    "practice-document reinstate": "practice-document suspend #1 --reason lost",
    "vendor-document reinstate": "vendor-document suspend #1 --reason lost",
    "redo": "",
    "visit reopen": "visit came VI-1",
    "today unsnooze": "today snooze {due} --until +30d",
}
#: What is not run here, each with why nobody is asked.
NOT_RUN = {
    "review sign-beside": "asks for a PIN on a terminal",
    "discipline sign-beside": "asks for a PIN on a terminal",
    "access authorized-keys": "asked by sshd",
    "access gate": "run by sshd",
    "access install": "looks at the machine alone",
    "access pin": "asks on a terminal",
    "backup arrive": "makes an office of its own",
    "backup move": "who may is the same as for a restore; it writes a file of the server",
    "salvage": "makes an office of its own",
    "completion": "prints a script",
    "report osha-log": "refused where no log is kept: plugins/hr/tests/safety",
    "report osha-summary": "refused where no log is kept: plugins/hr/tests/safety",
    "demo": "makes an office of its own",
    "init": "makes an office of its own",
    "plugins check": "makes an office of its own",
    "plugins migration": "writes a plugin's code",
    "plugins new": "writes a plugin's code",
}
#: Where even an owner is told no here, for a reason that has nothing to do with who they are.
ENDS_OTHERWISE = {
    "access clear-pin": "nobody has a PIN",
    "user clear-pin": "nobody has a PIN",
    "stock-move import": "its row is older than the last count, so it is kept as history alone",
    "redo": "nothing was undone",
    "seal recover": "there is no sheet",
    "selfcheck": "there is no backup",
    "task explain": "nobody missed it",
    "task repeat": "no question of it failed",
    "undo": "they did nothing yet",
}

#: Of each noun: a record, one that is archived, what an edit changes, and a file to import.
NOUNS: dict[str, tuple[str, str, str, str]] = {
    "closed-day": ("#1", "#2", "--what Other", "day,what\n2032-01-01,New\n"),
    "opening-hours": (
        "#1",
        "#2",
        "--closes 18:00",
        "weekday,opens,closes\nsunday,6:00,7:00\n",
    ),
    "vendor-document": ("#1", "#2", "--number 9", "vendor,kind\nMedline,license\n"),
    "document-type": ("Permit", "Old", "--grace-days 9", "name\nNew\n"),
    "practice-document": ("#1", "#2", "--number 9", "name,type\nNew,Permit\n"),
    "item": ("D", "B", "--category Other", "sku,name\nX,New\n"),
    "legal-hold": ("#1", "", "", ""),
    "stock-level": ("#1", "#2", "--reorder-point 7", "item,location\nC,Back\n"),
    "order-line": ("#1", "", "", "order,item,packs\nPO-1,C,1\n"),
    "location": ("Back", "Old", "--note Other", "name\nNew\n"),
    "lot": ("L1", "L3", "--number L5", "item,number,expires\nC,L7,2099-01-01\n"),
    "stock-move": ("#1", "", "", "item,kind,quantity,location,date\nA,use,1,Main,2026-01-05\n"),
    "order": ("PO-1", "PO-6", "--note Other", "reference,vendor\n77,Medline\n"),
    "pack": ("#1", "#2", "--name box", "item,size\nA,7\n"),
    "retention-rule": ("#1", "#2", "--years 10", "record,years,source\ninventory.lot,9,law\n"),
    "role": ("own-one", "", "", ""),
    "ssh-key": ("#1", "", "", ""),
    "stock": ("#1", "", "", ""),
    "answer": ("#1", "", "", ""),
    "checklist": ("Round", "Old", "--note Other", "name\nNew\n"),
    "checklist-item": ("#1", "#2", "--unit psi", "checklist,text\nRound,New\n"),
    "task": ("T-1", "T-2", "--note Other", "title,due\nNew,2026-04-01\n"),
    "vendor-terms": ("#1", "#2", "--rank 4", "item,vendor\nC,Paused\n"),
    "user": ("spare", "", "", ""),
    "vendor": ("Medline", "Gone", "--phone 555-0100", "name\nNew\n"),
    "count-entry": ("#1", "", "", ""),
    "attachment": ("#1", "", "", ""),
    "note": ("#1", "#2", "--text oh", "about_key,about_id,text\nvendors.vendor,1,new\n"),
    "tag": ("#1", "#2", "--word other", "about_key,about_id,word\nvendors.vendor,1,new\n"),
    "lot-hold": ("#1", "", "", ""),
    "downtime": ("#1", "", "", ""),
    "control-lot": (
        "#1",
        "#2",
        "--number P8",
        "test,level,lot,expires\nStrep,positive,N1,2099-01-01\n",
    ),
    "lab-control": ("#1", "", "", ""),
    "lab-kit": ("LK-1", "LK-2", "--note Other", "test,lot\nStrep,L6\n"),
    "lab-test": ("Strep", "Old", "--kit Other", "name\nNew\n"),
    "equipment": ("EQ-1", "EQ-4", "--make Other", "name\nNew\n"),
    "equipment-category": ("Autoclaves", "Old", "--name Other", "name\nNew\n"),
    "service-contract": ("SC-1", "SC-2", "--note Other", "name\nNew\n"),
    "waste-pickup": ("WP-1", "WP-2", "--note Other", "manifest\nNew\n"),
    "calibration": ("CL-1", "CL-3", "--note Other", "equipment,date\nEQ-1,2026-02-03\n"),
    "reference-standard": ("RS-1", "RS-2", "--note Other", "name\nNew\n"),
    "recall": ("RC-1", "RC-2", "--reason Other", "number,product\nZ-4,Lamp\n"),
    "recall-candidate": ("RM-1", "", "", ""),
    "excursion": ("EX-1", "", "", ""),
    "gap-reason": ("#1", "", "", ""),
    "held-lot": ("#1", "", "", ""),
    "logger-reading": ("#1", "", "", "serial,taken at,temperature f\n77,2026-03-01 10:00,40\n"),
    "logger-report": ("#1", "", "", ""),
    "meter-reading": ("#1", "#2", "--note Other", "equipment,value\nEQ-1,9\n"),
    "monitored-unit": ("Vaccines", "Older", "--call Other", "name,sort\nNew,freezer\n"),
    "plan": ("PL-1", "PL-2", "--note Other", "title,first,every,unit\nNew,2026-03-02,1,year\n"),
    "temperature-reading": ("#1", "", "", ""),
    "ticket": ("TK-1", "TK-3", "--title Other", "title\nNew\n"),
    "visit": ("VI-1", "VI-2", "--note Other", "purpose,expected\nNew,2026-03-03\n"),
    "destruction": ("#1", "", "", ""),
}
#: What follows the record for a verb that hangs something on it.
HUNG = {"attach": "-", "note": "hm", "tag": "urgent"}
for known, further in (
    (WORDS, matrix_parts.WORDS),
    (BEFORE, matrix_parts.BEFORE),
    (ENDS_OTHERWISE, matrix_parts.ENDS_OTHERWISE),
):
    known.update(further)
NOUNS.update(matrix_parts.NOUNS)
GENERIC = ("list", "show", "search", "history", "export", "edit", "archive", "unarchive", "import")


def line_of(command: str) -> tuple[str, str]:
    """Return the words behind a command, and what stands on its standard input."""
    noun, _, verb = command.partition(" ")
    if command in WORDS:
        return WORDS[command], ""
    if noun == "backup" and verb in {"drill", "restore", "verify"}:
        return "latest", ""
    if noun in NOUNS and verb in HUNG:
        return f"{NOUNS[noun][0]} {HUNG[verb]}", "paper" if verb == "attach" else ""
    if noun not in NOUNS or verb not in GENERIC:
        return (NOUNS[noun][0] if noun in NOUNS and verb else ""), ""
    one, away, change, file = NOUNS[noun]
    words = {
        "show": one, "search": "e", "export": "-", "edit": f"{one} {change}", "archive": one + matrix_parts.OWING.get(noun, ""), "unarchive": away, "import": "-",
    }  # fmt: skip
    return words.get(verb, ""), file if verb == "import" else ""


def commands(
    command: click.Command = root, path: tuple[str, ...] = (), above: click.Context | None = None
) -> Iterator[str]:
    """Yield every command there is, with the groups that do something alone."""
    ctx = click.Context(command, parent=above, info_name=path[-1] if path else "officeops", obj=above.obj if above else Run())  # fmt: skip
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    if path and command.invoke_without_command:
        yield " ".join(path)
    for name in command.list_commands(ctx):
        found = command.get_command(ctx, name)
        assert found is not None
        yield from commands(found, (*path, name), ctx)
