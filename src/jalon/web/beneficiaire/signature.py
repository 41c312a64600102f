"""What waits for the person's signature, hers to give or not."""

from jalon.web.signatures import make_urls

urls = make_urls("beneficiaire")
