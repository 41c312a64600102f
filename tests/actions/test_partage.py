"""Given to read: to somebody named, under a key of its own, until a day or until the person says no more."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories import BilanFactory
from tests.partages import MARK, delivered, shared, wish

from jalon.access import Action, Role, can, roles
from jalon.access.coffre import coffre
from jalon.access.journal import read_journal
from jalon.access.partage import find_share, list_shares, open_share, read_shared, seen_by_reader
from jalon.actions import partage as acts
from jalon.actions.destruction import destroy_documents
from jalon.actions.echeance import run_due
from jalon.actions.orphelins import find
from jalon.actions.synthese import load_document
from jalon.domain.obstacle import Refused
from jalon.domain.partage import Destinataire
from jalon.records.models import (
    Bilan,
    CopiePartagee,
    DemandeCep,
    Destruction,
    DocumentEmis,
    Envoi,
    Evenement,
    Partage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_conclusions=True)


def finished(bilan, now):
    Bilan.objects.filter(pk=bilan.pk).update(etat="termine", termine_le=now, terme_prevu_le=now.date())
    bilan.refresh_from_db()


def codes(refused):
    return {o.code for o in refused.value.obstacles}


def test_only_the_person_shares_and_only_with_the_text_that_she_read(bilan, now):
    document = delivered(bilan, now)
    demande = wish(document)
    text = acts.read_accord(bilan=bilan, demande=demande, by=bilan.beneficiaire, now=now)
    said = "\n".join(text.paragraphes())
    for word in (
        "Lucie Armand",
        "Transitions Ouest",
        "lucie@transitions.example",
        document.numero,
        "3\u00a0avril 2026",
    ):
        assert word in said
    with pytest.raises(PermissionDenied):
        acts.share_documents(
            bilan=bilan, demande=demande, accord=text.empreinte(), by=bilan.consultant, now=now
        )
    with pytest.raises(Refused) as refused:
        acts.share_documents(bilan=bilan, demande=demande, accord="0" * 64, by=bilan.beneficiaire, now=now)
    assert codes(refused) == {"accord"}
    assert not Partage.objects.exists()
    made = shared(bilan, now, document)
    event = Evenement.objects.get(nom="partage.accorde")
    assert event.faits["accord"] == text.empreinte() == made.accord_empreinte
    assert event.faits["documents"] == [document.numero]
    assert "Lucie" not in str(event.faits)


def test_the_reader_gets_the_very_bytes_under_another_key_and_the_person_reads_of_it(bilan, now):
    document = delivered(bilan, now)
    made = shared(bilan, now, document)
    copy = made.copies.get()
    assert (copy.cle, copy.objet) != (document.cle, document.objet)
    assert copy.cle == f"piece/{made.pk}"
    open_one = open_share(made.pk, now=now)
    assert read_shared(open_one, copy.pk, now=now)[1] == load_document(document)
    [seen] = list_shares(bilan.beneficiaire, bilan)
    assert [nature for nature, _ in seen.ouvertures] == ["synthese"]
    lines = [
        (line.qui, line.role, line.phrase)
        for line in read_journal(bilan.beneficiaire, bilan, genre="lectures")
    ]
    assert ("Lucie Armand", "à qui vous avez donné à lire", "a ouvert : Synthèse") in lines
    # She reads this copy; she is nobody anywhere else.
    assert roles(made.personne, bilan) == {Role.TIERS}
    allowed = {action for action in Action if can(action, made.personne, bilan)}
    assert allowed == {Action.READ_PARTAGE}


def test_stopped_at_once_the_key_dies_and_the_link_opens_nothing(
    bilan, now, django_capture_on_commit_callbacks
):
    document = delivered(bilan, now)
    made = shared(bilan, now, document)
    token, copy = acts.token(made), made.copies.get()
    assert find_share(token, now=now) == made
    with pytest.raises(PermissionDenied):
        acts.revoke_share(partage=made, by=bilan.consultant, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        acts.revoke_share(partage=made, by=bilan.beneficiaire, now=now)
    assert find_share(token, now=now) is None
    for door in (lambda: open_share(made.pk, now=now), lambda: read_shared(made, copy.pk, now=now)):
        with pytest.raises((Http404, PermissionDenied)):
            door()
    assert not coffre().has_key(f"piece/{made.pk}")
    assert CopiePartagee.objects.get().objet == ""
    assert Destruction.objects.get().motif == "retrait_partage"
    assert DocumentEmis.objects.filter(genre="proces_verbal").count() == 1
    # The person's own document is untouched, and nothing is left alone.
    assert load_document(document)
    alone = find()
    assert f"piece/{made.pk}" not in alone.cles
    assert not {copy.objet, document.objet} & {*alone.objets, *alone.manquants}
    acts.revoke_share(partage=made, by=bilan.beneficiaire, now=now)
    assert Evenement.objects.filter(nom="partage.clos").count() == 1


def test_at_its_last_day_the_door_is_closed_even_before_the_clock_has_come_by(
    bilan, now, django_capture_on_commit_callbacks
):
    made = shared(bilan, now, delivered(bilan, now))
    evening = made.fin_le - timedelta(minutes=1)
    assert find_share(acts.token(made), now=evening)
    assert find_share(acts.token(made), now=made.fin_le) is None
    with django_capture_on_commit_callbacks(execute=True):
        tally = run_due(made.fin_le)
    assert "partage_fin" in [one["nom"] for one in tally.faites]
    assert tally.en_echec == []
    made.refresh_from_db()
    assert (made.motif_fin, made.cle) == ("date", "")
    assert not coffre().has_key(f"piece/{made.pk}")


def test_it_dies_with_the_documents_but_the_cep_copy_lives_as_long_as_its_synthesis(bilan, now):
    document = delivered(bilan, now)
    other = shared(bilan, now, document)
    cep = shared(
        bilan, now, document, destinataire=Destinataire.CEP, courriel="cep@conseil.example", nom="Roux"
    )
    assert DemandeCep.objects.get().operateur == "Transitions Ouest"
    finished(bilan, now)
    destroy_documents(bilan=bilan, by=bilan.consultant, now=now + timedelta(hours=1))
    other.refresh_from_db()
    cep.refresh_from_db()
    assert (other.motif_fin, other.cle) == ("destruction", "")
    assert cep.clos_le is None
    later = now + timedelta(hours=2)
    assert read_shared(open_share(cep.pk, now=later), cep.copies.get().pk, now=later)[1].startswith(b"%PDF")
    with pytest.raises(Http404):
        open_share(other.pk, now=later)
    assert Destruction.objects.get().categories["partage"] == 1


def test_what_stands_in_the_way_is_told_all_at_once(bilan, now):
    delivered(bilan, now)
    with pytest.raises(Refused) as refused:
        acts.read_accord(
            bilan=bilan,
            demande=wish(fin=now.date(), courriel=bilan.beneficiaire.email.upper(), nom=" "),
            by=bilan.beneficiaire,
            now=now,
        )
    assert codes(refused) == {"documents", "fin_passee", "adresse_personne", "nom"}
    with pytest.raises(Refused) as refused:
        acts.read_accord(
            bilan=bilan,
            demande=wish(fin=date(2027, 12, 1), courriel=bilan.consultant.email),
            by=bilan.beneficiaire,
            now=now,
        )
    assert {"fin_lointaine", "adresse_cabinet"} <= codes(refused)


def test_an_employer_receives_nothing_but_an_extract_and_another_bilan_nothing_at_all(bilan, now):
    document = delivered(bilan, now)
    with pytest.raises(Refused) as refused:
        shared(bilan, now, document, destinataire=Destinataire.EMPLOYEUR)
    assert codes(refused) == {"employeur_extrait"}
    foreign = delivered(BilanFactory(en_conclusions=True), now)
    with pytest.raises(Refused) as refused:
        shared(bilan, now, foreign)
    assert codes(refused) == {"documents"}


def test_after_the_end_nothing_new_is_given_to_read(bilan, now):
    document = delivered(bilan, now)
    finished(bilan, now)
    with pytest.raises(Refused) as refused:
        shared(bilan, now, document)
    assert codes(refused) == {"clos"}


def test_rows_mails_and_events_hold_no_word_of_the_document(bilan, now):
    from tests.fouille import leftovers

    made = shared(bilan, now, delivered(bilan, now))
    assert leftovers(MARK) == []
    mail = Envoi.objects.get(genre="partage_lien")
    assert acts.token(made) not in str(mail.donnees)
    assert seen_by_reader(made).documents[0][0] == "synthese"
