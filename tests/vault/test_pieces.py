"""The kinds of content: each checks itself, comes back equal, and never quotes what it holds."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.vault import TIROIRS, PieceIllisible, PieceInvalide
from jalon.vault.pieces import (
    KINDS,
    ActionProposee,
    AdresseRepondant,
    AnalyseDemande,
    Brouillon,
    CadreRegards,
    CelluleRegards,
    Commentaire,
    Comparaison,
    Competence,
    CompetenceRome,
    CompteRenduSuivi,
    ConditionsMoyens,
    ContactEnquete,
    Contraintes,
    CriterePese,
    EchelleObtenue,
    EchelleRegards,
    Enquete,
    Essai,
    EtapeExercice,
    EtapePlan,
    ExerciceDonne,
    Experience,
    Extrait,
    FicheFichier,
    InformationCellule,
    Invite,
    Lien,
    LigneEcart,
    Message,
    MetierChoisi,
    MotsRegards,
    NiveauDit,
    NoteConsultant,
    NoteProjet,
    Objectif,
    Objectifs,
    PageCarnet,
    PassageChoisi,
    PhrasePreuve,
    Piece,
    Piste,
    PisteFormation,
    PistesFormation,
    PlanAction,
    PlanEcart,
    Projet,
    Promesse,
    Propos,
    QuestionEnquete,
    Realisation,
    Recap,
    Regard,
    RegardsMeles,
    Relais,
    Rendu,
    Reponses,
    Repris,
    RessourceUtile,
    Resultat,
    Rubrique,
    SourceCitee,
    Synthese,
    Tache,
    Vecu,
    VueRegards,
    codec,
)
from jalon.vault.pieces.champ import TEXTE_MAX, prose

FLEURISTE = MetierChoisi("D1209", "Fleuriste", "60", "ROME 4.0 version 60", "14823", "Vendeuse en fleurs")
FULL = [
    Propos(texte="Bonjour,\nje m’appelle « X » 👋"),
    AnalyseDemande(mots_de_la_personne="Je tourne en rond", reformulation="Changer", convenu=True),
    Objectifs(objectifs=(Objectif("Choisir", "Un projet écrit"), Objectif("Oser"))),
    Reponses("riasec", "1.0", {"q1": 3, "q2": "parfois", "q3": ["a", "b"], "q4": None}, termine=True),
    Recap(
        "s-1", "Vu le parcours", "Non, en 2019", (Promesse("Appeler", "beneficiaire", "2026-03-31"),), True
    ),
    NoteConsultant("Hypothèse", "À reprendre"),
    PageCarnet("Lundi", "Peur de perdre"),
    Projet("ecarte", "Fleuriste", "…", "Le goût", "Le dos", "La demande", "Le dos", "Un CAP"),
    ConditionsMoyens("Un congé", "CPF", "Le trajet"),
    PlanAction((EtapePlan("S’inscrire", "2026-04-01", "CPF", True), EtapePlan("Visiter"))),
    Synthese(
        "À ma demande",
        "Écoute ⟦1⟧",
        "Former",
        "Je ne suis pas d’accord",
        (Rubrique("Suite", "Rien"),),
        (SourceCitee(1, "recap", "r-1", "Compte rendu du 3 mars 2026"),),
    ),
    Resultat("riasec", "1.0", (EchelleObtenue("R", "Réaliste", 12.5, 8, 8),), "2026-03-03", "Juste"),
    CompteRenduSuivi("Six mois après", "Nouvel emploi", "Aucune"),
    Message("Merci"),
    FicheFichier("cv de Marie.pdf", "application/pdf", 12_345, "ab" * 32, "Mon CV"),
    Brouillon("projet", {"intitule": "Fleu"}),
    Experience(
        "Vendeuse", "Aux lilas", "2012", "2019-06", "Le comptoir", FLEURISTE, ("100", "101"), "emploi"
    ),
    Competence(
        "Composer un bouquet",
        "Le mariage de juin",
        "e-1",
        (CompetenceRome("1", "Composer", "competence", "60"),),
        ("2",),
        (PhrasePreuve("Trente bouquets avant midi.", "realisation", "r-1"),),
        ("f-1",),
        (NiveauDit("soi", "", 3), NiveauDit("autre", "Ma cheffe", 4, "Elle forme", "2026-03-03")),
        True,
        "Partout où l’on compose",
    ),
    Piste(
        "ecartee",
        FLEURISTE,
        "Le froid",
        ("3 compétences en commun",),
        ("Conseiller",),
        ("Composer",),
        True,
        "p-1",
    ),
    PlanEcart(FLEURISTE, "Source : X", (LigneEcart("1", "Composer", True, "vae", "RNCP1", "CAP", "À voir"),)),
    Vecu("sante", "Un arrêt", "2019-03", "2020", "Le dos", "difficile", True),
    Realisation("Le mariage de juin", "e-1", "Seule", "Trente tables", "J’ai tout prévu", "À l’heure"),
    Contraintes("Un temps partiel", "L’école à 16 h", "1 500 €", "Ma mère", "Pas de nuit"),
    PistesFormation(
        (PisteFormation("vae", "Un CAP", "RNCP1", "CAP fleuriste", "Angers", "CPF", "Le jury"),), "Source : X"
    ),
    Comparaison((CriterePese("Le salaire", 4, (NoteProjet("p-1", 3), NoteProjet("p-2", 5))),)),
    Enquete(
        "Fleuriste",
        "p-1",
        "rendez_vous",
        "Une vraie journée",
        (QuestionEnquete("À quelle heure ?", "Cinq heures"),),
        (ContactEnquete("Ana", "Fleuriste", "06", "Par ma sœur", "contacte"),),
        "2026-04-02",
        "Vu",
        "Le matin, oui",
    ),
    Essai(
        "Trois jours",
        "immersion",
        "fait",
        "p-1",
        "Aux lilas",
        "2026-04-01",
        "2026-04-03",
        "Vu",
        "Oui",
        "Le froid",
        "L’hiver",
        ("f-1",),
    ),
    Commentaire("projet", "Devenir fleuriste.", "Plutôt au printemps.", True),
    Extrait((PassageChoisi("Le projet", "- Former"),), "À bientôt"),
    Repris("recap", 1, "2026-03-01", "2026-05-01", "Cap", "{}"),
    Relais("Bonjour, comment avez-vous fait ?", "ressource"),
    Tache(
        "Trois réussites",
        "Racontez-les",
        (Lien("Un guide", "https://exemple.fr"),),
        ExerciceDonne(
            "reussites",
            "1",
            "Trois réussites",
            "Voir",
            (EtapeExercice("e1", "Écrire", "tableau", ("Une",)),),
            "Nous",
            "CC",
        ),
    ),
    Rendu("Voilà", {"e1.0": "Le salon"}, 3, "Long", ("f-1",)),
    RessourceUtile("Le CIDJ", "site", "https://exemple.fr", "Des fiches", "f-1"),
    CadreRegards("Marie", "Merci d’avance", True),
    Invite("Karim, de l’atelier"),
    AdresseRepondant("karim@exemple.fr"),
    Regard({"organiser1": 4, "force": "Elle écoute"}),
    RegardsMeles(
        "regards_360",
        "1",
        4,
        (CelluleRegards("pairs+proches", "Collègues, Proches", 4),),
        (
            EchelleRegards(
                *("organiser", "Organiser", "Prévoir", 1.0, 5.0, 3.0, 0.2, 0.5),
                (VueRegards("pairs+proches", 4.0, 4, 0.2, 0.5),),
            ),
        ),
        (MotsRegards("Pour quoi ?", ("a", "b", "c")),),
        "2026-03-03",
        "Cela me touche",
    ),
    InformationCellule((ActionProposee("vae", "Licence", "Dix mois", "À Angers"),), "2026-03-03"),
]


def content(piece: Piece) -> dict:
    return json.loads(codec.encode(piece))


def decode(cls: type[Piece], data: dict) -> Piece:
    return codec.decode(cls.kind, cls.version, json.dumps(data).encode())


def test_every_kind_is_tried_here():
    assert [type(piece) for piece in FULL] == list(KINDS.values())
    assert all(kind == cls.kind for kind, cls in KINDS.items())


@pytest.mark.parametrize("piece", FULL, ids=lambda piece: piece.kind)
def test_a_piece_comes_back_equal_and_of_its_kind(piece):
    again = codec.decode(piece.kind, piece.version, codec.encode(piece))
    assert again == piece
    assert type(again) is type(piece)
    assert codec.encode(again) == codec.encode(piece)


@pytest.mark.parametrize("cls", KINDS.values(), ids=lambda cls: cls.kind)
def test_every_kind_is_frozen_knows_its_tiroir_and_can_be_begun_empty(cls):
    empty = cls()
    assert decode(cls, content(empty)) == empty
    name = dataclasses.fields(cls)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(empty, name, "x")
    assert cls.tiroirs() <= set(TIROIRS)
    assert cls.tiroir in {"", *TIROIRS}


def test_what_must_die_with_the_action_never_goes_elsewhere():
    assert NoteConsultant.tiroirs() == {"consultant"}
    assert PageCarnet.tiroirs() == {"carnet"}
    assert CompteRenduSuivi.tiroirs() == {"entretien_suivi"}
    assert Synthese.tiroirs() == {"synthese"}
    assert Propos.tiroirs() == set()
    for cls in (Recap, AnalyseDemande, Objectifs, Projet, InformationCellule):
        assert cls.tiroirs() == {"travail"}
    # An opinion on the cabinet stays with her notebook; what is asked at the follow-up ends with it.
    assert Reponses.tiroirs() == {"travail", "carnet", "entretien_suivi"}
    assert Resultat.tiroirs() == {"travail", "entretien_suivi"}


@pytest.mark.parametrize("piece", FULL, ids=lambda piece: piece.kind)
@pytest.mark.parametrize(
    "wrong", [3.5, b"octets", {"a": b"b"}, [1], object()], ids=["float", "bytes", "dict", "list", "object"]
)
def test_every_field_refuses_what_it_is_not(piece, wrong):
    for field in dataclasses.fields(piece):
        with pytest.raises(PieceInvalide) as caught:
            dataclasses.replace(piece, **{field.name: wrong})
        assert caught.value.champ == field.name
        assert "\u00a0: " in caught.value.phrase


@pytest.mark.parametrize(
    ("make", "champ", "says"),
    [
        (lambda: Message("x" * (TEXTE_MAX + 1)), "texte", "20\u00a0001 caractères, pour 20\u00a0000 au plus"),
        (lambda: PageCarnet("x" * 301), "titre", "301 caractères"),
        (lambda: Message("XMARKERX\0"), "texte", "Retapez ce passage"),
        (lambda: Message("XMARKERX\ud800"), "texte", "Retapez ce passage"),
        (lambda: Projet("peut-être"), "nature", "principal, alternatif, ecarte"),
        (lambda: Promesse("Appeler", "XMARKERX"), "qui", "beneficiaire, consultant"),
        (lambda: Promesse("Appeler", pour_le="31/03/2026"), "pour_le", "2026-03-31"),
        (lambda: EtapePlan("Aller", pour_le="2026-02-30"), "pour_le", "date existante"),
        (lambda: PlanAction([EtapePlan()] * 101), "etapes", "101 éléments, pour 100 au plus"),
        (lambda: PlanAction(["XMARKERX"]), "etapes", "l’élément 1"),
        (lambda: Reponses(reponses={"q": {"a": 1}}), "reponses", "nombre entier"),
        (lambda: Reponses(reponses={"q": True}), "reponses", "nombre entier"),
        (lambda: Reponses(reponses={"q": 1.5}), "reponses", "nombre entier"),
        (lambda: Reponses(reponses={"q": ["x" * 301]}), "reponses", "301 caractères"),
        (lambda: Brouillon(champs={"q": 3}), "champs", "un texte est attendu"),
        (lambda: FicheFichier(taille=-1), "taille", "nombre entier"),
        (lambda: AnalyseDemande(convenu="oui"), "convenu", "oui ou non"),
        (lambda: EchelleObtenue(valeur=float("nan")), "valeur", "un nombre est attendu"),
        (lambda: EchelleObtenue(valeur=True), "valeur", "un nombre est attendu"),
    ],
)
def test_a_wrong_piece_is_refused_by_a_sentence_that_names_the_field_and_quotes_nothing(make, champ, says):
    with pytest.raises(PieceInvalide) as caught:
        make()
    assert caught.value.champ == champ
    assert says in caught.value.phrase
    assert "XMARKERX" not in str(caught.value)


def test_the_longest_text_is_kept_whole():
    longest = Message("é" * TEXTE_MAX)
    assert decode(Message, content(longest)) == longest


def test_a_day_is_accepted_as_a_date_and_kept_as_its_text():
    assert EtapePlan("Aller", pour_le=date(2026, 3, 31)).pour_le == "2026-03-31"
    assert EtapePlan("Aller", pour_le=None).pour_le is None


def test_a_piece_does_not_follow_what_it_was_made_of():
    answers, steps = {"q1": [1]}, [EtapePlan("Aller")]
    answers["q1"] = ["a"]
    reponses, plan = Reponses(reponses=answers), PlanAction(steps)
    answers["q2"] = "b"
    steps.append(EtapePlan("Venir"))
    assert reponses.reponses == {"q1": ["a"]}
    assert plan.etapes == (EtapePlan("Aller"),)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(st.sampled_from(list(KINDS.values())), json_like)
def test_content_that_is_not_of_the_kind_is_unreadable_and_nothing_worse(cls, junk):
    try:
        piece = codec.decode(cls.kind, cls.version, json.dumps(junk).encode())
    except PieceIllisible:
        return
    assert piece == cls()
    assert junk == {}


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
        st.none()
        | st.integers(-(2**53), 2**53)
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50),
    )
)
def test_any_answers_come_back(answers):
    piece = Reponses("i", "1", answers)
    assert decode(Reponses, content(piece)) == piece


def test_an_unknown_kind_field_or_version_is_unreadable():
    message = content(Message("Bonjour"))
    assert decode(Message, message) == Message("Bonjour")
    with pytest.raises(PieceIllisible, match="autre version"):
        codec.decode("inconnu", 1, b"{}")
    for version in (0, 2):
        with pytest.raises(PieceIllisible, match="autre version"):
            codec.decode("message", version, json.dumps(message).encode())
    with pytest.raises(PieceIllisible):
        decode(Message, message | {"couleur": "bleu"})


def test_an_older_version_is_read_in_todays_shape(monkeypatch):
    @dataclass(frozen=True)
    class MessageDeDemain(Piece):
        kind: ClassVar[str] = "message"
        version: ClassVar[int] = 2
        tiroir: ClassVar[str] = "travail"

        corps: str = prose("Le message")

        @classmethod
        def upgrade(cls, from_version, data):
            assert from_version == 1
            return {"corps": data["texte"]}

    old = codec.encode(Message("Bonjour"))
    monkeypatch.setitem(KINDS, "message", MessageDeDemain)
    assert codec.decode("message", 1, old) == MessageDeDemain("Bonjour")
    assert codec.decode("message", 2, codec.encode(MessageDeDemain("Oui"))) == MessageDeDemain("Oui")


def test_a_version_that_says_nothing_of_its_past_does_not_guess_it(monkeypatch):
    @dataclass(frozen=True)
    class Oublieux(Message):
        version: ClassVar[int] = 2

    old = codec.encode(Message("Bonjour"))
    assert codec.decode("message", 1, old) == Message("Bonjour")
    monkeypatch.setitem(KINDS, "message", Oublieux)
    with pytest.raises(PieceIllisible):
        codec.decode("message", 1, old)
