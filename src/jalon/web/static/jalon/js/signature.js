// A signature drawn by hand. A <form data-trace> holds a <canvas> and a hidden field `trace`, filled with strokes of whole
// numbers («M10 20L11 22…») in the canvas's own frame. Its section stays hidden without JavaScript: the code is another way.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-trace]")) {
    const canvas = form.querySelector("canvas");
    const pen = canvas.getContext && canvas.getContext("2d");
    if (!pen || !window.PointerEvent) continue;
    const field = form.elements.namedItem("trace");
    const said = form.querySelector("[data-trace-dit]");
    const clear = form.querySelector("[data-trace-effacer]");
    form.closest("[data-trace-zone]").hidden = false;

    let strokes = [];
    let current = null;
    pen.lineWidth = 2.5;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    const ink = () => { pen.strokeStyle = getComputedStyle(canvas).color; };

    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      const keep = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
      return [
        keep(((event.clientX - box.left) / box.width) * canvas.width, canvas.width),
        keep(((event.clientY - box.top) / box.height) * canvas.height, canvas.height),
      ];
    };
    const line = (from, to) => {
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.stroke();
    };
    const write = () => {
      field.value = strokes
        .filter((stroke) => stroke.length > 1)
        .map((stroke) => "M" + stroke.map((p) => p.join(" ")).join("L"))
        .join("");
    };

    canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      ink();
      current = [point(event)];
      strokes.push(current);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!current) return;
      const next = point(event);
      const last = current[current.length - 1];
      if (next[0] === last[0] && next[1] === last[1]) return;
      line(last, next);
      current.push(next);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        current = null;
        write();
      });
    }
    clear.addEventListener("click", () => {
      strokes = [];
      pen.clearRect(0, 0, canvas.width, canvas.height);
      field.value = "";
    });
    form.addEventListener("submit", (event) => {
      write();
      if (field.value) return;
      event.preventDefault();
      said.textContent = "Tracez d’abord votre signature dans le cadre.";
    });
  }
})();
