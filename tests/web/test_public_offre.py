"""The page of an offer: published whole and honest, refused otherwise with what is typed kept; gone when something is lost."""

from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.factories import LieuFactory, MembreFactory, OrganismeFactory, ParcoursFactory
from tests.web.espaces import queries_of, sign_in, text_of

from jalon.domain.offre_publique import TEXTES
from jalon.records.models import OffrePublique, Organisme, ResultatPublie

pytestmark = pytest.mark.django_db
PHRASE = "Une phrase simple et vraie."


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def parcours():
    organisme = OrganismeFactory(
        telephone="02 40 00 00 00", referent_handicap="Ana Exemple", mediateur="Médiation du Port"
    )
    LieuFactory(organisme=organisme)
    MembreFactory(organisme=organisme, presentation="Vingt ans de métier.")
    return ParcoursFactory(organisme=organisme, intitule="Bilan de compétences en dix semaines", prix=1850)


@pytest.fixture
def chef(parcours):
    return sign_in(MembreFactory(organisme=parcours.organisme, role="responsable").personne)


def typed(**changes):
    return {
        **dict.fromkeys(TEXTES, PHRASE),
        "modalites": ["presentiel", "visio"],
        "financements": ["cpf_hors_temps", "personnel"],
        "delai_jours": "12",
        "sans_resultat": "on",
        "geste": "publier",
    } | changes


def send(chef, parcours, **changes):
    return chef.post(reverse("organisme_page_offre", args=[parcours.pk]), typed(**changes))


def public(client, parcours):
    address = OffrePublique.objects.get(parcours=parcours).adresse
    return client.get(reverse("public_offre", args=[address]))


def test_a_published_offer_says_all_that_must_be_known_before_buying(chef, client, parcours):
    assert send(chef, parcours).status_code == 302
    answer = public(client, parcours)
    text = unescape(text_of(answer))
    for said in (
        "Bilan de compétences en dix semaines",
        "24 h",
        "16 h d’entretiens",
        "1 850 €",
        "Phase d’investigation",
        "12 jours ouvrés",
        # The rest to pay, computed from the price and the law of the day.
        "une participation de 150 €",
        "vos droits paient jusqu’à 1 600 €",
        "il reste 100 €",
        "11 jours ouvrés",
        "De plain-pied",
        "Ana Exemple",
        "Médiation du Port",
        "Vingt ans de métier.",
        "Nous n’avons pas encore de résultats à publier",
        "Cet enregistrement ne vaut pas agrément de l'Etat.",
        "Page mise à jour le",
    ):
        assert said in text, said
    assert answer.headers["X-Robots-Tag"] == "all"
    assert "1 850 €" in unescape(text_of(client.get("/")))


def test_search_engines_find_it_and_the_tab_stays_neutral_unless_the_cabinet_chose(chef, client, parcours):
    send(chef, parcours)
    raw = public(client, parcours).content.decode()
    title = raw.split("<title>")[1].split("</title>")[0]
    assert "bilan" not in title.lower()
    assert "Cap &amp; Jalons" in title
    assert f'<meta name="description" content="{PHRASE}">' in raw
    assert 'itemtype="https://schema.org/Service"' in raw
    assert '<meta itemprop="price" content="1850.00">' in raw
    assert "index, follow" in raw
    assert "<script>" not in raw
    assert "bilan" not in OffrePublique.objects.get().adresse
    send(chef, parcours, titre_explicite="on", geste="enregistrer")
    raw = public(client, parcours).content.decode()
    assert "Bilan de compétences en dix semaines" in raw.split("<title>")[1].split("</title>")[0]


@pytest.mark.parametrize(
    ("champ", "texte", "article"),
    [
        ("accroche", "Un bilan 100 % CPF", "L. 6323-7"),
        ("objectifs", "Un bilan gratuit pour tous", "L. 6352-13"),
        ("methodes", "Centre agréé par l’État", "L. 6352-12"),
        ("deroulement", "Résultat garanti", "L. 6352-13"),
        ("evaluation", "98 % de satisfaction", "indicateur 2"),
    ],
)
def test_a_misleading_word_refuses_beside_its_field_and_what_was_typed_is_kept(
    chef, client, parcours, champ, texte, article
):
    answer = send(chef, parcours, **{champ: texte})
    assert answer.status_code == 422
    text = unescape(answer.content.decode())
    assert texte in text
    assert f'id="id_{champ}_erreur"' in text
    assert article in text.split(f'id="id_{champ}_erreur"')[1].split("</p>")[0].replace("\u00a0", " ")
    # Kept as a draft too, and shown to nobody.
    assert getattr(OffrePublique.objects.get(), champ) == texte
    assert public(client, parcours).status_code == 404


def test_what_is_missing_is_told_all_at_once_and_a_draft_needs_nothing(chef, client, parcours):
    empty = dict.fromkeys(TEXTES, "") | {
        "modalites": [],
        "financements": [],
        "delai_jours": "",
        "sans_resultat": "",
    }
    assert send(chef, parcours, **empty, geste="enregistrer").status_code == 302
    answer = send(chef, parcours, **empty)
    assert answer.status_code == 422
    text = unescape(answer.content.decode())
    for said in (
        "les objectifs",
        "les prérequis",
        "au moins une façon de se voir",
        "au moins une façon de payer",
    ):
        assert said in text
    assert public(client, parcours).status_code == 404


