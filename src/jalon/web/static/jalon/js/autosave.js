// Texts are kept as they are written. An element with data-autosave-url (a <form>, or one field of a form) is sent
// 1.5 s after the last key: its fields, `revision`, and the CSRF token of its form.
//
// What the address answers:
//   2xx  kept; JSON {"revision": n} when the next sending must carry a new revision
//   409  somebody wrote meanwhile: an HTML fragment (conflict panel), shown under the text; sending stops
//   422  refused: JSON {"obstacles": [{"sentence": "…", "source": "…"}]}
//   404, 410  the text is closed: the person is told to copy it
//   401, 403, a redirection  the session is closed; anything else: no network. Both are tried again
//
// `data-brouillon="n"`: the state of the draft on which this is typed; the answer gives the next one.
// Without network the text waits on the device, encrypted, where the session allows it (attente.js); else in the page only.
(() => {
  "use strict";
  const WAIT = 1500;
  const RETRY = [3000, 6000, 12000, 30000];
  const all = new Set();
  let hidden = false;

  const live = document.createElement("div");
  live.className = "pour-lecteur";
  live.setAttribute("role", "status");
  document.body.append(live);

  const hour = () => {
    const now = new Date();
    const minutes = now.getMinutes();
    return `${now.getHours()}\u00a0h` + (minutes ? `\u00a0${String(minutes).padStart(2, "0")}` : "");
  };

  // A new login in another tab renews the cookie, not the form that stayed open.
  const currentToken = () => document.cookie.match(/(?:^|; )(?:__Host-)?jalon_csrf=([^;]+)/)?.[1];

  class Autosave {
    constructor(element) {
      this.element = element;
      this.form = element instanceof HTMLFormElement ? element : element.form;
      this.status = (element.closest(".champ") || element).querySelector("[data-autosave-etat]");
      this.state = "";
      this.sent = this.text();
      this.kept = "";
      this.tries = 0;
      this.timer = 0;
      this.busy = false;
      this.stopped = false;
      element.addEventListener("input", () => this.later(WAIT));
      element.addEventListener("change", () => this.later(WAIT));
      this.form?.addEventListener("submit", () => this.leave());
      this.form?.addEventListener("jalon:garder", () => this.send());
    }

    fields() {
      const data = new URLSearchParams();
      if (this.element instanceof HTMLFormElement) {
        for (const [name, value] of new FormData(this.element)) if (typeof value === "string") data.append(name, value);
      } else {
        data.append(this.element.name, this.element.value);
      }
      data.delete("csrfmiddlewaretoken");
      data.delete("revision");
      return data;
    }

    text() { return this.fields().toString(); }
    unsaved() { return !this.stopped && this.text() !== this.sent; }
    // Neither on the server nor, encrypted, on the device.
    fragile() { return this.unsaved() && this.text() !== this.kept; }

    body() {
      const body = this.fields();
      const revision = this.element.dataset.revision || this.form?.elements.namedItem("revision")?.value;
      if (revision) body.append("revision", revision);
      if (this.element.dataset.brouillon !== undefined) body.append("brouillon", this.element.dataset.brouillon);
      return body;
    }

    // How many fields hold something else than what was sent.
    changes() {
      const sides = [new URLSearchParams(this.sent), this.fields()];
      const names = new Set(sides.flatMap((side) => [...side.keys()]));
      return [...names].filter((name) => String(sides[0].getAll(name)) !== String(sides[1].getAll(name))).length;
    }

    later(delay) {
      if (this.stopped) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), delay);
    }

    leave() {
      clearTimeout(this.timer);
      this.stopped = true;
    }

    async send(keepalive = false) {
      clearTimeout(this.timer);
      if (this.stopped || (this.busy && !keepalive) || !this.unsaved()) return;
      const text = this.text();
      const body = this.body();
      const token = currentToken() || this.form?.elements.namedItem("csrfmiddlewaretoken")?.value || "";
      this.busy = true;
      if (!this.tries) this.say("envoi", "Enregistrement…");
      let answer = null;
      try {
        answer = await fetch(this.element.dataset.autosaveUrl, {
          method: "POST", body, keepalive, redirect: "manual", credentials: "same-origin",
          headers: { "X-CSRFToken": token, "X-Requested-With": "autosave", Accept: "application/json, text/html" },
        });
      } catch {
        answer = null;
      }
      this.busy = false;
      await this.read(answer, text);
    }

    async read(answer, text) {
      if (answer?.ok) {
        const kept = await this.json(answer);
        if (kept?.revision !== undefined) this.keepRevision(String(kept.revision));
        if (kept?.brouillon !== undefined) this.element.dataset.brouillon = String(kept.brouillon);
        if (this.kept) await window.jalonAttente?.forget(this.element.dataset.autosaveUrl);
        this.kept = "";
        this.sent = text;
        this.tries = 0;
        this.say("fait", `Enregistré à ${hour()}`);
        if (this.unsaved()) this.later(WAIT);
      } else if (answer?.status === 409) {
        this.stopped = true;
        if (this.kept) await window.jalonAttente?.forget(this.element.dataset.autosaveUrl);
        this.say("refuse", "Ce texte a changé ailleurs pendant que vous écriviez. Rien n’est perdu : choisissez ci-dessous.");
        this.showConflict(await answer.text());
      } else if (answer?.status === 422) {
        const refused = await this.json(answer);
        const why = (refused?.obstacles || []).map((o) => o.sentence).join(" ");
        this.sent = text;  // sending the same again would be refused again
        this.say("refuse", `Pas enregistré. ${why}`.trim());
      } else if (answer?.status === 404 || answer?.status === 410) {
        this.stopped = true;
        this.say("refuse", "Ce texte n’est plus ouvert : copiez ce que vous venez d’écrire avant de quitter la page.");
      } else if (answer && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403)) {
        this.again("attente", "Votre session s’est fermée : votre texte reste ici. Reconnectez-vous dans un autre onglet, nous réessayons.");
      } else {
        await this.cut(text);
      }
    }

    async cut(text) {
      const waits = await window.jalonAttente?.keep({
        url: this.element.dataset.autosaveUrl,
        corps: this.body().toString(),
        page: window.location.pathname,
        action: this.form?.getAttribute("action") || window.location.pathname,
        mot: this.element.dataset.autosaveMot || "texte",
        nombre: this.element.dataset.autosaveMot ? Math.max(1, this.changes()) : 1,
      });
      if (waits) this.kept = text;
      this.again("coupe", waits
        ? "Pas de réseau\u00a0: votre texte attend sur cet appareil, chiffré. Il partira tout seul."
        : "Pas de réseau\u00a0: votre texte reste dans cette page, nous réessayons. Ne la fermez pas.");
    }

    again(state, words) {
      this.say(state, words);
      this.later(RETRY[Math.min(this.tries, RETRY.length - 1)]);
      this.tries += 1;
    }

    async json(answer) {
      try { return await answer.json(); } catch { return null; }
    }

    keepRevision(value) {
      if (this.element.dataset.revision !== undefined) this.element.dataset.revision = value;
      const field = this.form?.elements.namedItem("revision");
      if (field instanceof HTMLInputElement) field.value = value;
    }

    // The fragment comes from our own server, escaped there; the security policy runs no script in it.
    showConflict(html) {
      const place = document.createElement("div");
      place.innerHTML = html;
      (this.element.closest(".champ") || this.element).append(place);
      place.querySelector("[data-garder-ici]")?.addEventListener("click", (event) => {
        this.element.dataset.brouillon = event.target.dataset.garderIci;
        this.stopped = false;
        place.remove();
        this.send();
      });
      place.querySelector("[data-reprendre-autre]")?.addEventListener("click", () => window.location.reload());
      place.querySelector("[tabindex]")?.focus();
    }

    say(state, words) {
      if (this.status) {
        this.status.textContent = words;
        this.status.dataset.etat = state;
      }
      const worse = state !== "fait" && state !== "envoi";
      const recovered = state === "fait" && this.state !== "fait" && this.state !== "";
      if (state === "envoi") return;
      if (state !== this.state && (worse || recovered)) live.textContent = words;
      this.state = state;
    }
  }

  function watch(root) {
    const found = [...root.querySelectorAll("[data-autosave-url]")];
    if (root instanceof Element && root.matches("[data-autosave-url]")) found.unshift(root);
    for (const element of found) {
      if (element.dataset.autosavePret) continue;
      element.dataset.autosavePret = "1";
      all.add(new Autosave(element));
    }
  }

  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
  window.addEventListener("online", () => all.forEach((one) => one.send()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") all.forEach((one) => one.send(true));
  });
  window.addEventListener("jalon:masquer", () => {
    hidden = true;
    all.forEach((one) => one.send(true));
  });
  window.addEventListener("beforeunload", (event) => {
    for (const one of all) {
      if (!one.element.isConnected) all.delete(one);
      else if (!hidden && one.fragile()) event.preventDefault();
    }
  });
})();
