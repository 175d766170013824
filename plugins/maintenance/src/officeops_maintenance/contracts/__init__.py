"""Service contracts and warranties over many units: until when, and how fast the vendor comes."""