def test_a_published_page_refuses_to_become_misleading_and_stays_as_it_was(chef, client, parcours):
    send(chef, parcours)
    answer = send(chef, parcours, objectifs="Un bilan gratuit", geste="enregistrer")
    assert answer.status_code == 422
    assert "Un bilan gratuit" in unescape(answer.content.decode())
    assert PHRASE in unescape(text_of(public(client, parcours)))
    assert "Un bilan gratuit" not in unescape(text_of(public(client, parcours)))


def test_taken_back_it_is_gone_at_once_and_its_texts_stay(chef, client, parcours):
    send(chef, parcours)
    chef.post(reverse("organisme_page_offre", args=[parcours.pk]), {"geste": "retirer"})
    assert public(client, parcours).status_code == 404
    assert OffrePublique.objects.get().objectifs == PHRASE


@pytest.mark.parametrize(
    "lost",
    [
        {"mediateur": ""},
        {"telephone": "", "courriel": ""},
        {"qualiopi_bilans": False},
    ],
)
def test_what_the_cabinet_loses_elsewhere_takes_the_page_away_by_itself(chef, client, parcours, lost):
    send(chef, parcours)
    assert public(client, parcours).status_code == 200
    Organisme.objects.update(**lost)
    assert public(client, parcours).status_code == 404
    assert "1 850" not in text_of(client.get("/"))
    page = text_of(chef.get(reverse("organisme_page_offre", args=[parcours.pk])))
    assert "Retirée d’elle-même" in unescape(page)


def test_only_the_author_looks_before_it_is_published(chef, client, parcours):
    send(chef, parcours, objectifs="", geste="enregistrer")
    address = reverse("organisme_offre_apercu", args=[parcours.pk])
    seen = chef.get(address)
    assert "Aperçu" in seen.content.decode()
    assert "noindex" in seen.content.decode()
    other = sign_in(MembreFactory(organisme=parcours.organisme, role="assistant").personne)
    assert other.get(address).status_code == 404
    assert sign_in(MembreFactory(role="responsable").personne).get(address).status_code == 404


def test_a_result_is_published_with_its_number_and_refused_without(chef, client, parcours):
    send(chef, parcours)
    good = {
        "genre": "satisfaction",
        "effectif": "41",
        "reponses": "34",
        "favorables": "31",
        "du": "2025-01-01",
        "au": "2025-12-31",
        "methode": "Question posée à la fin.",
    }
    for wrong in ({"methode": ""}, {"reponses": "3", "favorables": "3"}, {"favorables": "35"}):
        answer = chef.post(reverse("organisme_resultat_noter"), good | wrong)
        assert answer.status_code == 422
        assert "Question posée" in answer.content.decode() or "methode" in wrong
    assert not ResultatPublie.objects.exists()
    assert chef.post(reverse("organisme_resultat_noter"), good).status_code == 302
    text = unescape(text_of(public(client, parcours)))
    assert "91 %" in text
    assert "31 sur 34 réponses, pour 41 personnes interrogées" in text
    found = ResultatPublie.objects.get()
    chef.post(reverse("organisme_resultat_retirer", args=[found.pk]))
    assert "91 %" not in unescape(text_of(public(client, parcours)))


def test_outside_the_frame_no_fund_is_proposed_nor_accepted(chef, parcours):
    outside = ParcoursFactory(
        organisme=parcours.organisme, type_action="hors_cadre", intitule="Bilan professionnel d’orientation"
    )
    page = chef.get(reverse("organisme_page_offre", args=[outside.pk])).content.decode()
    assert "cpf_hors_temps" not in page
    assert send(chef, outside).status_code == 422
    assert send(chef, outside, financements=["personnel"]).status_code == 302


def test_the_home_costs_the_same_for_one_offer_as_for_five(chef, client, parcours):
    send(chef, parcours)
    one = queries_of(client, "/")
    for rank in range(4):
        send(
            chef,
            ParcoursFactory(organisme=parcours.organisme, intitule=f"Bilan de compétences {rank}", prix=1500),
        )
    assert OffrePublique.objects.filter(publiee_le__isnull=False).count() == 5
    assert queries_of(client, "/") == one


ORIENTATION = "public_orientation"


def test_the_self_test_leads_elsewhere_kindly_and_keeps_nothing(client, parcours):
    from django.contrib.sessions.models import Session

    first = unescape(text_of(client.get(reverse(ORIENTATION))))
    assert "Ce qu’un bilan n’est pas" in first
    answer = client.post(reverse(ORIENTATION), {"motifs": ["comprendre"], "moment": ["epuise"]})
    text = unescape(text_of(answer))
    assert "Prenez d’abord soin de vous" in text
    assert "3114" in text
    assert "jalon_session" not in answer.cookies
    assert not Session.objects.exists()
    assert "Oui, c’est bien" in unescape(text_of(client.post(reverse(ORIENTATION), {"motifs": ["idees"]})))
    assert "VAE" in text_of(client.post(reverse(ORIENTATION), {"besoins": ["diplome"]}))
    assert "Parlons-en" in unescape(text_of(client.post(reverse(ORIENTATION), {"motifs": ["inconnu"]})))
