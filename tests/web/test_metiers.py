"""Occupations inside a bilan: searched, read, compared, proposed with reasons, kept, dropped, planned. Nothing of it in an address."""

import re

import pytest
from django.urls import reverse
from tests.actions.portefeuille import competence, experience
from tests.factories import MembreFactory
from tests.metiers.archives import rncp_files, rome_files, write_zip
from tests.web.ecrits import situation, strangers
from tests.web.espaces import queries_of, sign_in, text_of

from jalon.access.metiers import referentiel
from jalon.actions.piste import pin_piste
from jalon.metiers import import_rncp, import_rome
from jalon.records.models import Acces, Piece
from jalon.web.metiers.repere import code_of, repere
from jalon.web.metiers.resultats import chercher

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return situation(en_investigation=True)


def search(s, **fields):
    return s.personne.post(s.a("beneficiaire_metiers"), fields, follow=True)


def test_a_search_is_sent_and_found_again_and_never_written_in_an_address(s):
    answer = search(s, texte="infirmere de nuit")
    assert "Infirmier" in text_of(answer)
    # Back to a plain address, which still shows what was looked for; for its author only.
    assert answer.redirect_chain == [(s.a("beneficiaire_metiers"), 302)]
    assert 'value="infirmere de nuit"' in s.personne.get(s.a("beneficiaire_metiers")).content.decode()
    assert 'value="infirmere' not in s.consultant.get(s.a("consultant_metiers")).content.decode()
    for address in re.findall(r'href="([^"]+)"', answer.content.decode()):
        assert "J1506" not in address
        assert "infirm" not in address.lower()
        assert "texte=" not in address
    assert "infirmere" not in str(list(Piece.objects.values("nature", "reference")))


