"""The cabinet's own questionnaires and norms: in and out as files, refused by line, kept by the answers that hold them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import MembreFactory
from tests.web.ecrits import read, sign_in, situation

from jalon.access.pieces import open_for_action
from jalon.instruments import BANQUE
from jalon.records.models import Evenement, InstrumentPropre, Piece, TableEtalonnage

pytestmark = pytest.mark.django_db
OWN = (
    (BANQUE / "point_de_depart" / "1.toml")
    .read_text(encoding="utf-8")
    .replace('"point_de_depart"', '"le_notre"')
)
OWN = OWN.replace('titre = "Mon point de départ"', 'titre = "Notre météo"')
NORMS = """\
instrument = "le_notre"
version = "1"
nom = "Personnes du cabinet, 2026"
population = "Adultes accompagnés"
annee = "2026"
source = "Relevé interne"
licence = "Usage interne"
effectif = 84

[[echelles]]
code = "clarte"
moyenne = 6.0
ecart_type = 2.0
"""


def file(text, name="le_notre.toml"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def s():
    made = situation(en_investigation=True)
    made.chef = sign_in(MembreFactory(organisme=made.bilan.organisme, role="responsable").personne)
    return made


def deposit(client, text, name="le_notre.toml"):
    return client.post(reverse("organisme_instrument_deposer"), {"instrument-fichier": file(text, name)})


def norms(client, text):
    return client.post(reverse("organisme_etalonnage_deposer"), {"normes-fichier": file(text, "normes.toml")})


def test_a_deposited_questionnaire_is_exported_the_same_and_proposed(s):
    done = deposit(s.chef, OWN)
    assert done["Location"] == reverse("organisme_instrument", args=["le_notre", "1"])
    sheet = read(s.chef, done["Location"])
    assert "Notre météo" in sheet
    assert "Ce qu’il ne mesure pas" in sheet
    out = s.chef.get(reverse("organisme_instrument_exporter", args=["le_notre", "1"]))
    assert out.content.decode() == OWN
    model = s.chef.get(reverse("organisme_instrument_exporter", args=["recit", "1"]))
    assert model.content == (BANQUE / "recit" / "1.toml").read_bytes()
    assert "Notre météo" in read(s.consultant, s.a("consultant_questionnaires"))
    assert Evenement.objects.filter(nom="instrument.depose").count() == 1
    assert s.chef.get(reverse("organisme_instrument_exporter", args=["recit", "7"])).status_code == 404


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('code = "le_notre"', 'code = "recit"', "questionnaire fourni"),
        ("minutes = 5", "minutes = 0", "le_notre.toml, ligne"),
        ('\nlien = "', '\n# lien = "', "L. 6313-4"),
        ('titre = "Notre', 'titre = Notre"', "TOML lisible"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_its_reason_and_nothing_is_kept(s, good, bad, said):
    assert good in OWN
    refused = deposit(s.chef, OWN.replace(good, bad, 1))
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not InstrumentPropre.objects.exists()
    assert not Evenement.objects.filter(nom="instrument.depose").exists()


def test_what_is_no_such_file_at_all_is_refused(s):
    assert deposit(s.chef, b"\x00\xff\xfe PNG", "photo.toml").status_code == 422
    assert deposit(s.chef, b"x = 1\n" * 100_000).status_code == 422
    assert s.chef.post(reverse("organisme_instrument_deposer"), {}).status_code == 422


def test_a_changed_questionnaire_is_a_new_version_and_answers_keep_theirs(s):
    deposit(s.chef, OWN)
    assert deposit(s.chef, OWN.replace("Notre météo", "Autre")).status_code == 422
    s.consultant.post(s.a("consultant_questionnaire_proposer", "le_notre"))
    assert (
        deposit(
            s.chef, OWN.replace('version = "1"', 'version = "2"').replace("Notre météo", "Notre ciel")
        ).status_code
        == 302
    )
    assert deposit(s.chef, OWN.replace('version = "1"', 'version = "1.5"')).status_code == 422
    page = read(s.personne, s.a("beneficiaire_questionnaire_repondre", "le_notre", 1))
    assert "Notre météo" in page
    assert "Notre ciel" not in page
    for row in InstrumentPropre.objects.all():
        s.chef.post(reverse("organisme_instrument_retirer", args=[row.pk]))
    assert "Notre ciel" not in read(s.consultant, s.a("consultant_questionnaires"))
    assert s.personne.get(s.a("beneficiaire_questionnaire_repondre", "le_notre", 1)).status_code == 200
    assert s.consultant.get(s.a("consultant_questionnaire_lire", "le_notre")).status_code == 200


def test_a_norm_is_named_where_it_is_used_and_only_once_it_was_loaded(s):
    assert norms(s.chef, NORMS).status_code == 422
    deposit(s.chef, OWN)
    bad = norms(s.chef, NORMS.replace('"clarte"', '"ciel"'))
    assert bad.status_code == 422
    assert "normes.toml, ligne" in bad.content.decode()
    assert norms(s.chef, NORMS).status_code == 302
    s.consultant.post(s.a("consultant_questionnaire_proposer", "le_notre"))
    said = {"q_c1": "5", "q_c2": "2", "q_f1": "3", "q_f2": "4", "q_e1": "2", "q_e2": "3", "revision": "1"}
    s.personne.post(s.a("beneficiaire_questionnaire_repondre", "le_notre", 0), said)
    s.personne.post(s.a("beneficiaire_questionnaire_terminer", "le_notre"), {"revision": "2"})
    s.consultant.post(s.a("consultant_questionnaire_restituer", "le_notre"))
    page = read(s.personne, s.a("beneficiaire_questionnaire_lire", "le_notre"))
    assert "Personnes du cabinet, 2026" in page
    clarity = open_for_action(Piece.objects.get(nature="resultat")).echelles[0]
    # 5 + (6 − 2) = 9, one deviation and a half above: T 65, rank 93.
    assert (clarity.valeur, clarity.note_etalonnee) == (9, 65)
    assert "93" in page
    table = TableEtalonnage.objects.get()
    assert s.chef.get(reverse("organisme_etalonnage", args=[table.pk])).content.decode() == NORMS
    s.chef.post(reverse("organisme_etalonnage_retirer", args=[table.pk]))
    assert TableEtalonnage.objects.get().retire_le


def test_another_cabinet_and_an_assistant_neither_take_nor_change_them(s):
    deposit(s.chef, OWN)
    norms(s.chef, NORMS)
    row, table = InstrumentPropre.objects.get(), TableEtalonnage.objects.get()
    elsewhere = sign_in(MembreFactory(role="responsable").personne)
    assistant = sign_in(MembreFactory(organisme=s.bilan.organisme, role="assistant").personne)
    assert elsewhere.get(reverse("organisme_instrument", args=["le_notre", "1"])).status_code == 404
    assert elsewhere.get(reverse("organisme_etalonnage", args=[table.pk])).status_code == 404
    for client in (elsewhere, assistant, s.personne):
        assert client.post(reverse("organisme_instrument_retirer", args=[row.pk])).status_code == 404
        assert client.post(reverse("organisme_etalonnage_retirer", args=[table.pk])).status_code == 404
    assert deposit(assistant, OWN.replace('version = "1"', 'version = "2"')).status_code == 404
    assert "Notre météo" in read(assistant, reverse("organisme_instruments"))
    assert "Déposer le questionnaire" not in read(assistant, reverse("organisme_instruments"))
    assert InstrumentPropre.objects.get().retire_le is None
