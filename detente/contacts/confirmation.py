"""How well an encounter is supported: outlets, independent outlets, one government's readout, both governments'."""

from typing import NamedTuple

from detente.contacts.contact import Encounter
from detente.contacts.independence import independent_sources
from detente.contacts.official import readouts_of
from detente.vocabulary import Confirmation

INDEPENDENT_OUTLETS = 2
"""So many voices of their own make more than one outlet."""


class Support(NamedTuple):
    """The rung of the ladder, and how many independent voices stand behind it."""

    confirmation: Confirmation
    independent: int


def support_of(encounter: Encounter, dyad: str) -> Support:
    """What supports the encounter as it stands; of one that is denied, what supports the denial."""
    telling = [report for report in encounter.reports if report.status is encounter.status]
    independent = independent_sources([(report.outlet, report.evidence) for report in telling])
    both = frozenset(dyad.split("-"))
    readouts = readouts_of(report.publisher for report in telling) & both
    if readouts:
        return Support(Confirmation.BOTH_READOUTS if readouts == both else Confirmation.ONE_READOUT, independent)
    if independent >= INDEPENDENT_OUTLETS:
        return Support(Confirmation.INDEPENDENT_OUTLETS, independent)
    return Support(Confirmation.ONE_OUTLET, independent)
