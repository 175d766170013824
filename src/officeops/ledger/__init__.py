"""Ledgers at work: balances, bookings, reversals and undo, of what `officeops.Ledger` declares.

`accounts` reads balances and what may be taken, `booking` writes entries, `chain` takes them back,
`counted` knows which a count outranks, and `problems` lists the faults.
"""
