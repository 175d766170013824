"""Make the file that a version leaves behind: `python3 dev.py keep`. Run once a version, and never again for it.

An office as offices look after a year: several people, a role of its own, sealed fields, snoozes, transfers, reversals,
half-received orders, stock below zero, names that differ by case alone. Its file, keys, seal and saved views go into
`tests/kept`; every later version opens them, verifies them, and undoes or refuses each action in them.
"""

from __future__ import annotations

import lzma
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from officeops import __version__

HERE = Path(__file__).parent
#: Runs a command line for a user of the office, as the gate of SSH does.
FOR_USER = """
import sys
from officeops.cli import run
from officeops.cli.context import Run
run_for = Run(db=sys.argv[1])
run_for.user = sys.argv[2]
sys.exit(run(sys.argv[3:], run_for))
"""
FILES = {
    "items.csv": """sku,name,category,vendor,price,on_hand,reorder_point,order_up_to,pack,pack_size,barcode,lot,expires_on
GLV-M,Gloves M,PPE,Acme,12.50,3,10,40,box,100,4006501003633,,
SYR-5,Syringe 5 ml,Injection,Acme,8.95,400,100,600,box,50,,L-17,2027-03-31
VAC-F,Influenza vaccine,Vaccines,Borealis,16.0125,20,10,40,box,10,,F-2026,2026-12-31
GAU-4,Gauze 4x4,Wound care,Borealis,3.20,12,20,80,sleeve,25,,,
TNG-1,Tongue depressor,Exam,,,500,,,,,,,
INK-1,Toner,Office,Staples,,2,1,4,,,,,
""",
    "more.csv": """sku,name,category,reorder_point
GAU-4,Gauze 4 x 4,Wound care,25
TAP-1,Tape,Wound care,6
""",
    "moves.csv": """item,kind,quantity,date,lot
TNG-1,use,900,2026-03-02,
GLV-M,use,1,2026-03-03,
VAC-F,use,2,2026-03-03,F-2026
""",
}
#: What the practice does, in order, each with its day. `ann>` and `ben>` are people of it; `!` lets a line be refused.
LINES = """
2026-01-05 init --name "Kept Practice" --time-zone America/Chicago --currency USD
2026-01-05 location add --name "Room 1" --count-order 2
2026-01-05 location add --name "Vaccine fridge" --kind fridge --count-order 3
2026-01-05 location add --name main --count-order 4
2026-01-05 closed-day add --day 2026-12-25 --what Christmas
2026-01-06 vendor add --name Acme --code A1 --phone 555-0100 --lead-days 3
2026-01-06 vendor add --name ACME --phone 555-0199
2026-01-06 vendor add --name Borealis --code B1 --lead-days 5
2026-01-06 vendor add --name Staples
2026-01-07 item import {items.csv}
2026-01-07 item add --sku glv-m --name "gloves m"
2026-01-07 item import {more.csv} --update
2026-01-07 terms add --item GAU-4 --vendor "#2" --price 3.05 --rank 2
2026-01-07 terms add --item GAU-4 --vendor "#2" --price 3.00 --rank 3
2026-01-07 level add --item GLV-M --location "Room 1" --reorder-point 2 --order-up-to 6
2026-01-08 access add ann --name "Ann Ortiz" --role manager
2026-01-08 access add ben --name "Ben Vogel" --role clerk
2026-01-08 access role front-desk "inventory.item.*" read
2026-01-08 access give ben front-desk
2026-01-08 access add cal --name "Cal Roe" --role hr
2026-01-09 person add --name "Dee Moss" --phone 555-0142 --pay 4200.00 --badge B-200 --note "Back on 12 May"
2026-01-09 person add --name "Eve Lund" --badge B-201
2026-01-09 person edit "Eve Lund" --pay 3900.00
2026-01-09 person rename "Eve Lund" --name "Eve Hart"
2026-01-09 review add --title "First year" --person "Dee Moss"
2026-01-09 seal rotate
2026-01-09 person edit "Dee Moss" --note "Back on 19 May"
2026-01-12 document add --vendor "#1" --kind baa --expires-on 2026-06-30 --number BAA-1
2026-01-12 document add --vendor Borealis --kind licence --expires-on 2015-06-30 --number L-9
2026-01-12 document renew "#1" --expires-on 2027-06-30
2026-01-12 document archive "#2"
2026-01-12 purge
2026-02-02 ben> item use GLV-M --quantity 1
2026-02-02 item edit GAU-4 --name "Gauze 4 x 4 in"
2026-02-02 ann> item edit TNG-1 --category Examination
2026-02-03 item transfer VAC-F --quantity 20 --to-location "Vaccine fridge"
2026-02-03 item transfer SYR-5 --quantity 60 --to-location "Room 1"
2026-02-04 item use SYR-5 --quantity 40 --location "Room 1"
2026-02-04 item waste SYR-5 --quantity 5 --reason "Dropped" --location Main
2026-02-05 move reverse "#13" --note "Typed twice"
2026-02-06 item receive VAC-F --quantity 10 --lot F-2027 --expires-on 2027-12-31 --location "Vaccine fridge"
2026-02-06 item receive VAC-F --quantity 3
2026-02-06 lot recall F-2026
2026-03-02 move import {moves.csv}
2026-03-04 count "Room 1" SYR-5=18
2026-03-04 count Main GAU-4=14 --reason adjust
2026-03-05 item use VAC-F --quantity 4 --lot F-2027 --location "Vaccine fridge"
2026-03-09 reorder draft
2026-03-09 order approve PO-1
2026-03-09 order send PO-1
2026-03-09 order approve PO-2
2026-03-09 order send PO-2
2026-03-12 order receive PO-1 --item GLV-M --packs 1
2026-03-13 order receive PO-2 --item GAU-4 --packs 1
2026-03-16 order add --vendor Borealis
2026-03-16 order add-line PO-3 --item VAC-F --packs 2
2026-03-16 order cancel PO-3
2026-03-17 order add --vendor "#1"
2026-03-17 order add-line PO-4 --item SYR-5 --packs 3
2026-03-17 order approve PO-4
2026-03-17 order send PO-4
2026-03-18 order receive PO-4 --item SYR-5 --packs 1 --lot L-18 --expires-on 2028-01-31
2026-03-19 order close-short PO-4
2026-04-01 location edit "Room 1" --name "Exam room 1"
2026-04-01 item use INK-1 --quantity 2
2026-04-01 item archive INK-1
2026-04-02 vendor hold Staples --reason "Wrong invoices"
2026-04-02 hold --kind vendors.vendor --reason "Kept for the lawyers"
2026-04-03 retention-rule add --record vendors.document --years 7 --source "Payer contract"
2026-04-06 today snooze inventory.lot:2:2026-12-31 --until 2026-12-20
2026-04-06 ann> today snooze inventory.order:2:2026-03-14 --until 2026-05-01
2026-04-06 ann> today seen inventory.reorder:none
2026-04-06 reorder snooze GAU-4 --until 2026-04-20
2026-04-07 item use SYR-5 --quantity 40 --location Main
2026-04-07 undo
2026-04-07 redo
2026-04-07 undo
2026-04-08 ann> item add --sku ANN-1 --name "Ann's own"
2026-04-08 ann> undo
2026-04-09 access take ben front-desk
2026-04-09 access remove cal
2026-04-10 item use GLV-M --quantity 60 --location "Exam room 1"
2026-04-10 settings edit --closed-weekdays "Sun"
"""
VIEWS = """["inventory.item".low-gloves]
where = "category=PPE on_hand<50"
sort = "-on_hand"
columns = ["sku", "name", "on_hand"]

["inventory.order".open]
where = "status=sent,partly_received"
sort = ""
columns = []
"""


