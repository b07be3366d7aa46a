"""How sure a signal is: by how its parties were found, and by what the sentence leaves to be inferred.

The weights rank signals; they are set so that what has nothing inferred stands above 0.8 and the rest below. Of the
corpus' test part 98 in 100 of the former are right, and about 8 in 10 of the latter (docs/evaluation.md).
"""

from detente.vocabulary import Status

INFERRED = 0.11
"""What a signal loses for each thing that the sentence does not tell: the date, the rank of one side, that it happened."""
MOST = 0.22
"""What it loses at the most for these; it stays above what the shipped rules ask for if both parties stand in the sentence."""
OUT_OF_OFFICE = 0.15
"""What it loses if a person took part who was out of office on that day by the table."""


def confidence(weight: float, *, dated: bool, ranked: bool, status: Status, in_office: bool) -> float:
    """Between 0.05 and 1, to two places; ``weight`` says how the parties were found (0.9: both around the verb)."""
    inferred = INFERRED * ((not dated) + (not ranked) + (status is not Status.OCCURRED))
    sure = weight - min(MOST, inferred) - (0.0 if in_office else OUT_OF_OFFICE)
    return round(max(0.05, min(1.0, sure)), 2)
