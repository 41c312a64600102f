"""A séance led from one page; the consultant's day over all her bilans."""

import re
from datetime import timedelta

import pytest
from tests.factories import BilanFactory, PersonneFactory, SeanceFactory
from tests.web.ecrits import read, situation, strangers
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.actions.ecrit import write_ecrit
from jalon.actions.recap import write_recap
from jalon.actions.tache import give_tache, write_rendu
from jalon.records.models import Emargement, Passage, Piece, Promesse, Seance
from jalon.vault.pieces.message import Message
from jalon.vault.pieces.recap import Promesse as Ligne
from jalon.vault.pieces.recap import Recap
from jalon.vault.pieces.tache import Rendu, Tache

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(monkeypatch, now):
    at(monkeypatch, now)
    made = situation(en_investigation=True)
    made.seance = SeanceFactory(bilan=made.bilan, debut=now, fin=now + timedelta(hours=2))
    made.ici = made.a("consultant_cockpit", made.seance.pk)
    made.monkeypatch = monkeypatch
    return made


def lead(s, page, **said):
    return s.consultant.post(s.a(f"consultant_cockpit_{page}", s.seance.pk), said)


def test_a_seance_is_led_from_its_start_to_its_signature(s, now):
    assert "Commencer la séance" in read(s.consultant, s.ici)
    assert lead(s, "temps", geste="commencer").status_code == 302
    at(s.monkeypatch, now + timedelta(minutes=50))
    assert "Arrêter le temps" in read(s.consultant, s.ici)
    lead(s, "temps", geste="pause")
    at(s.monkeypatch, now + timedelta(minutes=60))
    page = read(s.consultant, s.ici)
    assert 'data-secondes="3000"' in page
    assert "Reprendre le temps" in page
    lead(s, "temps", geste="commencer")
    at(s.monkeypatch, now + timedelta(minutes=100))
    recap = {
        "revision": "0",
        "lignes": "1",
        "texte": "Vu le salon.",
        "promesse_0": "Appeler",
        "qui_0": "beneficiaire",
    }
    assert lead(s, "recap", **recap).status_code == 302
    assert lead(s, "note", revision="0", titre="Ton", texte="Plus posée").status_code == 302
    assert lead(s, "note", revision="1", titre="Ton", texte="Plus posée, et gaie").status_code == 302
    assert Piece.objects.get(nature="note").reference == str(s.seance.pk)
    page = read(s.consultant, s.ici)
    assert "Plus posée, et gaie" in page
    assert "10\u00a0min de pause" in page
    proposed = dict(re.findall(r'name="(tenir-[a-z_]+)" value="([^"]*)"', page))
    assert (proposed["tenir-debut_reel"][:5], proposed["tenir-fin_reelle"][:5]) == ("10:00", "11:30")
    assert lead(s, "tenir", **proposed).status_code == 302
    held = Seance.objects.get(pk=s.seance.pk)
    assert (held.fin_reelle - held.debut_reel) == timedelta(minutes=90)
    assert Passage.objects.count() == 0
    assert lead(s, "recap", **(recap | {"partager": "oui", "revision": "1"})).status_code == 302
    page = read(s.consultant, s.ici)
    print_shown = re.search(r'name="empreinte" value="([^"]+)"', page)[1]
    assert lead(s, "signer", empreinte="").status_code == 422
    assert lead(s, "signer", empreinte=print_shown).status_code == 302
    assert Emargement.objects.get().qualite == "consultant"
    assert "Signer la séance" in read(s.personne, s.a("beneficiaire_seance", s.seance.pk))


