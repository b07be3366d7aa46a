"""What rules make of transitions: schemas and evaluation, pure."""
