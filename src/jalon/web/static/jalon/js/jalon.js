// Small comforts. Every one of them has a way without JavaScript: menus are open, definitions are written out,
// the display form has its button, a code can be selected by hand.
(() => {
  "use strict";

  // Menu of a narrow page.
  for (const button of document.querySelectorAll("[data-menu]")) {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    if (!menu) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = menu.classList.toggle("menu--ouvert");
      button.setAttribute("aria-expanded", String(open));
    });
  }

  // Panels close when one goes elsewhere; Escape gives the focus back to their button.
  const panels = () => document.querySelectorAll("[data-deroulant][open]");
  document.addEventListener("click", (event) => {
    for (const panel of panels()) if (!panel.contains(event.target)) panel.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const panel of panels()) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
    const menu = document.querySelector(".menu--ouvert");
    const button = document.querySelector("[data-menu]");
    if (menu && button) {
      menu.classList.remove("menu--ouvert");
      button.setAttribute("aria-expanded", "false");
      button.focus();
    }
  });

  // Display: the page changes at once and the choice is sent in the background.
  for (const form of document.querySelectorAll("form[data-affichage]")) {
    form.addEventListener("change", async () => {
      const data = new FormData(form);
      const root = document.documentElement;
      root.dataset.theme = data.get("theme") || "systeme";
      root.dataset.taille = data.get("taille") || "normal";
      root.toggleAttribute("data-calme", data.has("calme"));
      for (const copy of document.querySelectorAll("form[data-affichage] [name=calme]")) copy.checked = data.has("calme");
      try {
        await fetch(form.action, { method: "POST", body: new URLSearchParams(data), redirect: "manual" });
      } catch {
        // The button of the form stays: the choice can be sent again.
      }
    });
  }

  // Words of the law: the definition is folded, and unfolds in place.
  function foldTerms(root) {
    for (const term of root.querySelectorAll("button.terme:not([aria-expanded])")) {
      const text = document.getElementById(term.getAttribute("aria-controls"));
      if (text) term.setAttribute("aria-expanded", "false");
    }
  }
  document.addEventListener("click", (event) => {
    const term = event.target instanceof Element ? event.target.closest("button.terme") : null;
    if (!term) return;
    const text = document.getElementById(term.getAttribute("aria-controls"));
    const open = term.getAttribute("aria-expanded") !== "true";
    term.setAttribute("aria-expanded", String(open));
    text?.classList.toggle("definition--ouverte", open);
  });

  // Copy a code or an address.
  function showCopyButtons(root) {
    if (!navigator.clipboard) return;
    for (const button of root.querySelectorAll("button[data-copier][hidden]")) button.hidden = false;
  }
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-copier]") : null;
    if (!button) return;
    const source = document.getElementById(button.dataset.copier);
    const said = button.parentElement.querySelector("[data-copie]");
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      said.textContent = "Copié.";
    } catch {
      said.textContent = "La copie a été refusée par l’appareil : sélectionnez le texte, puis copiez-le.";
    }
  });

  // A button that prints (the page has a print sheet).
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("button[data-imprimer]")) window.print();
  });

  // Somebody signed in again in another tab: the page holds an old token, the cookie the current one.
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector('input[name="csrfmiddlewaretoken"]');
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?jalon_csrf=([^;]+)/);
    if (field && cookie) field.value = cookie[1];
  }, true);

  function prepare(root) {
    foldTerms(root);
    showCopyButtons(root);
    for (const button of root.querySelectorAll("button[data-imprimer][hidden]")) button.hidden = false;
  }
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
})();
