"""From the day and the hour that somebody types to one instant, in the bilan's zone: an hour that does not exist, or exists
twice because the clocks change, is told, never guessed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from jalon.domain.jours import FuseauInconnu, zone
from jalon.domain.obstacle import Obstacle, Refused

# Names that a person knows. Elsewhere the last part of the zone's own name.
_NOMS = {
    "Europe/Paris": "Paris",
    "Indian/Reunion": "La Réunion",
    "Indian/Mayotte": "Mayotte",
    "America/Guadeloupe": "la Guadeloupe",
    "America/Martinique": "la Martinique",
    "America/Cayenne": "Cayenne",
    "America/Marigot": "Saint-Martin",
    "America/St_Barthelemy": "Saint-Barthélemy",
    "America/Miquelon": "Saint-Pierre-et-Miquelon",
    "Pacific/Noumea": "Nouméa",
    "Pacific/Tahiti": "Tahiti",
    "Pacific/Wallis": "Wallis-et-Futuna",
}


def nom_du_fuseau(fuseau: str) -> str:
    """«heure de La Réunion»: for the sentence that says in which hour one types."""
    return _NOMS.get(fuseau) or fuseau.rsplit("/", 1)[-1].replace("_", " ")


def instant(jour: date, heure: time, fuseau: str, *, field: str = "debut") -> datetime:
    """The one moment that these words name there, in UTC; `Refused` when there is none or there are two."""
    try:
        place = zone(fuseau)
    except FuseauInconnu:
        raise Refused(
            Obstacle("Le fuseau horaire de ce dossier n’est pas connu : corrigez-le.", code="fuseau")
        ) from None
    found = _readings(jour, heure, place)
    ville, said = nom_du_fuseau(fuseau), f"{heure.hour} h {heure.minute:02d}"
    if not found:
        raise Refused(
            Obstacle(
                f"Ce jour-là, à l’heure de {ville}, les horloges avancent et {said} n’existe pas : "
                "choisissez une autre heure.",
                code="heure_inexistante",
                field=field,
            )
        )
    if len(found) > 1:
        raise Refused(
            Obstacle(
                f"Ce jour-là, à l’heure de {ville}, les horloges reculent et {said} existe deux fois : "
                "choisissez une heure avant ou après ce passage.",
                code="heure_double",
                field=field,
            )
        )
    return found[0]


def _readings(jour: date, heure: time, place: ZoneInfo) -> list[datetime]:
    wall = datetime.combine(jour, heure.replace(tzinfo=None, fold=0))
    readings = {wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(r for r in readings if r.astimezone(place).replace(tzinfo=None) == wall)
