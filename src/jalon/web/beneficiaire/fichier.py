"""Files, in this space."""

from jalon.web.ecrits.fichier import urls_of

urls = urls_of("beneficiaire")
