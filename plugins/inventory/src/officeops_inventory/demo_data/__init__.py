"""The inventory of a made-up practice, for `officeops demo`."""
