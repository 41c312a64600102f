"""The pages of rights, of what is brought back, of mutual help, and what the cabinet answers and downloads."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import BilanFactory, MembreFactory
from tests.web.espaces import sign_in, text_of

from jalon.actions import clock
from jalon.actions.compteur import count
from jalon.actions.ecrit import write_ecrit
from jalon.domain.compteur import Mesure
from jalon.records.models import DemandeDroit, Pause, Piece, Ressource
from jalon.vault.pieces.experience import Experience

pytestmark = pytest.mark.django_db
PHRASE = "cheval agrafe pile correct"


@pytest.fixture
def bilan():
    return BilanFactory(en_investigation=True)


def chief(bilan):
    return sign_in(MembreFactory(organisme=bilan.organisme, role="responsable").personne)


def test_each_right_says_its_effects_and_its_delay_before_the_gesture(bilan):
    ana = sign_in(bilan.beneficiaire)
    home = text_of(ana.get(reverse("beneficiaire_droits", args=[bilan.pk])))
    assert "RGPD, art. 15" in home
    for nature in ("acces", "rectification", "effacement", "limitation", "portabilite", "opposition"):
        page = ana.get(reverse("beneficiaire_droits_demander", args=[bilan.pk, nature]))
        assert "avant la fin du" in text_of(page), nature
        assert "CNIL" in text_of(page)
    change = text_of(ana.get(reverse("beneficiaire_droits_demander", args=[bilan.pk, "changement"])))
    assert "ne sont pas transmises" in change
    assert ana.get(reverse("beneficiaire_droits_demander", args=[bilan.pk, "inconnu"])).status_code == 404
    assert not DemandeDroit.objects.exists()


def test_a_request_goes_to_the_administration_and_is_answered_there(bilan):
    ana, boss = sign_in(bilan.beneficiaire), chief(bilan)
    ask = reverse("beneficiaire_droits_demander", args=[bilan.pk, "rectification"])
    assert ana.post(ask).status_code == 422
    assert ana.post(ask, {"objet": "seance"}).status_code == 302
    one = DemandeDroit.objects.get()
    page = reverse("organisme_droits", args=[bilan.pk])
    assert "Une séance ou ses horaires" in text_of(boss.get(page))
    assert sign_in(bilan.consultant).get(page).status_code == 404
    answer = reverse("organisme_droits_repondre", args=[bilan.pk, one.pk])
    assert boss.post(answer).status_code == 422
    assert boss.post(answer, {"issue": "faite"}).status_code == 302
    assert "Fait comme demandé" in text_of(ana.get(reverse("beneficiaire_droits", args=[bilan.pk])))
    assert boss.post(answer, {"issue": "faite"}).status_code == 422


def test_a_pause_is_taken_and_ended_by_her_and_its_page_says_what_goes_on(bilan):
    ana = sign_in(bilan.beneficiaire)
    page = reverse("beneficiaire_droits_pause", args=[bilan.pk])
    assert "délais fixés par la loi" in text_of(ana.get(page))
    assert ana.post(page, {"reprise": "2001-01-01"}).status_code == 422
    assert ana.post(page, {"reprise": ""}).status_code == 302
    assert "En pause" in text_of(ana.get(reverse("beneficiaire_droits", args=[bilan.pk])))
    assert ana.post(reverse("beneficiaire_droits_reprendre", args=[bilan.pk])).status_code == 302
    assert Pause.objects.get().reprise_le is not None


def test_a_folder_is_taken_away_under_a_phrase_and_brought_back_by_the_page(bilan):
    ana = sign_in(bilan.beneficiaire)
    write_ecrit(bilan=bilan, contenu=Experience(intitule="Fleuriste"), by=bilan.beneficiaire, now=clock.now())
    take = reverse("beneficiaire_emport_telecharger", args=[bilan.pk])
    assert "trop courte" in text_of(ana.post(take, {"phrase": "court", "encore": "court"}))
    assert ana.post(take, {"phrase": PHRASE, "encore": "autre"}).status_code == 422
    octets = ana.post(take, {"phrase": PHRASE, "encore": PHRASE}).content
    with zipfile.ZipFile(BytesIO(octets)) as outer:
        assert outer.namelist() == ["LISEZ-MOI.txt", "mon-dossier.zip"]
        with pytest.raises((NotImplementedError, RuntimeError)):
            outer.read("mon-dossier.zip")
    other = BilanFactory(en_cours=True, beneficiaire=bilan.beneficiaire)
    bring = reverse("beneficiaire_reprise_reprendre", args=[other.pk])

    def send(phrase):
        return ana.post(bring, {"fichier": SimpleUploadedFile("d.zip", octets), "phrase": phrase})

    assert ana.post(bring).status_code == 422
    assert "n’ouvre pas" in text_of(send("une phrase tout autre"))
    assert send(PHRASE).status_code == 302
    home = reverse("beneficiaire_reprise", args=[other.pk])
    assert "Repris d’un dossier emporté le" in text_of(ana.get(home))
    one = Piece.objects.get(bilan=other, nature="repris")
    theirs = reverse("consultant_reprise", args=[other.pk])
    claire = sign_in(other.consultant)
    assert "Fleuriste" not in text_of(claire.get(theirs))
    assert ana.post(reverse("beneficiaire_reprise_partager", args=[other.pk, one.pk])).status_code == 302
    assert "Fleuriste" in text_of(claire.get(theirs))
    assert ana.post(reverse("beneficiaire_reprise_tout_effacer", args=[other.pk])).status_code == 302
    assert "Fleuriste" not in text_of(claire.get(theirs))


def test_mutual_help_is_joined_asked_and_left_by_the_pages():
    ended = BilanFactory(en_conclusions=True)
    asker = BilanFactory(en_investigation=True, organisme=ended.organisme)
    zoe, ana = sign_in(ended.beneficiaire), sign_in(asker.beneficiaire)
    join = reverse("beneficiaire_entraide_rejoindre", args=[ended.pk])
    assert (
        b"checked"
        not in zoe.get(reverse("beneficiaire_entraide", args=[ended.pk])).content.split(b'id="contenu"')[1]
    )
    assert zoe.post(join).status_code == 422
    assert zoe.post(join, {"sujets": ["formation", "doute"]}).status_code == 302
    assert "Vous avez accepté" in text_of(zoe.get(reverse("beneficiaire_decisions", args=[ended.pk])))
    one = Ressource.objects.get()
    home = reverse("beneficiaire_entraide", args=[asker.pk])
    shown = text_of(ana.get(home))
    assert ended.beneficiaire.prenom in shown
    assert ended.beneficiaire.nom not in shown
    assert ended.beneficiaire.email not in shown
    ask = reverse("beneficiaire_entraide_demander", args=[asker.pk, one.pk])
    assert ana.post(ask, {"texte": ""}).status_code == 422
    assert ana.post(ask, {"texte": "Avez-vous hésité ?"}).status_code == 302
    theirs = reverse("beneficiaire_entraide", args=[ended.pk])
    assert "Avez-vous hésité" in text_of(zoe.get(theirs))
    assert zoe.post(reverse("beneficiaire_entraide_quitter", args=[ended.pk])).status_code == 302
    assert "Avez-vous hésité" not in text_of(ana.get(home))


def test_the_register_and_the_impact_analysis_bear_the_name_of_the_cabinet_and_the_law_of_the_day(bilan):
    boss = chief(bilan)
    for name, article in (("registre", "article 30"), ("aipd", "article 35")):
        answer = boss.get(reverse("organisme_rgpd", args=[name]))
        said = answer.content.decode()
        assert answer["Content-Disposition"].startswith("attachment")
        assert article in said
        assert "Cap &amp; Jalons" in said
        assert "R. 6313-7" in said or name == "aipd"
        assert "3 ans au plus" in said
    assert boss.get(reverse("organisme_rgpd", args=["inconnu"])).status_code == 404
    assert sign_in(bilan.consultant).get(reverse("organisme_rgpd", args=["registre"])).status_code == 404


def test_the_counts_show_nothing_under_five(bilan):
    boss = chief(bilan)
    page = reverse("organisme_resultats_anonymes")
    for _ in range(4):
        count(bilan, {Mesure.PLAN: "oui"}, now=clock.now())
    assert "Un plan d’action" not in text_of(boss.get(page))
    count(bilan, {Mesure.PLAN: "oui"}, now=clock.now())
    assert "Un plan d’action" in text_of(boss.get(page))
    count(bilan, {Mesure.PLAN: "non"}, now=clock.now())
    assert "moins de 5" in text_of(boss.get(page))


def test_the_cabinet_and_the_consultant_see_a_pause_and_only_the_cabinet_a_request(bilan):
    ana, boss, claire = sign_in(bilan.beneficiaire), chief(bilan), sign_in(bilan.consultant)
    ana.post(reverse("beneficiaire_droits_pause", args=[bilan.pk]), {"reprise": ""})
    ana.post(reverse("beneficiaire_droits_demander", args=[bilan.pk, "changement"]), {"souhaite": ""})
    pages = text_of(boss.get(reverse("organisme_dossier", args=[bilan.pk])))
    assert "En pause" in pages
    assert "attend une réponse" in pages
    for page in (
        reverse("consultant_bilan", args=[bilan.pk]),
        reverse("organisme_dossier", args=[bilan.pk]),
    ):
        said = text_of(claire.get(page))
        assert "En pause" in said
        assert "attend une réponse" not in said
