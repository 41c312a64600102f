"""«Qui voit cette page»: one sentence for each kind of page, made from the table of rights, so that it can only say what is true."""

from dataclasses import dataclass
from typing import Any

from jalon.access import MATRIX, Action, Role
from jalon.domain.financement import WITH_EMPLOYER, Financement

# What a reader of each part of a bilan must be allowed to do. The nouns are those of `rubriques`.
REGARDS: dict[str, Action] = {
    "bilan": Action.VIEW_DOSSIER,
    "consentement": Action.VIEW_DOSSIER,
    "droits": Action.VIEW_DROITS,
    "engagement": Action.VIEW_DOSSIER,
    "seance": Action.VIEW_SEANCES,
    "agenda": Action.VIEW_SEANCES,
    "papier": Action.VIEW_PAPIERS,
    "signer": Action.VIEW_PAPIERS,
    "absence": Action.VIEW_PAPIERS,
    "journal": Action.VIEW_JOURNAL,
    "demande": Action.READ_CONTENU,
    "objectifs": Action.READ_CONTENU,
    "cloture": Action.READ_CONTENU,
    "questionnaire": Action.READ_CONTENU,
    "regards": Action.INVITE_REPONDANTS,
    "recap": Action.READ_CONTENU,
    "promesse": Action.KEEP_PROMESSE,
    "tache": Action.READ_CONTENU,
    "etagere": Action.READ_CONTENU,
    "portefeuille": Action.READ_CONTENU,
    "metier": Action.READ_CONTENU,
    "proposition": Action.READ_CONTENU,
    "piste": Action.READ_CONTENU,
    "projet": Action.READ_CONTENU,
    "comparaison": Action.READ_CONTENU,
    "enquete": Action.READ_CONTENU,
    "essai": Action.READ_CONTENU,
    "vie": Action.WRITE_VIE,
    "contraintes": Action.WRITE_VIE,
    "conclusions": Action.READ_CONTENU,
    "cellule": Action.READ_CONTENU,
    "synthese": Action.READ_SYNTHESE,
    "resultats": Action.READ_RESULTATS_DETAILLES,
    "partage": Action.SHARE_DOCUMENTS,
    "extrait": Action.COMPOSE_EXTRAIT,
    "rappel": Action.CHOOSE_RAPPELS,
    "message": Action.READ_CONTENU,
    "fichier": Action.READ_CONTENU,
    "note": Action.READ_NOTE,
    "carnet": Action.READ_CARNET,
    "decision": Action.VIEW_DESTRUCTION,
    "emport": Action.TAKE_AWAY,
    "reprise": Action.RESUME_DOSSIER,
    "entraide": Action.JOIN_RESEAU,
    "destruction": Action.VIEW_DESTRUCTION,
    "suivi": Action.WRITE_SUIVI,
    "fin": Action.VIEW_DOSSIER,
}

# Private by default, shown one by one by whoever wrote it.
AU_CHOIX = frozenset({"vie", "contraintes", "reprise"})


@dataclass(frozen=True)
class Regard:
    qui: str
    jamais: str


_TEAM = ("le secrétariat", "la direction du cabinet")


def regard(noun: str, bilan: Any, *, space: str) -> Regard | None:
    """Who sees this part of this bilan, told to the reader of `space`; None for a page of no part."""
    action = REGARDS.get(noun)
    if action is None:
        return None
    seen = who_may(action, bilan, space=space)
    return _shared_by_choice(seen, bilan, space=space) if noun in AU_CHOIX else seen


def _shared_by_choice(seen: Regard, bilan: Any, *, space: str) -> Regard:
    """Hers alone, and those of whom she shows a part: the sentence says which is which."""
    if space != "beneficiaire":
        return Regard(
            f"{bilan.beneficiaire.nom_complet}, et vous pour ce qui est partagé seulement",
            seen.jamais.replace("vous, ", "", 1),
        )
    name = bilan.consultant.nom_complet
    return Regard(
        f"vous, et {name} pour ce que vous partagez seulement", seen.jamais.replace(f"{name}, ", "", 1)
    )


def who_may(action: Action, bilan: Any, *, space: str) -> Regard:
    allowed = MATRIX[action]
    for_person = space == "beneficiaire"
    names = {
        Role.BENEFICIAIRE: "vous" if for_person else bilan.beneficiaire.nom_complet,
        Role.CONSULTANT: bilan.consultant.nom_complet if for_person else "vous",
    }
    seen = [names[role] for role in (Role.BENEFICIAIRE, Role.CONSULTANT) if role in allowed]
    if not for_person:
        seen.sort(key=lambda name: name != "vous")
    if Role.SUBSTITUT in allowed and bilan.substitut_id:
        seen.append("la personne qui remplace en cas d’absence")
    team = bool(allowed & {Role.ASSISTANT, Role.RESPONSABLE})
    if team:
        seen += _TEAM
    never = [names[role] for role in (Role.BENEFICIAIRE, Role.CONSULTANT) if role not in allowed]
    if not team:
        never += _TEAM
    # Who pays receives the attendance and the certificate: only there may the employer learn of the séances.
    if not team or Financement(bilan.financement) not in WITH_EMPLOYER:
        never.append("votre employeur" if for_person else "un employeur")
    never.append("l’administrateur du logiciel" if not team else "un autre client du cabinet")
    return Regard(enumerate_in_french(seen), ", ".join(never))


def enumerate_in_french(words: list[str]) -> str:
    """« a, b et c »."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"
