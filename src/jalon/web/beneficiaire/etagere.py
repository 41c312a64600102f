"""The shelf of one bilan, in this space."""

from jalon.web.ecrits.etagere import urls_of

urls = urls_of("beneficiaire")
