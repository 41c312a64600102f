"""Who may do or see what: one table, action × role, that an auditor can read. Unknown means no.

Roles are relative to a bilan, or to a cabinet for what is not inside a bilan. No role of the administration of the software opens
content; nobody has a row here because of what she administers.
"""

from enum import StrEnum


class Role(StrEnum):
    BENEFICIAIRE = "beneficiaire"
    CONSULTANT = "consultant"
    SUBSTITUT = "substitut"
    ASSISTANT = "assistant"
    RESPONSABLE = "responsable"
    # A consultant of the cabinet, outside her own bilans.
    CONFRERE = "confrere"
    EMPLOYEUR = "employeur"
    REPONDANT = "repondant"
    # Somebody whom the person has named and gives one copy to read: the CEP operator, an employer, anybody.
    TIERS = "tiers"
    AUDITEUR = "auditeur"
    SYSTEME = "systeme"


class Action(StrEnum):
    # The cabinet
    VIEW_CABINET = "view_cabinet"
    MANAGE_CABINET = "manage_cabinet"
    MANAGE_MEMBRES = "manage_membres"
    MANAGE_PARCOURS = "manage_parcours"
    MANAGE_INSTRUMENTS = "manage_instruments"
    VIEW_AVIS = "view_avis"
    VIEW_EXPLOITATION = "view_exploitation"
    VIEW_METIERS = "view_metiers"
    MANAGE_METIERS = "manage_metiers"
    IMPORT_METIERS = "import_metiers"
    # Contacts
    MANAGE_EXERCICES = "manage_exercices"
    MANAGE_ETAGERE = "manage_etagere"
    SET_PLAFOND = "set_plafond"
    VIEW_CONTACTS = "view_contacts"
    MANAGE_DISPONIBILITES = "manage_disponibilites"
    RECORD_CONTACT = "record_contact"
    READ_PROPOS = "read_propos"
    ERASE_CONTACT = "erase_contact"
    # The administrative dossier
    OPEN_BILAN = "open_bilan"
    VIEW_DOSSIER = "view_dossier"
    MANAGE_DOSSIER = "manage_dossier"
    INVITE_BENEFICIAIRE = "invite_beneficiaire"
    GIVE_CODES_PAPIER = "give_codes_papier"
    VIEW_SEANCES = "view_seances"
    PLAN_SEANCE = "plan_seance"
    MOVE_OWN_SEANCE = "move_own_seance"
    PLAN_ATELIER = "plan_atelier"
    VIEW_PLANNING = "view_planning"
    HOLD_SEANCE = "hold_seance"
    SIGN_BENEFICIAIRE = "sign_beneficiaire"
    SIGN_CONSULTANT = "sign_consultant"
    VIEW_PAPIERS = "view_papiers"
    ISSUE_PAPIERS = "issue_papiers"
    VIEW_JOURNAL = "view_journal"
    # Who pays, and what binds
    MANAGE_ENGAGEMENT = "manage_engagement"
    RENOUNCE_CONTRAT = "renounce_contrat"
    ASK_EARLY_START = "ask_early_start"
    # Signatures, and the employer where it is a party
    SEND_TO_SIGN = "send_to_sign"
    SIGN_PAPIER = "sign_papier"
    SIGN_PRESTATAIRE = "sign_prestataire"
    OPEN_EMPLOYEUR = "open_employeur"
    VIEW_EMPLOYEUR = "view_employeur"
    TRANSMIT_CONVENTION = "transmit_convention"
    ASK_ABSENCE = "ask_absence"
    ANSWER_ABSENCE = "answer_absence"
    # The life of the bilan
    GIVE_CONSENTEMENT = "give_consentement"
    ENTER_CONSENTEMENT_PAPIER = "enter_consentement_papier"
    WITHDRAW_CONSENTEMENT = "withdraw_consentement"
    DECLINE_BILAN = "decline_bilan"
    MOVE_BILAN = "move_bilan"
    CLOSE_PRELIMINAIRE = "close_preliminaire"
    ANNOUNCE_TERME = "announce_terme"
    FINISH_BILAN = "finish_bilan"
    ABANDON_BILAN = "abandon_bilan"
    # Content
    READ_CONTENU = "read_contenu"
    WRITE_DEMANDE = "write_demande"
    WRITE_OBJECTIFS = "write_objectifs"
    ANSWER_QUESTIONNAIRE = "answer_questionnaire"
    ENTER_REPONSES_PAPIER = "enter_reponses_papier"
    PROPOSE_QUESTIONNAIRE = "propose_questionnaire"
    RESTITUTE = "restitute"
    INVITE_REPONDANTS = "invite_repondants"
    ANSWER_REGARD = "answer_regard"
    GIVE_TACHE = "give_tache"
    WRITE_RENDU = "write_rendu"
    REVIEW_RENDU = "review_rendu"
    WRITE_ETAGERE = "write_etagere"
    KEEP_PROMESSE = "keep_promesse"
    WRITE_RECAP = "write_recap"
    CORRECT_RECAP = "correct_recap"
    WRITE_NOTE = "write_note"
    READ_NOTE = "read_note"
    WRITE_CARNET = "write_carnet"
    READ_CARNET = "read_carnet"
    WRITE_VIE = "write_vie"
    WRITE_PORTEFEUILLE = "write_portefeuille"
    EXPORT_PORTEFEUILLE = "export_portefeuille"
    WRITE_PISTE = "write_piste"
    WRITE_PROJET = "write_projet"
    WRITE_PLAN = "write_plan"
    INFORM_CELLULE = "inform_cellule"
    WRITE_SYNTHESE = "write_synthese"
    OBSERVE_SYNTHESE = "observe_synthese"
    VALIDATE_SYNTHESE = "validate_synthese"
    DELIVER_SYNTHESE = "deliver_synthese"
    READ_SYNTHESE = "read_synthese"
    CORRECT_SYNTHESE = "correct_synthese"
    COMMENT_SYNTHESE = "comment_synthese"
    WRITE_MESSAGE = "write_message"
    DEPOSIT_FICHIER = "deposit_fichier"
    SAVE_BROUILLON = "save_brouillon"
    ERASE_PIECE = "erase_piece"
    # The end
    DECIDE_DOCUMENTS = "decide_documents"
    ASK_CEP = "ask_cep"
    READ_RESULTATS_DETAILLES = "read_resultats_detailles"
    COMPOSE_EXTRAIT = "compose_extrait"
    SHARE_DOCUMENTS = "share_documents"
    READ_PARTAGE = "read_partage"
    CHOOSE_RAPPELS = "choose_rappels"
    TAKE_AWAY = "take_away"
    DESTROY = "destroy"
    VIEW_DESTRUCTION = "view_destruction"
    OPEN_SUIVI = "open_suivi"
    WRITE_SUIVI = "write_suivi"
    ACCEPT_RECONTACT = "accept_recontact"
    RESUME_DOSSIER = "resume_dossier"
    JOIN_RESEAU = "join_reseau"
    ASK_RESEAU = "ask_reseau"
    # Rights
    ASK_DROIT = "ask_droit"
    VIEW_DROITS = "view_droits"
    ANSWER_DROIT = "answer_droit"
    TAKE_PAUSE = "take_pause"
    VIEW_COMPTEURS = "view_compteurs"


