"""What all stories share: the clock that stands still, the cabinet, Ana, and the refusals that name their article."""

from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, then, when
from tests.fouille import leftovers
from tests.stories.recit import SECRET, Recit
from tests.stories.temps import START, Temps

from jalon.domain.jours import end_of_day, zone
from jalon.records.evenements import broken_chains


@pytest.fixture
def recit(transactional_db, settings):
    """Destructions act after the commit, as they do for everybody: real transactions."""
    settings.JALON_CLOCK = "tests.stories.temps.now"
    Temps.moment = START
    yield Recit()
    Temps.moment = START


@given("le cabinet de Claire, consultante et responsable, et de Maud, assistante")
def cabinet(recit):
    assert recit.maison.organisme.membres.filter(personne__prenom="Maud").exists()


@given("Ana, qui a son espace et n'a pas encore donné son accord")
def ana_waits(recit):
    recit.vivre(arret="compte")


@given("Ana, qui a donné son accord")
def ana_consented(recit):
    recit.vivre(arret="consentement")


@given(parsers.parse("Ana, qui a suivi {nombre:d} séances sur huit"))
def ana_under_way(recit, nombre):
    recit.vivre(passees=nombre)


@given("Ana, qui a suivi toutes ses séances et approuvé sa synthèse")
def ana_approved(recit):
    recit.vivre(passees=8, arret="travail_5", terme=2)


@given("Ana, dont la synthèse est remise et la fin annoncée dans deux jours")
def ana_at_the_end(recit):
    recit.vivre(passees=8, arret="synthese_remise", terme=2)


@when("le dernier jour annoncé est passé")
def the_last_day_passes(recit):
    place = zone(recit.bilan.fuseau)
    recit.passer(end_of_day(recit.bilan.terme_prevu_le, place) + timedelta(hours=25))


@when(parsers.parse("{jours:d} jours passent"))
def days_pass(recit, jours):
    recit.passer(recit.now + timedelta(days=jours))


@then(parsers.parse("l'acte est refusé, avec l'article {article}"))
def refused_with_article(recit, article):
    assert recit.reponse.status_code == 422, recit.reponse.status_code
    assert article in recit.texte


@then(parsers.parse("l'acte est refusé : «{mots}»"))
def refused_with_words(recit, mots):
    assert recit.reponse.status_code == 422, recit.reponse.status_code
    assert mots.strip() in recit.texte


@then("l'acte est accepté")
def accepted(recit):
    assert recit.reponse.status_code in (302, 303), recit.texte


@then("la page n'existe pas pour cette personne")
def not_found(recit):
    assert recit.reponse.status_code == 404


@then(parsers.parse("la page dit «{mots}»"))
def the_page_says(recit, mots):
    assert recit.reponse.status_code == 200
    assert mots.strip() in recit.texte


@then(parsers.parse("la page ne dit pas «{mots}»"))
def the_page_does_not_say(recit, mots):
    assert recit.reponse.status_code == 200
    assert mots.strip() not in recit.texte


@given("Ana lit dans son espace le mot qu'elle a confié")
def the_word_is_there(recit):
    """Seen before it is said to be gone."""
    assert SECRET in recit.lire("Ana", "beneficiaire_projets")
    assert SECRET in recit.lire("Ana", "beneficiaire_synthese")


@then("ce mot n'est plus nulle part, ni dans la base, ni dans un fichier")
def the_word_is_nowhere(recit):
    assert leftovers(SECRET) == []
    assert SECRET not in recit.lire("Ana", "beneficiaire_projets")
    assert not recit.bilan.pieces.filter(nature="projet").exists()


@then("la chaîne des preuves est entière")
def proofs_hold(recit):
    assert broken_chains() == []
