"""A sheet of answers: by what name it stands in a bilan, when it can be repeated, and what sensitive questions need first."""

from jalon.domain.obstacle import Obstacle

# The first sheet of an instrument has its bare code, a repeated one its moment behind a hyphen; no code has a hyphen.
_REPEATED = frozenset({"fin", "six_mois"})
SOURCE_SENSIBLE = "RGPD, art. 9.2 a ; Code du travail, art. L. 6313-4, al. 3"


def reference_of(code: str, moment: str = "") -> str:
    return f"{code}-{moment}" if moment in _REPEATED else code


def code_of(reference: str) -> str:
    return reference.partition("-")[0]


def moment_of(reference: str) -> str:
    """Empty for the first sheet."""
    return reference.partition("-")[2]


def sensitive_obstacle(question: str) -> Obstacle:
    return Obstacle(
        "Cette question touche à votre vie privée\u00a0: donnez d’abord votre accord exprès, en haut de la page. "
        "Vous pouvez aussi la laisser vide.",
        SOURCE_SENSIBLE,
        code="accord_sensible",
        field=question,
    )


def missing_first(reference: str) -> Obstacle:
    return Obstacle(
        "Ce questionnaire n’a pas encore été terminé une première fois\u00a0: proposez-le de nouveau quand il l’aura été.",
        code="premier",
        field=reference,
    )
