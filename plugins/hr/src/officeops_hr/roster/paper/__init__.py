"""Paper: the sheets that go on a wall, to the answering service, and home in a pocket."""
