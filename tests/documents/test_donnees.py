"""Wrong data is refused with the field and the rule, and never with what it held."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

import pytest
from tests.documents.echantillons import raw_sample, sample

from jalon.documents import KINDS, Cabinet, DonneesInvalides, Papier, Passage, passages_of
from jalon.documents.donnees import Combien, Donnees, Entre, Nom
from jalon.domain.parcours import Phase


@dataclass(frozen=True)
class Fiche(Donnees):
    nom: Nom
    jour: date
    instant: datetime
    compte: Annotated[int, Entre(0, 10)]
    phase: Phase
    suite: Annotated[tuple[Nom, ...], Combien(1, 2)]
    facultatif: date | None = None


BONNE = {
    "nom": "Nom",
    "jour": date(2026, 3, 3),
    "instant": datetime(2026, 3, 3, 18, tzinfo=UTC),
    "compte": 3,
    "phase": Phase.SUIVI,
    "suite": ("un",),
}


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("nom", "   "),
        ("nom", "x" * 161),
        ("nom", 3),
        ("nom", Phase.SUIVI),
        ("jour", datetime(2026, 3, 3, tzinfo=UTC)),
        ("jour", "2026-03-03"),
        ("instant", datetime(2026, 3, 3)),
        ("instant", date(2026, 3, 3)),
        ("compte", True),
        ("compte", 11),
        ("phase", "suivi"),
        ("suite", ()),
        ("suite", ("a", "b", "c")),
        ("suite", ["a"]),
        ("suite", (3,)),
        ("facultatif", "hier"),
    ],
)
def test_each_wrong_value_is_refused_by_its_field(champ: str, valeur: object) -> None:
    assert Fiche(**BONNE)
    with pytest.raises(DonneesInvalides) as refus:
        Fiche(**(BONNE | {champ: valeur}))
    assert refus.value.champ.startswith(f"Fiche.{champ}")


def test_a_refusal_never_quotes_the_text() -> None:
    with pytest.raises(DonneesInvalides) as refus:
        Passage("une phrase très privée " * 2_000)
    assert "privée" not in str(refus.value)
    assert "20000" in str(refus.value)


def test_json_with_an_unknown_missing_or_impossible_value_is_refused() -> None:
    brut = raw_sample("synthese")
    assert KINDS["synthese"].from_json(brut)
    for autres, champ in (
        ({"note": "x"}, "Synthese.note"),
        ({"debut": "2026-02-30"}, "Synthese.debut"),
        ({"circonstances": [{"texte": "x", "forme": "cri"}]}, "Synthese.circonstances[0].forme"),
        ({"circonstances": "texte"}, "Synthese.circonstances"),
    ):
        with pytest.raises(DonneesInvalides) as refus:
            KINDS["synthese"].from_json(brut | autres)
        assert refus.value.champ == champ or refus.value.champ == "Passage.forme"
    del brut["beneficiaire"]
    with pytest.raises(DonneesInvalides, match="manquant"):
        KINDS["synthese"].from_json(brut)


def test_the_registration_number_goes_with_its_region() -> None:
    assert Cabinet("Cabinet", numero_declaration="52 49", region_declaration="Pays de la Loire")
    with pytest.raises(DonneesInvalides, match="préfet"):
        Cabinet("Cabinet", numero_declaration="52 49")


def test_an_unknown_time_zone_is_refused() -> None:
    cabinet = Cabinet("Cabinet")
    assert Papier(cabinet, "1", date(2026, 3, 3), fuseau="Indian/Reunion")
    for fuseau in ("Europe/Angers", "../../etc/passwd"):
        with pytest.raises(DonneesInvalides, match="fuseau"):
            Papier(cabinet, "1", date(2026, 3, 3), fuseau=fuseau)


@pytest.mark.parametrize(
    "kind", [k for k, c in KINDS.items() if {"debut", "fin"} <= set(c.__dataclass_fields__)]
)
def test_a_period_that_ends_before_it_starts_is_refused(kind: str) -> None:
    assert sample(kind)
    with pytest.raises(DonneesInvalides, match="précéder"):
        sample(kind, fin="2020-01-01")


def test_plain_text_becomes_paragraphs_lists_and_words_said() -> None:
    passages = passages_of(
        "Un début\nsur deux lignes.\n\n- une puce\n• une autre\n> ce que j’ai dit\n## Suite\nFin.\n- \n"
    )
    assert [(p.forme.value, p.texte) for p in passages] == [
        ("paragraphe", "Un début\nsur deux lignes."),
        ("puce", "une puce"),
        ("puce", "une autre"),
        ("citation", "ce que j’ai dit"),
        ("intertitre", "Suite"),
        ("paragraphe", "Fin.\n-"),
    ]
    assert passages_of(" \n\n ") == ()
