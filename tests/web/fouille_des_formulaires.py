"""Walk a space as its person would: every link of the dossier, every form filled in every field, files included."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

# Acts that end something: walked last, by the test itself, so that there is something to walk.
FINISHES = re.compile(
    r"/(arreter|retirer|decliner|effacer|tout-effacer|renoncer|terminer|detruire|quitter|fermer|deconnexion|"
    r"telecharger|clore|refuser|annuler|absence|ouvrir)/"
)


# Administrative by decision, never content: to whom she asks that her synthesis be sent, how to join a call. Another word there.
ADMINISTRATIFS = frozenset({"cep-operateur", "visio_lien"})


class Page(HTMLParser):
    """The links and the forms of one page; buttons and inputs that name a form elsewhere are given to it."""

    def __init__(self, text):
        super().__init__()
        self.liens, self.formulaires, self._par_ident = [], [], {}
        self._form, self._select, self._texte = None, None, None
        self._loose = []
        self.feed(text)
        for ident, field in self._loose:
            if ident in self._par_ident:
                self._par_ident[ident]["champs"].append(field)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.liens.append(said["href"])
        elif tag == "form":
            self._form = {
                "action": said.get("action", ""),
                "methode": said.get("method", "get"),
                "champs": [],
            }
            self.formulaires.append(self._form)
            if said.get("id"):
                self._par_ident[said["id"]] = self._form
        elif tag in ("input", "textarea", "select", "button") and said.get("name"):
            field = {"tag": tag, "options": [], **said}
            if said.get("form"):
                self._loose.append((said["form"], field))
            elif self._form is not None:
                self._form["champs"].append(field)
            if tag == "select":
                self._select = field
        elif tag == "option" and self._select is not None:
            self._select["options"].append(said.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


def fill(form, mark, rank):
    """Every field says the mark; choices take the last that says something, as a curious person would."""
    data, files = {}, 0
    for field in form["champs"]:
        name, kind = field["name"], field.get("type", "text")
        if name in ADMINISTRATIFS:
            data[name] = "https://exemple.fr/salon"
        elif field["tag"] == "textarea":
            data[name] = f"Je raconte {mark} {rank}"
        elif field["tag"] == "select":
            data[name] = next((o for o in reversed(field["options"]) if o), "")
        elif field["tag"] == "button":
            data.setdefault(name, field.get("value") or "")
        elif kind in ("radio", "checkbox"):
            data[name] = field.get("value") or "on"
        elif kind == "file":
            files += 1
            data[name] = SimpleUploadedFile(f"{mark}.txt", f"Fichier {mark} {rank}".encode())
        elif kind == "hidden":
            data[name] = field.get("value") or ""
        elif kind == "date":
            data[name] = field.get("value") or "2026-03-20"
        elif kind == "number":
            data[name] = field.get("value") or field.get("min") or "2"
        elif kind in ("time", "datetime-local"):
            data[name] = field.get("value") or ("10:00" if kind == "time" else "2026-03-20T10:00")
        elif kind == "month":
            data[name] = field.get("value") or "2020-03"
        elif kind == "email":
            data[name] = "quelquun@exemple.fr"
        elif kind == "url":
            data[name] = f"https://exemple.fr/{mark}"
        elif kind not in ("submit", "image", "reset"):
            data[name] = f"{mark} {rank}"
    return data, files


def walk(client, start, within, mark, *, most=400):
    """Breadth first from one page. Gives (pages seen, forms taken, forms refused by their address)."""
    waiting, seen, taken, refused = [start], set(), 0, []
    posted = set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
            if answer.streaming:
                b"".join(answer.streaming_content)
            answer.close()
            continue
        page = Page(answer.content.decode())
        for link in page.liens:
            there = urlsplit(urljoin(address, link))
            path = there.path + (f"?{there.query}" if there.query and len(seen) < 60 else "")
            if there.path.startswith(within) and path not in seen and not FINISHES.search(there.path):
                waiting.append(path)
        for form in page.formulaires:
            target = urlsplit(urljoin(address, form["action"] or address)).path
            names = tuple(sorted({f["name"] for f in form["champs"]}))
            if (
                form["methode"].lower() != "post"
                or not target.startswith(within)
                or FINISHES.search(target)
                or (re.sub(r"[0-9a-f-]{36}|[0-9]+", "#", target), names) in posted
            ):
                continue
            posted.add((re.sub(r"[0-9a-f-]{36}|[0-9]+", "#", target), names))
            data, _ = fill(form, mark, len(posted))
            sent = client.post(target, data)
            if sent.status_code in (302, 303):
                taken += 1
                there = urlsplit(urljoin(target, sent["Location"])).path
                # What was written has pages of its own now: look again where it is shown.
                seen.discard(there)
                seen.discard(address)
                waiting += [there, address]
            else:
                refused.append((target, sent.status_code))
    return seen, taken, refused
