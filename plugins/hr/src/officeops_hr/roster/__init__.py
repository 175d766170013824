"""The staff schedule: who works when and where, what a day lacks, and who can cover."""
