"""A share: which sealed documents, to whom by name, what for, until when; agreed in writing, revocable at once (L. 6313-4 al. 3)."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jalon.domain.francais import jour
from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

SOURCE = "Code du travail, art. L. 6313-4, al. 3"
TEXTE_VERSION = "1"
# Ours, not the law's: what nobody looks at any more should not stay open.
JOURS_MAX = 365
JOURS_PROPOSES = 30


class Destinataire(Labelled):
    """Who may be named. The law gives the CEP operator a place of its own: at the person's request, the synthesis alone."""

    CEP = "cep", "Mon conseiller en évolution professionnelle (CEP)"
    EMPLOYEUR = "employeur", "Mon employeur"
    TIERS = "tiers", "Quelqu’un d’autre"


class Finalite(Labelled):
    ACCOMPAGNEMENT = "accompagnement", "m’accompagner dans la suite de mon projet"
    FORMATION = "formation", "préparer une formation ou son financement"
    VAE = "vae", "préparer une validation des acquis de l’expérience"
    EVOLUTION = "evolution", "parler de mon évolution professionnelle"
    EMPLOI = "emploi", "m’aider dans ma recherche d’emploi"
    CREATION = "creation", "préparer une création ou une reprise d’activité"


class Fin(Labelled):
    """Why a share is over."""

    RETRAIT = "retrait", "arrêté par vous"
    DATE = "date", "arrivé à sa date de fin"
    DESTRUCTION = "destruction", "détruit avec le dossier"


class Partageable(Labelled):
    """The sealed documents that a share may carry, as the agreement names them."""

    SYNTHESE = "synthese", "le document de synthèse"
    RESULTATS = "resultats_detailles", "les résultats détaillés"
    EXTRAIT = "extrait", "l’extrait que j’ai composé"


# The employer receives «certaines informations», chosen one by one; the CEP operator, the synthesis that the law names.
PERMIS: dict[Destinataire, frozenset[Partageable]] = {
    Destinataire.CEP: frozenset({Partageable.SYNTHESE}),
    Destinataire.EMPLOYEUR: frozenset({Partageable.EXTRAIT}),
    Destinataire.TIERS: frozenset(Partageable),
}


@dataclass(frozen=True)
class DocumentNomme:
    """One sealed document as the agreement tells it: what it is, its number."""

    genre: Partageable
    numero: str


@dataclass(frozen=True)
class Accord:
    """Everything that the written agreement says."""

    personne: str
    destinataire: Destinataire
    nom: str
    structure: str
    courriel: str
    finalite: Finalite
    documents: tuple[DocumentNomme, ...]
    fin: date
    cabinet: str

    def paragraphes(self) -> tuple[str, ...]:
        who = f"{self.nom}, {self.structure}" if self.structure else self.nom
        kind = {Destinataire.CEP: ", au titre du conseil en évolution professionnelle"}.get(
            self.destinataire, ""
        )
        said = " ; ".join(f"{d.genre.label} (n° {d.numero})" for d in self.documents)
        return (
            f"Moi, {self.personne}, j’accepte que {self.cabinet} donne à lire à {who}{kind}, à l’adresse {self.courriel}, "
            f"ce qui suit et rien d’autre : {said}.",
            f"Ce partage sert à ceci : {self.finalite.label}.",
            f"Il prend fin le {jour(self.fin)} au soir, ou plus tôt : dès que je l’arrête, sans avoir à dire pourquoi, ou avec la "
            "destruction de mes documents.",
            "Je sais que ce qui aura été lu ou téléchargé avant la fin ne pourra plus être repris.",
        )

    def empreinte(self) -> str:
        """Of the very text that was shown."""
        return hashlib.sha256("\n".join((TEXTE_VERSION, *self.paragraphes())).encode()).hexdigest()


def obstacles(
    *,
    destinataire: Destinataire,
    genres: Sequence[Partageable],
    fin: date,
    aujourd_hui: date,
    courriel: str,
    adresse_personne: str,
    adresses_cabinet: Collection[str],
    clos: bool,
    cep: bool,
) -> list[Obstacle]:
    """All that stands in the way of a share, at once. `clos`: the action is over; `cep`: the CEP request keeps its synthesis."""
    found = []
    if clos and not (destinataire == Destinataire.CEP and cep):
        found.append(
            Obstacle(
                "L’accompagnement est terminé : plus aucun document ne peut être partagé d’ici.",
                "Code du travail, art. R. 6313-7",
                code="clos",
            )
        )
    if not genres:
        found.append(
            Obstacle(
                "Choisissez au moins un document à donner à lire.",
                SOURCE,
                code="documents",
                field="documents",
            )
        )
    refused = [g for g in genres if g not in PERMIS[destinataire]]
    if refused and destinataire == Destinataire.EMPLOYEUR:
        found.append(
            Obstacle(
                "À un employeur, d’ici, seul un extrait que vous composez peut être donné à lire. Le reste est à vous : "
                "vous pouvez toujours le remettre vous-même.",
                SOURCE,
                code="employeur_extrait",
                field="documents",
            )
        )
    elif refused:
        found.append(
            Obstacle(
                "À votre demande, le conseiller en évolution professionnelle reçoit la synthèse. Pour un autre document, "
                "choisissez « Quelqu’un d’autre » et nommez-le.",
                SOURCE,
                code="cep_synthese",
                field="documents",
            )
        )
    if fin <= aujourd_hui:
        found.append(
            Obstacle(
                "La date de fin est déjà passée : choisissez un jour à venir.", code="fin_passee", field="fin"
            )
        )
    elif fin > aujourd_hui + timedelta(days=JOURS_MAX):
        found.append(
            Obstacle(
                "Un partage dure un an au plus. Vous pourrez en ouvrir un autre ensuite.",
                code="fin_lointaine",
                field="fin",
            )
        )
    if courriel and courriel == adresse_personne:
        found.append(
            Obstacle(
                "C’est votre propre adresse : donnez celle de la personne qui lira.",
                code="adresse_personne",
                field="courriel",
            )
        )
    if courriel in adresses_cabinet:
        found.append(
            Obstacle(
                "C’est l’adresse de quelqu’un du cabinet : un partage va à une personne du dehors.",
                code="adresse_cabinet",
                field="courriel",
            )
        )
    return found
