"""Waste: pickups with their manifests, the signer's training, and the signed copies that come back."""
