"""Make the file that a release leaves behind: `python3 dev.py keep`. Run once, on the day of a release, and never again for it.

A small practice that has used everything this release can do; its file and its key go into `tests/kept`.
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

from officeops import __version__

HERE = Path(__file__).parent
ITEMS = """sku,name,category,vendor,price,on_hand,reorder_point,order_up_to,pack,pack_size,barcode,lot,expires_on
GLV-M,Gloves M,PPE,Acme,12.50,3,10,40,box,100,4006501003633,,
SYR-5,Syringe 5 ml,Injection,Acme,8.95,400,100,600,box,50,,L-17,2027-03-31
VAC-F,Influenza vaccine,Vaccines,Borealis,16.0125,20,10,40,,,,F-2026,2026-12-31
GAU-4,Gauze 4x4,Wound care,Borealis,3.20,12,20,80,sleeve,25,,,
TNG-1,Tongue depressor,Exam,,,500,,,,,,,
"""
#: What the practice does, in order: the command line of this release.
LINES = """
init --name "Kept Practice" --time-zone America/Chicago --currency USD
location add --name "Room 1" --count-order 2
vendor add --name Acme --code A1 --phone 555-0100 --lead-days 3
vendor add --name Borealis --code B1 --lead-days 5
item import {items}
document add --vendor Acme --kind baa --expires-on 2015-06-30 --number BAA-1
document archive "#1"
purge
item use GLV-M --quantity 2
item edit GAU-4 --name "Gauze 4 x 4 in"
item edit TNG-1 --category Examination
item use TNG-1 --quantity 500
item archive TNG-1
reorder draft
order approve PO-1
order send PO-1
order receive PO-1
item use SYR-5 --quantity 40
undo
redo
undo
hold --kind vendors.vendor --reason "Kept for the lawyers"
"""


def main() -> None:
    """Make the file and keep it."""
    target = HERE / f"office-{__version__}.db.xz"
    if target.exists():
        raise SystemExit(f"{target.name} is kept already; a release leaves one file.")
    with TemporaryDirectory() as folder:
        office = Path(folder) / "office.db"
        (Path(folder) / "items.csv").write_text(ITEMS)
        env = {name: value for name, value in os.environ.items() if not name.startswith("OFFICEOPS_")}
        env |= {"XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder, "OFFICEOPS_TODAY": "2026-11-20"}
        for line in LINES.strip().splitlines():
            words = shlex.split(line.format(items=Path(folder) / "items.csv"))
            command = [str(Path(sys.executable).with_name("officeops")), "--db", str(office), *words]
            subprocess.run(command, env=env, check=True)
        target.write_bytes(lzma.compress(office.read_bytes(), preset=9))
        shutil.copy(f"{office}.key", HERE / f"office-{__version__}.db.key")
    sys.stdout.write(f"{target} ({target.stat().st_size:,} bytes)\n")


if __name__ == "__main__":
    main()
