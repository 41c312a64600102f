"""What the house has on its shelf, and how many people each of its consultants accompanies at most."""

from datetime import datetime

from jalon.access.charge import read_charges
from jalon.actions import charge, etagere
from jalon.records.models import Organisme, Personne

# What each may still take on, beyond those under way.
MARGES = (2, 0, 3)
RESSOURCES = (
    (
        "site",
        "Métierscope",
        "https://candidat.francetravail.fr/metierscope/",
        "Une fiche par métier, avec les offres et les salaires près de chez soi.",
    ),
    (
        "site",
        "Immersion facilitée",
        "https://immersion-facile.beta.gouv.fr/",
        "Trouver une entreprise qui accueille quelques jours, avec la convention.",
    ),
    (
        "site",
        "France VAE",
        "https://vae.gouv.fr/",
        "Pour voir quel diplôme l’expérience permet de demander, sans formation.",
    ),
    (
        "site",
        "Mon Compte Formation",
        "https://www.moncompteformation.gouv.fr/",
        "Ses droits, et les formations qu’ils peuvent payer.",
    ),
)


def furnish(organisme: Organisme, by: Personne, now: datetime) -> None:
    """The shelf that everybody shares."""
    for genre, titre, adresse, pourquoi in RESSOURCES:
        etagere.write_ressource(
            organisme=organisme,
            genre=genre,
            titre=titre,
            adresse=adresse,
            pourquoi=pourquoi,
            partagee=True,
            by=by,
            now=now,
        )


def announce(organisme: Organisme, consultants: tuple[Personne, ...], now: datetime) -> None:
    """How many people each accompanies at most: one of them has no place left."""
    charges = read_charges(organisme, [one.pk for one in consultants])
    for one, left in zip(consultants, MARGES, strict=True):
        charge.set_plafond(
            organisme=organisme,
            consultant=one,
            plafond=max(1, charges[one.pk].en_cours + left),
            by=one,
            now=now,
        )