class Step(NamedTuple):
    """One line of the practice: its day, who does it (blank is the owner of the file), its words."""

    day: str
    user: str
    words: list[str]
    may_fail: bool


def steps(text: str, folder: Path) -> list[Step]:
    """Return the steps of `LINES`, with the files they name in a folder."""
    parsed = []
    for line in text.strip().splitlines():
        day, _, rest = line.partition(" ")
        may_fail = rest.startswith("!")
        user, marked, words = rest.lstrip("!").partition("> ")
        if not marked:
            user, words = "", rest.lstrip("!")
        for name in FILES:
            words = words.replace("{" + name + "}", str(folder / name))
        parsed.append(Step(day, user, shlex.split(words), may_fail))
    return parsed


def live(folder: Path) -> Path:
    """Let the practice live in a folder, and return its file."""
    office = folder / "office.db"
    for name, text in FILES.items():
        (folder / name).write_text(text)
    plugins = folder / "officeops" / "plugins"
    plugins.mkdir(parents=True)
    shutil.copy(HERE / "staff.py", plugins)
    env = {name: value for name, value in os.environ.items() if not name.startswith("OFFICEOPS_")}
    env |= {"XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    env["OFFICEOPS_PLUGINS"] = "inventory,vendors,staff"
    for step in steps(LINES, folder):
        owner = [sys.executable, "-m", "officeops", "--db", str(office)]
        person = [sys.executable, "-c", FOR_USER, str(office), step.user]
        command = [*(person if step.user else owner), *step.words]
        done = subprocess.run(command, env={**env, "OFFICEOPS_TODAY": step.day}, check=False)
        if done.returncode and not step.may_fail:
            raise SystemExit(f"{shlex.join(step.words)} ended with {done.returncode}")
    (plugins.parent / "views.toml").write_text(VIEWS)
    return office


def main() -> None:
    """Make the file and keep it."""
    target = HERE / f"office-{__version__}.db.xz"
    if target.exists():
        raise SystemExit(f"{target.name} is kept already; a version leaves one file.")
    with TemporaryDirectory() as name:
        office = live(Path(name))
        target.write_bytes(lzma.compress(office.read_bytes(), preset=9))
        for ending in (".key", ".seal"):
            shutil.copy(f"{office}{ending}", HERE / f"office-{__version__}.db{ending}")
        shutil.copy(
            Path(name) / "officeops" / "views.toml", HERE / f"office-{__version__}.views.toml"
        )
    sys.stdout.write(f"{target} ({target.stat().st_size:,} bytes)\n")


if __name__ == "__main__":
    main()
