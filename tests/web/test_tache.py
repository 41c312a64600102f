"""Work between séances, in its pages: asked from the library or by hand, done in steps, handed in, read."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.ecrits import read, situation, strangers

from jalon.records.models import Echeance, Seance, Tache

pytestmark = pytest.mark.django_db
BASE = {"revision": "0", "lignes": "1"}


@pytest.fixture
def s(now, monkeypatch):
    from jalon.actions import clock

    monkeypatch.setattr(clock, "now", lambda: now)
    return situation(en_investigation=True)


def propose(s, **said):
    data = BASE | {"titre": "Trois réussites", "exercice": "trois_reussites", "minutes": "60"} | said
    answer = s.consultant.post(s.a("consultant_tache_donner"), data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Tache.objects.latest("donnee_le")


def test_an_exercise_of_the_library_is_proposed_with_its_steps_done_and_read(s):
    page = read(s.consultant, s.a("consultant_tache_exercices"))
    assert "Ma semaine idéale" in page
    assert "En parler en séance" in page
    assert "En parler en séance" not in read(s.personne, s.a("beneficiaire_tache_exercices"))
    form = read(s.consultant, s.a("consultant_tache_donner") + "?exercice=trois_reussites")
    assert 'value="Trois réussites"' in form
    tache = propose(s, pour_le="2026-03-10", lien_0="Un guide", adresse_0="https://exemple.fr/guide")
    ici = s.a("beneficiaire_tache", tache.pk)
    page = read(s.personne, ici)
    assert "Premier moment." in page
    assert "https://exemple.fr/guide" in page
    assert "Trois réussites" in read(s.personne, s.a("beneficiaire_bilan"))
    done = {
        "revision": "0",
        "r_e2_0": "Le salon, en 2019",
        "r_e5": "J’organise",
        "effort": "4",
        "note": "Long",
    }
    assert s.personne.post(ici, done).status_code == 302
    there = s.a("consultant_tache", tache.pk)
    assert "Le salon" not in read(s.consultant, there)
    assert s.personne.post(ici, done | {"revision": "1", "rendre": "oui"}).status_code == 302
    assert f"Lire ce que {s.bilan.beneficiaire.nom_complet} a rendu" in read(s.consultant, "/consultant/")
    page = read(s.consultant, there)
    for word in ("Le salon, en 2019", "J’organise", "Long", "difficile"):
        assert word in page
    assert s.consultant.post(s.a("consultant_tache_lire", tache.pk)).status_code == 302
    assert "Rendu et lu" in read(s.personne, s.a("beneficiaire_taches"))
    for stranger in strangers(s.bilan):
        assert stranger.get(there).status_code == 404
        assert stranger.get(ici).status_code == 404


def test_what_is_refused_keeps_every_word_and_says_why(s):
    form = s.a("consultant_tache_donner")
    answer = s.consultant.post(form, BASE | {"titre": "", "consigne": "Appelez trois personnes"})
    assert answer.status_code == 422
    assert "Appelez trois personnes" in answer.content.decode()
    answer = s.consultant.post(
        form, BASE | {"titre": "Lire", "lien_0": "Ici", "adresse_0": "pas une adresse"}
    )
    assert answer.status_code == 422
    assert "commence par https" in answer.content.decode()
    assert s.consultant.get(form + "?exercice=inconnu").status_code == 404
    tache = propose(s)
    ici = s.a("beneficiaire_tache", tache.pk)
    assert s.personne.post(ici, {"revision": "0", "rendre": "oui"}).status_code == 422
    s.personne.post(ici, {"revision": "0", "texte": "Au téléphone"})
    late = s.personne.post(ici, {"revision": "0", "texte": "À l’ordinateur"})
    assert late.status_code == 409
    for word in ("Au téléphone", "À l’ordinateur"):
        assert word in late.content.decode()


def test_what_she_types_is_kept_as_a_draft_that_nobody_else_reads(s):
    tache = propose(s)
    ici = s.a("beneficiaire_tache", tache.pk)
    save = re.search(r'data-autosave-url="([^"]+)"', read(s.personne, ici))[1].replace("&amp;", "&")
    assert s.personne.post(save, {"r_e2_0": "À demi tapé", "revision": "0"}).status_code == 200
    assert "À demi tapé" in read(s.personne, ici)
    assert "À demi tapé" not in read(s.consultant, s.a("consultant_tache", tache.pk))


def test_time_files_and_a_reminder_belong_to_it(s, now):
    tache = propose(s, pour_le="2026-03-10")
    ici = s.a("beneficiaire_tache", tache.pk)
    hour = (now - timedelta(hours=2)).strftime("%H:%M")
    said = {"temps-jour": "2026-03-03", "temps-debut": hour, "temps-duree": "60"}
    assert s.personne.post(s.a("beneficiaire_tache_temps", tache.pk), said).status_code == 302
    again = s.personne.post(s.a("beneficiaire_tache_temps", tache.pk), said)
    assert again.status_code == 422
    assert "déjà pris" in again.content.decode()
    assert Seance.objects.get(tache=tache).nature == "travail_personnel"
    assert "1\u00a0h en tout" in read(s.personne, ici)
    sent = SimpleUploadedFile("ma-ligne.txt", b"Mon chemin")
    answer = s.personne.post(s.a("beneficiaire_tache_joindre", tache.pk), {"joint-fichier": sent})
    assert answer.status_code == 302
    assert "ma-ligne.txt" in read(s.personne, ici)
    assert s.personne.post(s.a("beneficiaire_tache_joindre", tache.pk), {}).status_code == 422
    assert s.personne.post(s.a("beneficiaire_tache_rappel", tache.pk), {"voulu": "oui"}).status_code == 302
    assert Echeance.objects.filter(nom="tache_rappel", annulee_le=None).count() == 1
    s.personne.post(s.a("beneficiaire_tache_rappel", tache.pk), {"voulu": "non"})
    assert Echeance.objects.filter(nom="tache_rappel", annulee_le=None).count() == 0


def test_the_shelf_holds_what_both_put_on_it_and_each_may_take_it_off(s):
    said = {
        "revision": "0",
        "titre": "Métierscope",
        "genre": "site",
        "adresse": "https://exemple.fr",
        "pourquoi": "Des fiches",
    }
    assert s.consultant.post(s.a("consultant_etagere_poser"), said).status_code == 302
    page = read(s.personne, s.a("beneficiaire_etagere"))
    assert "Des fiches" in page
    assert s.personne.post(s.a("beneficiaire_etagere_poser"), said | {"titre": ""}).status_code == 422
    reference = re.search(r"etagere/([0-9a-f-]{36})/retirer/", page)[1]
    assert (
        s.personne.post(
            s.a("beneficiaire_etagere_modifier", reference), said | {"revision": "1", "titre": "Autre"}
        ).status_code
        == 302
    )
    assert "Autre" in read(s.consultant, s.a("consultant_etagere"))
    s.consultant.post(s.a("consultant_etagere_retirer", reference))
    assert "Autre" not in read(s.personne, s.a("beneficiaire_etagere"))
