"""What is said on every page: the one next thing of each, the place on the line, who sees; all from facts and the table of rights."""

import re
from datetime import timedelta

import pytest
from tests.factories import BilanFactory, MembreFactory, PersonneFactory, SeanceFactory
from tests.signatures import settled, sign_by_drawing

from jalon.access.bilan import read_situation, read_situations
from jalon.access.matrix import MATRIX, Role
from jalon.actions.composition import compose
from jalon.actions.consentement import give_consentement
from jalon.actions.demande import agree, write_demande, write_objectifs
from jalon.actions.papiers import issue_papier
from jalon.actions.piece import write_piece
from jalon.domain.bilan import CLOSED, Etat
from jalon.records.models import Bilan, Emargement, Piece
from jalon.web.composants.jalon import EtatJalon
from jalon.web.etapes import ligne_jalons, rang
from jalon.web.regards import AU_CHOIX, REGARDS, regard
from jalon.web.rubriques import RUBRIQUES, href, noun_of
from jalon.web.suite import Attente, suite

pytestmark = pytest.mark.django_db

PLAN = {"etapes": [{"texte": "a", "pour_le": None, "moyens": "", "fait": False}]}
SYNTHESE = {"circonstances": "a", "competences": "b", "projet": "c", "observations": "", "autres": []}


def said(bilan, space, now):
    bilan = Bilan.objects.select_related("organisme", "beneficiaire", "consultant").get(pk=bilan.pk)
    return suite(read_situation(bilan, now=now), space=space)


def words(bilan, space, now):
    return said(bilan, space, now).quoi.replace("\u00a0", " ")


def both(bilan, now):
    return words(bilan, "beneficiaire", now), words(bilan, "consultant", now)


def test_from_consent_to_the_closing_each_is_told_her_own_next_thing(now):
    bilan = BilanFactory(consultant=PersonneFactory(prenom="Claire", nom="Morel"))
    assert both(bilan, now) == (
        "Lire ce qui vous est proposé, et dire si vous êtes d’accord",
        f"{bilan.beneficiaire.nom_complet} lit ce qui est proposé et donne son consentement",
    )
    give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert both(bilan, now) == (
        "Claire Morel vous propose une première séance",
        "Prévoir la première séance",
    )
    seance = SeanceFactory(bilan=bilan, debut=now + timedelta(days=1))
    assert both(bilan, now) == (
        "Séance du mercredi 4 mars 2026 à 10 h",
        "Commencer la phase préliminaire",
    )
    Bilan.objects.filter(pk=bilan.pk).update(etat=Etat.PRELIMINAIRE, preliminaire_le=now)
    assert both(bilan, now) == ("Écrire ce qui vous amène", "Écrire l’analyse de la demande")
    write_demande(
        bilan=bilan,
        analyse=compose("demande", mots_de_la_personne="a", reformulation=""),
        by=bilan.beneficiaire,
        now=now,
    )
    agree(bilan=bilan, nature="demande", revision=1, by=bilan.beneficiaire, now=now)
    assert both(bilan, now) == (
        "Écrire vos objectifs",
        "Relire l’analyse de la demande et donner votre accord",
    )
    write_objectifs(
        bilan=bilan,
        objectifs=compose("objectifs", objectifs=[{"texte": "a", "critere": ""}]),
        by=bilan.beneficiaire,
        now=now,
    )
    agree(bilan=bilan, nature="demande", revision=1, by=bilan.consultant, now=now)
    agree(bilan=bilan, nature="objectifs", revision=1, by=bilan.beneficiaire, now=now)
    assert said(bilan, "beneficiaire", now).quoi == "Claire Morel relit les objectifs"
    assert said(bilan, "beneficiaire", now).attente == Attente.AUTRE
    agree(bilan=bilan, nature="objectifs", revision=1, by=bilan.consultant, now=now)
    after = now + timedelta(days=2)
    assert words(bilan, "consultant", after) == "Dire si la séance du mercredi 4 mars 2026 à 10 h a eu lieu"
    seance.etat, seance.debut_reel, seance.fin_reelle = "tenue", seance.debut, seance.fin
    seance.save()
    assert both(bilan, after) == ("Signer la séance du mercredi 4 mars 2026 à 10 h",) * 2
    for qualite in ("beneficiaire", "consultant"):
        Emargement.objects.create(
            seance=seance,
            personne=getattr(bilan, qualite),
            qualite=qualite,
            maniere="ecran",
            signe_le=after,
            empreinte="0",
        )
    assert both(bilan, after) == ("Clore la phase préliminaire, ensemble",) * 2
    Bilan.objects.filter(pk=bilan.pk).update(
        preliminaire_clos_beneficiaire_le=after, preliminaire_clos_consultant_le=after
    )
    assert said(bilan, "consultant", after).quoi == "Ouvrir l’investigation"


