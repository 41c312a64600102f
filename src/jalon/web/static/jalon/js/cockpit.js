// The clock of a séance. The server holds the time: here it only goes on between two answers, and writes nothing anywhere.
(() => {
  "use strict";

  const words = (seconds) => {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const rest = String(seconds % 60).padStart(2, "0");
    return hours ? `${hours}\u00a0h\u00a0${String(minutes).padStart(2, "0")}\u00a0min\u00a0${rest}\u00a0s` : `${minutes}\u00a0min\u00a0${rest}\u00a0s`;
  };

  let beat = 0;

  function follow() {
    clearInterval(beat);
    const clock = document.querySelector("[data-chrono]");
    if (!clock) return;
    const base = Number(clock.dataset.secondes);
    const begun = performance.now();
    const show = () => { clock.textContent = words(base + Math.floor((performance.now() - begun) / 1000)); };
    show();
    if (clock.dataset.court === "oui") beat = setInterval(() => {
      if (clock.isConnected) show();
      else clearInterval(beat);
    }, 1000);
  }

  follow();
  document.addEventListener("htmx:afterSwap", follow);
})();
