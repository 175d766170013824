"""The equipment of a made-up practice, its tickets and their past."""
