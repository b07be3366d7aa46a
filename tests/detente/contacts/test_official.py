"""A government's domain is told from an outlet's."""

import pytest

from detente.contacts.official import is_official, official_publishers


@pytest.mark.parametrize(
    "publisher",
    [
        "state.gov",
        "defense.gov",
        "centcom.mil",
        "eng.mod.gov.cn",
        "mfa.gov.tr",
        "diplomatie.gouv.fr",
        "kremlin.ru",
        "en.kremlin.ru",
        "nato.int",
        "eeas.europa.eu",
        "Gov.UK",
    ],
)
def test_a_government_speaks(publisher):
    assert is_official(publisher)


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
    ],
)
def test_an_outlet_does_not_speak_for_a_government(publisher):
    assert not is_official(publisher)


def test_the_list_is_well_formed():
    known = official_publishers()
    assert known.labels
    assert known.domains
