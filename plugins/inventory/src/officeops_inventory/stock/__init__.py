"""Stock: the ledger of moves, the lots, and the actions on both.

`ledger` books every move. `intake` says what goods that come in must bring, `picking` which lots go
out first, `whereabouts` from which location.
"""