_B, _C, _S = Role.BENEFICIAIRE, Role.CONSULTANT, Role.SUBSTITUT
_A, _R, _F = Role.ASSISTANT, Role.RESPONSABLE, Role.CONFRERE
_SYS, _E, _T = Role.SYSTEME, Role.EMPLOYEUR, Role.TIERS

_ADMINISTRATION = frozenset({_A, _R})
_SEEN_BY_TEAM = frozenset({_B, _C, _S, _A, _R})
# L. 6313-4 al. 3 and 4: content is for the person and for those who carry out the bilan, bound by secrecy.
_THE_TWO = frozenset({_B, _C, _S})
_CARRIED_OUT_BY = frozenset({_C, _S})
_PERSON_ALONE = frozenset({_B})

MATRIX: dict[Action, frozenset[Role]] = {
    Action.VIEW_CABINET: frozenset({_A, _R, _F}),
    Action.MANAGE_CABINET: frozenset({_R}),
    Action.MANAGE_MEMBRES: frozenset({_R}),
    Action.MANAGE_PARCOURS: frozenset({_R}),
    # Files without anybody's answers: what to ask is the trade of those who ask.
    Action.MANAGE_INSTRUMENTS: frozenset({_R, _F}),
    # Counts of five people at least, without whose.
    Action.VIEW_AVIS: frozenset({_R, _F}),
    # Exercises and the shelf of resources hold nobody's words; each keeps what is hers until she shares it.
    Action.MANAGE_EXERCICES: frozenset({_R, _F}),
    Action.MANAGE_ETAGERE: frozenset({_R, _F}),
    # A consultant her own only: the action looks at whose it is.
    Action.SET_PLAFOND: frozenset({_R, _F}),
    Action.VIEW_EXPLOITATION: frozenset({_R}),
    Action.VIEW_METIERS: frozenset({_A, _R, _F}),
    Action.MANAGE_METIERS: frozenset({_R}),
    # The machine reads the archive that was asked for.
    Action.IMPORT_METIERS: frozenset({_SYS}),
    Action.VIEW_CONTACTS: frozenset({_A, _R, _F}),
    # A consultant her own hours only: the action looks at whose they are.
    Action.MANAGE_DISPONIBILITES: frozenset({_A, _R, _F}),
    Action.RECORD_CONTACT: frozenset({_A, _R, _F}),
    # What a prospect says of her need already is for a professional bound by secrecy.
    Action.READ_PROPOS: frozenset({_F}),
    Action.ERASE_CONTACT: frozenset({_A, _R, _F, _SYS}),
    Action.OPEN_BILAN: frozenset({_A, _R, _F}),
    Action.VIEW_DOSSIER: _SEEN_BY_TEAM,
    Action.MANAGE_DOSSIER: frozenset({_A, _R, _C}),
    Action.INVITE_BENEFICIAIRE: frozenset({_A, _R, _C}),
    # Whoever holds the codes could enter as the person: only the consultant hands them over, face to face.
    Action.GIVE_CODES_PAPIER: frozenset({_C}),
    Action.VIEW_SEANCES: _SEEN_BY_TEAM,
    Action.PLAN_SEANCE: frozenset({_A, _R, _C, _S}),
    # Among the moments that are free, with the same consultant: nothing else of the plan is hers to change alone.
    Action.MOVE_OWN_SEANCE: _PERSON_ALONE,
    # A consultant her own groups only: the action looks at whose they are.
    Action.PLAN_ATELIER: frozenset({_A, _R, _F}),
    # The week of all consultants, with names: whoever holds the desk.
    Action.VIEW_PLANNING: _ADMINISTRATION,
    Action.HOLD_SEANCE: _CARRIED_OUT_BY,
    Action.SIGN_BENEFICIAIRE: _PERSON_ALONE,
    Action.SIGN_CONSULTANT: _CARRIED_OUT_BY,
    Action.VIEW_PAPIERS: _SEEN_BY_TEAM,
    Action.ISSUE_PAPIERS: frozenset({_A, _R, _C}),
    Action.VIEW_JOURNAL: _PERSON_ALONE,
    Action.MANAGE_ENGAGEMENT: frozenset({_A, _R, _C}),
    # L. 6353-5; C. conso. L. 221-18 and L. 221-25: nobody gives up a contract, or the time to do so, in her place.
    Action.RENOUNCE_CONTRAT: _PERSON_ALONE,
    Action.ASK_EARLY_START: _PERSON_ALONE,
    Action.SEND_TO_SIGN: frozenset({_A, _R, _C}),
    # Whoever signs is also named by the document: the role alone signs nothing.
    Action.SIGN_PAPIER: frozenset({_B, _C, _S, _R, _E}),
    Action.SIGN_PRESTATAIRE: frozenset({_R}),
    Action.OPEN_EMPLOYEUR: frozenset({_A, _R, _C}),
    # L. 6313-4 al. 3: what the employer sees has a page of its own, which holds no content.
    Action.VIEW_EMPLOYEUR: frozenset({_E}),
    # R. 6313-8: the employer transmits; on paper, the cabinet notes what it was shown.
    Action.TRANSMIT_CONVENTION: frozenset({_E, _A, _R, _C}),
    Action.ASK_ABSENCE: _PERSON_ALONE,
    Action.ANSWER_ABSENCE: frozenset({_E}),
    Action.GIVE_CONSENTEMENT: _PERSON_ALONE,
    Action.ENTER_CONSENTEMENT_PAPIER: frozenset({_C}),
    Action.WITHDRAW_CONSENTEMENT: _PERSON_ALONE,
    Action.DECLINE_BILAN: frozenset({_B, _C}),
    Action.MOVE_BILAN: _CARRIED_OUT_BY,
    Action.CLOSE_PRELIMINAIRE: _THE_TWO,
    Action.ANNOUNCE_TERME: _CARRIED_OUT_BY,
    Action.FINISH_BILAN: frozenset({_C, _S, _SYS}),
    Action.ABANDON_BILAN: frozenset({_B, _C}),
    Action.READ_CONTENU: _THE_TWO,
    Action.WRITE_DEMANDE: _THE_TWO,
    Action.WRITE_OBJECTIFS: _THE_TWO,
    Action.ANSWER_QUESTIONNAIRE: _PERSON_ALONE,
    Action.ENTER_REPONSES_PAPIER: frozenset({_C}),
    Action.PROPOSE_QUESTIONNAIRE: _CARRIED_OUT_BY,
    Action.RESTITUTE: _CARRIED_OUT_BY,
    # Whom she asks, and what she tells them, is hers alone: neither the cabinet nor the consultant learns a name.
    Action.INVITE_REPONDANTS: _PERSON_ALONE,
    # One answer is read by whoever gave it, by her link, and by nobody else.
    Action.ANSWER_REGARD: frozenset({Role.REPONDANT}),
    # She may give work to herself; what she hands in is hers to write.
    Action.GIVE_TACHE: _THE_TWO,
    Action.WRITE_RENDU: _PERSON_ALONE,
    Action.REVIEW_RENDU: _CARRIED_OUT_BY,
    Action.WRITE_ETAGERE: _THE_TWO,
    Action.KEEP_PROMESSE: _THE_TWO,
    Action.INFORM_CELLULE: _CARRIED_OUT_BY,
    Action.WRITE_RECAP: _CARRIED_OUT_BY,
    Action.CORRECT_RECAP: _PERSON_ALONE,
    # The consultant's own notes: neither the person nor a colleague; they always die at the term.
    Action.WRITE_NOTE: frozenset({_C}),
    Action.READ_NOTE: frozenset({_C}),
    Action.WRITE_CARNET: _PERSON_ALONE,
    Action.READ_CARNET: _PERSON_ALONE,
    # Her life, and what a project changes in it: written by nobody else, read by nobody else before she shares it.
    Action.WRITE_VIE: _PERSON_ALONE,
    Action.WRITE_PORTEFEUILLE: _THE_TWO,
    # A file that leaves: she alone makes it.
    Action.EXPORT_PORTEFEUILLE: _PERSON_ALONE,
    Action.WRITE_PISTE: _THE_TWO,
    Action.WRITE_PROJET: _THE_TWO,
    Action.WRITE_PLAN: _THE_TWO,
    Action.WRITE_SYNTHESE: _CARRIED_OUT_BY,
    Action.OBSERVE_SYNTHESE: _PERSON_ALONE,
    Action.VALIDATE_SYNTHESE: _PERSON_ALONE,
    Action.DELIVER_SYNTHESE: frozenset({_C}),
    Action.READ_SYNTHESE: _THE_TWO,
    Action.CORRECT_SYNTHESE: _PERSON_ALONE,
    Action.COMMENT_SYNTHESE: _THE_TWO,
    Action.WRITE_MESSAGE: _THE_TWO,
    Action.DEPOSIT_FICHIER: _THE_TWO,
    Action.SAVE_BROUILLON: _THE_TWO,
    Action.ERASE_PIECE: _PERSON_ALONE,
    Action.DECIDE_DOCUMENTS: _PERSON_ALONE,
    Action.ASK_CEP: _PERSON_ALONE,
    Action.READ_RESULTATS_DETAILLES: _PERSON_ALONE,
    Action.COMPOSE_EXTRAIT: _PERSON_ALONE,
    # L. 6313-4 al. 3: only the person gives her documents to read; whoever she names reads that copy and nothing else.
    Action.SHARE_DOCUMENTS: _PERSON_ALONE,
    Action.READ_PARTAGE: frozenset({_T}),
    Action.CHOOSE_RAPPELS: _PERSON_ALONE,
    Action.TAKE_AWAY: _PERSON_ALONE,
    Action.DESTROY: frozenset({_C, _SYS}),
    Action.VIEW_DESTRUCTION: _SEEN_BY_TEAM,
    Action.OPEN_SUIVI: frozenset({_B, _C, _SYS}),
    Action.WRITE_SUIVI: _THE_TWO,
    Action.ACCEPT_RECONTACT: _PERSON_ALONE,
    # What comes from another dossier comes by her own hand.
    Action.RESUME_DOSSIER: _PERSON_ALONE,
    Action.JOIN_RESEAU: _PERSON_ALONE,
    Action.ASK_RESEAU: _PERSON_ALONE,
    Action.ASK_DROIT: _PERSON_ALONE,
    # Not who accompanies her: a change of consultant or a complaint may be about that very person.
    Action.VIEW_DROITS: frozenset({_B, _A, _R}),
    Action.ANSWER_DROIT: _ADMINISTRATION,
    Action.TAKE_PAUSE: _PERSON_ALONE,
    Action.VIEW_COMPTEURS: frozenset({_A, _R, _F}),
}

