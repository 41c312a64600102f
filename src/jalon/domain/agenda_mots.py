"""Why a calendar elsewhere could not be reached or read: what, and what to do. By code, for nothing of it is quoted."""

RAISONS = {
    "adresse": "Cette adresse n’est pas complète : copiez-la entière, elle commence par https://.",
    "identifiants": "Retirez le nom et le mot de passe de l’adresse : ils ont leurs propres cases.",
    "https": "Cette adresse n’est pas protégée : il faut une adresse qui commence par https://.",
    "interne": "Cette adresse mène à un réseau privé : le serveur n’y va pas. Demandez à qui tient l’installation d’autoriser cet hôte.",
    "inconnu": "Ce nom de serveur n’existe pas, ou ne répond pas : vérifiez l’adresse.",
    "injoignable": "Le serveur n’a pas répondu. Nous réessaierons de nous-mêmes.",
    "lent": "Le serveur a mis trop de temps à répondre. Nous réessaierons de nous-mêmes.",
    "certificat": "Le certificat de ce serveur n’est pas valable : nous n’y envoyons rien.",
    "redirection": "Cette adresse renvoie vers une autre : donnez l’adresse finale.",
    "trop_gros": "Cet agenda est trop gros pour être lu : donnez un agenda plus court, ou une année seulement.",
    "trop_frequent": "Cet agenda contient un événement qui se répète toutes les heures ou plus : retirez-le.",
    "illisible": "Ce qui se trouve à cette adresse n’est pas un agenda : vérifiez qu’elle est bien celle de l’agenda.",
    "refuse": "Le serveur refuse l’accès : vérifiez le nom d’utilisateur et le mot de passe, ou refaites l’adresse privée.",
    "absent": "Il n’y a rien à cette adresse : l’agenda a peut-être été déplacé ou fermé.",
    "reponse": "Le serveur a répondu par une erreur. Nous réessaierons de nous-mêmes.",
}


def raison(code: str) -> str:
    return RAISONS.get(code, RAISONS["reponse"])
