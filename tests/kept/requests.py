"""The lines that an office of 0.2.0.dev0 ran, each under a request id of its own: old-1, old-2 …

Its file is `office-0.2.0.dev0-requests.db.xz`. That version kept no arguments of an add, an edit, an
archive or a draft, and of an import only the file's digest.
"""

from __future__ import annotations

from typing import Final

#: The files that its imports read: the digest of each is in the office.
FILES: Final = {
    "items.csv": """sku,name,category,vendor,price,on_hand,reorder_point,order_up_to,pack,pack_size
GLV-M,Gloves M,PPE,Acme,12.50,3,10,40,box,100
VAC-F,Influenza vaccine,Vaccines,Acme,16.01,20,10,40,box,10
""",
    "more.csv": """sku,name,category,reorder_point
GLV-M,Gloves medium,PPE,12
TAP-1,Tape,Wound care,6
""",
    "moves.csv": """item,kind,quantity,date
GLV-M,use,1,2026-11-02
""",
}
#: In order, all on 2026-11-02, with the nouns of that version.
LINES: Final = """
location add --name Fridge --kind fridge --count-order 3
location edit Fridge --count-order 4
location archive Fridge
location unarchive Fridge
closed-day add --day 2026-12-25 --what Christmas
closed-day edit 2026-12-25 --what Holiday
settings edit --name "Old Practice"
vendor add --name Acme --code A1 --phone 555-0100 --lead-days 3
vendor edit Acme --phone 555-0101
item import items.csv
item import more.csv --update
item add --sku GLV-L --name "Gloves L" --category PPE --reorder-point 5 --order-up-to 9
item edit GLV-L --name "Gloves Large"
terms add --item GLV-L --vendor Acme --price 3.05 --rank 1
terms edit #1 --price 3.00
level add --item GLV-M --location Fridge --reorder-point 2 --order-up-to 6
pack add --item GLV-L --name case --size 10
item receive GLV-M --quantity 5
item use GLV-M --quantity 1
item waste GLV-M --quantity 1 --reason Dropped
item transfer GLV-M --quantity 2 --to-location Fridge
move reverse #2 --note "Typed twice"
document add --vendor Acme --kind baa --expires-on 2027-06-30 --number BAA-1
document renew #1 --expires-on 2028-06-30
document archive #1
document unarchive #1
access add ann --name "Ann Ortiz" --role manager
access add ben --role clerk
access role front-desk inventory.item.* read
access give ben front-desk
access take ben front-desk
access remove ben
retention-rule add --record vendors.document --years 7 --source "Payer contract"
hold --kind vendors.vendor --reason "Kept for the lawyers"
count Main GLV-M=10 --reason adjust
reorder draft
order approve PO-1
order send PO-1
order receive PO-1 --item GLV-L --packs 1
order add --vendor Acme
order add-line PO-2 --item GLV-M --packs 2
order cancel PO-2
vendor hold Acme --reason "Wrong invoices"
item archive TAP-1
item unarchive TAP-1
move import moves.csv
reorder snooze GLV-M --until 2030-01-01
undo
redo
closed-day archive 2026-12-25
item receive VAC-F --quantity 3 --lot F-2 --expires-on 2030-01-31
lot recall F-2
vendor edit Acme --phone 555-0101
item edit GLV-L --name "Gloves Extra Large"
"""
