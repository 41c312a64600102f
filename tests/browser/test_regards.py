"""She asks five people, they answer by their link, she closes, it is explained, she reads it: every page looked at by axe."""

import pytest
from django.core.cache import cache
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.test_questionnaires import enter, photo
from tests.stories.temps import Temps
from tests.web.ecrits import situation

from jalon.actions.regards_lien import token
from jalon.instruments import get
from jalon.records.models import Piece, Repondant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
QUI = (("Karim", "pairs"), ("Lou", "pairs"), ("Inès", "pairs"), ("Papa", "proches"), ("Théo", "proches"))


def test_five_people_give_their_look_and_nobody_can_tell_who_said_what(quelquun):
    s = situation(en_investigation=True)
    person, consultant = enter(quelquun(PHONE), s.personne), enter(quelquun(SCREEN, "dark"), s.consultant)
    consultant.aller(s.a("consultant_regards"))
    consultant.faire("Proposer les regards des autres")
    photo(consultant, "regards-propose")
    _ask(person, s)
    for rank, row in enumerate(Repondant.objects.order_by("invite_le", "id")):
        _answer(quelquun(PHONE if rank % 2 else SCREEN, "dark" if rank == 1 else "light"), row, rank)
    person.aller(s.a("beneficiaire_regards"))
    assert person.lit("5 réponses pour 5 invitations")
    photo(person, "regards-en-cours")
    own = {f"q_{q.code}": "3" for q in get("regards_soi").questions}
    person.aller(s.a("beneficiaire_questionnaire_repondre", "regards_soi", 0))
    person.remplir(**own)
    person.faire("Garder et relire avant de terminer")
    person.faire("Terminer le questionnaire")
    person.aller(s.a("beneficiaire_regards"))
    person.suivre("Réunir les réponses")
    photo(person, "regards-clore")
    person.faire("Réunir les réponses, et détruire ce qui est séparé")
    assert not Piece.objects.filter(nature__in=["regard", "adresse", "invite"]).exists()
    consultant.aller(s.a("consultant_regards"))
    photo(consultant, "regards-a-restituer")
    consultant.faire("Restituer ce résultat à la personne")
    person.aller(s.a("beneficiaire_regards"))
    assert person.lit("5 réponses : collègues, proches (5)", "Dans un ordre tiré au sort")
    person.page.get_by_text("Lire en tableau").first.click()
    person.voir()
    photo(person, "regards-lus")
    person.remplir(commentaire="Je ne me voyais pas ainsi.")
    person.faire("Enregistrer mon commentaire")


def _ask(person, s):
    person.aller(s.a("beneficiaire_regards"))
    photo(person, "regards-demande")
    person.remplir(signature="Nadia Kessel", mot="Cela m’aiderait beaucoup.")
    person.faire("Continuer vers les invitations")
    for name, group in QUI:
        person.remplir(nom=name, groupe=group, adresse=f"{name.lower().replace('è', 'e')}@exemple.fr")
        person.faire("Envoyer cette invitation")
    assert person.lit("0 réponse pour 5 invitations", "Karim", "Théo")
    photo(person, "regards-invites")


def _answer(somebody, row, rank):
    cache.clear()
    address = f"/regard/{token(row.pk)}/"
    somebody.aller(address)
    if rank < 2:
        photo(somebody, f"repondant-{rank}")
    questions = get("regards_360").questions
    somebody.remplir(
        **{
            f"q_{q.code}": str(1 + (place + rank) % 5)
            if q.modalites
            else f"Elle sait {q.code}, dit le numéro {rank}."
            for place, q in enumerate(questions)
        }
    )
    somebody.faire("Envoyer mes réponses")
    assert somebody.lit("Vos réponses", "Elle sait force")
    if rank == 0:
        photo(somebody, "repondant-lues")
        somebody.suivre("Changer mes réponses")
        somebody.remplir(q_organiser1="5")
        somebody.faire("Remplacer mes réponses")
        somebody.suivre("Retirer mes réponses")
        photo(somebody, "repondant-retirer")
    assert Temps.moment
