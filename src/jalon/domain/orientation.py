"""An honest look before the first call: what brings somebody, and whether a bilan answers it (L. 6313-4), or who would do better.

Answers become leads by a table, nothing else. They live as long as the page: nobody stores them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LAW = "Code du travail, art. L. 6313-4"


class Verdict(StrEnum):
    """From the most urgent to the least."""

    SOIN = "soin"
    AILLEURS = "ailleurs"
    LES_DEUX = "les_deux"
    OUI = "oui"
    PARLONS = "parlons"


@dataclass(frozen=True)
class Piste:
    """Somebody who does this, and how she is reached. No site is linked to: an address may change, a name stays."""

    code: str
    nom: str
    pour: str
    comment: str
    source: str = ""


@dataclass(frozen=True)
class Motif:
    """One thing that may bring a person. `vers`: the leads that it opens; none when a bilan answers it."""

    code: str
    phrase: str
    vers: tuple[str, ...] = ()
    soin: bool = False


PISTES = {
    p.code: p
    for p in (
        Piste(
            "ecoute",
            "Quelqu’un à qui parler tout de suite",
            "Si vous allez mal au point de penser à mourir, ou si quelqu’un près de vous va mal.",
            "Le 3114, jour et nuit, gratuit et confidentiel. Le 15 ou le 112 en cas d’urgence.",
        ),
        Piste(
            "sante_travail",
            "Le service de prévention et de santé au travail",
            "Quand le travail use ou fait souffrir. Le médecin du travail est tenu au secret, et votre employeur ne sait pas pourquoi vous venez.",
            "Demandez une visite vous-même : ses coordonnées sont affichées dans l’entreprise. Votre médecin traitant peut aussi vous aider.",
            "Code du travail, art. R. 4624-34",
        ),
        Piste(
            "droits",
            "Quelqu’un qui connaît vos droits",
            "Un conflit, une rupture, un harcèlement, une discrimination : un bilan ne les règle pas.",
            "L’inspection du travail, les représentants du personnel, un syndicat ou une avocate, un avocat. Le Défenseur des droits répond au 39 28 pour une discrimination.",
        ),
        Piste(
            "cep",
            "Le conseil en évolution professionnelle (CEP)",
            "Un premier point sur votre situation, une question sur vos droits, un doute sur la bonne démarche.",
            "Gratuit pour chacun, sans l’accord de personne : France Travail, Cap emploi, l’Apec, la mission locale, ou l’opérateur de votre région si vous êtes en poste.",
            "Code du travail, art. L. 6111-6",
        ),
        Piste(
            "vae",
            "La validation des acquis de l’expérience (VAE)",
            "Faire reconnaître par un diplôme ou un titre ce que vous faites déjà.",
            "Le service public France VAE, puis un accompagnement fait pour cela. Un bilan peut vous aider à choisir le diplôme, pas à le passer.",
        ),
        Piste(
            "formation",
            "Une formation, directement",
            "Votre métier est choisi, il vous manque un savoir-faire ou un titre.",
            "Votre compte de formation, France Travail, votre employeur ou Transitions Pro selon votre situation. Le CEP vous aide à monter le dossier.",
        ),
        Piste(
            "emploi",
            "Une aide à la recherche d’emploi",
            "CV, lettres, entretiens d’embauche, offres, réseau.",
            "France Travail, l’Apec pour les cadres, Cap emploi en situation de handicap, la mission locale avant 26 ans, des associations près de chez vous.",
        ),
        Piste(
            "creation",
            "Un accompagnement à la création d’entreprise",
            "Étude de marché, statut, comptes, financement.",
            "Les chambres de commerce et d’industrie, les chambres de métiers et de l’artisanat, BGE, l’Adie, les réseaux Initiative et Entreprendre.",
        ),
        Piste(
            "coach",
            "Un coach, ou un thérapeute",
            "Une difficulté précise dans votre poste, ou quelque chose de plus personnel que le métier.",
            "Demandez sa formation, sa supervision, son code de déontologie. Un psychologue a un titre protégé par la loi.",
        ),
        Piste(
            "retraite",
            "Votre caisse de retraite",
            "Savoir quand partir, et avec quoi.",
            "Un entretien d’information est gratuit dès 45 ans auprès de votre caisse.",
        ),
        Piste(
            "refus",
            "Votre droit de dire non",
            "Un bilan ne se fait qu’avec votre consentement. Refuser n’est ni une faute, ni un motif de licenciement, et personne ne peut vous demander pourquoi.",
            "Si vous hésitez, parlez-en au CEP, qui ne dépend pas de votre employeur. Et si un bilan vous tente malgré tout, qu’il soit le vôtre.",
            LAW,
        ),
    )
}

MOTIFS = (
    Motif("comprendre", "Je voudrais y voir clair : ce que je sais faire, ce qui compte pour moi"),
    Motif("changer", "J’ai envie de changer, sans savoir vers quoi"),
    Motif("idees", "J’ai une ou deux idées, et je voudrais les vérifier avant de me lancer"),
    Motif("contraintes", "Ma santé, un handicap ou ma famille m’obligent à repenser mon travail"),
    Motif("evoluer", "Je voudrais évoluer là où je suis, et savoir sur quoi m’appuyer"),
    Motif("diplome", "Je veux un diplôme pour le métier que je fais déjà", ("vae",)),
    Motif("metier_choisi", "Mon métier est choisi, je cherche la formation", ("formation", "cep")),
    Motif("emploi", "Je cherche un emploi maintenant : CV, candidatures", ("emploi",)),
    Motif("entreprise", "Mon projet d’entreprise est mûr, je veux le monter", ("creation",)),
    Motif(
        "conflit",
        "Je suis en conflit au travail, ou l’on me traite mal",
        ("droits", "sante_travail"),
        soin=True,
    ),
    Motif(
        "epuise",
        "Je suis à bout, je dors mal, j’y pense tout le temps",
        ("ecoute", "sante_travail"),
        soin=True,
    ),
    Motif("poste", "Quelque chose coince dans mon poste : une équipe, une prise de parole", ("coach",)),
    Motif("employeur", "C’est mon employeur qui veut que je le fasse", ("refus", "cep")),
    Motif("retraite", "Je prépare surtout ma retraite", ("retraite",)),
    Motif("conseil", "J’ai juste une question, un conseil suffirait", ("cep",)),
)
_BY_CODE = {m.code: m for m in MOTIFS}


@dataclass(frozen=True)
class Orientation:
    verdict: Verdict
    pistes: tuple[Piste, ...]


def orient(codes: Iterable[str]) -> Orientation:
    """What these reasons together say. Suffering comes first: a bilan asks for strength, and can wait."""
    chosen = [_BY_CODE[code] for code in dict.fromkeys(codes) if code in _BY_CODE]
    names = list(dict.fromkeys(name for motif in chosen for name in motif.vers))
    answered = [m for m in chosen if not m.vers]
    if not chosen:
        verdict = Verdict.PARLONS
        names = ["cep"]
    elif any(m.soin for m in chosen):
        verdict = Verdict.SOIN
    elif not names:
        verdict = Verdict.OUI
    else:
        verdict = Verdict.LES_DEUX if answered else Verdict.AILLEURS
    ordered = [name for name in PISTES if name in names]
    return Orientation(verdict, tuple(PISTES[name] for name in ordered))
