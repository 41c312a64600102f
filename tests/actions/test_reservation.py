"""The entretien préalable: booked by the person, moved and cancelled by her link, never two at once, nothing kept when it ends there."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories import BilanFactory, LieuFactory, MembreFactory, OrganismeFactory, SeanceFactory
from tests.fouille import leftovers

from jalon.access.disponibilite import list_moments, read_agendas
from jalon.access.reservation import get_by_link, list_entretiens
from jalon.actions.contact import hold_entretien, record_contact
from jalon.actions.courrier import send_due
from jalon.actions.echeance import run_due
from jalon.actions.reservation import (
    book_entretien,
    cancel_entretien,
    confirm_entretien,
    link_token,
    move_entretien,
    plan_entretien,
    withdraw_entretien,
)
from jalon.actions.seance import move_seance, plan_seance
from jalon.domain.disponibilite import Intervalle
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import Modalite
from jalon.records.evenements import broken_chains
from jalon.records.models import Contact, Disponibilite, Echeance, Envoi, Evenement, PlageHebdomadaire

pytestmark = pytest.mark.django_db
WORD = "XMARKERX"
THURSDAY = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)  # 18 h in Paris


@pytest.fixture
def ana():
    """A consultant who receives on Thursday evenings at the harbour, and on Saturday mornings at a distance."""
    return opened(MembreFactory(organisme=OrganismeFactory(telephone="02 40 00 00 00")))


def opened(membre, **rules):
    lieu = membre.organisme.lieux.first() or LieuFactory(organisme=membre.organisme)
    common = {"organisme": membre.organisme, "consultant": membre.personne}
    Disponibilite.objects.create(**common, ouverte=True, visio_lien="https://visio.exemple.fr/ana", **rules)
    PlageHebdomadaire.objects.create(**common, jour=3, debut=time(18), fin=time(20, 30), lieu=lieu)
    PlageHebdomadaire.objects.create(**common, jour=5, debut=time(9), fin=time(12))
    return membre


def book(membre, now, **changes):
    return book_entretien(
        **{
            "organisme": membre.organisme,
            "consultant_id": membre.personne_id,
            "debut": THURSDAY,
            "modalite": Modalite.TELEPHONE,
            "prenom": "Aubépine",
            "email": "maelle@exemple.fr",
            "telephone": "06 00 00 00 00",
            "propos": f"Je voudrais changer {WORD}",
            "now": now,
        }
        | changes
    )


def free(membre, now, modalite=Modalite.TELEPHONE, days=7):
    agendas = read_agendas(membre.organisme, now, consultant_id=membre.personne_id)
    return list_moments(
        membre.organisme, agendas, modalite, [now.date() + timedelta(days=n) for n in range(days)], now
    )


def test_a_booked_moment_is_hers_and_leaves_the_list_with_its_buffer(ana, now):
    before = [m.debut for m in free(ana, now)]
    assert THURSDAY in before
    made = book(ana, now)
    assert (made.contact.canal, made.contact.entretien_fin) == (
        "rendez_vous",
        THURSDAY + timedelta(minutes=45),
    )
    left = [m.debut for m in free(ana, now)]
    # The hour after begins within the buffer of a quarter of an hour only from 19 h on.
    assert set(before) - set(left) == {THURSDAY, THURSDAY + timedelta(minutes=30)}
    assert get_by_link(made.jeton) == made.contact
    assert WORD not in str(Evenement.objects.values_list("faits", flat=True))


def test_a_place_is_given_only_when_one_comes(ana, now):
    here = book(ana, now, modalite=Modalite.PRESENTIEL)
    assert here.contact.entretien_lieu.nom == "Bureau du port"
    away = book(ana, now, debut=THURSDAY + timedelta(hours=1), modalite=Modalite.VISIO)
    assert away.contact.entretien_lieu is None
    saturday = datetime(2026, 3, 7, 8, 0, tzinfo=UTC)
    with pytest.raises(Refused):
        book(ana, now, debut=saturday, modalite=Modalite.PRESENTIEL)
    assert book(ana, now, debut=saturday).contact.entretien_le == saturday


@pytest.mark.parametrize(
    "changes",
    [
        {"debut": THURSDAY + timedelta(minutes=7)},
        {"debut": THURSDAY - timedelta(hours=9)},
        {"debut": THURSDAY + timedelta(days=700)},
        {"debut": datetime(2026, 2, 26, 17, 0, tzinfo=UTC)},
        {"telephone": ""},
        {"email": "", "telephone": "", "modalite": Modalite.VISIO},
    ],
)
def test_a_moment_that_is_not_offered_is_refused_and_writes_nothing(ana, now, changes):
    with pytest.raises(Refused):
        book(ana, now, **changes)
    assert not Contact.objects.exists()


def test_nobody_is_booked_who_did_not_open_her_agenda(ana, now):
    other = MembreFactory(organisme=ana.organisme)
    with pytest.raises(Refused):
        book(other, now)
    Disponibilite.objects.update(ouverte=False)
    with pytest.raises(Refused):
        book(ana, now)
    assert not Contact.objects.exists()


def test_the_same_moment_is_never_given_twice(ana, now):
    book(ana, now)
    with pytest.raises(Refused) as refused:
        book(ana, now, prenom="Zoé")
    assert refused.value.obstacles[0].code == "occupe"
    assert Contact.objects.count() == 1


def test_a_seance_and_an_interview_never_meet(ana, now):
    bilan = BilanFactory(organisme=ana.organisme, consultant=ana.personne, en_cours=True)
    seance = SeanceFactory(
        bilan=bilan, debut=THURSDAY + timedelta(minutes=30), fin=THURSDAY + timedelta(minutes=90)
    )
    assert THURSDAY not in [m.debut for m in free(ana, now)]
    with pytest.raises(Refused):
        book(ana, now)
    seance.etat = "annulee"
    seance.save()
    contact = book(ana, now).contact
    with pytest.raises(Refused) as refused:
        plan_seance(
            bilan=bilan,
            phase=Phase.PRELIMINAIRE,
            nature=Nature.ACCOMPAGNEMENT,
            modalite=Modalite.VISIO,
            debut=THURSDAY,
            fin=THURSDAY + timedelta(hours=1),
            by=ana.personne,
            now=now,
        )
    assert "entretien préalable" in refused.value.obstacles[0].sentence
    later = SeanceFactory(
        bilan=bilan, debut=THURSDAY + timedelta(days=1), fin=THURSDAY + timedelta(days=1, hours=1)
    )
    with pytest.raises(Refused):
        move_seance(seance=later, debut=THURSDAY, fin=THURSDAY + timedelta(hours=1), by=ana.personne, now=now)
    # By the cabinet too, even outside the hours that are offered.
    noted = record_contact(organisme=ana.organisme, canal="telephone", prenom="Zoé", by=ana.personne, now=now)
    with pytest.raises(Refused):
        plan_entretien(
            contact=noted,
            debut=contact.entretien_le + timedelta(minutes=15),
            modalite="telephone",
            consultant=ana.personne,
            by=ana.personne,
            now=now,
        )


def test_moved_by_her_link_the_first_moment_is_free_again(ana, now):
    made = book(ana, now)
    confirm_entretien(contact=made.contact, now=now)
    to = THURSDAY + timedelta(minutes=30)
    # Her own moment does not stand in her way.
    moved = move_entretien(
        contact=made.contact, consultant_id=ana.personne_id, debut=to, modalite=Modalite.VISIO, now=now
    )
    assert (moved.entretien_le, moved.entretien_modalite, moved.entretien_confirme_le) == (to, "visio", None)
    assert THURSDAY + timedelta(hours=1, minutes=30) in [m.debut for m in free(ana, now)]
    assert get_by_link(made.jeton) == moved


def test_cancelled_with_everything_leaves_nothing_and_alone_leaves_the_contact(ana, now):
    made = book(ana, now)
    assert leftovers("maelle@exemple.fr") != []
    cancel_entretien(contact=made.contact, effacer=True, now=now)
    assert leftovers("maelle@exemple.fr") == []
    assert not Contact.objects.exists()
    assert not Echeance.objects.filter(faite_le=None, annulee_le=None).exists()
    with pytest.raises(Http404):
        get_by_link(made.jeton)
    again = book(ana, now)
    cancel_entretien(contact=again.contact, effacer=False, now=now)
    kept = Contact.objects.get()
    assert (kept.entretien_le, kept.entretien_consultant) == (None, None)
    assert THURSDAY in [m.debut for m in free(ana, now)]
    # The link stays: she may choose another moment.
    assert get_by_link(again.jeton) == kept
    assert broken_chains() == []


def test_once_the_hour_has_come_the_link_changes_nothing(ana, now):
    made = book(ana, now)
    for act in (
        lambda at: confirm_entretien(contact=made.contact, now=at),
        lambda at: cancel_entretien(contact=made.contact, effacer=True, now=at),
        lambda at: move_entretien(
            contact=made.contact,
            consultant_id=ana.personne_id,
            debut=THURSDAY + timedelta(days=7),
            modalite=Modalite.TELEPHONE,
            now=at,
        ),
    ):
        with pytest.raises(Refused) as refused:
            act(THURSDAY + timedelta(minutes=1))
        assert refused.value.obstacles[0].code == "passe"


def test_mails_are_neutral_lead_to_her_page_and_never_hold_its_secret(ana, now):
    made = book(ana, now)
    assert made.jeton not in str(Envoi.objects.values_list("donnees", flat=True))
    assert made.jeton == link_token(made.contact.pk)
    send_due(now)
    hers = next(m for m in mail.outbox if m.to == ["maelle@exemple.fr"])
    assert f"/rendez-vous/{made.jeton}/" in hers.body
    assert "jeudi 5 mars 2026 à 18 h" in hers.body.replace("\u00a0", " ")
    for sent in mail.outbox:
        for word in ("bilan", "compétence", "aubépine", WORD.lower()):
            assert word not in (sent.subject + sent.body).lower()


def test_the_day_before_she_is_reminded_once_and_not_after_a_move(ana, now):
    made = book(ana, now)
    move_entretien(
        contact=made.contact,
        consultant_id=ana.personne_id,
        debut=THURSDAY + timedelta(days=7),
        modalite=Modalite.TELEPHONE,
        now=now,
    )
    assert run_due(THURSDAY).faites == []
    done = run_due(THURSDAY + timedelta(days=6))
    assert [one["nom"] for one in done.faites] == ["entretien_rappel"]
    assert Envoi.objects.filter(genre="rendez_vous_rappel").count() == 1


def test_the_cabinet_withdraws_and_the_person_may_choose_again(ana, now):
    made = book(ana, now)
    with pytest.raises(PermissionDenied):
        withdraw_entretien(contact=made.contact, by=MembreFactory().personne, now=now)
    withdraw_entretien(contact=made.contact, by=ana.personne, now=now)
    assert Envoi.objects.filter(genre="rendez_vous_annule").exists()
    again = move_entretien(
        contact=get_by_link(made.jeton),
        consultant_id=ana.personne_id,
        debut=THURSDAY,
        modalite=Modalite.TELEPHONE,
        now=now,
    )
    assert again.entretien_le == THURSDAY


@pytest.mark.parametrize("issue", ["autre_professionnel", "sans_suite"])
def test_when_it_ends_there_nothing_is_kept_by_name(ana, now, issue):
    made = book(ana, now)
    assert leftovers("Aubépine") != []
    after = THURSDAY + timedelta(hours=1)
    assert [c.pk for c in list_entretiens(ana.personne, ana.organisme, after).a_conclure] == [made.contact.pk]
    hold_entretien(contact=made.contact, issue=issue, by=ana.personne, now=after)
    assert leftovers("Aubépine") == []
    assert leftovers("maelle@exemple.fr") == []


def test_when_it_goes_on_the_link_is_closed(ana, now):
    made = book(ana, now)
    hold_entretien(contact=made.contact, issue="suite", by=ana.personne, now=THURSDAY + timedelta(hours=1))
    with pytest.raises(Http404):
        get_by_link(made.jeton)


def test_limits_per_day_count_the_interviews_of_that_day(now):
    one = opened(MembreFactory(), par_jour=1)
    book(one, now)
    assert not [m for m in free(one, now) if m.debut.date() == THURSDAY.date()]


def test_what_is_taken_is_told_as_times_only(ana, now):
    from jalon.access.disponibilite import occupations

    book(ana, now)
    found = occupations([ana.personne_id], THURSDAY, THURSDAY + timedelta(hours=1))
    assert found == {ana.personne_id: [Intervalle(THURSDAY, THURSDAY + timedelta(minutes=45))]}


def test_the_consultant_learns_what_the_person_did_to_her_agenda_and_not_who_did_it(ana, now):
    told = lambda: [  # noqa: E731
        (e.personne, e.donnees["mouvement"])
        for e in Envoi.objects.filter(genre="agenda_change").order_by("cree_le")
    ]
    contact = book(ana, now).contact
    assert told() == [(ana.personne, "pris")]
    later = THURSDAY + timedelta(minutes=30)
    move_entretien(
        contact=contact,
        consultant_id=ana.personne_id,
        debut=later,
        modalite=Modalite.TELEPHONE,
        now=now + timedelta(minutes=1),
    )
    cancel_entretien(contact=contact, effacer=True, now=now + timedelta(minutes=2))
    assert [m for _, m in told()] == ["pris", "deplace", "annule"]
    send_due(now + timedelta(minutes=3))
    texts = [m.subject + m.body for m in mail.outbox if m.to == [ana.personne.email]]
    assert len(texts) == 3
    assert "jeudi 5\u00a0mars\u00a02026" in texts[0]
    assert not any("Aubépine" in t or "maelle" in t or WORD in t for t in texts)
