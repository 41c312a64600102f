"""A populated cabinet: rows written in bulk, and one bilan with real content by the real actions."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

NOW = datetime.now(UTC)


@dataclass
class Situation:
    organisme: Any
    consultant: Any
    responsable: Any
    bilan: Any
    seance: Any


def populate(bilans: int) -> Situation:
    """`bilans` closed or running rows around one consultant's fifteen, and one bilan in conclusions with its synthesis."""
    from jalon.access.coffre import coffre
    from jalon.actions.piece import write_piece
    from jalon.domain.bilan import Etat
    from jalon.records.models import Bilan, Consentement, Lieu, Membre, Organisme, Parcours, Personne, Seance
    from jalon.vault import tiroir_keys
    from jalon.vault.pieces.synthese import Synthese

    organisme = Organisme.objects.create(nom="Banc", siren="552100554", siret="55210055400013", ouvert_le=NOW)
    Lieu.objects.bulk_create(Lieu(organisme=organisme, nom=f"Lieu {i}", adresse="1 rue") for i in range(20))
    parcours = Parcours.objects.create(organisme=organisme, intitule="Parcours", cree_le=NOW)
    consultant, responsable, *others = (
        Personne.objects.create(email=f"p{i}@exemple.fr", prenom="P", nom=str(i), cree_le=NOW)
        for i in range(12)
    )
    for person, role in [
        (consultant, "consultant"),
        (responsable, "responsable"),
        *((o, "consultant") for o in others),
    ]:
        Membre.objects.create(organisme=organisme, personne=person, role=role, depuis=date(2020, 1, 1))
    people = Personne.objects.bulk_create(
        Personne(email=f"b{i}@exemple.fr", prenom="B", nom=str(i), cree_le=NOW, password="!")
        for i in range(bilans + 16)
    )

    def row(i: int, who: Any, etat: str) -> Any:
        closed = etat == Etat.TERMINE
        return Bilan(
            id=uuid.uuid4(),
            numero=f"{i:06d}",
            organisme=organisme,
            beneficiaire=people[i],
            consultant=who,
            parcours=parcours,
            financement="cpf_hors_temps",
            etat=etat,
            ouvert_le=NOW - timedelta(days=100),
            preliminaire_le=NOW - timedelta(days=90),
            investigation_le=NOW - timedelta(days=60),
            conclusions_le=NOW - timedelta(days=20),
            termine_le=NOW - timedelta(days=10) if closed else None,
            destruction_commencee_le=NOW - timedelta(days=9) if closed else None,
            contenu_detruit_le=NOW - timedelta(days=9) if closed else None,
        )

    mine = Bilan.objects.bulk_create([row(i, consultant, Etat.CONCLUSIONS) for i in range(15)])
    Bilan.objects.bulk_create(
        (row(i + 16, others[i % len(others)], Etat.TERMINE) for i in range(bilans)), batch_size=500
    )
    Consentement.objects.bulk_create(
        Consentement(
            bilan=b,
            donne_le=NOW,
            canal="ecran",
            saisi_par=b.beneficiaire,
            texte_version="1",
            texte_empreinte="0" * 64,
        )
        for b in mine
    )
    start = NOW - timedelta(days=2)
    seances = Seance.objects.bulk_create(
        Seance(
            bilan=b,
            consultant=consultant,
            phase="conclusions",
            nature="accompagnement",
            modalite="telephone",
            debut=start + timedelta(hours=3 * i + day * 24),
            fin=start + timedelta(hours=3 * i + day * 24 + 2),
        )
        for i, b in enumerate(mine[:7])
        for day in (0, 3)
    )
    bilan = mine[0]
    coffre().create_keys(key for key in tiroir_keys(bilan.pk) if not key.endswith("entretien_suivi"))
    text = ("Un paragraphe de la synthèse, de la longueur de ceux que l’on écrit. " * 12 + "\n\n") * 4
    write_piece(
        bilan,
        Synthese(circonstances=text, competences=text, projet=text, observations="", autres=()),
        by=consultant,
        now=NOW,
    )
    return Situation(organisme, consultant, responsable, bilan, seances[0])
