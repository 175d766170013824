"""Mutation: small faults put into a module one by one, each of which some test must find. `python3 dev.py mutate`."""
