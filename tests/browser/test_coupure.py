"""The network is cut, for real: what was written waits encrypted on the device, leaves in order, once, and dies with the session."""

import pytest
from django.conf import settings
from django.urls import reverse
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.test_questionnaires import enter, photo
from tests.web.appareils import on_device
from tests.web.ecrits import situation

from jalon.records.models import Piece

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

# Everything that the browser holds for this origin, as a thief would copy it.
DUMP = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); });
    for (const store of base.objectStoreNames) {
      const rows = await new Promise((ok) => { const r = base.transaction(store).objectStore(store).getAll(); r.onsuccess = () => ok(r.result); });
      for (const row of rows) {
        const text = (v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v) ? new TextDecoder("latin1").decode(v) : String(v);
        found.push("ROW " + Object.entries(row).map(([k, v]) => `${k}=${text(v)}`).join(" "));
      }
    }
    base.close();
  }
  for (const name of await caches.keys()) found.push("CACHE " + name);
  found.push(...(await navigator.serviceWorker.getRegistrations()).map(() => "WORKER"));
  return found.join("\\n");
}"""


def in_session(quelquun, s, *, shared, size=PHONE):
    return enter(quelquun(size), on_device(s.personne, shared=shared))


def cut(somebody, off=True):
    somebody.page.context.set_offline(off)


def waits(somebody, words):
    somebody.page.wait_for_function(
        "words => document.body.innerText.replaceAll('\\u00a0', ' ').includes(words)", arg=words, timeout=8000
    )


def answers(s, code="contraintes"):
    from jalon.access.pieces import open_for_action

    piece = Piece.objects.get(bilan=s.bilan, nature="reponses", reference=code)
    return open_for_action(piece).reponses, piece.revision


def open_sheet(s, somebody, code="contraintes", part=0):
    s.consultant.post(s.a("consultant_questionnaire_proposer", code))
    somebody.aller(s.a("beneficiaire_questionnaire_repondre", code, part))


def answer(somebody, n, said):
    """Write in the first text fields of the sheet."""
    fields = somebody.page.locator("form[data-autosave-url] textarea")
    for rank in range(n):
        fields.nth(rank).fill(f"{said} {rank}")


def test_answers_given_without_network_wait_encrypted_and_leave_once(quelquun):
    s = situation(en_investigation=True)
    person = in_session(quelquun, s, shared=False)
    open_sheet(s, person, "recit")
    cut(person)
    person.plaintes.clear()
    answer(person, 3, "secret de famille")
    waits(person, "3 réponses attendent le réseau sur cet appareil")
    photo(person, "coupure")
    held = person.page.evaluate(DUMP)
    assert held.count("ROW") == 1
    assert "chiffre=" in held
    row = next(line for line in held.splitlines() if line.startswith("ROW"))
    for word in ("secret", "famille", s.personne.session["attente"]["cle"]):
        assert word not in held
    # Not even where it goes: a thief learns that something waited, and until when.
    for word in ("recit", "questionnaires", str(s.bilan.pk)):
        assert word not in row
    assert "CACHE" not in held
    assert "WORKER" not in held
    # «Garder et relire» without network: nothing leaves, the page stays.
    person.page.get_by_role("button", name="Garder et relire avant de terminer").click()
    assert answers(s, "recit") == ({}, 1)
    cut(person, off=False)
    waits(person, "Enregistré à")
    person.page.wait_for_function("document.querySelector('[data-attente-etat]').hidden")
    said, revision = answers(s, "recit")
    assert sorted(said.values()) == [f"secret de famille {n}" for n in range(3)]
    assert revision == 2
    assert "ROW" not in person.page.evaluate(DUMP)


def test_a_page_closed_during_the_cut_sends_what_it_left_when_the_person_comes_back(quelquun):
    s = situation(en_investigation=True)
    person = in_session(quelquun, s, shared=False, size=SCREEN)
    open_sheet(s, person, "recit")
    cut(person)
    answer(person, 1, "avant la panne")
    waits(person, "1 réponse attend le réseau sur cet appareil")
    person.page.close(run_before_unload=False)
    person.page = person.page.context.new_page()
    cut(person, off=False)
    assert answers(s, "recit")[0] == {}
    person.page.goto(person.base + s.a("beneficiaire_seances"))
    waits(person, "tout est envoyé")
    said, revision = answers(s, "recit")
    assert list(said.values()) == ["avant la panne 0"]
    assert revision == 2
    person.page.reload()
    assert "ROW" not in person.page.evaluate(DUMP)
    assert answers(s, "recit")[1] == 2


def test_what_another_device_wrote_meanwhile_is_shown_beside_what_waited(quelquun):
    s = situation(en_investigation=True)
    train = in_session(quelquun, s, shared=False, size=SCREEN)
    open_sheet(s, train, "recit")
    cut(train)
    answer(train, 1, "depuis le train")
    waits(train, "1 réponse attend")
    train.page.close(run_before_unload=False)
    train.page = train.page.context.new_page()
    home = enter(quelquun(SCREEN), s.personne)
    home.aller(s.a("beneficiaire_questionnaire_repondre", "recit", 0))
    answer(home, 1, "depuis la maison")
    waits(home, "Enregistré à")
    cut(train, off=False)
    train.page.goto(train.base + s.a("beneficiaire_seances"))
    waits(train, "ne correspond plus")
    assert train.lit("depuis le train 0", "depuis la maison 0")
    with train.page.expect_navigation():
        train.page.get_by_role("button", name="Garder mon texte").click()
    assert list(answers(s, "recit")[0].values()) == ["depuis le train 0"]
    assert "ROW" not in train.page.evaluate(DUMP)


def test_a_shared_device_keeps_nothing_and_says_so(quelquun):
    s = situation(en_investigation=True)
    person = in_session(quelquun, s, shared=True)
    open_sheet(s, person, "recit")
    cut(person)
    answer(person, 1, "secret de famille")
    waits(person, "votre texte reste dans cette page")
    assert "ROW" not in person.page.evaluate(DUMP)
    cut(person, off=False)
    waits(person, "Enregistré à")
    assert list(answers(s, "recit")[0].values()) == ["secret de famille 0"]


def test_a_store_stolen_before_the_end_of_the_session_opens_nowhere_and_the_device_erases_its_own(quelquun):
    s = situation(en_investigation=True)
    person = in_session(quelquun, s, shared=False)
    open_sheet(s, person, "recit")
    cut(person)
    answer(person, 1, "secret de famille")
    waits(person, "1 réponse attend")
    stolen = person.page.evaluate(DUMP)
    person.page.close(run_before_unload=False)
    person.page = person.page.context.new_page()
    # The session ends elsewhere, as when it is closed from another device.
    s.personne.post(reverse("account_logout"))
    cut(person, off=False)
    person.page.goto(person.base + "/")
    waits(person, "est effacé")
    assert "ROW" not in person.page.evaluate(DUMP)
    assert "secret" not in stolen
    assert answers(s, "recit")[0] == {}
    # No key is given to the cookie of a session that is over.
    name = settings.SESSION_COOKIE_NAME
    assert not any(c["name"] == name and c["value"] for c in person.page.context.cookies()) or (
        person.page.request.post(person.base + "/compte/sans-reseau/cle/", max_redirects=0).status != 200
    )
