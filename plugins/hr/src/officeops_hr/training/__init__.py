"""Training: what each role has to learn, sessions, and who is skilled in what."""
