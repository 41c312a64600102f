// Quick hide: the button «Masquer», or Escape twice. The page is blanked at once, its place in the history is
// taken by the neutral page, and nothing asks «do you really want to leave?».
(() => {
  "use strict";
  const link = () => document.querySelector("[data-masquer]");
  const DELAY = 700;
  let last = -Infinity;

  function hide() {
    const target = link();
    if (!target) return;
    window.dispatchEvent(new CustomEvent("jalon:masquer"));
    document.title = "Nouvel onglet";
    document.documentElement.hidden = true;
    window.location.replace(target.href);
  }

  document.addEventListener("click", (event) => {
    const clicked = event.target instanceof Element ? event.target.closest("[data-masquer]") : null;
    if (!clicked) return;
    event.preventDefault();
    hide();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    if (event.timeStamp - last < DELAY) hide();
    last = event.timeStamp;
  });

  // The browser may bring a hidden page back from its memory, as it was: ask the server again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
