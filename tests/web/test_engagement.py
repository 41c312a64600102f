"""Who pays, on the pages: the wizard computes without saving, refuses with the article, and the person sees her own side."""

from datetime import date, timedelta

import pytest
from tests.factories import NOW, BilanFactory, EngagementFactory, MembreFactory, SeanceFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.records.models import Bilan, DocumentEmis, Emargement, Engagement, Part, Versement

pytestmark = pytest.mark.django_db
CPF = {"prix": "1800", "precedent": "aucun", "droits": "2000"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    at(monkeypatch, NOW)


@pytest.fixture
def bilan():
    return BilanFactory(engage=False)


def maud_of(bilan):
    return sign_in(MembreFactory(organisme=bilan.organisme, role="assistant").personne)


def address(bilan, more=""):
    return f"/cabinet/dossiers/{bilan.pk}/financement/{more}"


def settle(client, bilan, **said):
    return client.post(address(bilan, "regler/"), {**said, "geste": "enregistrer"})


def test_the_wizard_computes_each_share_with_its_source_and_saves_nothing(bilan):
    said = text_of(maud_of(bilan).post(address(bilan, "regler/"), {**CPF, "geste": "calculer"}))
    for words in (
        "Participation obligatoire",
        "103,20 €",
        "D. 6323-1 A",
        "1 600 €",
        "dont 200 € pour la personne",
        "Durée à porter sur Mon Compte Formation : 16 h",
        "mardi 3 mars 2026",
    ):
        assert words in said, words
    assert not Engagement.objects.exists()


def test_a_half_filled_form_is_shown_again_without_reproach(bilan):
    answer = maud_of(bilan).post(address(bilan, "regler/"), {"prix": "douze", "geste": "calculer"})
    assert answer.status_code == 200
    assert 'value="douze"' in answer.content.decode()
    refused = settle(maud_of(bilan), bilan, prix="douze")
    assert refused.status_code == 422
    assert "Écrivez un montant" in text_of(refused)


def test_a_rest_to_pay_is_settled_with_a_reason_and_the_figures_stay(bilan):
    maud = maud_of(bilan)
    warned = settle(maud, bilan, **CPF)
    assert warned.status_code == 422
    assert "Il reste 96,80 €" in text_of(warned)
    assert not Engagement.objects.exists()
    assert settle(maud, bilan, **CPF, **{"motif-reste_a_payer": "choix_de_la_personne"}).status_code == 302
    assert list(Part.objects.values_list("poste", "payeur", "montant_centimes")) == [
        ("participation", "personne", 10_320),
        ("droits", "cpf", 160_000),
        ("reste", "personne", 9_680),
    ]
    page = text_of(maud.get(address(bilan)))
    assert "Ce dossier ne peut pas encore commencer" in page
    assert "D. 6353-1" in page


def test_the_platform_s_steps_are_noted_in_order_and_give_the_first_day(bilan, monkeypatch):
    maud = maud_of(bilan)
    settle(maud, bilan, **CPF, **{"motif-reste_a_payer": "choix_de_la_personne"})

    def note(etape, le):
        return maud.post(address(bilan, f"etape/{etape}/"), {"le": le})

    refused = note("proposition", "2026-03-03")
    assert refused.status_code == 422
    assert "notez d’abord la demande" in text_of(refused)
    assert note("demande", "2026-03-04").status_code == 422  # forged: still to come
    assert note("demande", "2026-03-02").status_code == 302
    assert note("proposition", "2026-03-03").status_code == 302
    assert note("acceptation", "2026-03-03").status_code == 302
    said = text_of(maud.get(address(bilan)))
    # 3 March + 11 working days = 18 March; the safe reading is the next one.
    assert "jeudi 19 mars 2026" in said
    assert note("inconnue", "2026-03-03").status_code == 404


def test_an_unknown_or_foreign_line_is_404(bilan):
    maud = maud_of(bilan)
    other = Part.objects.create(
        engagement=EngagementFactory(), ordre=0, voie="cpf_hors_temps", poste="droits", payeur="cpf",
        debiteur="cpf", montant_centimes=1,
    )  # fmt: skip
    assert maud.post(address(bilan, f"accord/{other.pk}/"), {"le": "2026-03-03"}).status_code == 404


def contract(bilan, **more):
    return EngagementFactory(
        bilan=bilan, conclu_le=NOW - timedelta(days=2), lieu_conclusion="distance", **more
    )


def test_she_reads_her_clock_asks_to_start_and_gives_up_online(monkeypatch):
    bilan = BilanFactory(engage=False, financement="personnel")
    contract(bilan)
    ana, base = sign_in(bilan.beneficiaire), f"/espace/{bilan.pk}/financement/"
    page = text_of(ana.get(base))
    # Signed on Sunday 1 March, fourteen days: Sunday 15 is carried to Monday 16.
    for words in ("lundi 16 mars 2026", "Renoncer au contrat ici", "dans 13 jours", "L. 221-21"):
        assert words in page, words
    assert ana.post(base + "anticiper/").status_code == 422
    assert ana.post(base + "anticiper/", {"je_demande": "oui"}).status_code == 302
    confirm = text_of(ana.get(base + "renoncer/"))
    assert "Confirmer la rétractation" in confirm
    assert ana.post(base + "renoncer/").status_code == 302
    assert DocumentEmis.objects.get(bilan=bilan).genre == "accuse_retractation"
    assert "Vous avez renoncé au contrat" in text_of(ana.get(base))
    assert ana.post(base + "renoncer/").status_code == 422


def test_after_the_last_day_the_button_is_gone_and_the_act_refused(monkeypatch):
    bilan = BilanFactory(engage=False, financement="personnel")
    contract(bilan)
    at(monkeypatch, NOW + timedelta(days=14))
    ana, base = sign_in(bilan.beneficiaire), f"/espace/{bilan.pk}/financement/"
    assert "Renoncer au contrat ici" not in text_of(ana.get(base))
    refused = ana.post(base + "renoncer/")
    assert refused.status_code == 422
    assert "lundi 16 mars 2026" in text_of(refused)
    assert Engagement.objects.get(bilan=bilan).retracte_le is None


def test_money_waits_for_the_end_of_the_period(monkeypatch):
    bilan = BilanFactory(engage=False, financement="personnel")
    paid = Versement.objects.create(engagement=contract(bilan), rang=0, montant_centimes=48_000)
    maud, path = maud_of(bilan), address(bilan, f"versement/{paid.pk}/")
    refused = maud.post(path, {"le": "2026-03-03"})
    assert refused.status_code == 422
    assert "L. 6353-6" in text_of(refused)
    at(monkeypatch, NOW + timedelta(days=14))
    assert maud.post(path, {"le": "2026-03-17"}).status_code == 302
    paid.refresh_from_db()
    assert paid.recu_le == date(2026, 3, 17)


def signed(bilan, hours):
    """One interview, held and signed by both."""
    start = NOW - timedelta(days=1)
    seance = SeanceFactory(
        bilan=bilan, etat="tenue", debut=start, debut_reel=start, fin_reelle=start + timedelta(hours=hours)
    )
    for person, qualite in ((bilan.beneficiaire, "beneficiaire"), (bilan.consultant, "consultant")):
        Emargement.objects.create(
            seance=seance, personne=person, qualite=qualite, maniere="ecran", signe_le=NOW, empreinte="0"
        )


def test_the_exit_is_proposed_from_the_signed_hours():
    bilan = BilanFactory(en_cours=True)
    signed(bilan, 4)
    Bilan.objects.filter(pk=bilan.pk).update(etat="abandonne", termine_le=NOW)
    maud = maud_of(bilan)
    said = text_of(maud.get(address(bilan)))
    assert "4 h d’accompagnement sur 16 h, soit 25 %" in said
    assert maud.post(address(bilan, "etape/sortie/"), {"le": "2026-03-03"}).status_code == 422
    told = {"le": "2026-03-03", "motif": "abandon", "realisation": "25"}
    assert maud.post(address(bilan, "etape/sortie/"), told).status_code == 302
    assert Engagement.objects.get(bilan=bilan).cpf_realisation == 25


def test_a_contract_that_stops_says_what_force_majeure_would_leave_due():
    bilan = BilanFactory(en_cours=True, financement="personnel")
    signed(bilan, 6)
    assert "force majeure" not in text_of(maud_of(bilan).get(address(bilan)))
    Bilan.objects.filter(pk=bilan.pk).update(etat="abandonne", termine_le=NOW)
    # 6 hours of the 24 that were agreed, of 1,600 €.
    assert "400 €" in text_of(maud_of(bilan).get(address(bilan)))


def test_more_payers_cost_no_more_queries(bilan):
    maud, row = maud_of(bilan), EngagementFactory(bilan=bilan)

    def pay(rank):
        Part.objects.create(
            engagement=row, ordre=rank, voie=row.voie, poste="abondement", payeur="region", debiteur="cpf",
            montant_centimes=100,
        )  # fmt: skip

    pay(0)
    one = queries_of(maud, address(bilan))
    for rank in range(1, 8):
        pay(rank)
    assert queries_of(maud, address(bilan)) == one
