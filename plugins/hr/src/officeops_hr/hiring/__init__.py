"""Hiring: job postings, candidates, interviews and offers."""
