"""Ledgers at work: what `officeops.Ledger` declares, in an office that is open.

Each class is made of a ledger and an office and does one thing: `accounts` reads balances and the
amounts that may be taken, `limits` refuses less than there may be, `booking` writes entries,
`reversal` takes them back, `chain` follows an entry through its reversals, `counted` knows which
counts outrank which entries, `problems` lists faults of the amounts and `faults` those of the
declaration. Their methods that write belong inside an action.
"""
