"""What the consultant signs with the person."""

from jalon.web.signatures import make_urls

urls = make_urls("consultant")
