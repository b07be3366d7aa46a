"""A government's domain is told from an outlet's, and whose it is."""

import pytest

from detente.alerts.party_names import is_party
from detente.contacts.official import government_of, official_publishers


@pytest.mark.parametrize(
    ("publisher", "party"),
    [
        ("state.gov", "USA"),
        ("defense.gov", "USA"),
        ("centcom.mil", "USA"),
        ("eng.mod.gov.cn", "CHN"),
        ("mfa.gov.tr", "TUR"),
        ("diplomatie.gouv.fr", "FRA"),
        ("kremlin.ru", "RUS"),
        ("en.kremlin.ru", "RUS"),
        ("nato.int", "NATO"),
        ("eeas.europa.eu", "EU"),
        ("Gov.UK", "GBR"),
    ],
)
def test_a_government_speaks(publisher, party):
    assert government_of(publisher) == party


@pytest.mark.parametrize(
    "publisher",
    [
        None,
        "",
        "gov",
        "wire.example",
        "government.example",
        "mygov.com",
        "gov.example",
        "notkremlin.ru",
        "nato.int.example",
        "gov.eu",
    ],
)
def test_an_outlet_does_not_speak_for_a_government(publisher):
    assert government_of(publisher) is None


def test_every_owner_in_the_list_is_a_party():
    known = official_publishers()
    owners = {*known.alone.values(), *known.domains.values(), *known.countries.values()}
    assert {owner for owner in owners if not is_party(owner)} == set()
    assert known.alone.keys() <= known.labels
