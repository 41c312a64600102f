"""Mails: neutral, closed, and told what they refuse."""

import json
import re
from datetime import UTC, date, datetime
from string import Template
from typing import Any

import pytest

from jalon.documents.courriels import COURRIELS, Alerte, CourrielRefuse, render_courriel
from jalon.documents.courriels.rendu import ICI

RETENUS = ("bilan", "compétence", "employeur", "consultant")


def _sample(kind: str) -> dict[str, Any]:
    return json.loads((ICI / kind / "sample.json").read_text(encoding="utf-8"))


def _source(kind: str) -> str:
    return (ICI / kind / "text.txt").read_text(encoding="utf-8")


def test_each_folder_is_a_kind_and_each_kind_a_folder() -> None:
    assert {p.parent.name for p in ICI.glob("*/text.txt")} == set(COURRIELS)
    assert {p.parent.name for p in ICI.glob("*/sample.json")} == set(COURRIELS)


@pytest.mark.parametrize("kind", COURRIELS)
def test_no_template_nor_rendered_sample_says_what_must_stay_inside(kind: str) -> None:
    courriel = render_courriel(kind, _sample(kind))
    assert courriel.sujet.strip()
    assert "Rive & Sillage" in courriel.texte  # the sample was really put in
    for texte in (
        _source(kind),
        courriel.sujet,
        courriel.texte,
        json.dumps(_sample(kind), ensure_ascii=False),
    ):
        for mot in RETENUS:
            assert mot not in texte.casefold()


@pytest.mark.parametrize("kind", COURRIELS)
def test_a_template_uses_all_its_fields_and_no_other(kind: str) -> None:
    assert set(Template(_source(kind)).get_identifiers()) == set(COURRIELS[kind])


@pytest.mark.parametrize("kind", COURRIELS)
def test_no_field_takes_free_text(kind: str) -> None:
    sample = _sample(kind)
    for nom in sample:
        for texte in (
            "Je ne supporte plus mon chef, voilà pourquoi.",
            "a\nBcc: x@y.example",
            "<b>x</b>",
            "",
            None,
            [],
            1.5,
        ):
            with pytest.raises(CourrielRefuse) as refus:
                render_courriel(kind, sample | {nom: texte})
            assert nom in str(refus.value)
            assert "chef" not in str(refus.value)


@pytest.mark.parametrize("kind", COURRIELS)
def test_missing_and_unknown_fields_are_refused(kind: str) -> None:
    sample = _sample(kind)
    assert render_courriel(kind, sample)
    with pytest.raises(CourrielRefuse, match="message"):
        render_courriel(kind, sample | {"message": "x"})
    sample.pop("expediteur")
    with pytest.raises(CourrielRefuse, match="expediteur"):
        render_courriel(kind, sample)


@pytest.mark.parametrize("kind", COURRIELS)
def test_templates_use_french_spaces_and_apostrophes(kind: str) -> None:
    source = _source(kind)
    assert not re.search(r" [:;?!»]|« |'|\.\.\.", source)
    assert source.startswith("Objet\u00a0: ")
    assert source.endswith("$expediteur\n")


def test_the_word_that_comes_with_a_link_or_a_sender_is_refused() -> None:
    sample = _sample("invitation")
    for autres in ({"expediteur": "Mes Bilans"}, {"lien": "https://www.BILAN-angers.example/e/x"}):
        with pytest.raises(CourrielRefuse, match="réglages"):
            render_courriel("invitation", sample | autres)


def test_links_are_addresses_of_pages_and_nothing_else() -> None:
    sample = _sample("dossier_a_lire")
    for lien in ("https://a.example/e/x?c=1", "http://localhost:8000/e/x"):
        assert lien in render_courriel("dossier_a_lire", sample | {"lien": lien}).texte
    for lien in (
        "javascript:alert(1)",
        "https://a.example",
        "https://u:p@a.example/",
        "https://a.example/ mot",
        "https://a.example/x#mot",
    ):
        with pytest.raises(CourrielRefuse):
            render_courriel("dossier_a_lire", sample | {"lien": lien})


def test_instants_are_told_in_the_time_zone_asked() -> None:
    sample = _sample("rappel_seance") | {"debut": datetime(2026, 3, 3, 17, 0, tzinfo=UTC)}
    assert "mardi 3\u00a0mars\u00a02026 à\u00a018\u00a0h" in render_courriel("rappel_seance", sample).texte
    ailleurs = render_courriel("rappel_seance", sample, fuseau="Indian/Reunion").texte
    assert "mardi 3\u00a0mars\u00a02026 à\u00a021\u00a0h" in ailleurs
    with pytest.raises(CourrielRefuse, match="debut"):
        render_courriel("rappel_seance", sample | {"debut": datetime(2026, 3, 3, 17, 0)})


def test_days_are_days_and_counts_are_counts() -> None:
    sample = _sample("terme_7") | {"dernier_jour": date(2026, 12, 1)}
    assert "mardi 1er\u00a0décembre\u00a02026" in render_courriel("terme_7", sample).texte
    with pytest.raises(CourrielRefuse):
        render_courriel("terme_7", sample | {"dernier_jour": datetime(2026, 12, 1, tzinfo=UTC)})
    with pytest.raises(CourrielRefuse):
        render_courriel("codes_papier_utilises", _sample("codes_papier_utilises") | {"restants": True})


@pytest.mark.parametrize("alerte", Alerte)
def test_each_alert_is_a_sentence_about_the_machine(alerte: Alerte) -> None:
    texte = render_courriel("alerte_exploitation", _sample("alerte_exploitation") | {"alerte": alerte}).texte
    assert alerte.label in texte
    with pytest.raises(CourrielRefuse):
        render_courriel("alerte_exploitation", _sample("alerte_exploitation") | {"alerte": "autre"})