def test_from_the_conclusions_to_the_destruction(now):
    bilan = BilanFactory(en_conclusions=True)
    person = bilan.beneficiaire.nom_complet
    assert said(bilan, "consultant", now).quoi == "Poser les étapes du projet"
    write_piece(bilan, compose("plan", **PLAN), by=bilan.consultant, now=now)
    assert said(bilan, "consultant", now).quoi == "Écrire la synthèse et la donner à relire"
    write_piece(bilan, compose("synthese", **SYNTHESE), by=bilan.consultant, now=now)
    assert said(bilan, "beneficiaire", now).attente != Attente.MOI
    Piece.objects.filter(nature="synthese").update(partage_le=now)
    assert both(bilan, now) == ("Relire votre synthèse", f"{person} relit la synthèse")
    Piece.objects.filter(nature="synthese").update(valide_beneficiaire_le=now)
    assert said(bilan, "consultant", now).quoi == "Remettre la synthèse"
    Bilan.objects.update(synthese_remise_le=now)
    assert both(bilan, now) == ("Décider de vos documents", "Annoncer la date de fin")
    Bilan.objects.update(etat=Etat.TERMINE, termine_le=now)
    assert both(bilan, now) == (
        "Emporter votre dossier avant sa destruction",
        "Détruire le contenu de ce dossier",
    )
    Bilan.objects.update(destruction_commencee_le=now, contenu_detruit_le=now)
    assert said(bilan, "consultant", now).attente == Attente.RIEN
    assert "détruit" in said(bilan, "beneficiaire", now).quoi


@pytest.mark.parametrize("etat", Etat)
@pytest.mark.parametrize("space", ["beneficiaire", "consultant"])
def test_every_state_has_a_next_thing_and_a_link_that_leads_somewhere(etat, space, now, client):
    dates = {
        "preliminaire_le": now if etat not in (Etat.PREPARATION, Etat.NON_CONCLU) else None,
        "investigation_le": now if etat in (Etat.INVESTIGATION, Etat.CONCLUSIONS, Etat.TERMINE) else None,
        "conclusions_le": now if etat in (Etat.CONCLUSIONS, Etat.TERMINE) else None,
        "termine_le": now if etat in (Etat.TERMINE, Etat.ABANDONNE) else None,
    }
    bilan = BilanFactory(etat=etat, **dates)
    found = said(bilan, space, now)
    assert found.quoi
    assert bool(found.href) == bool(found.geste)
    if found.href:
        client.force_login(getattr(bilan, space))
        session = client.session
        session["second_facteur_pose"] = True
        session.save()
        assert client.get(found.href).status_code == 200


@pytest.mark.parametrize("etat", Etat)
def test_the_line_has_one_present_stake_or_says_that_it_was_stopped(etat, now):
    bilan = BilanFactory.build(
        etat=etat,
        parcours=None,
        ouvert_le=now,
        preliminaire_le=now if etat not in (Etat.PREPARATION, Etat.NON_CONCLU) else None,
        investigation_le=now if etat in (Etat.INVESTIGATION, Etat.CONCLUSIONS, Etat.TERMINE) else None,
        conclusions_le=now if etat in (Etat.CONCLUSIONS, Etat.TERMINE) else None,
        termine_le=now if etat in (Etat.TERMINE, Etat.ABANDONNE) else None,
    )
    stakes = ligne_jalons(bilan, space="beneficiaire")
    assert sum(s.etat == EtatJalon.EN_COURS for s in stakes) == 1
    assert stakes[rang(bilan)[0] - 1].etat == EtatJalon.EN_COURS
    assert any(s.etat == EtatJalon.INTERROMPU for s in stakes) is (etat in (Etat.ABANDONNE, Etat.NON_CONCLU))
    assert [s.titre for s in stakes if s.etat == EtatJalon.EN_COURS] == (
        ["Destruction"] if etat in CLOSED else [stakes[rang(bilan)[0] - 1].titre]
    )