def test_the_clock_alone_is_renewed_by_htmx_and_a_refusal_says_why(s, now):
    answer = s.consultant.post(
        s.a("consultant_cockpit_temps", s.seance.pk), {"geste": "commencer"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert answer.content.decode().count("<form") == 2
    assert "f-recap" not in answer.content.decode()
    Seance.objects.filter(pk=s.seance.pk).update(etat="annulee")
    Passage.objects.all().delete()
    refused = lead(s, "temps", geste="commencer")
    assert refused.status_code == 422
    assert "plus à tenir" in refused.content.decode()


def test_what_was_promised_asked_and_handed_in_is_under_her_eyes(s, now):
    by, bilan = s.bilan.consultant, s.bilan
    before = SeanceFactory(
        bilan=bilan,
        debut=now - timedelta(days=7),
        etat="tenue",
        debut_reel=now - timedelta(days=7),
        fin_reelle=now - timedelta(days=7, hours=-2),
    )
    lines = (Ligne("Envoyer la fiche", "consultant", "2026-03-02"), Ligne("Appeler Zoé", "beneficiaire"))
    write_recap(
        bilan=bilan, recap=Recap(str(before.pk), "Le dernier texte", "", lines), by=by, now=now, share=True
    )
    done = give_tache(bilan=bilan, demande=Tache("Raconter"), by=by, now=now)
    write_rendu(tache=done, rendu=Rendu(texte="Voilà"), by=bilan.beneficiaire, now=now, rendre=True)
    give_tache(bilan=bilan, demande=Tache("Mesurer"), by=by, now=now)
    page = read(s.consultant, s.ici)
    for word in ("Le dernier texte", "Envoyer la fiche", "Appeler Zoé", "Raconter", "Mesurer", "En retard"):
        assert word in page
    day = text_of(s.consultant.get("/consultant/"))
    assert "Envoyer la fiche" in day
    assert "Appeler Zoé" not in day
    row = Promesse.objects.get(qui="consultant")
    kept = s.consultant.post(s.a("consultant_promesse_tenir", row.pk), {"tenue": "oui", "suite": s.ici})
    assert kept["Location"] == s.ici
    assert "Envoyer la fiche" not in text_of(s.consultant.get("/consultant/"))
    assert "Envoyer la fiche" in read(s.consultant, s.a("consultant_promesses"))
    elsewhere = {"tenue": "non", "suite": "https://ailleurs.exemple.fr/"}
    assert (
        "ailleurs" not in s.consultant.post(s.a("consultant_promesse_tenir", row.pk), elsewhere)["Location"]
    )
    hers = read(s.personne, s.a("beneficiaire_bilan"))
    assert "Appeler Zoé" in hers
    assert "Envoyer la fiche" in hers


def test_nobody_else_leads_it_and_a_substitute_does_not_see_the_notes(s):
    for stranger in [*strangers(s.bilan), s.personne]:
        assert stranger.get(s.ici).status_code == 404
        assert stranger.post(s.a("consultant_cockpit_temps", s.seance.pk), {}).status_code == 404
    lead(s, "note", revision="0", titre="", texte="Pour moi seule")
    other = SeanceFactory(bilan=BilanFactory(en_investigation=True))
    assert s.consultant.get(s.a("consultant_cockpit", other.pk)).status_code == 404
    from tests.factories import MembreFactory

    s.bilan.substitut = MembreFactory(organisme=s.bilan.organisme).personne
    s.bilan.save()
    page = read(sign_in(s.bilan.substitut), s.ici)
    assert "Pour moi seule" not in page
    assert "Vos notes" not in page


def _busy(organisme, consultant, now):
    person = PersonneFactory()
    bilan = BilanFactory(
        organisme=organisme, consultant=consultant, beneficiaire=person, en_investigation=True
    )
    seance = SeanceFactory(
        bilan=bilan,
        debut=now - timedelta(days=9),
        etat="tenue",
        debut_reel=now - timedelta(days=9),
        fin_reelle=now - timedelta(days=9, hours=-1),
    )
    line = Ligne("Lui écrire", "consultant", "2026-03-01")
    write_recap(
        bilan=bilan, recap=Recap(str(seance.pk), "Vu", "", (line,)), by=consultant, now=now, share=True
    )
    tache = give_tache(bilan=bilan, demande=Tache("Raconter"), by=consultant, now=now)
    write_rendu(tache=tache, rendu=Rendu(texte="Voilà"), by=person, now=now, rendre=True)
    write_ecrit(bilan=bilan, contenu=Message("Bonjour"), by=person, now=now - timedelta(days=6))
    return bilan


def test_the_day_costs_the_same_for_one_bilan_as_for_six_and_tells_what_is_late(s, now):
    organisme, consultant = s.bilan.organisme, s.bilan.consultant
    first = _busy(organisme, consultant, now)
    page = text_of(s.consultant.get("/consultant/"))
    name = first.beneficiaire.nom_complet
    assert f"Répondre à {name}" in page
    assert f"Lire ce que {name} a rendu" in page
    assert "Lui écrire" in page
    few = queries_of(s.consultant, "/consultant/")
    for _ in range(5):
        _busy(organisme, consultant, now)
    s.consultant.get("/consultant/")
    assert queries_of(s.consultant, "/consultant/") == few


def test_her_ceiling_is_noted_and_the_person_reads_it(s):
    assert s.consultant.post("/consultant/plafond/", {"plafond": "0"}).status_code == 422
    assert "au plus" not in read(s.personne, s.a("beneficiaire_bilan"))
    assert s.consultant.post("/consultant/plafond/", {"plafond": "9"}).status_code == 302
    assert "pas mener plus de 9" in read(s.personne, s.a("beneficiaire_bilan"))