def test_as_one_types_only_the_results_come_back(s):
    answer = s.personne.post(s.a("beneficiaire_metiers"), {"texte": "soud"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Soudeur" in text_of(answer)


def test_one_searches_by_skill_domain_interest_and_tag(s):
    found = search(s, texte="tailler des arbres")
    skill = re.search(r'value="competence:([^"]+)"', found.content.decode()).group(1)
    by_skill = s.personne.post(
        s.a("beneficiaire_metiers"), {"geste": f"competence:{skill}", "texte": "x"}, follow=True
    )
    assert "Qui demandent :" in text_of(by_skill)
    assert "espaces verts" in text_of(by_skill)
    by_domain = text_of(search(s, domaine="J", interets=["S"]))
    assert "Infirmier" in by_domain
    assert "Comptable" not in by_domain
    assert "Pêche en mer" not in by_domain
    regulated = text_of(search(s, etiquettes=["reglemente"]))
    assert "Marin-pêcheur" in regulated
    assert "Céramiste" not in regulated
    refused = s.personne.post(s.a("beneficiaire_metiers"), {"interets": ["R", "I", "A"]})
    assert refused.status_code == 422
    assert "deux intérêts au plus" in text_of(refused)
    nothing = text_of(search(s, texte="zzzzqqqq"))
    assert "Aucun métier ne répond" in nothing
    assert "s’afficheront ici" in text_of(search(s, geste="recommencer", texte="x"))
    unknown = text_of(search(s, texte="D1107"))
    assert "Ce code n’existe pas ici" in unknown
    assert "D1106" in unknown


def test_the_same_skills_under_the_other_gender_give_the_same_list(s):
    def rows(text):
        from jalon.web.metiers.criteres import Criteres
        from jalon.web.metiers.liens import LiensLibres

        index = referentiel()
        return [t.code for t in chercher(Criteres({"texte": text}, index), index, LiensLibres())["trouves"]]

    assert rows("conductrice de bus") == rows("conducteur de bus") != []


def test_a_fiche_is_read_under_a_mark_that_means_nothing_elsewhere(s):
    mark = repere(s.bilan, "J1501")
    text = text_of(s.personne.get(s.a("beneficiaire_metier_fiche", mark)))
    for word in (
        "Ce que l’on y fait",
        "Cœur du métier",
        "Mobilités officielles",
        "Y accéder",
        "Jeu de départ",
    ):
        assert word in text
    other = situation(en_investigation=True)
    assert other.personne.get(other.a("beneficiaire_metier_fiche", mark)).status_code == 404
    assert s.personne.get(s.a("beneficiaire_metier_fiche", "J1501")).status_code == 404
    assert code_of(s.bilan, mark, referentiel()) == "J1501"
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_metier_fiche", mark)).status_code == 404


def test_two_or_three_occupations_stand_side_by_side(s):
    marks = [repere(s.bilan, code) for code in ("J1501", "J1506", "K1302", "K1304")]
    page = s.a("consultant_metier_comparer")
    text = text_of(s.consultant.get(page, {"f": marks[:3]}))
    assert "Ce que tous demandent" in text
    assert text.count("Demandé ici seulement") == 3
    for count in (0, 1, 4):
        assert "Deux ou trois métiers" in text_of(s.consultant.get(page, {"f": marks[:count]}))


def test_proposals_are_few_explained_and_official_ones_come_first(s, now):
    experience(s.bilan, now, "Aide-soignante", code="J1501")
    competence(s.bilan, now, "Écouter", ogr="depart-ecoute")
    page = s.consultant.get(s.a("consultant_propositions"))
    html, text = page.content.decode(), text_of(page)
    assert html.count('<li class="proposition') <= 10
    assert html.index("proposition--officielle") < html.index("Et aussi, par les compétences")
    assert "Mobilité officielle depuis" in text
    assert "Déjà là" in text
    assert "Ce qui manque" in text
    assert "supposée par un métier exercé" in text
    assert "%" not in re.sub(r"<[^>]+>", "", html.split('id="contenu"')[1])
    assert Acces.objects.filter(nature="experience").exists()


def test_the_list_is_narrowed_without_changing_its_order_and_kept_for_the_next_visit(s, now):
    experience(s.bilan, now, "Aide-soignante", code="J1501")
    page = s.a("beneficiaire_propositions")

    def titles(answer):
        return re.findall(r'<h3 id="[op]-\d+"><a href="[^"]+">([^<]+)', answer.content.decode())

    before = titles(s.personne.get(page))
    night = next(c.code_ogr for c in referentiel().contextes() if c.libelle == "Travail le week-end")
    after = titles(s.personne.post(page, {"refuses": [night], "distance": "changer"}, follow=True))
    assert after
    assert "Infirmier / Infirmière en soins généraux (IDE)" in before
    assert "Infirmier / Infirmière en soins généraux (IDE)" not in after
    assert titles(s.personne.get(page)) == after
    with_interests = s.personne.post(page, {"interets": ["S"]}, follow=True)
    assert titles(with_interests) == before
    assert "des vôtres" in text_of(with_interests)
    assert "n’est pas validé" in text_of(with_interests)
    assert titles(s.personne.post(page, {"geste": "tout"}, follow=True)) == before


def test_without_a_portfolio_the_page_says_what_to_write(s):
    assert "au moins une expérience" in text_of(s.personne.get(s.a("beneficiaire_propositions")))


def test_a_track_is_kept_dropped_with_a_reason_and_taken_up_again(s, now):
    experience(s.bilan, now, "Aide-soignante", code="J1501")
    mark = repere(s.bilan, "K1302")
    answer = s.personne.post(s.a("beneficiaire_piste_garder"), {"marque": mark}, follow=True)
    assert "La piste est gardée" in text_of(answer)
    silent = s.consultant.post(s.a("consultant_piste_ecarter"), {"m": mark, "raison": " "})
    assert silent.status_code == 422
    assert "pourquoi cette piste est écartée" in text_of(silent)
    s.consultant.post(s.a("consultant_piste_ecarter"), {"m": mark, "raison": "Les trajets"})
    text = text_of(s.personne.get(s.a("beneficiaire_pistes")))
    assert "Les trajets" in text
    label = referentiel().fiche("K1302").libelle
    proposals = s.personne.get(s.a("beneficiaire_propositions")).content.decode()
    assert f">{label}</a></h3>" not in proposals
    reference = Piece.objects.get(nature="piste").reference
    s.personne.post(s.a("beneficiaire_piste_reprendre", reference))
    assert "Gardées" in text_of(s.personne.get(s.a("beneficiaire_pistes")))
    assert s.consultant.post(s.a("consultant_piste_effacer", reference)).status_code == 404
    assert s.personne.post(s.a("beneficiaire_piste_effacer", reference)).status_code == 302
    assert not Piece.objects.filter(nature="piste").exists()
    for wrong in ("zzz", "K1302"):
        assert s.personne.post(s.a("beneficiaire_piste_garder"), {"marque": wrong}).status_code == 404


def test_a_plan_says_how_each_gap_closes_and_two_writers_read_both_texts(s, now):
    experience(s.bilan, now, "Aide-soignante", code="J1501")
    reference = pin_piste(bilan=s.bilan, code="J1506", by=s.bilan.beneficiaire, now=now).reference
    chosen = s.personne.post(
        s.a("beneficiaire_piste_choisir", reference), {"nature": "principal"}, follow=True
    )
    assert "Voyez maintenant ce qui manque" in text_of(chosen)
    html = chosen.content.decode()
    assert html.index("lacune--coeur") < html.index('class="lacune"')
    assert "n’est pas importé" in text_of(chosen)
    page = s.a("consultant_piste_ecart", reference)
    fields = {"moyen_0": "formation", "note_0": "IFSI d’Angers, rentrée de février", "revision": "0"}
    assert s.consultant.post(page, fields).status_code == 302
    projet = Piece.objects.get(nature="projet").reference
    assert "IFSI d’Angers" in text_of(s.personne.get(s.a("beneficiaire_projet_modifier", projet)))
    late = s.personne.post(
        s.a("beneficiaire_piste_ecart", reference), {"moyen_0": "vae", "note_0": "XTARDX", "revision": "0"}
    )
    assert late.status_code == 409
    assert "XTARDX" in text_of(late)
    assert "IFSI d’Angers" in text_of(late)


def test_after_the_end_tracks_and_plans_are_still_read_and_nothing_is_offered(s, now):
    reference = pin_piste(bilan=s.bilan, code="J1506", by=s.bilan.beneficiaire, now=now).reference
    s.consultant.post(
        s.a("consultant_piste_ecart", reference),
        {"moyen_0": "terrain", "note_0": "Un stage", "revision": "0"},
    )
    type(s.bilan).objects.filter(pk=s.bilan.pk).update(etat="termine", conclusions_le=now, termine_le=now)
    plan = text_of(s.personne.get(s.a("beneficiaire_piste_ecart", reference)))
    assert "Un stage" in plan
    assert "Noter ce plan" not in plan
    assert "En faire un projet" not in text_of(s.personne.get(s.a("beneficiaire_pistes")))
    found = s.personne.post(s.a("beneficiaire_metiers"), {"texte": "infirmier"})
    assert "Infirmier" in text_of(found)
    assert "Garder cette piste" not in text_of(
        s.personne.get(s.a("beneficiaire_metier_fiche", repere(s.bilan, "J1501")))
    )


def test_a_choice_made_under_another_version_keeps_its_words_and_says_what_changed(
    s, now, tmp_path, monkeypatch
):
    experience(s.bilan, now, "Aide-soignante", code="J1501")
    pin_piste(bilan=s.bilan, code="J1506", by=s.bilan.beneficiaire, now=now)
    from tests.metiers.archives import rome_tables

    tables = rome_tables()
    for row in tables["referentiel_code_rome"]:
        if row["code_rome"] == "J1506":
            row["libelle_rome"] = "Brancardier"
    home = tmp_path / "donnees"
    import_rome(write_zip(tmp_path / "a.zip", rome_files("62", tables)), home, now)
    import_rncp(write_zip(tmp_path / "export-fiches-csv-2026-08-01.zip", rncp_files()), home, now)
    monkeypatch.setattr("jalon.access.metiers._home", lambda: home)
    page = s.personne.get(s.a("beneficiaire_pistes"))
    text = text_of(page)
    assert "Infirmier / Infirmière en soins généraux" in text
    assert "il désigne « Brancardier »" in text
    reference = Piece.objects.get(nature="piste").reference
    assert "Ce qui suit est ce que vous aviez noté" in text_of(
        s.personne.get(s.a("beneficiaire_piste_ecart", reference))
    )
    assert "J1501" not in page.content.decode().split("<main")[0]


def test_the_list_of_tracks_costs_the_same_for_one_as_for_seven(s, now):
    codes = referentiel().codes
    pin_piste(bilan=s.bilan, code=codes[0], by=s.bilan.beneficiaire, now=now)
    few = queries_of(s.consultant, s.a("consultant_pistes"))
    for code in codes[1:7]:
        pin_piste(bilan=s.bilan, code=code, by=s.bilan.beneficiaire, now=now)
    assert queries_of(s.consultant, s.a("consultant_pistes")) == few


def test_the_free_pages_are_a_dictionary_for_those_who_accompany(s):
    colleague = sign_in(MembreFactory(organisme=s.bilan.organisme, role="consultant").personne)
    found = colleague.get(reverse("consultant_referentiel"), {"texte": "boulangere"})
    assert "Boulanger" in text_of(found)
    fiche = colleague.get(reverse("consultant_referentiel_fiche", args=["D1102"]))
    assert "Ce que l’on y fait" in text_of(fiche)
    assert colleague.get(reverse("consultant_referentiel_fiche", args=["D9999"])).status_code == 404
    side = colleague.get(reverse("consultant_referentiel_comparer"), {"f": ["D1102", "D1106"]})
    assert "Ce que tous demandent" in text_of(side)
    assert s.personne.get(reverse("consultant_referentiel")).status_code == 404
    assert not Piece.objects.filter(nature="brouillon").exists()


def test_no_more_than_five_occupations_leave_the_letters_of_a_test(s):
    alone = s.personne.post(s.a("beneficiaire_metiers"), {"interets": ["S"]}, follow=True)
    shown = alone.content.decode()
    assert shown.count('class="metier-ligne"') == 5
    assert "Cinq métiers au plus" in text_of(alone)
    more = s.personne.post(s.a("beneficiaire_metiers"), {"interets": ["S"], "domaine": "J"}, follow=True)
    assert "Cinq métiers au plus" not in text_of(more)