TEAM = ("le secrétariat", "la direction du cabinet")


@pytest.mark.parametrize("noun", sorted(set(REGARDS) - AU_CHOIX))
def test_who_sees_says_exactly_what_the_table_of_rights_allows(noun):
    bilan = BilanFactory.build(
        beneficiaire=PersonneFactory.build(prenom="Zoé", nom="Lambert"),
        consultant=PersonneFactory.build(prenom="Claire", nom="Morel"),
        parcours=None,
    )
    allowed = MATRIX[REGARDS[noun]]
    for space, mine, other, other_role in (
        ("beneficiaire", Role.BENEFICIAIRE, "Claire Morel", Role.CONSULTANT),
        ("consultant", Role.CONSULTANT, "Zoé Lambert", Role.BENEFICIAIRE),
    ):
        if mine not in allowed:
            continue
        told = regard(noun, bilan, space=space)
        assert told.qui.startswith("vous")
        assert (other in told.qui) is (other_role in allowed)
        assert (other in told.jamais) is (other_role not in allowed)
        for team in TEAM:
            assert (team in told.qui) is bool(allowed & {Role.ASSISTANT, Role.RESPONSABLE})
            assert (team in told.qui) is not (team in told.jamais)
        assert "employeur" in told.jamais


@pytest.mark.parametrize("noun", sorted(AU_CHOIX))
def test_what_is_hers_until_she_shares_it_says_so_to_each(noun):
    bilan = BilanFactory.build(
        beneficiaire=PersonneFactory.build(prenom="Zoé", nom="Lambert"),
        consultant=PersonneFactory.build(prenom="Claire", nom="Morel"),
        parcours=None,
    )
    hers = regard(noun, bilan, space="beneficiaire")
    assert hers.qui == "vous, et Claire Morel pour ce que vous partagez seulement"
    theirs = regard(noun, bilan, space="consultant")
    assert theirs.qui == "Zoé Lambert, et vous pour ce qui est partagé seulement"
    for told in (hers, theirs):
        assert not re.search("Morel|Lambert|vous,", told.jamais)
        assert "le secrétariat" in told.jamais
        assert "employeur" in told.jamais


def test_a_substitute_is_told_and_a_paying_employer_is_not_denied():
    bilan = BilanFactory()
    assert "remplace" not in regard("demande", bilan, space="beneficiaire").qui
    bilan.substitut = MembreFactory(organisme=bilan.organisme, role="consultant").personne
    assert "remplace" in regard("demande", bilan, space="beneficiaire").qui
    assert "remplace" not in regard("note", bilan, space="consultant").qui
    bilan.financement = "plan"
    assert "employeur" not in regard("seance", bilan, space="beneficiaire").jamais
    assert "employeur" in regard("demande", bilan, space="beneficiaire").jamais


@pytest.mark.parametrize("space", RUBRIQUES)
def test_every_part_of_the_navigation_has_its_page_and_its_sentence(space):
    bilan = BilanFactory.build(parcours=None)
    for rubrique in RUBRIQUES[space]:
        for partie in rubrique.parties:
            assert href(space, partie.page, bilan), partie
            assert noun_of(space, f"{space}_{partie.page}") == partie.noun
            assert partie.noun in REGARDS
    assert noun_of(space, f"{space}_seance_signer") == "seance"
    assert noun_of(space, f"{space}_inconnue") == ""


def test_a_paper_that_waits_for_her_signature_is_the_next_thing_until_she_has_signed(now):
    bilan = settled(now)
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    # Not before she has said yes: what she reads first is what a bilan is.
    assert words(bilan, "beneficiaire", now).startswith("Lire ce qui vous est proposé")
    give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert words(bilan, "beneficiaire", now) == "Un document attend votre signature, à donner ou non"
    several = read_situations([bilan, BilanFactory()], now=now, a_signer=True)
    assert [one.papiers_a_signer for one in several.values()] == [1, 0]
    sign_by_drawing(bilan.circuits.get(), "beneficiaire", now)
    assert words(bilan, "beneficiaire", now).startswith("Séance du")
