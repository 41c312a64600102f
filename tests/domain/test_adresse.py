"""Which addresses an employer may read: told, never refused."""

import pytest

from jalon.domain.adresse import employer_warning, normalize
from jalon.domain.obstacle import Severity


@pytest.mark.parametrize(
    "adresse",
    [
        "zoe@gmail.com",
        "Zoe@Orange.FR",
        "zoe@hotmail.co.uk",
        "zoe@yahoo.fr",
        "zoe@laposte.net",
        "zoe@proton.me",
        "zoe@personnes.exemple",
        "zoe@exemple.fr",
        "",
    ],
)
def test_a_mailbox_of_ones_own_brings_no_warning(adresse):
    assert employer_warning(adresse, employeur="Dupont SA") is None


@pytest.mark.parametrize(
    ("adresse", "employeur"),
    [
        ("z.martin@dupont-sa.fr", "Dupont SA"),
        ("z.martin@paris.dupont.com", "Établissements Dupont"),
        ("z.martin@mairie-nantes.fr", "Mairie de Nantes"),
        ("z.martin@sncf.fr", "SNCF"),
        ("z.martin@rte.fr", "Réseau Transport Électricité"),
    ],
)
def test_the_address_of_the_employer_is_named_as_such(adresse, employeur):
    found = employer_warning(adresse, employeur=employeur, pour_soi=True)
    assert found is not None
    assert found.code == "adresse_employeur"
    assert found.severity is Severity.WARN
    assert "votre employeur" in found.sentence


def test_a_company_like_address_is_told_even_when_no_employer_is_known():
    found = employer_warning("z.martin@cabinet-untel.fr")
    assert found is not None
    assert found.code == "adresse_professionnelle"
    assert found.severity is Severity.WARN
    assert "votre" not in found.sentence
    assert "votre employeur" in employer_warning("z.martin@cabinet-untel.fr", pour_soi=True).sentence


def test_a_domain_in_the_persons_own_name_is_hers_unless_it_is_the_employers():
    assert employer_warning("zoe@lefevre.fr", nom="Zoé Lefèvre") is None
    assert (
        employer_warning("zoe@lefevre.fr", nom="Zoé Lefèvre", employeur="Lefèvre et fils").code
        == "adresse_employeur"
    )


def test_an_address_is_kept_in_small_letters_without_spaces():
    assert normalize("  Zoe.Martin@Exemple.FR ") == "zoe.martin@exemple.fr"
