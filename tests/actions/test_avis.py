"""Opinions on the cabinet: read by nobody, counted by five; the starting point asked a third time, six months later."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories import BilanFactory, MembreFactory, OrganismeFactory, PersonneFactory
from tests.fouille import leftovers

from jalon.access.avis import read_avis
from jalon.access.chemin import read_moments
from jalon.access.pieces import list_pieces, read_piece
from jalon.actions import questionnaire as acts
from jalon.actions import suivi as suivis
from jalon.actions.questionnaire_papier import print_questionnaire
from jalon.domain.obstacle import Refused
from jalon.instruments import get
from jalon.records.models import Depouillement, Piece, Suivi, Urne

pytestmark = pytest.mark.django_db
CODE = "satisfaction_fin"


def finish(bilan, now, code=CODE, value=3, **more):
    instrument = get(code.partition("-")[0])
    said = {q.code: value for q in instrument.questions if q.genre == "echelle"} | more
    acts.save_reponses(bilan=bilan, code=code, reponses=said, by=bilan.beneficiaire, now=now, finish=True)


def opinion(organisme, now, value=3, **more):
    bilan = BilanFactory(en_conclusions=True, organisme=organisme)
    acts.propose_questionnaire(bilan=bilan, code=CODE, by=bilan.consultant, now=now)
    finish(bilan, now, value=value, **more)
    return bilan


def test_the_consultant_never_reads_it_and_the_person_keeps_it(now):
    organisme = OrganismeFactory()
    bilan = opinion(organisme, now, manque="XMANQUEX")
    assert read_piece(bilan.beneficiaire, bilan, "reponses", CODE, now=now).contenu.reponses["a1"] == 3
    assert CODE not in {p.reference for p in list_pieces(bilan.consultant, bilan, ["reponses"])}
    assert Piece.objects.get(reference=CODE).cle.endswith("/carnet")
    assert not Piece.objects.filter(nature="resultat", reference=CODE).exists()
    with pytest.raises(Refused):
        print_questionnaire(bilan=bilan, code=CODE, by=bilan.consultant, now=now)


def test_nothing_is_shown_before_five_and_five_leave_together(now):
    organisme = OrganismeFactory()
    chef = MembreFactory(organisme=organisme, role="responsable").personne
    for n in range(4):
        opinion(organisme, now, value=1 + n % 2, manque="XMANQUEX")
        assert read_avis(chef, organisme) == []
    assert Urne.objects.count() == 1
    opinion(organisme, now + timedelta(days=40), value=4)
    (told,) = read_avis(chef, organisme)
    first = told.parties[0][1][0]
    assert (told.bulletins, told.trimestres) == (5, ("2026-T2",))
    assert [n for _, n in first.comptes] == [2, 2, 0, 1]
    assert Urne.objects.count() == 0
    opinion(organisme, now, value=1)
    assert read_avis(chef, organisme)[0].bulletins == 5
    assert leftovers("XMANQUEX") == []


def test_the_database_refuses_a_lot_of_fewer_and_another_cabinet_sees_nothing(now):
    organisme = OrganismeFactory()
    for _ in range(5):
        opinion(organisme, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Depouillement.objects.update(bulletins=4)
    elsewhere = MembreFactory(role="responsable")
    assert read_avis(elsewhere.personne, elsewhere.organisme) == []


def test_nothing_in_the_lots_leads_to_a_dossier(now):
    organisme = OrganismeFactory()
    bilans = [opinion(organisme, now) for _ in range(5)]
    columns = {f.name for model in (Urne, Depouillement) for f in model._meta.concrete_fields}
    assert columns == {
        "id",
        "organisme",
        "instrument",
        "version",
        "chiffre",
        "trimestre",
        "bulletins",
        "comptes",
    }
    held = str(list(Depouillement.objects.values_list("comptes", flat=True)))
    assert not any(str(b.pk) in held or str(b.beneficiaire_id) in held for b in bilans)


@pytest.fixture
def later(now):
    """Six months after: nothing was kept, the follow-up is open."""
    bilan = BilanFactory(
        etat="termine",
        preliminaire_le=now,
        investigation_le=now,
        conclusions_le=now,
        termine_le=now,
        destruction_commencee_le=now,
        contenu_detruit_le=now,
        beneficiaire=PersonneFactory(),
    )
    then = now + timedelta(days=183)
    suivi = Suivi.objects.create(bilan=bilan, prevu_le=then.date(), propose_le=then)
    suivis.open_suivi(suivi=suivi, by=bilan.beneficiaire, now=then)
    return bilan, suivi, then


def test_the_follow_up_asks_the_starting_point_again_in_its_own_tiroir(later):
    bilan, _, then = later
    sheets = Piece.objects.filter(bilan=bilan, nature="reponses")
    assert {(p.reference, p.tiroir) for p in sheets} == {
        ("point_de_depart-six_mois", "entretien_suivi"),
        ("suivi_six_mois-six_mois", "entretien_suivi"),
    }
    finish(bilan, then, "point_de_depart-six_mois", 4)
    acts.restitute(bilan=bilan, code="point_de_depart-six_mois", by=bilan.consultant, now=then)
    acts.comment_resultat(
        bilan=bilan, code="point_de_depart-six_mois", commentaire="Oui", by=bilan.beneficiaire, now=then
    )
    told = read_moments(bilan.beneficiaire, bilan, "point_de_depart", now=then)
    assert [str(moment) for moment, _ in told] == ["six_mois"]


def test_closing_the_follow_up_takes_its_sheets_and_only_counts_stay(
    later, django_capture_on_commit_callbacks
):
    bilan, suivi, then = later
    finish(bilan, then, "suivi_six_mois-six_mois", projet="realise", situation="emploi", fait="XFAITX")
    assert Urne.objects.filter(instrument="suivi_six_mois").count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        suivis.close_suivi(suivi=suivi, by=bilan.beneficiaire, now=then)
    assert not Piece.objects.filter(bilan=bilan).exists()
    assert Urne.objects.filter(instrument="suivi_six_mois").count() == 1


def test_the_sheet_of_six_months_is_proposed_by_no_one_before(now):
    bilan = BilanFactory(en_conclusions=True)
    for code, moment in (
        ("suivi_six_mois", ""),
        ("suivi_six_mois", "six_mois"),
        ("point_de_depart", "six_mois"),
    ):
        with pytest.raises(Refused):
            acts.propose_questionnaire(bilan=bilan, code=code, moment=moment, by=bilan.consultant, now=now)


def test_three_moments_stand_in_the_order_of_life(now):
    bilan = BilanFactory(en_conclusions=True)
    acts.propose_questionnaire(bilan=bilan, code="point_de_depart", by=bilan.consultant, now=now)
    finish(bilan, now, "point_de_depart", 2)
    acts.restitute(bilan=bilan, code="point_de_depart", by=bilan.consultant, now=now)
    acts.propose_questionnaire(
        bilan=bilan, code="point_de_depart", moment="fin", by=bilan.consultant, now=now
    )
    finish(bilan, now, "point_de_depart-fin", 5)
    acts.restitute(bilan=bilan, code="point_de_depart-fin", by=bilan.consultant, now=now)
    told = read_moments(bilan.beneficiaire, bilan, "point_de_depart", now=now)
    assert [str(moment) for moment, _ in told] == ["depart", "fin"]
