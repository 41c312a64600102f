"""What was brought back from a folder taken away, in this space."""

from jalon.web.reprise import urls_of

urls = urls_of("beneficiaire")
