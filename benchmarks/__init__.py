"""Benchmarks: commands whose figures are recorded, not tests. ``make bench`` runs them."""
