"""What an offer may not say, and what it may say all the same."""

import pytest

from jalon.domain.annonce import misleading
from jalon.domain.obstacle import Severity

TROMPE = {
    "pris_en_charge": (
        "Bilan 100 % CPF",
        "100% finançable par votre CPF",
        "Cent pour cent CPF",
        "100\u202f%\u00a0CPF",
        "pris en charge à 100 %",
        "Prise en charge intégrale",
        "ENTIÈREMENT pris en charge par le CPF",
        "Zéro reste à charge",
        "0 € de reste à charge",
        "ne vous coûte rien",
    ),
    "gratuit": (
        "Un bilan gratuit",
        "Bilan de compétences GRATUIT !",
        "Gratu\u00adit",
        "Entretien préalable gratuit puis bilan gratuit.",
        "Le bilan est gratuit. L’entretien préalable aussi.",
        "une tablette offerte",
    ),
    "agrement": (
        "Centre agréé par l’État",
        "agréé par l'Etat",
        "Organisme agréé",
        "Habilité par le ministère",
        "Nous avons un agrément",
    ),
    "certifie": ("Bilan certifié Qualiopi", "Un accompagnement certifiant", "Ce parcours délivre un titre"),
    "garantie": (
        "Emploi garanti",
        "Nous garantissons un emploi",
        "100 % de réussite",
        "Satisfait ou remboursé",
    ),
    "contrainte": ("Le bilan est obligatoire", "Votre employeur peut vous imposer un bilan"),
    "urgence": ("Vos droits CPF expirent bientôt", "Dernière chance !", "Profitez vite de l’offre"),
    "employeur_informe": ("Une synthèse est transmise à votre employeur",),
    "taux_isole": (
        "98 % de satisfaction",
        "Satisfaction de 97 %",
        "Notés 4,9/5",
        "95 % de personnes satisfaites",
    ),
    "superlatif": ("Le n° 1 du bilan", "La meilleure équipe d’Anjou"),
}
HONNETE = (
    "Un entretien préalable gratuit et sans engagement.",
    "L’entretien préalable est gratuit.",
    "Finançable par le CPF, dans la limite de vos droits.",
    "Le bilan ne délivre ni diplôme ni certification.",
    "La synthèse n’est jamais transmise à votre employeur.",
    "Un stationnement gratuit à 100 m.",
    "Vous pouvez saisir le médiateur gratuitement.",
    "Vingt-quatre heures en dix semaines, à Angers ou à distance.",
    "Le CEP est un conseil gratuit, ouvert à tous.",
    "Vos résultats vous sont remis, à vous seule.",
    "Nous vous offrons un cadre calme",
)


@pytest.mark.parametrize(("code", "texte"), [(code, t) for code, texts in TROMPE.items() for t in texts])
def test_words_that_mislead_are_refused_with_their_article(code, texte):
    found = {o.code: o for o in misleading(texte, field="objectifs")}
    assert code in found, found
    assert found[code].refuses
    assert "art. L. " in found[code].source
    assert found[code].field == "objectifs"


@pytest.mark.parametrize("texte", HONNETE)
def test_what_is_true_may_be_said(texte):
    assert [o.code for o in misleading(texte) if o.refuses] == []


def test_what_is_refused_is_quoted_as_it_was_typed():
    (found,) = misleading("Œuvrer ensemble. Un Centre  Agréé, à Angers.")
    assert "« Centre  Agréé »" in found.sentence


def test_another_service_is_only_remarked_upon():
    (found,) = misleading("On n’y rédige pas de lettres de motivation.")
    assert found.severity is Severity.WARN
    assert "L. 6362-3" in found.source


def test_outside_the_legal_frame_nothing_is_borrowed_from_the_bilan():
    assert misleading("Payable par votre CPF, dans la limite de vos droits") == []
    codes = {o.code for o in misleading("Comme un bilan de compétences, payable par le CPF", hors_cadre=True)}
    assert codes == {"hors_cadre", "intitule_hors_cadre"}
    assert misleading("Ni le CPF ni un OPCO ne la paient.", hors_cadre=True) == []
