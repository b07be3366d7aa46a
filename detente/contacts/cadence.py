"""How often a tier used to meet, and the silence after which its not meeting is news."""

import datetime as dt
from itertools import pairwise
from statistics import median

from detente.contacts.contact import SILENCE_LIMIT, Contact
from detente.vocabulary import Polarity, Precision, Status, Tier

MEETINGS_FOR_A_CADENCE = 5
"""Of fewer no habit can be told; then the usual limit holds."""

TIMES_THE_USUAL_GAP = 4
SHORTEST = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=730)


def cadence_limit(contact: Contact, tier: Tier) -> dt.timedelta:
    """Four times the median gap between the tier's engagements that are known to the day, from 30 days to two years."""
    days = sorted(
        {
            encounter.event_date.date
            for encounter in contact.encounters
            if encounter.polarity is Polarity.ENGAGEMENT
            and encounter.status is Status.OCCURRED
            and encounter.event_date.date is not None
            and encounter.event_date.precision is Precision.DAY
            and encounter.counts_for(tier)
        }
    )
    if len(days) < MEETINGS_FOR_A_CADENCE:
        return SILENCE_LIMIT
    usual = median((later - earlier).days for earlier, later in pairwise(days))
    return min(max(dt.timedelta(days=TIMES_THE_USUAL_GAP * usual), SHORTEST), LONGEST)
