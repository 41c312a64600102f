"""What the employer signs: the convention, by a code or a drawing."""

from jalon.web import gate
from jalon.web.employeur.cadre import frame
from jalon.web.signatures import make_urls

urls = make_urls("employeur", gate_of=gate.employeur, extra=frame)
