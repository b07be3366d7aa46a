"""Transitions into alerts into people's hands: rules, evaluation, delivery."""
