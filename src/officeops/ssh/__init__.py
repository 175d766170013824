"""The office over SSH: the gate, sshd's settings, and who is connected."""
