"""The steps of a bilan by its actions: dated, recorded, refused with their reasons; closing at two; coming back; stopping."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, ConsentementFactory, MembreFactory, ParcoursFactory, SeanceFactory

from jalon.actions.bilan import close_preliminaire, move_bilan, reopen_preliminaire
from jalon.actions.composition import compose
from jalon.actions.demande import agree, write_demande, write_objectifs
from jalon.actions.terme import abandon_bilan, announce_terme
from jalon.domain.bilan import Etat
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.records.models import Bilan, Echeance, Emargement, Envoi, Evenement

pytestmark = pytest.mark.django_db

SHORT = [
    (Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
    (Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 2, 120),
    (Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 1, 120),
]


def fresh(bilan):
    return Bilan.objects.get(pk=bilan.pk)


def agree_on_everything(bilan, now):
    write_demande(
        bilan=bilan,
        analyse=compose("demande", mots_de_la_personne="a", reformulation="b"),
        by=bilan.beneficiaire,
        now=now,
    )
    write_objectifs(
        bilan=bilan,
        objectifs=compose("objectifs", objectifs=[{"texte": "a", "critere": "b"}]),
        by=bilan.consultant,
        now=now,
    )
    for nature in ("demande", "objectifs"):
        for person in (bilan.beneficiaire, bilan.consultant):
            agree(bilan=bilan, nature=nature, revision=1, by=person, now=now)


def signed_seance(bilan, phase, start):
    seance = SeanceFactory(
        bilan=bilan,
        phase=phase,
        etat="tenue",
        debut=start,
        debut_reel=start,
        fin_reelle=start + timedelta(hours=2),
    )
    for qualite, person in (("beneficiaire", bilan.beneficiaire), ("consultant", bilan.consultant)):
        Emargement.objects.create(
            seance=seance,
            personne=person,
            qualite=qualite,
            maniere="ecran",
            signe_le=start + timedelta(hours=2),
            empreinte="0" * 64,
        )
    return seance


def test_without_consent_nothing_starts_and_nothing_is_written(now):
    bilan = BilanFactory()
    with pytest.raises(Refused) as refused:
        move_bilan(bilan=bilan, name="start", by=bilan.consultant, now=now)
    assert [o.code for o in refused.value.obstacles] == ["consentement"]
    assert fresh(bilan).etat == Etat.PREPARATION
    assert not Evenement.objects.exists()
    assert not Envoi.objects.exists()
    ConsentementFactory(bilan=bilan)
    started = move_bilan(bilan=bilan, name="start", by=bilan.consultant, now=now)
    assert (started.etat, started.preliminaire_le) == (Etat.PRELIMINAIRE, now)
    assert Evenement.objects.get().faits == {"droit_du": "2026-03-03", "motifs": {}}


def test_a_warning_passes_with_its_reason_kept_as_a_code(now):
    bilan = BilanFactory(parcours=ParcoursFactory(lignes=SHORT))
    ConsentementFactory(bilan=bilan)
    with pytest.raises(Refused) as refused:
        move_bilan(bilan=bilan, name="start", by=bilan.consultant, now=now)
    assert [o.code for o in refused.value.obstacles] == ["moins_de_13h"]
    move_bilan(
        bilan=bilan, name="start", by=bilan.consultant, now=now, reasons={"moins_de_13h": Motif.RYTHME}
    )
    assert Evenement.objects.get().faits["motifs"] == {"moins_de_13h": "rythme_adapte"}


def test_only_who_carries_out_the_bilan_moves_it(now):
    bilan = BilanFactory()
    ConsentementFactory(bilan=bilan)
    for other in (
        bilan.beneficiaire,
        MembreFactory(organisme=bilan.organisme, role="responsable").personne,
        MembreFactory(organisme=bilan.organisme, role="consultant").personne,
    ):
        with pytest.raises(PermissionDenied):
            move_bilan(bilan=bilan, name="start", by=other, now=now)
    bilan.substitut = MembreFactory(organisme=bilan.organisme, role="consultant").personne
    bilan.save()
    assert move_bilan(bilan=bilan, name="start", by=bilan.substitut, now=now).etat == Etat.PRELIMINAIRE


def test_the_preliminary_phase_is_closed_by_both_and_only_on_agreed_texts(now):
    bilan = BilanFactory(en_cours=True)
    with pytest.raises(Refused) as refused:
        close_preliminaire(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert [o.code for o in refused.value.obstacles] == ["demande", "objectifs"]
    agree_on_everything(bilan, now)
    signed_seance(bilan, Phase.PRELIMINAIRE, now - timedelta(days=1))
    close_preliminaire(bilan=bilan, by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused) as refused:
        move_bilan(bilan=bilan, name="investigate", by=bilan.consultant, now=now)
    [obstacle] = refused.value.obstacles
    assert obstacle.code == "cloture_preliminaire"
    assert "consultant" in obstacle.sentence
    close_preliminaire(bilan=bilan, by=bilan.consultant, now=now)
    close_preliminaire(bilan=bilan, by=bilan.consultant, now=now)
    assert Evenement.objects.filter(chaine=bilan.pk, nom="preliminaire.close").count() == 2
    assert (
        move_bilan(bilan=bilan, name="investigate", by=bilan.consultant, now=now).etat == Etat.INVESTIGATION
    )


def test_coming_back_to_the_preliminary_phase_asks_for_the_closing_again(now):
    bilan = BilanFactory(
        en_investigation=True,
        preliminaire_clos_beneficiaire_le=now,
        preliminaire_clos_consultant_le=now,
    )
    back = reopen_preliminaire(bilan=bilan, by=bilan.consultant, now=now)
    assert back.etat == Etat.PRELIMINAIRE
    assert back.investigation_le is None
    assert back.preliminaire_clos_beneficiaire_le is back.preliminaire_clos_consultant_le is None
    with pytest.raises(Refused):
        reopen_preliminaire(bilan=bilan, by=bilan.consultant, now=now)


def test_stopping_cancels_what_was_planned_and_keeps_what_took_place(now):
    bilan = BilanFactory(en_cours=True)
    done = signed_seance(bilan, Phase.PRELIMINAIRE, now - timedelta(days=2))
    forgotten = SeanceFactory(bilan=bilan, debut=now - timedelta(days=1))
    coming = SeanceFactory(bilan=bilan, debut=now + timedelta(days=3))
    announce_terme(bilan=bilan, le=(now + timedelta(days=40)).date(), by=bilan.consultant, now=now)
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    states = {s.pk: s.etat for s in bilan.seances.all()}
    assert states == {done.pk: "tenue", forgotten.pk: "prevue", coming.pk: "annulee"}
    assert Evenement.objects.get(chaine=bilan.pk, nom="seance.annulee").faits == {"seance": str(coming.pk)}
    open_ones = Echeance.objects.filter(bilan=bilan, faite_le=None, annulee_le=None)
    assert sorted(e.nom for e in open_ones) == ["cpf_sortie", "destruction"]
    with pytest.raises(Refused):
        abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)


def test_the_administration_cannot_stop_a_bilan(now):
    bilan = BilanFactory(en_cours=True)
    with pytest.raises(PermissionDenied):
        abandon_bilan(
            bilan=bilan, by=MembreFactory(organisme=bilan.organisme, role="responsable").personne, now=now
        )
    assert fresh(bilan).etat == Etat.PRELIMINAIRE
