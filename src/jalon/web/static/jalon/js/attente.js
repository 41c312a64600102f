// What waits for the network on this device: encrypted (AES-GCM) under a key of the open session, sent in order when the network
// is back, erased after a day or with the session. The key is asked of the server by the page, kept in memory, not extractable.
//
// <body data-attente="mark">: the session's mark, when something may wait here; "" erases what an ended session left; absent
// (a page that knows no session): nothing is touched. Nothing else is ever written to the browser's storage, and no page is cached.
(() => {
  "use strict";
  const { attente: mark, attenteIci: here, attenteCle: keyUrl } = document.body.dataset;
  const place = document.querySelector("[data-attente-etat]");
  const BASE = "jalon";
  const STORE = "attente";
  const HOUR = 3600 * 1000;
  const active = Boolean(mark && window.indexedDB && window.crypto?.subtle);
  const bytes = new TextEncoder();
  const mine = new Map(); // what this very page left: url → {id, …}; the page itself sends it again

  // ---- The device's store. In clear: an identifier, the session's mark, two hours. -------------------------------------

  function base() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open(BASE, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  async function inStore(mode, act) {
    const opened = await base();
    try {
      return await new Promise((done, failed) => {
        const transaction = opened.transaction(STORE, mode);
        const asked = act(transaction.objectStore(STORE));
        transaction.oncomplete = () => done(asked.result);
        transaction.onerror = transaction.onabort = () => failed(transaction.error);
      });
    } finally {
      opened.close();
    }
  }

  const all = () => inStore("readonly", (store) => store.getAll());
  const write = (entry) => inStore("readwrite", (store) => store.put(entry));
  const erase = (id) => inStore("readwrite", (store) => store.delete(id));

  // Ended sessions leave nothing, nor does a day gone by.
  async function sweep() {
    const known = (await indexedDB.databases?.())?.some((one) => one.name === BASE) ?? true;
    if (!known) return 0;
    let lost = 0;
    for (const entry of await all()) {
      if (active && entry.marque === mark && entry.expire_le > Date.now()) continue;
      await erase(entry.id);
      lost += 1;
    }
    return lost;
  }

  // ---- The keys ------------------------------------------------------------------------------------------------------

  let keys = null;
  const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?jalon_csrf=([^;]+)/)?.[1]
    || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  async function askKeys() {
    if (!active || keys) return keys;
    let said;
    try {
      const answer = await fetch(keyUrl, {
        method: "POST", redirect: "manual", credentials: "same-origin", headers: { "X-CSRFToken": token() },
      });
      if (!answer.ok) return null;
      said = await answer.json();
    } catch {
      return null;
    }
    if (said.marque !== mark) return null;
    const raw = Uint8Array.from(atob(said.cle), (c) => c.charCodeAt(0));
    const root = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
    raw.fill(0);
    const derive = (info, kind, uses) => crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes.encode(info) }, root, kind, false, uses,
    );
    keys = {
      secret: await derive("attente", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]),
      presence: await derive("presence", { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]),
      heures: said.heures,
    };
    return keys;
  }

  const bound = (id) => bytes.encode(`${mark}|${id}`);

  async function seal(id, content) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const clear = bytes.encode(JSON.stringify(content));
    const chiffre = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(id) }, keys.secret, clear);
    return { iv, chiffre };
  }

  async function open(entry) {
    const clear = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: entry.iv, additionalData: bound(entry.id) }, keys.secret, entry.chiffre,
    );
    return JSON.parse(new TextDecoder().decode(clear));
  }

  async function sign(parts) {
    const made = await crypto.subtle.sign("HMAC", keys.presence, bytes.encode(parts.join("\n")));
    return [...new Uint8Array(made)].map((b) => b.toString(16).padStart(2, "0")).join("");
  }

  // ---- What is said --------------------------------------------------------------------------------------------------

  const WORDS = {
    reponse: ["réponse attend", "réponses attendent"],
    texte: ["texte attend", "textes attendent"],
    presence: ["signature attend", "signatures attendent"],
  };

  function say(...parts) {
    if (!place) return;
    place.replaceChildren(...parts.map((part) => {
      if (part instanceof Node) return part;
      const line = document.createElement("p");
      line.textContent = part;
      return line;
    }));
    place.hidden = parts.length === 0;
  }

  async function tell() {
    const counts = {};
    for (const entry of await all()) {
      const { mot, nombre } = await open(entry);
      counts[mot] = (counts[mot] || 0) + nombre;
    }
    const told = Object.entries(counts).map(([mot, n]) => `${n}\u00a0${WORDS[mot][n > 1 ? 1 : 0]}`);
    if (!told.length) return say();
    say(`${told.join(", ")} le réseau sur cet appareil. C’est chiffré, et cela part tout seul\u00a0: laissez cette page ouverte. Tout s’efface après ${keys.heures}\u00a0heures, ou si votre session se ferme.`);
  }

  // ---- Keeping, forgetting -------------------------------------------------------------------------------------------

  let line = Promise.resolve(); // one at a time, in the order in which things were written
  const queued = (act) => (line = line.then(act, act));

  // Keeps the last state of what goes to `url`; false when nothing may wait here.
  const keep = (content) => queued(async () => {
    if (!active || !keys) return false;
    const id = mine.get(content.url)?.id || crypto.randomUUID();
    const now = Date.now();
    try {
      await write({ id, marque: mark, cree_le: mine.get(content.url)?.cree_le || now, expire_le: now + keys.heures * HOUR, ...await seal(id, content) });
    } catch {
      return false; // a full disk, a private window: the text stays in the page
    }
    if (!mine.has(content.url)) mine.set(content.url, { id, cree_le: now });
    await tell();
    return true;
  });

  const forget = (url) => queued(async () => {
    const kept = mine.get(url);
    if (!kept) return;
    mine.delete(url);
    await erase(kept.id);
    await tell();
  });

  // ---- Sending -------------------------------------------------------------------------------------------------------

  async function send(content) {
    try {
      return await fetch(content.url, {
        method: "POST", body: new URLSearchParams(content.corps), redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": token(), "X-Requested-With": "attente", Accept: "application/json, text/html" },
      });
    } catch {
      return null;
    }
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "bouton bouton--second";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  // The text itself, to be copied: what could not be kept is shown, never thrown away in silence.
  function showRefused(content, why, entry) {
    const box = document.createElement("div");
    box.className = "attente-refus";
    const text = document.createElement("div");
    text.className = "conflit-texte";
    text.tabIndex = 0;
    text.textContent = [...new URLSearchParams(content.corps)]
      .filter(([name, value]) => value && !["revision", "brouillon", "empreinte", "marque", "envoi", "instant"].includes(name))
      .map(([, value]) => value).join("\n\n");
    const link = document.createElement("a");
    link.href = content.page;
    link.textContent = "Ouvrir la page";
    if (text.textContent) box.append(text);
    box.append(link, button("Effacer de cet appareil", async () => { await erase(entry.id); say(); }));
    say(why, box);
  }

  // Both texts; the two buttons post the page's own form, with everything that was typed.
  function showConflict(content, html, entry) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = content.action || content.page;
    const add = (name, value) => {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    };
    for (const [name, value] of new URLSearchParams(content.corps)) add(name, value);
    add("csrfmiddlewaretoken", token());
    const shown = document.createElement("div");
    shown.innerHTML = html; // from our own server, escaped there
    form.append(shown);
    form.addEventListener("submit", () => { erase(entry.id); });
    shown.querySelector("[data-garder-ici]")?.addEventListener("click", async (event) => {
      const body = new URLSearchParams(content.corps);
      body.set("brouillon", event.target.dataset.garderIci);
      if ((await send({ ...content, corps: body.toString() }))?.ok) {
        await erase(entry.id);
        window.location.assign(content.page);
      }
    });
    shown.querySelector("[data-reprendre-autre]")?.addEventListener("click", async () => {
      await erase(entry.id);
      window.location.assign(content.page);
    });
    say("Ce que vous aviez écrit sans réseau ne correspond plus à ce qui est enregistré.", form);
    shown.querySelector("[tabindex]")?.focus();
  }

  // True: go on with the next one.
  async function sendOne(entry) {
    const content = await open(entry);
    const answer = await send(content);
    if (answer?.ok) {
      await erase(entry.id);
      for (const [url, kept] of mine) if (kept.id === entry.id) mine.delete(url);
      if (content.page === window.location.pathname || content.mot === "presence") return content.page;
      return true;
    }
    if (answer?.status === 409) {
      showConflict(content, await answer.text(), entry);
    } else if (answer?.status === 422) {
      let told = [];
      try { told = (await answer.json()).obstacles; } catch { /* the sentence below is enough */ }
      showRefused(content, `Ceci, gardé pendant la coupure, n’a pas été accepté. ${told.map((o) => o.sentence).join(" ")}`, entry);
    } else if (answer?.status === 404 || answer?.status === 410) {
      showRefused(content, "Ce que vous aviez écrit sans réseau n’a plus sa place\u00a0: copiez-le si vous y tenez.", entry);
    }
    return false;
  }

  const flush = () => queued(async () => {
    if (!active || !(await all()).length || !(await askKeys())) return;
    const lock = navigator.locks ? (act) => navigator.locks.request("jalon-attente", act) : (act) => act();
    await lock(async () => {
      const waiting = (await all()).sort((a, b) => a.cree_le - b.cree_le);
      const owned = new Set([...mine].filter(([url]) => !url.includes("#")).map(([, kept]) => kept.id));
      let reload = false;
      let sent = 0;
      for (const entry of waiting) {
        if (owned.has(entry.id)) continue; // the open form sends it, with what is typed since
        const went = await sendOne(entry);
        if (!went) return;
        sent += 1;
        reload = reload || went === window.location.pathname;
      }
      if (reload) window.location.reload();
      else if (sent) say("Le réseau est revenu\u00a0: tout est envoyé.");
    });
  });

  // ---- Without network, nothing leaves and nothing is lost -------------------------------------------------------------

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (navigator.onLine || form.method !== "post") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.matches("[data-presence]") && await keepPresence(form)) return;
    const watched = form.matches("[data-autosave-url]") || form.querySelector("[data-autosave-url]");
    if (watched) form.dispatchEvent(new CustomEvent("jalon:garder"));
    if (!watched || !active) {
      say(watched
        ? "Pas de réseau\u00a0: votre texte reste dans cette page. Ne la fermez pas, et recommencez quand le réseau sera revenu."
        : "Pas de réseau\u00a0: rien n’est parti. Recommencez quand le réseau sera revenu.");
    }
    place?.scrollIntoView({ block: "nearest" });
  }, true);

  // A presence: what was shown, when it was signed, and a mark that only this session's page can make.
  async function keepPresence(form) {
    if (!active || !keys) return false;
    const empreinte = form.elements.namedItem("empreinte").value;
    const envoi = crypto.randomUUID();
    const instant = new Date().toISOString();
    const url = form.getAttribute("action");
    const marque = await sign([envoi, form.dataset.presence, empreinte, instant]);
    const corps = new URLSearchParams({ empreinte, envoi, instant, marque }).toString();
    const kept = await keep({ url: `${url}#presence`, corps, page: window.location.pathname, mot: "presence", nombre: 1 });
    if (kept) for (const one of document.querySelectorAll(`button[form="${form.id}"], #${form.id} button`)) one.disabled = true;
    return kept;
  }

  async function start() {
    if (mark === undefined) return;
    const lost = await sweep();
    if (lost) {
      say("Ce qui attendait le réseau sur cet appareil est effacé\u00a0: la session qui l’avait écrit est fermée, ou un jour a passé.");
    }
    if (active && document.querySelector("[data-autosave-url], [data-presence]")) await askKeys();
    await flush();
  }

  window.addEventListener("online", flush);
  window.jalonAttente = { active, here, keep, forget, ready: start().catch(() => {}) };
})();