# Actions that concern the cabinet as a whole; the others are relative to one bilan.
OF_THE_CABINET = frozenset(
    {
        Action.VIEW_CABINET,
        Action.MANAGE_CABINET,
        Action.MANAGE_MEMBRES,
        Action.MANAGE_PARCOURS,
        Action.MANAGE_INSTRUMENTS,
        Action.VIEW_AVIS,
        Action.MANAGE_EXERCICES,
        Action.MANAGE_ETAGERE,
        Action.SET_PLAFOND,
        Action.VIEW_EXPLOITATION,
        Action.VIEW_METIERS,
        Action.MANAGE_METIERS,
        Action.IMPORT_METIERS,
        Action.VIEW_CONTACTS,
        Action.MANAGE_DISPONIBILITES,
        Action.PLAN_ATELIER,
        Action.VIEW_PLANNING,
        Action.RECORD_CONTACT,
        Action.READ_PROPOS,
        Action.ERASE_CONTACT,
        Action.OPEN_BILAN,
        Action.VIEW_COMPTEURS,
    }
)

# Whatever opens content. A test proves that no administrative role stands in any of these rows.
OPENS_CONTENT = frozenset(
    {
        Action.READ_PROPOS,
        Action.READ_CONTENU,
        Action.READ_NOTE,
        Action.READ_CARNET,
        Action.READ_SYNTHESE,
        Action.INVITE_REPONDANTS,
        Action.ANSWER_REGARD,
        Action.TAKE_AWAY,
        Action.READ_RESULTATS_DETAILLES,
        Action.COMPOSE_EXTRAIT,
        Action.READ_PARTAGE,
    }
)


def allows(action: Action, roles: set[Role] | frozenset[Role]) -> bool:
    return bool(MATRIX.get(action, frozenset()) & roles)
