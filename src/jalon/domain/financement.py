"""The route by which a bilan is paid: it decides who may learn that it exists (BC-18)."""

from jalon.domain.parcours import Labelled


class Financement(Labelled):
    CPF_HORS_TEMPS = "cpf_hors_temps", "CPF, hors temps de travail"
    CPF_SUR_TEMPS = "cpf_sur_temps", "CPF, sur le temps de travail"
    PLAN = "plan", "Plan de développement des compétences"
    RECLASSEMENT = "reclassement", "Congé de reclassement"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    OPCO = "opco", "OPCO ou fonds d’assurance formation"
    AGEFIPH = "agefiph", "Agefiph"
    AGENT_PUBLIC = "agent_public", "Employeur public"
    PERSONNEL = "personnel", "Personne qui finance elle-même"


# Only there has the employer a part in the dossier. Everywhere else its very name is refused.
WITH_EMPLOYER = frozenset(
    {
        Financement.CPF_SUR_TEMPS,
        Financement.PLAN,
        Financement.RECLASSEMENT,
        Financement.OPCO,
        Financement.AGENT_PUBLIC,
    }
)
# Reserved to the bilan of the law: a service outside the legal frame is paid by the person or her employer (droit.md 7.6).
OUTSIDE_THE_FRAME = frozenset({Financement.PERSONNEL})
