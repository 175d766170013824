"""Protection, paper, cleaning and office goods of a made-up practice.

`catalog` has the meaning of the table's columns.
"""

from __future__ import annotations

from typing import Final

HOUSEKEEPING: Final = """
# Protection | Supply closet |
MSK-L1    | Procedure mask, level 1, ear loop      | each   | box  |  50 |   5.40 | STC HGM | 160 | x10 winter warn
MSK-L3    | Procedure mask, level 3, ear loop      | each   | box  |  50 |   8.90 | STC HGM | 48  | winter
MSK-KID   | Procedure mask, child                  | each   | box  |  50 |   7.20 | STC     | 18  | winter
N95-S     | N95 respirator, small                  | each   | box  |  20 |  19.80 | STC HGM | 3   | winter
N95-R     | N95 respirator, regular                | each   | box  |  20 |  19.80 | STC HGM | 9   | winter warn
SHD-FAC   | Face shield                            | each   | case |  24 |  38.60 | STC     | 2   | winter
GGL-SPL   | Splash goggles, vented                 | each   | box  |  10 |  32.00 | STC     | 0.3 | par
GWN-ISO   | Isolation gown, level 2                | each   | case |  50 |  64.00 | STC HGM | 11  | winter
GWN-LAB   | Lab jacket, disposable, L              | each   | bag  |  10 |  29.50 | STC     | 2   | open
CAP-BOU   | Bouffant cap 24 in                     | each   | pack | 100 |   9.40 | STC     | 8   | open
CVR-SHO   | Shoe cover, non-skid                   | each   | case | 300 |  34.50 | STC     | 20  |
KIT-SPL   | Spill kit, biohazard                   | kit    |      |   1 |  17.60 | STC     | 0.1 | par

# Exam room paper | Supply closet | counted
PPR-TB18  | Table paper 18 in x 225 ft, smooth     | roll   | case |  12 |  34.20 | HGM BWO | 5   |
PPR-TB21  | Table paper 21 in x 225 ft, crepe      | roll   | case |  12 |  42.80 | HGM BWO | 9   | warn
GWN-EX    | Exam gown, tissue, 30 x 42 in          | each   | case |  50 |  27.90 | HGM     | 64  |
GWN-CP    | Exam cape, tissue, 30 x 21 in          | each   | case | 100 |  33.10 | HGM     | 26  |
DRP-4060  | Drape sheet 40 x 60 in                 | each   | case |  50 |  26.50 | HGM     | 38  |
PLW-CAS   | Pillowcase, tissue, 21 x 30 in         | each   | case | 100 |  31.40 | HGM     | 22  |
UPD-1724  | Underpad 17 x 24 in                    | each   | bag  | 100 |  19.60 | HGM     | 16  |
BIB-PRO   | Towel, 3-ply, 13 x 18 in               | each   | case | 500 |  28.70 | HGM     | 90  |
TIS-FAC   | Facial tissue, flat box                | box    | case |  30 |  31.80 | BWO HGM | 12  | winter
BSN-EMS   | Emesis bag with ring                   | each   | pack |  24 |  17.50 | HGM     | 5   | winter

# Sharps & waste | Supply closet |
SHP-1Q    | Sharps container 1 qt                  | each   | case |  20 |  58.00 | HGM PCD | 1.5 |
SHP-5Q    | Sharps container 5 qt, wall            | each   | case |  20 |  84.00 | HGM PCD | 3   | warn
SHP-8G    | Sharps container 8 gal                 | each   | case |   9 | 121.00 | HGM     | 0.4 | par
BAG-RED   | Red bag 10 gal, 1.3 mil                | each   | roll |  50 |  11.90 | MRJ HGM | 12  |

# Cleaning | Supply closet | counted
WIP-DIS   | Disinfecting wipes, large canister     | can    | case |  12 |  78.00 | HGM MRJ | 6   | winter warn
WIP-BLC   | Bleach wipes, canister of 150          | can    | case |   6 |  61.20 | HGM MRJ | 1.5 |
SPR-DIS   | Disinfectant spray 32 oz               | bottle | case |   9 |  66.60 | MRJ HGM | 1.2 |
SAN-8     | Hand sanitizer 8 oz pump               | bottle | case |  24 |  52.80 | MRJ HGM | 4   | winter
SAN-RF    | Hand sanitizer refill 1 L              | each   | case |   6 |  74.40 | MRJ HGM | 2   | winter
SOA-RF    | Foam soap refill 1 L                   | each   | case |   6 |  57.90 | MRJ     | 2   |
TWL-CF    | C-fold paper towel                     | pack   | case |  12 |  26.40 | MRJ BWO | 9   |
TPR-2P    | Toilet tissue, 2-ply                   | roll   | case |  80 |  54.30 | MRJ BWO | 18  |
BAG-13    | Trash bag 13 gal                       | each   | box  | 150 |  18.40 | MRJ BWO | 60  |
BAG-33    | Trash bag 33 gal                       | each   | case | 250 |  36.70 | MRJ     | 22  |
MOP-HD    | Mop head, microfiber                   | each   | pack |   5 |  31.00 | MRJ     | 0.3 | open
CLN-FLR   | Floor cleaner, neutral, 1 gal          | bottle | case |   4 |  42.00 | MRJ     | 0.4 | par
CLN-GLS   | Glass cleaner 32 oz                    | bottle | case |  12 |  33.60 | MRJ     | 0.4 | open

# Sterilizing | Procedure room |
STR-P35   | Autoclave pouch 3 1/2 x 9 in           | each   | box  | 200 |  17.90 | CLI HGM | 26  |
STR-P51   | Autoclave pouch 5 1/4 x 10 in          | each   | box  | 200 |  24.30 | CLI HGM | 18  |
STR-IND   | Steam indicator strip                  | each   | bag  | 250 |  29.80 | CLI     | 12  | lot
STR-SPR   | Spore test, mail-in                    | test   | box  |  12 | 139.00 | CLI     | 1   | lot
STR-ENZ   | Enzymatic instrument cleaner 1 gal     | bottle |      |   1 |  38.20 | CLI ASG | 0.3 | par

# Office | Front desk | counted
OFF-PPR   | Copy paper, letter, 20 lb              | ream   | case |  10 |  46.90 | BWO CFO | 6   | warn
OFF-PPC   | Copy paper, letter, blue               | ream   | case |  10 |  58.20 | BWO     | 0.4 | open
OFF-TNB   | Toner cartridge, black, front desk     | each   |      |   1 |  94.00 | OQT BWO | 0.5 | warn
OFF-TNC   | Toner cartridge, color set             | set    |      |   1 | 289.00 | OQT BWO | 0.15|
OFF-TNL   | Toner cartridge, lab printer           | each   |      |   1 |  71.50 | OQT     | 0.2 | par
OFF-ENV   | Envelope no. 10, window                | each   | box  | 500 |  24.60 | BWO CFO | 60  |
OFF-EN9   | Envelope 9 x 12 in, clasp              | each   | box  | 100 |  19.80 | BWO CFO | 8   |
OFF-PEN   | Ballpoint pen, black                   | each   | box  |  12 |   4.90 | CFO BWO | 5   |
OFF-MRK   | Permanent marker, fine                 | each   | box  |  12 |   9.70 | CFO BWO | 2   |
OFF-HIL   | Highlighter, yellow                    | each   | box  |  12 |   8.80 | CFO BWO | 1   | open
OFF-NOT   | Sticky notes 3 x 3 in                  | pad    | pack |  12 |   9.90 | CFO BWO | 4   |
OFF-STP   | Staples, standard                      | box    | pack |   5 |   8.10 | CFO BWO | 0.3 | open
OFF-CLP   | Paper clips, no. 1                     | box    | pack |  10 |   5.60 | CFO BWO | 0.5 | open
OFF-TAP   | Clear tape 3/4 in                      | roll   | pack |  12 |  14.30 | CFO BWO | 1   |
OFF-FLD   | File folder, letter, 1/3 cut           | each   | box  | 100 |  15.20 | BWO CFO | 9   |
OFF-LBL   | Label roll, specimen, 2 x 1 in         | roll   | box  |   8 |  52.00 | KPL BWO | 1.4 | warn
OFF-LBP   | Label roll, patient, 1 1/8 x 3 1/2 in  | roll   | box  |  12 |  61.00 | KPL BWO | 1.5 |
OFF-THR   | Thermal receipt roll 3 1/8 in          | roll   | case |  50 |  62.00 | BWO CFO | 2   |
OFF-BAA   | Battery AA                             | each   | pack |  24 |  13.60 | BWO CFO | 5   |
OFF-BAAA  | Battery AAA                            | each   | pack |  24 |  13.60 | BWO CFO | 4   |
OFF-B9V   | Battery 9 V                            | each   | pack |   8 |  19.20 | BWO     | 0.4 | par
OFF-CR    | Coin cell CR2032                       | each   | pack |  10 |   9.10 | BWO     | 0.7 | open
FRM-APT   | Appointment card                       | each   | box  | 500 |  38.00 | KPL     | 70  |
FRM-REG   | New patient packet                     | each   | pack | 100 |  64.00 | KPL     | 14  | school
FRM-SCH   | School physical form                   | each   | pad  |  50 |  12.50 | KPL     | 9   | school
FRM-RX    | Prescription paper, tamper-resistant   | sheet  | ream | 500 |  71.00 | KPL     | 40  | 300/900 hard

# Break room | Front desk | counted
BRK-COF   | Coffee, ground, 12 oz                  | bag    | case |   6 |  48.00 | DWC     | 2   |
BRK-CUP   | Paper cup 12 oz, hot                   | each   | sleeve|  50 |   5.80 | DWC     | 45  |
BRK-WTR   | Water, 5 gal bottle                    | bottle |      |   1 |   7.90 | DWC     | 3   | par
CUP-5     | Paper cup 5 oz, cold                   | each   | sleeve| 100 |   4.90 | DWC HGM | 60  |

# Discontinued | Supply closet | gone
GLV-L-M   | Exam gloves, latex, medium             | box    | case |  10 |  49.90 | HGM     | 1   |
THM-MRC   | Thermometer, glass, oral               | each   | box  |  12 |  21.00 | HGM     | 0.3 |
TST-COV1  | COVID-19 antigen test, first model     | test   | kit  |  40 | 199.00 | QBD     | 9   | lot
SYR-GLS   | Syringe 5 mL, slip tip                 | each   | box  | 100 |  16.90 | HGM     | 4   |
OFF-FAX   | Fax ribbon                             | each   |      |   1 |  23.00 | OQT     | 0.1 |
"""
