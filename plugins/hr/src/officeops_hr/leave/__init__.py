"""Leave: how it accrues, who asked for it, and who is off."""
