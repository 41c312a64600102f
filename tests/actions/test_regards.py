"""The looks of others: hers alone to ask for, read by nobody one by one, mixed once, destroyed with everything that named somebody."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.actions.regards import answer, invite, own_sheet, proposed, sheet
from tests.factories import AccesEmployeurFactory, BilanFactory, MembreFactory
from tests.fouille import leftovers

from jalon.access.coffre import coffre
from jalon.access.pieces import list_pieces, open_for_action, read_piece
from jalon.access.regards import read_regards
from jalon.access.repondant import read_link
from jalon.actions import destruction, repondant
from jalon.actions import regards as acts
from jalon.actions.courrier import send_due
from jalon.actions.echeance import run_due
from jalon.actions.regards_lien import token
from jalon.domain.obstacle import Refused
from jalon.records.models import Envoi, Evenement, Piece, Regards, Repondant
from jalon.vault import PieceInvalide, piece_key
from jalon.vault.pieces import CelluleRegards, MotsRegards, RegardsMeles

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan(now):
    return proposed(BilanFactory(en_investigation=True), now)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What runs after the commit: keys are destroyed only then."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def closed(bilan, now, committed, *who):
    rows = invite(bilan, now, *who)
    for row in rows:
        answer(row, now)
    own_sheet(bilan, now)
    with committed():
        acts.close_regards(bilan=bilan, by=bilan.beneficiaire, now=now)
    return rows


def test_only_the_person_invites_and_nobody_of_the_cabinet_learns_a_name(bilan, now):
    assistant = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    for somebody in (bilan.consultant, assistant):
        with pytest.raises(PermissionDenied):
            acts.invite_repondant(
                bilan=bilan, nom="Karim", groupe="pairs", adresse="k@exemple.fr", by=somebody, now=now
            )
    invite(bilan, now)
    assert len(read_regards(bilan.beneficiaire, bilan, now=now).invites) == 5
    seen = read_regards(bilan.consultant, bilan, now=now)
    assert (seen.invites, seen.cadre) == ((), None)
    for somebody in (bilan.consultant, assistant):
        assert not {p.nature for p in list_pieces(somebody, bilan)} & {
            "invite",
            "adresse",
            "regard",
            "regards_cadre",
        }


def test_no_name_no_address_and_no_answer_stands_anywhere_in_clear(bilan, now):
    rows = invite(bilan, now)
    answer(rows[0], now, {**sheet("a"), "force": "XMARQUEX"})
    assert leftovers("XNOM0X") == leftovers("xadresse0x") == leftovers("XMARQUEX") == []


def test_the_mail_leaves_for_the_sealed_address_and_says_nothing_of_the_bilan(bilan, now):
    (row,) = invite(bilan, now, ("pairs", 1))
    assert Envoi.objects.get(genre="regard_demande").adresse == ""
    send_due(now)
    sent = [m for m in mail.outbox if m.to == ["xadresse0x@exemple.fr"]]
    assert len(sent) == 1
    assert sent[0].subject == "Une question de Nadia Kessel"
    assert f"/regard/{token(row.pk)}/" in sent[0].body
    assert "bilan" not in (sent[0].subject + sent[0].body + sent[0].from_email).lower()
    assert Envoi.objects.get(genre="regard_demande").donnees == {}
    assert leftovers("xadresse0x") == []


def test_the_same_address_her_own_the_employer_and_the_cabinet_are_refused(now):
    bilan = proposed(BilanFactory(en_investigation=True, financement="plan", employeur_nom="Dupont SA"), now)
    AccesEmployeurFactory(bilan=bilan, courriel="rh@dupont.example")
    invite(bilan, now, ("pairs", 1))
    for address in (
        "XADRESSE0X@exemple.fr",
        bilan.beneficiaire.email,
        "rh@dupont.example",
        bilan.consultant.email,
        "pas-une-adresse",
    ):
        with pytest.raises(Refused) as refused:
            acts.invite_repondant(
                bilan=bilan, nom="X", groupe="pairs", adresse=address, by=bilan.beneficiaire, now=now
            )
        assert refused.value.obstacles[0].field == "adresse"
    assert Repondant.objects.count() == 1


def test_nobody_opens_one_answer_whatever_the_role(bilan, now):
    (row,) = invite(bilan, now, ("pairs", 1))
    answer(row, now)
    piece = Piece.objects.get(nature="regard")
    assert read_link(token(row.pk), now=now).reponses
    for somebody in (bilan.beneficiaire, bilan.consultant):
        assert read_piece(somebody, bilan, "regard", piece.reference, now=now) is None
    with pytest.raises(PermissionDenied):
        open_for_action(piece)


def test_below_three_answers_nothing_is_mixed_and_the_data_itself_refuses(bilan, now):
    own_sheet(bilan, now)
    for row in invite(bilan, now, ("pairs", 2)):
        answer(row, now)
    with pytest.raises(Refused) as refused:
        acts.close_regards(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].code == "seuil"
    with pytest.raises(IntegrityError), transaction.atomic():
        Regards.objects.update(clos_le=now, reponses=2)
    with pytest.raises(PieceInvalide):
        RegardsMeles(instrument="x", version_instrument="1", reponses=2)
    with pytest.raises(PieceInvalide):
        CelluleRegards("pairs", "Collègues", 2)
    with pytest.raises(PieceInvalide):
        MotsRegards("Pourquoi ?", ("un", "deux"))


def test_she_answers_for_herself_before_she_closes(bilan, now):
    for row in invite(bilan, now, ("pairs", 3)):
        answer(row, now)
    with pytest.raises(Refused) as refused:
        acts.close_regards(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert [o.code for o in refused.value.obstacles] == ["soi"]


def test_closing_mixes_once_and_destroys_whatever_was_separate(bilan, now, committed):
    rows = closed(bilan, now, committed, ("pairs", 3), ("proches", 1))
    mixed = open_for_action(Piece.objects.get(nature="regards"))
    # One person among «proches» is read with the three others: no «pairs» beside an «all» of four.
    assert [(c.code, c.n) for c in mixed.cellules] == [("pairs+proches", 4)]
    assert all([v.cellule for v in e.vues] == ["pairs+proches"] and e.soi == 3 for e in mixed.echelles)
    force = next(m for m in mixed.mots if m.question.startswith("Pour quoi"))
    assert sorted(force.textes) == sorted(f"Mot force {row.pk}" for row in rows)
    assert not Piece.objects.filter(nature__in=["regard", "adresse", "invite"]).exists()
    assert not Repondant.objects.exists()
    assert not any(coffre().has_key(piece_key(row.pk)) for row in rows)
    assert read_link(token(rows[0].pk), now=now) is None
    with pytest.raises(Refused):
        acts.close_regards(bilan=bilan, by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused):
        answer(rows[0], now)


def test_sentences_come_in_another_order_for_each_question(bilan, now, committed, monkeypatch):
    drawn = []

    class Reverse:
        def shuffle(self, texts):
            drawn.append(list(texts))
            texts.reverse()

    monkeypatch.setattr("jalon.access.regards.secrets.SystemRandom", Reverse)
    closed(bilan, now, committed, ("pairs", 4))
    mixed = open_for_action(Piece.objects.get(nature="regards"))
    assert len(drawn) == 3
    assert [list(m.textes) for m in mixed.mots] == [list(reversed(texts)) for texts in drawn]


def test_the_consultant_explains_it_before_she_reads_it(bilan, now, committed):
    closed(bilan, now, committed)
    assert read_piece(bilan.beneficiaire, bilan, "regards", now=now) is None
    assert read_piece(bilan.consultant, bilan, "regards", now=now) is not None
    with pytest.raises(PermissionDenied):
        acts.restitute_regards(bilan=bilan, by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused):
        acts.comment_regards(bilan=bilan, commentaire="…", by=bilan.beneficiaire, now=now)
    acts.restitute_regards(bilan=bilan, by=bilan.consultant, now=now)
    assert read_piece(bilan.beneficiaire, bilan, "regards", now=now).contenu.restitue_le == "2026-03-03"
    acts.comment_regards(bilan=bilan, commentaire="Je m’y retrouve", by=bilan.beneficiaire, now=now)
    assert read_piece(bilan.beneficiaire, bilan, "regards", now=now).contenu.commentaire_personne


def test_whoever_withdraws_is_destroyed_at_once_and_the_person_is_not_told_who(bilan, now, committed):
    rows = invite(bilan, now)
    for row in rows:
        answer(row, now)
    before = read_regards(bilan.beneficiaire, bilan, now=now)
    assert coffre().has_key(piece_key(rows[0].pk))
    with committed():
        repondant.withdraw_regard(jeton=token(rows[0].pk), now=now)
    assert not coffre().has_key(piece_key(rows[0].pk))
    assert not Piece.objects.filter(nature__in=["regard", "adresse"], reference=str(rows[0].pk)).exists()
    after = read_regards(bilan.beneficiaire, bilan, now=now)
    assert (before.reponses, after.reponses) == (5, 4)
    assert [i.nom for i in after.invites] == [i.nom for i in before.invites]
    assert read_link(token(rows[0].pk), now=now).retire
    with pytest.raises(Refused):
        answer(rows[0], now)
    # Asked again, she would be written to after all: refused, without a word on why.
    with pytest.raises(Refused) as refused:
        acts.invite_repondant(
            bilan=bilan,
            nom="X",
            groupe="pairs",
            adresse="xadresse0x@exemple.fr",
            by=bilan.beneficiaire,
            now=now,
        )
    assert refused.value.obstacles[0].code == "deja"


def test_answers_may_be_changed_until_the_last_day_and_withdrawn_after_it(bilan, now):
    (row,) = invite(bilan, now, ("pairs", 1))
    answer(row, now, {"organiser1": 2})
    answer(row, now, {"organiser1": 5})
    assert read_link(token(row.pk), now=now).reponses == {"organiser1": 5}
    assert Piece.objects.filter(nature="regard").count() == 1
    later = now + timedelta(days=18)
    assert not read_link(token(row.pk), now=later).ouvert
    with pytest.raises(Refused):
        answer(row, later, {"organiser1": 1})
    repondant.withdraw_regard(jeton=token(row.pk), now=later)
    assert not Piece.objects.filter(nature="regard").exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "vide"),
        ({"organiser1": 9}, "reponse"),
        ({"zz": 1}, "question"),
        ({"force": "x" * 2_001}, "long"),
    ],
)
def test_a_sheet_that_says_nothing_or_too_much_is_refused_and_nothing_is_kept(bilan, now, said, code):
    (row,) = invite(bilan, now, ("pairs", 1))
    with pytest.raises(Refused) as refused:
        repondant.answer_regard(jeton=token(row.pk), reponses=said, now=now)
    assert refused.value.obstacles[0].code == code
    assert not Piece.objects.filter(nature="regard").exists()


def test_a_forged_link_opens_nothing(bilan, now):
    invite(bilan, now, ("pairs", 1))
    assert read_link("0" * 64, now=now) is None
    with pytest.raises(Refused):
        repondant.answer_regard(jeton="0" * 64, reponses=sheet("x"), now=now)
    with pytest.raises(Refused):
        repondant.withdraw_regard(jeton="0" * 64, now=now)


def test_reminders_are_few_spaced_and_only_for_those_who_have_not_answered(bilan, now):
    rows = invite(bilan, now, ("pairs", 3))
    answer(rows[0], now)
    with pytest.raises(Refused) as early:
        acts.remind_repondants(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert early.value.obstacles[0].code == "trop_tot"
    for days in (3, 6):
        acts.remind_repondants(bilan=bilan, by=bilan.beneficiaire, now=now + timedelta(days=days))
    sent = Envoi.objects.filter(genre="regard_rappel")
    assert {e.donnees["repondant"] for e in sent} == {str(r.pk) for r in rows[1:]}
    assert sent.count() == 4
    with pytest.raises(Refused) as enough:
        acts.remind_repondants(bilan=bilan, by=bilan.beneficiaire, now=now + timedelta(days=9))
    assert enough.value.obstacles[0].code == "rappels"


def test_an_invitation_taken_back_loses_its_mail_its_key_and_its_answer(bilan, now, committed):
    rows = invite(bilan, now, ("pairs", 2))
    answer(rows[0], now)
    with committed():
        acts.forget_repondant(bilan=bilan, repondant_id=rows[0].pk, by=bilan.beneficiaire, now=now)
    assert not coffre().has_key(piece_key(rows[0].pk))
    assert {e.donnees["repondant"] for e in Envoi.objects.filter(genre="regard_demande")} == {str(rows[1].pk)}
    assert read_link(token(rows[0].pk), now=now) is None


def test_giving_up_destroys_everything_and_it_can_be_proposed_again(bilan, now, committed):
    rows = invite(bilan, now)
    answer(rows[0], now)
    with committed():
        acts.abandon_regards(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert not Regards.objects.exists()
    assert not Piece.objects.filter(nature__in=["regard", "adresse", "invite", "regards_cadre"]).exists()
    assert not any(coffre().has_key(piece_key(row.pk)) for row in rows)
    acts.propose_regards(bilan=bilan, by=bilan.consultant, now=now)


def test_the_end_of_the_bilan_leaves_no_row_no_key_no_mail_and_no_link(now, committed):
    bilan = proposed(BilanFactory(en_conclusions=True), now)
    rows = invite(bilan, now)
    answer(rows[0], now)
    bilan.etat, bilan.termine_le = "termine", now
    bilan.save()
    assert not read_link(token(rows[0].pk), now=now).ouvert
    with committed():
        destruction.destroy_documents(bilan=bilan, by=bilan.consultant, now=now)
    assert not Regards.objects.exists()
    assert not Repondant.objects.exists()
    assert not Piece.objects.filter(nature__in=["regard", "adresse", "invite", "regards_cadre"]).exists()
    assert not any(coffre().has_key(piece_key(row.pk)) for row in rows)
    assert not Envoi.objects.filter(genre__startswith="regard_").exists()
    assert read_link(token(rows[0].pk), now=now) is None


def test_the_journal_counts_and_names_nobody(bilan, now):
    (row,) = invite(bilan, now, ("pairs", 1))
    answer(row, now)
    event = Evenement.objects.get(nom="repondant.repondu")
    assert (event.par, event.faits) == (None, {})
    assert str(row.pk) not in str(list(Evenement.objects.values_list("faits", flat=True)))


def test_the_last_day_is_told_to_the_person_by_a_mail_that_says_nothing(bilan, now):
    invite(bilan, now, ("pairs", 1))
    Envoi.objects.all().delete()
    run_due(now + timedelta(days=19))
    assert [(e.genre, e.personne) for e in Envoi.objects.all()] == [("dossier_a_lire", bilan.beneficiaire)]
