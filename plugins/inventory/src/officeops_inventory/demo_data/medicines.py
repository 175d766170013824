"""The vaccines, medicines and tests of a made-up practice.

`catalog` has the meaning of the table's columns.
"""

from __future__ import annotations

from typing import Final

MEDICINES: Final = """
# Vaccines | Vaccine fridge | lot:450
VAX-FLU   | Influenza vaccine, prefilled syringe   | dose   | box  |  10 | 198.00 | TVC     | 26  | flu warn
VAX-FLUHD | Influenza vaccine, high dose, 65+      | dose   | box  |  10 | 612.00 | TVC     | 12  | flu
VAX-COV   | COVID-19 vaccine, prefilled syringe    | dose   | box  |  10 | 1290.00| TVC     | 6   | flu
VAX-TDAP  | Tdap vaccine 0.5 mL                    | dose   | box  |  10 | 428.00 | TVC     | 5   | school warn
VAX-TD    | Td vaccine 0.5 mL                      | dose   | box  |  10 | 331.00 | TVC     | 1.5 | summer
VAX-MMR   | MMR vaccine 0.5 mL                     | dose   | box  |  10 | 861.00 | TVC     | 2   | school
VAX-VAR   | Varicella vaccine 0.5 mL               | dose   | box  |  10 | 1542.00| TVC     | 2   | school hard
VAX-HPV   | HPV vaccine, 9-valent                  | dose   | box  |  10 | 2690.00| TVC     | 2.5 | school 14/20 hard
VAX-HEPA  | Hepatitis A vaccine, adult             | dose   | box  |  10 | 735.00 | TVC     | 1   |
VAX-HEPAP | Hepatitis A vaccine, child             | dose   | box  |  10 | 372.00 | TVC     | 2   |
VAX-HEPB  | Hepatitis B vaccine, adult             | dose   | box  |  10 | 648.00 | TVC     | 1.5 |
VAX-HEPBP | Hepatitis B vaccine, child             | dose   | box  |  10 | 258.00 | TVC     | 2   |
VAX-DTAP  | DTaP vaccine 0.5 mL                    | dose   | box  |  10 | 307.00 | TVC     | 3   |
VAX-IPV   | Polio vaccine, inactivated             | dose   | vial |  10 | 398.00 | TVC     | 2.5 |
VAX-HIB   | Hib vaccine 0.5 mL                     | dose   | box  |   5 | 142.00 | TVC     | 2   |
VAX-PCV   | Pneumococcal conjugate vaccine, 20     | dose   | box  |  10 | 2540.00| TVC     | 3   | winter 20/28 hard
VAX-MCV   | Meningococcal ACWY vaccine             | dose   | box  |   5 | 741.00 | TVC     | 1.5 | school
VAX-MENB  | Meningococcal B vaccine                | dose   | box  |  10 | 2110.00| TVC     | 0.5 | school open
VAX-ZOS   | Zoster vaccine, recombinant            | dose   | box  |  10 | 1935.00| TVC     | 4   | warn
VAX-RSV   | RSV vaccine, older adult               | dose   | box  |   5 | 1480.00| TVC     | 1.2 | flu
VAX-ROT   | Rotavirus vaccine, oral                | dose   | box  |  10 | 1104.00| TVC     | 1.5 |
PPD-TST   | Tuberculin skin test, 10-test vial     | test   | vial |  10 |  96.00 | TVC OBP | 5   | school

# Injectables | Medication room | lot:600
INJ-KET   | Ketorolac 30 mg/mL, 1 mL vial          | vial   | box  |  25 |  41.50 | OBP HGM | 5   |
INJ-CTX   | Ceftriaxone 1 g vial                   | vial   | box  |  10 |  32.90 | OBP HGM | 4   | winter warn
INJ-DEX   | Dexamethasone 4 mg/mL, 5 mL vial       | vial   | box  |  25 |  68.20 | OBP HGM | 3   | winter
INJ-MPA   | Methylprednisolone 80 mg/mL, 1 mL vial | vial   | box  |  25 | 242.00 | OBP     | 4   |
INJ-TRI   | Triamcinolone 40 mg/mL, 1 mL vial      | vial   | box  |   5 |  58.70 | OBP     | 3   |
INJ-LID1  | Lidocaine 1 %, 20 mL vial              | vial   | tray |  25 |  54.80 | OBP HGM | 4   | warn
INJ-LIDE  | Lidocaine 1 % with epinephrine, 20 mL  | vial   | tray |  25 |  79.30 | OBP HGM | 3   |
INJ-BUP   | Bupivacaine 0.5 %, 10 mL vial          | vial   | tray |  25 |  71.40 | OBP     | 1.5 | open
INJ-EPI   | Epinephrine 1 mg/mL, 1 mL vial         | vial   | box  |  10 |  98.50 | OBP HGM | 0.3 | par warn
INJ-EPIA  | Epinephrine auto-injector 0.3 mg       | each   | pack |   2 | 318.00 | OBP     | 0   | par
INJ-DPH   | Diphenhydramine 50 mg/mL, 1 mL vial    | vial   | box  |  25 |  46.90 | OBP HGM | 1.5 | spring
INJ-B12   | Cyanocobalamin 1,000 mcg/mL, 1 mL vial | vial   | box  |  25 |  88.60 | OBP HGM | 9   |
INJ-DEPO  | Medroxyprogesterone 150 mg/mL, 1 mL    | vial   | box  |  25 | 731.00 | OBP     | 4   | warn
INJ-PRM   | Promethazine 25 mg/mL, 1 mL vial       | vial   | box  |  25 |  57.30 | OBP     | 1.2 | open
INJ-PCN   | Penicillin G benzathine 1.2 MU syringe | each   | box  |  10 | 1420.00| OBP     | 0.8 |
INJ-NS10  | Sodium chloride 0.9 %, 10 mL vial      | vial   | tray |  25 |  29.40 | OBP HGM | 9   |
INJ-SWI   | Sterile water for injection, 10 mL     | vial   | tray |  25 |  31.60 | OBP HGM | 2   |
INJ-D50   | Dextrose 50 %, 50 mL syringe           | each   | box  |  10 |  89.00 | OBP     | 0.1 | par
INJ-RHO   | Rho(D) immune globulin 300 mcg         | dose   |      |   1 | 118.00 | OBP     | 0.4 | par

# Medicines | Medication room | lot:540
MED-ALB   | Albuterol 2.5 mg/3 mL, unit dose       | dose   | box  |  25 |   7.40 | OBP HGM | 15  | winter warn
MED-DUO   | Ipratropium-albuterol, unit dose       | dose   | box  |  30 |  13.90 | OBP HGM | 8   | winter
MED-NTG   | Nitroglycerin 0.4 mg SL, bottle of 25  | bottle |      |   1 |  27.80 | OBP     | 0.1 | par
MED-ASA   | Aspirin 81 mg chewable                 | tablet | btl  |  36 |   2.10 | OBP HGM | 3   |
MED-APAP  | Acetaminophen 325 mg, 2-tablet packet  | packet | box  | 100 |   9.90 | OBP HGM | 12  | winter
MED-IBU   | Ibuprofen 200 mg, 2-tablet packet      | packet | box  | 100 |  11.80 | OBP HGM | 14  |
MED-IBUL  | Ibuprofen 100 mg/5 mL, 120 mL          | bottle |      |   1 |   4.70 | OBP     | 1.5 | winter
MED-OND   | Ondansetron ODT 4 mg                   | tablet | box  |  30 |  12.60 | OBP HGM | 9   | winter
MED-PRD   | Prednisone 20 mg                       | tablet | btl  | 100 |  14.20 | OBP     | 11  | spring
MED-GLU   | Glucose gel 15 g                       | tube   | box  |   3 |   9.80 | HGM OBP | 0.3 | par
MED-NAL   | Naloxone nasal spray 4 mg              | each   | box  |   2 |  61.00 | OBP     | 0.2 | par
MED-LIDJ  | Lidocaine jelly 2 %, 5 mL              | tube   | box  |  10 |  47.50 | OBP     | 1.5 | open
MED-EML   | Lidocaine-prilocaine cream 30 g        | tube   |      |   1 |  18.30 | OBP     | 0.5 |
MED-SSD   | Silver sulfadiazine cream 25 g         | tube   |      |   1 |   8.60 | OBP HGM | 0.8 | summer
MED-BAC   | Bacitracin ointment 0.9 g packet       | packet | box  | 144 |  17.20 | HGM OBP | 30  | summer
MED-TET   | Tetracaine 0.5 % eye drops, 4 mL       | bottle |      |   1 |  13.40 | OBP     | 0.4 |
MED-FLR   | Fluorescein strip                      | each   | box  | 100 |  31.70 | OBP CLI | 4   | summer
MED-DOX   | Doxycycline 100 mg, starter 2-capsule  | packet | box  |  10 |  14.80 | OBP     | 2   | tick
MED-HYD   | Hydrocortisone 1 % cream 1 g packet    | packet | box  | 144 |  19.30 | HGM     | 9   | tick open

# Rapid tests | Lab | lot:420
TST-STR   | Rapid strep A test                     | test   | kit  |  25 |  44.90 | QBD PCD | 30  | winter warn
TST-FLU   | Influenza A/B antigen test             | test   | kit  |  25 | 289.00 | QBD PCD | 24  | flu warn
TST-COV   | COVID-19 antigen test                  | test   | kit  |  25 | 168.00 | QBD PCD | 22  | winter
TST-CMB   | Influenza A/B and COVID-19 combination | test   | kit  |  25 | 412.00 | QBD     | 18  | flu
TST-RSV   | RSV antigen test                       | test   | kit  |  20 | 236.00 | QBD     | 5   | winter
TST-MON   | Mononucleosis test                     | test   | kit  |  25 |  96.50 | QBD     | 2   |
TST-HCG   | Urine hCG test                         | test   | kit  |  50 |  41.20 | QBD PCD | 11  |
TST-UA    | Urinalysis strip, 10 analytes          | strip  | btl  | 100 |  32.60 | QBD HGM | 62  |
TST-FIT   | Fecal immunochemical test              | test   | kit  |  20 | 189.00 | QBD     | 5   |
TST-UDS   | Urine drug screen cup, 12 panels       | test   | box  |  25 | 118.00 | QBD     | 4   | open
TST-LYM   | Lyme antibody test, whole blood        | test   | kit  |  20 | 338.00 | QBD     | 4   | tick
TST-PH    | Vaginal pH paper                       | strip  | roll | 100 |  21.40 | QBD     | 4   | open
TST-KOH   | KOH 10 % dropper 15 mL                 | bottle |      |   1 |   9.70 | LKR     | 0.2 | par

# Reagents & controls | Lab | lot:330
RGT-A1C   | HbA1c cartridge                        | test   | box  |  10 |  82.50 | LKR     | 14  | warn
RGT-LIP   | Lipid panel cartridge                  | test   | box  |  10 | 104.00 | LKR     | 6   |
RGT-INR   | INR test strip                         | strip  | box  |  48 | 246.00 | LKR     | 13  |
RGT-HGB   | Hemoglobin cuvette                     | each   | btl  |  50 |  71.30 | LKR     | 8   |
RGT-GLU   | Glucose test strip                     | strip  | btl  |  50 |  23.80 | LKR HGM | 20  |
RGT-PBL   | Blood lead test                        | test   | kit  |  48 | 352.00 | LKR     | 3   |
RGT-MAU   | Urine albumin-creatinine cartridge     | test   | box  |  20 | 148.00 | LKR     | 4   |
CTL-A1C   | HbA1c control, two levels              | set    |      |   1 |  68.00 | LKR     | 0.3 | par
CTL-GLU   | Glucose control, two levels            | set    |      |   1 |  14.60 | LKR     | 0.3 | par
CTL-UA    | Urinalysis control, two levels         | set    |      |   1 |  52.30 | LKR     | 0.3 | par
CTL-STR   | Strep control swabs                    | set    |      |   1 |  31.90 | QBD     | 0.2 | par
CTL-HCG   | hCG urine control                      | set    |      |   1 |  44.10 | QBD     | 0.2 | par

# Allergy | Vaccine fridge | lot:300
ALG-DIL   | Allergenic diluent 4.5 mL vial         | vial   | box  |  25 |  48.90 | HAL     | 5   | spring
ALG-MIX   | Pollen extract mix 10 mL               | vial   |      |   1 |  96.00 | HAL     | 0.5 | spring par
ALG-SYR   | Allergy syringe tray 0.5 mL, 27G       | each   | tray |  25 |   7.80 | HAL HGM | 38  | spring
"""
