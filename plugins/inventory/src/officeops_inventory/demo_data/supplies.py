"""The clinical supplies of a made-up practice.

`catalog` has the meaning of the table's columns.
"""

from __future__ import annotations

from typing import Final

SUPPLIES: Final = """
# Gloves | Supply closet |
GLV-N-XS  | Exam gloves, nitrile, extra small      | box    | case |  10 |  71.90 | HGM STC | 1.6 |
GLV-N-S   | Exam gloves, nitrile, small            | box    | case |  10 |  71.90 | HGM STC | 5.5 | warn
GLV-N-M   | Exam gloves, nitrile, medium           | box    | case |  10 |  71.90 | HGM STC | 9   | warn
GLV-N-L   | Exam gloves, nitrile, large            | box    | case |  10 |  71.90 | HGM STC | 6   | warn
GLV-N-XL  | Exam gloves, nitrile, extra large      | box    | case |  10 |  78.40 | HGM STC | 1.4 |
GLV-V-M   | Exam gloves, vinyl, medium             | box    | case |  10 |  38.50 | HGM     | 1.2 |
GLV-V-L   | Exam gloves, vinyl, large              | box    | case |  10 |  38.50 | HGM     | 1   |
GLV-ST65  | Surgical gloves, sterile, size 6.5     | pair   | box  |  50 |  58.20 | ASG HGM | 5   |
GLV-ST70  | Surgical gloves, sterile, size 7       | pair   | box  |  50 |  58.20 | ASG HGM | 8   |
GLV-ST75  | Surgical gloves, sterile, size 7.5     | pair   | box  |  50 |  58.20 | ASG HGM | 9   |
GLV-ST80  | Surgical gloves, sterile, size 8       | pair   | box  |  50 |  58.20 | ASG HGM | 4   |

# Syringes | Supply closet |
SYR-1TB   | Syringe 1 mL tuberculin, 25G x 5/8 in  | each   | box  | 100 |  21.60 | HGM PCD | 22  | x8
SYR-1S    | Syringe 1 mL, slip tip                 | each   | box  | 100 |  15.80 | HGM PCD | 14  |
SYR-3L    | Syringe 3 mL, Luer lock                | each   | box  | 100 |  14.25 | HGM PCD | 62  | x8 warn
SYR-3-23  | Syringe 3 mL with 23G x 1 in needle    | each   | box  | 100 |  24.90 | HGM PCD | 48  | x8
SYR-5L    | Syringe 5 mL, Luer lock                | each   | box  | 100 |  18.70 | HGM PCD | 18  |
SYR-10L   | Syringe 10 mL, Luer lock               | each   | box  | 100 |  22.30 | HGM PCD | 16  |
SYR-20L   | Syringe 20 mL, Luer lock               | each   | box  |  50 |  19.90 | HGM     | 6   |
SYR-60C   | Syringe 60 mL, catheter tip            | each   | box  |  30 |  24.10 | HGM     | 3   | open
SYR-INS   | Insulin syringe 0.5 mL, 31G x 5/16 in  | each   | box  | 100 |  26.40 | HGM PCD | 5   |
SYR-ORL   | Oral syringe 5 mL with cap             | each   | bag  |  50 |  12.80 | HGM     | 7   | winter

# Needles | Supply closet |
NDL-18    | Needle 18G x 1 1/2 in                  | each   | box  | 100 |   8.90 | HGM PCD | 20  |
NDL-20    | Needle 20G x 1 in                      | each   | box  | 100 |   8.90 | HGM PCD | 6   |
NDL-21    | Needle 21G x 1 1/2 in                  | each   | box  | 100 |   8.90 | HGM PCD | 12  |
NDL-22    | Needle 22G x 1 1/2 in                  | each   | box  | 100 |   8.90 | HGM PCD | 10  |
NDL-23S   | Safety needle 23G x 1 in               | each   | box  | 100 |  27.60 | HGM PCD | 55  | x10 warn
NDL-25S   | Safety needle 25G x 1 in               | each   | box  | 100 |  27.60 | HGM PCD | 70  | x10 warn flu
NDL-25-58 | Safety needle 25G x 5/8 in             | each   | box  | 100 |  27.60 | HGM PCD | 34  | x10
NDL-27    | Needle 27G x 1/2 in                    | each   | box  | 100 |   9.40 | HGM PCD | 12  |
NDL-30    | Needle 30G x 1/2 in                    | each   | box  | 100 |   9.40 | HGM PCD | 15  |
NDL-FLT   | Filter needle 18G x 1 1/2 in           | each   | box  |  50 |  41.30 | HGM     | 2   | open

# Blood collection | Lab |
BFL-21    | Butterfly set 21G, safety, 12 in       | each   | box  |  50 |  58.75 | HGM PCD | 24  | warn
BFL-23    | Butterfly set 23G, safety, 12 in       | each   | box  |  50 |  58.75 | HGM PCD | 30  | warn
BFL-25    | Butterfly set 25G, safety, 12 in       | each   | box  |  50 |  61.20 | HGM PCD | 6   |
TUB-LAV   | Tube, lavender, EDTA 4 mL              | tube   | tray | 100 |  23.40 | QBD HGM | 58  | lot
TUB-SST   | Tube, gold, serum separator 5 mL       | tube   | tray | 100 |  34.80 | QBD HGM | 64  | lot
TUB-BLU   | Tube, light blue, citrate 2.7 mL       | tube   | tray | 100 |  29.60 | QBD HGM | 7   | lot
TUB-GRY   | Tube, gray, fluoride 4 mL              | tube   | tray | 100 |  27.10 | QBD HGM | 9   | lot
TUB-RED   | Tube, red, no additive 6 mL            | tube   | tray | 100 |  22.90 | QBD HGM | 6   | lot
TUB-MIC   | Capillary blood tube, lavender 0.5 mL  | tube   | bag  |  50 |  24.70 | QBD     | 4   | lot open
VAC-HLD   | Tube holder, single use                | each   | bag  | 250 |  31.50 | HGM PCD | 52  |
TRN-LF    | Tourniquet, latex-free strip           | each   | bag  | 100 |  18.20 | HGM PCD | 46  |
LAN-28    | Safety lancet 28G                      | each   | box  | 200 |  19.80 | HGM PCD | 44  |
LAN-18    | Safety lancet 18G, heel and finger     | each   | box  | 100 |  24.60 | HGM     | 8   | open
PAD-ALC   | Alcohol prep pad, medium               | each   | box  | 200 |   3.95 | HGM PCD | 330 | x20 warn
BAG-SPC   | Specimen bag 6 x 9 in, 3-wall          | each   | pack | 100 |   9.85 | HGM PCD | 78  | x10
CUP-URN   | Urine cup 4 oz, sterile, screw cap     | each   | bag  |  25 |   8.40 | HGM PCD | 42  | x8
KIT-STL   | Stool collection kit                   | kit    | case |  24 |  66.00 | QBD     | 2   | lot
SWB-TRN   | Transport swab, viral                  | each   | box  |  50 |  71.50 | QBD     | 9   | lot winter
SWB-CUL   | Culture swab, Amies gel                | each   | box  |  50 |  38.20 | QBD HGM | 6   | lot

# Wound care | Supply closet |
GZE-22NS  | Gauze sponge 2 x 2 in, non-sterile     | each   | pack | 200 |   2.60 | WGW HGM | 240 | x25
GZE-44NS  | Gauze sponge 4 x 4 in, non-sterile     | each   | pack | 200 |   5.30 | WGW HGM | 210 | x20
GZE-22ST  | Gauze sponge 2 x 2 in, sterile 2s      | packet | box  |  50 |   4.90 | WGW HGM | 34  |
GZE-44ST  | Gauze sponge 4 x 4 in, sterile 2s      | packet | box  |  50 |   7.60 | WGW HGM | 46  | warn
GZE-RL3   | Rolled gauze 3 in, sterile             | roll   | bag  |  12 |  10.40 | WGW HGM | 7   |
GZE-RL4   | Rolled gauze 4 in, sterile             | roll   | bag  |  12 |  12.20 | WGW HGM | 9   |
DRS-ABD   | Abdominal pad 5 x 9 in                 | each   | box  |  36 |  11.70 | WGW HGM | 5   |
DRS-NA23  | Non-adherent pad 2 x 3 in              | each   | box  | 100 |  12.90 | WGW HGM | 26  | summer
DRS-NA34  | Non-adherent pad 3 x 4 in              | each   | box  | 100 |  16.40 | WGW     | 17  |
DRS-FM4   | Foam dressing 4 x 4 in                 | each   | box  |  10 |  43.80 | WGW     | 3   |
DRS-HC4   | Hydrocolloid dressing 4 x 4 in         | each   | box  |   5 |  24.90 | WGW     | 1.5 |
DRS-TF2   | Transparent film 2 3/8 x 2 3/4 in      | each   | box  | 100 |  33.50 | WGW     | 9   |
DRS-AG4   | Silver alginate dressing 4 x 4 in      | each   | box  |  10 |  78.30 | WGW     | 0.7 | par
DRS-PET   | Petrolatum gauze 3 x 9 in              | each   | box  |  12 |  17.60 | WGW     | 3   | summer
BDG-SM    | Adhesive bandage 3/4 x 3 in            | each   | box  | 100 |   3.20 | HGM WGW | 170 | x24
BDG-LG    | Adhesive bandage 2 x 4 1/2 in          | each   | box  |  50 |   6.10 | HGM WGW | 21  |
BDG-KID   | Adhesive bandage, children's designs   | each   | box  | 100 |   7.90 | HGM     | 62  | school
BDG-SPT   | Adhesive spot 7/8 in                   | each   | box  | 100 |   2.70 | HGM     | 90  | flu
STR-14    | Wound closure strip 1/4 x 3 in         | packet | box  |  50 |  46.10 | WGW HGM | 5   | summer
STR-12    | Wound closure strip 1/2 x 4 in         | packet | box  |  50 |  52.60 | WGW HGM | 3   | summer
TAP-PP1   | Paper tape 1 in x 10 yd                | roll   | box  |  12 |   9.60 | HGM WGW | 6   |
TAP-SK1   | Silk tape 1 in x 10 yd                 | roll   | box  |  12 |  14.20 | HGM WGW | 4   |
TAP-CL2   | Cloth tape 2 in x 10 yd                | roll   | box  |   6 |  11.30 | HGM WGW | 1.5 |
WRP-CO2   | Cohesive wrap 2 in                     | roll   | case |  36 |  41.50 | WGW HGM | 9   |
WRP-CO4   | Cohesive wrap 4 in                     | roll   | case |  18 |  38.90 | WGW HGM | 5   |
WRP-EL3   | Elastic bandage 3 in                   | roll   | box  |  10 |   9.20 | WGW HGM | 6   | summer
WRP-EL4   | Elastic bandage 4 in                   | roll   | box  |  10 |  10.80 | WGW HGM | 7   | summer
WRP-EL6   | Elastic bandage 6 in                   | roll   | box  |  10 |  14.10 | WGW HGM | 4   | summer
COT-BAL   | Cotton balls, medium, non-sterile      | each   | bag  | 500 |   4.80 | HGM     | 180 |
APP-CT6   | Cotton tip applicator 6 in, sterile    | each   | box  | 200 |   9.10 | HGM     | 76  |
IRR-SAL   | Saline for irrigation 250 mL           | bottle | case |  24 |  49.80 | HGM PCD | 5   | lot
PRP-IOD   | Povidone-iodine swabstick, 3s          | packet | box  |  25 |  13.70 | HGM     | 12  | lot
PRP-CHG   | Chlorhexidine prep applicator 3 mL     | each   | box  |  25 |  41.90 | ASG HGM | 9   | lot

# Procedures | Procedure room |
SUT-N30   | Suture, nylon 3-0, FS-2 needle         | each   | box  |  12 |  38.40 | ASG     | 2.5 | lot
SUT-N40   | Suture, nylon 4-0, FS-2 needle         | each   | box  |  12 |  38.40 | ASG     | 4   | lot summer
SUT-N50   | Suture, nylon 5-0, P-3 needle          | each   | box  |  12 |  44.60 | ASG     | 3   | lot summer
SUT-N60   | Suture, nylon 6-0, P-3 needle          | each   | box  |  12 |  47.20 | ASG     | 1.5 | lot
SUT-V40   | Suture, absorbable 4-0, PS-2 needle    | each   | box  |  12 |  61.80 | ASG     | 2   | lot
TRY-LAC   | Laceration tray, sterile               | each   | case |  20 |  96.00 | ASG HGM | 4   | summer warn
TRY-SRM   | Suture removal kit                     | each   | case |  50 |  78.50 | ASG HGM | 6   |
BLD-10    | Scalpel no. 10, safety                 | each   | box  |  10 |  19.70 | ASG     | 1.2 |
BLD-11    | Scalpel no. 11, safety                 | each   | box  |  10 |  19.70 | ASG     | 3   |
BLD-15    | Scalpel no. 15, safety                 | each   | box  |  10 |  19.70 | ASG     | 3.5 |
PUN-3     | Biopsy punch 3 mm                      | each   | box  |  25 |  71.30 | ASG     | 1.5 | lot
PUN-4     | Biopsy punch 4 mm                      | each   | box  |  25 |  71.30 | ASG     | 2   | lot
CUR-DRM   | Dermal curette 4 mm, disposable        | each   | box  |  25 |  52.40 | ASG     | 1.2 | lot open
CTB-PEN   | Cautery, battery, fine tip             | each   | box  |  10 |  84.90 | ASG     | 0.6 | par
AGN-STK   | Silver nitrate applicator              | each   | tube | 100 |  33.80 | ASG HGM | 5   | lot
DRP-FEN   | Drape, fenestrated, sterile            | each   | box  |  50 |  46.20 | ASG HGM | 7   |
GLU-TIS   | Tissue adhesive 0.5 mL                 | each   | box  |  12 | 249.00 | ASG     | 1.3 | lot summer
FRM-10    | Formalin jar 20 mL, 10 %               | jar    | case |  32 |  44.40 | ASG QBD | 3   | lot

# Bracing | Supply closet |
BRC-WRS-S | Wrist splint, small                    | each   |      |   1 |  11.80 | MOB     | 0.4 | par
BRC-WRS-M | Wrist splint, medium                   | each   |      |   1 |  11.80 | MOB     | 0.7 | summer
BRC-WRS-L | Wrist splint, large                    | each   |      |   1 |  11.80 | MOB     | 0.6 |
BRC-THB   | Thumb spica splint, universal          | each   |      |   1 |  15.90 | MOB     | 0.4 | par
BRC-ANK   | Ankle stirrup brace                    | each   |      |   1 |  19.40 | MOB     | 0.9 | summer
BRC-BOT-M | Walking boot, medium                   | each   |      |   1 |  46.50 | MOB     | 0.5 |
BRC-BOT-L | Walking boot, large                    | each   |      |   1 |  46.50 | MOB     | 0.4 | par
BRC-SHO   | Post-operative shoe                    | each   |      |   1 |  13.20 | MOB     | 0.4 | par
BRC-CRT   | Crutches, adult, pair                  | pair   | case |   4 |  71.00 | MOB     | 0.5 |
SPL-FIN   | Finger splint, foam and aluminum       | each   | pack |  12 |  18.90 | MOB HGM | 2   | summer
SLG-ARM   | Arm sling, universal                   | each   | pack |  10 |  27.50 | MOB HGM | 1   | summer

# Respiratory & diagnostics | Exam room 1 |
NEB-AD    | Nebulizer kit with mouthpiece          | each   | case |  50 |  62.50 | HGM PCD | 4   | winter
NEB-PED   | Nebulizer kit with mask, child         | each   | case |  50 |  79.00 | HGM PCD | 3   | winter
MTH-PFT   | Spirometry mouthpiece with filter      | each   | box  |  50 |  96.40 | CLI     | 3   | spring
PKF-MTR   | Peak flow meter                        | each   | box  |  10 | 118.00 | CLI HGM | 0.6 | spring open
ELC-EKG   | ECG electrode, tab                     | each   | pack | 100 |   9.70 | HGM CLI | 58  | lot
PAP-EKG   | ECG paper, Z-fold                      | pad    | box  |   8 |  74.90 | CLI     | 0.7 |
COV-THM   | Probe cover, oral thermometer          | each   | box  | 500 |  13.40 | HGM     | 260 | winter
SPC-OT4   | Ear specula 4.25 mm                    | each   | bag  | 850 |  24.90 | HGM CLI | 130 | winter
SPC-OT2   | Ear specula 2.75 mm                    | each   | bag  | 850 |  24.90 | HGM CLI | 70  | winter
SPC-VG-S  | Vaginal speculum, small                | each   | box  |  25 |  34.60 | HGM     | 2   |
SPC-VG-M  | Vaginal speculum, medium               | each   | box  |  25 |  36.20 | HGM     | 7   |
CUR-EAR   | Ear curette, lighted tip               | each   | box  |  50 |  68.00 | HGM     | 4   |
TIP-EAR   | Ear wash tip                           | each   | bag  |  20 |  27.30 | CLI     | 4   | open
MON-FIL   | Monofilament 10 g, disposable          | each   | pack |  20 |  18.60 | HGM     | 2   |
GEL-US    | Ultrasound gel 250 mL                  | bottle | box  |  12 |  26.80 | HGM     | 0.8 |
LUB-PKT   | Lubricating jelly, 3 g packet          | packet | box  | 144 |  16.90 | HGM     | 22  |
TNG-DPR   | Tongue depressor, adult, non-sterile   | each   | box  | 500 |   6.40 | HGM     | 140 | winter
CUF-AD    | Blood pressure cuff, adult             | each   |      |   1 |  21.90 | CLI     | 0.1 | par
"""
