/* The plan's drawing: tap places a point, drag and arrow keys move it; the rows are the truth, the studio checks. */
"use strict";
(() => {
  const form = document.querySelector("form[data-plan]");
  if (!form) return;
  const chart = form.querySelector("[data-chart]");
  const rows = form.querySelector("[data-rows]");
  const checks = form.querySelector("[data-checks]");
  const picked = form.querySelector("[data-picked]");
  const PER_MM = 10; /* units of the drawing in a millimetre */
  const TOUCH_PX = 26; /* nearer than this a tap means the point that is there */
  const comma = document.documentElement.lang === "es";
  const read = (field) => { const value = parseFloat(String(field.value).replace(",", ".")); return Number.isFinite(value) ? value : null; };
  const written = (value) => { const text = String(Math.round(value * 100) / 100); return comma ? text.replace(".", ",") : text; };
  for (const part of form.querySelectorAll("[data-script]")) part.hidden = false;

  /* --- asking the studio, the newest state wins --- */
  let asked = 0;
  let wait = 0;
  async function ask() {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }, signal: AbortSignal.timeout(8000) });
      if (mine !== asked) return;
      if (answer.redirected || answer.status === 403) { location.reload(); return; }
      const told = await answer.json();
      checks.innerHTML = told.html;
      if (told.drawing) chart.innerHTML = told.drawing;
      items().forEach((row, k) => {
        if (told.where) row.querySelector("[data-where]").textContent = told.where[k] ?? "";
        if (told.ml) row.querySelector("[data-ml]").textContent = told.ml[k] ? `${told.ml[k]} mL` : "";
      });
      if (rows) draw();
    } catch {
      if (mine === asked) checks.textContent = form.dataset.lost;
    }
    settle();
  }
  function settle() {
    const state = checks.querySelector(".checks");
    const reason = form.querySelector("[data-reason]");
    reason.hidden = !(state && state.hasAttribute("data-liftable")) && !form.elements.reason.value;
    form.querySelector("button[name=keep]").disabled = !!(state && state.hasAttribute("data-blocked"));
  }
  function soon() { clearTimeout(wait); wait = setTimeout(ask, 120); }

  form.addEventListener("input", (event) => { if (!event.target.matches("[name=tap], [data-behind], [name=remarks]")) { if (rows) draw(); soon(); } });
  form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio])")) { event.preventDefault(); ask(); } });

  const items = () => (rows ? [...rows.querySelectorAll("[data-point]")] : []);
  const fields = (row) => { const [x, y, u] = ["x.", "y.", "u."].map((name) => row.querySelector(`input[name^="${name}"]`)); return { x, y, u }; };
  function step(field, by, most = Infinity) {
    field.value = written(Math.min(most, Math.max(0, (read(field) ?? 0) + by)));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  settle();

  /* --- colour: steps alone --- */
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-of]");
    if (button) step(form.elements[button.dataset.of], Number(button.dataset.step));
  });
  if (!rows) return;

  /* --- points --- */
  let on = null;
  const svg = () => chart.querySelector("svg");
  const layer = () => svg().querySelector(".pins");
  const blank = svg().querySelector("defs .pin");
  const pins = () => [...layer().children];
  const nameOf = (row, k) => `${k + 1}: ${fields(row).u.value || "?"} U, ${row.querySelector("[data-where]").textContent}`;

  function draw() {
    const all = items();
    while (pins().length > all.length) layer().lastElementChild.remove();
    while (pins().length < all.length) {
      const pin = blank.cloneNode(true);
      pin.setAttribute("tabindex", "0");
      pin.setAttribute("role", "button");
      layer().append(pin);
    }
    all.forEach((row, k) => {
      const { x, y, u } = fields(row);
      const pin = pins()[k];
      pin.setAttribute("transform", `translate(${(read(x) ?? 0) * PER_MM} ${(read(y) ?? 0) * PER_MM})`);
      pin.querySelector("text").textContent = u.value || "?";
      pin.setAttribute("aria-label", nameOf(row, k));
      pin.classList.toggle("on", row === on);
      row.classList.toggle("on", row === on);
    });
    picked.hidden = !on;
    if (on) {
      picked.querySelector("[data-picked-name]").textContent = `${all.indexOf(on) + 1}. ${on.querySelector("[data-where]").textContent}`;
      picked.querySelector("[data-picked-units]").value = `${fields(on).u.value || "?"} U`;
    }
  }
  function number() {
    items().forEach((row, k) => {
      const { x, y, u } = fields(row);
      x.name = `x.${k}`; y.name = `y.${k}`; u.name = `u.${k}`;
      row.querySelector("[data-remove]").value = k;
    });
  }
  function place(row, at) {
    const { x, y } = fields(row);
    x.value = written(Math.round(at.x * 10) / 10);
    y.value = written(Math.round(at.y * 10) / 10);
  }
  function add(at, units) {
    const row = form.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    for (const part of row.querySelectorAll("[data-script]")) part.hidden = false;
    rows.append(row);
    place(row, at);
    fields(row).u.value = units ?? "";
    number();
    on = row;
    draw();
    soon();
    return row;
  }
  function remove(row) {
    if (row === on) on = null;
    row.remove();
    number();
    draw();
    soon();
  }
  const tapped = () => { const value = form.elements.tap.value; return comma ? value.replace(".", ",") : value; };

  /* where the finger is, in the lips' own millimetres */
  function mm(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg().getScreenCTM().inverse());
    return { x: at.x / PER_MM, y: at.y / PER_MM };
  }
  function near(event) {
    const pxPerMm = svg().getScreenCTM().a * PER_MM;
    const at = mm(event);
    let best = null;
    let least = TOUCH_PX;
    items().forEach((row) => {
      const { x, y } = fields(row);
      const dx = (read(x) - at.x) * pxPerMm;
      /* the head of the pin is as good a handle as its tip */
      const away = Math.min(Math.hypot(dx, (read(y) - at.y) * pxPerMm), Math.hypot(dx, (read(y) - 5 - at.y) * pxPerMm));
      if (away < least) { least = away; best = row; }
    });
    return best;
  }

  let held = null;
  chart.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    event.preventDefault();
    chart.setPointerCapture(event.pointerId);
    const at = mm(event);
    const row = near(event);
    if (row) {
      const { x, y } = fields(row);
      held = { row, dx: read(x) - at.x, dy: read(y) - at.y, moved: false };
      on = row;
      draw();
    } else {
      held = { row: add(at, tapped()), dx: 0, dy: 0, moved: false };
    }
    pins()[items().indexOf(held.row)]?.focus({ preventScroll: true });
  });
  chart.addEventListener("pointermove", (event) => {
    if (!held) return;
    const at = mm(event);
    place(held.row, { x: at.x + held.dx, y: at.y + held.dy });
    held.moved = true;
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    chart.addEventListener(name, () => { if (held && held.moved) soon(); held = null; });
  }

  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  chart.addEventListener("focusin", (event) => {
    const pin = event.target.closest(".pin");
    if (pin) { on = items()[pins().indexOf(pin)] ?? on; draw(); }
  });
  chart.addEventListener("keydown", (event) => {
    const pin = event.target.closest(".pin");
    const row = pin && items()[pins().indexOf(pin)];
    if (!row) return;
    const { x, y, u } = fields(row);
    const move = MOVES[event.key];
    if (move) {
      const by = event.shiftKey ? 0.1 : 0.5;
      place(row, { x: read(x) + move[0] * by, y: read(y) + move[1] * by });
      draw();
      soon();
    } else if (event.key === "+" || event.key === "-") step(u, event.key === "+" ? 0.5 : -0.5);
    else if (event.key === "Delete" || event.key === "Backspace") {
      const k = items().indexOf(row);
      remove(row);
      (pins()[k] ?? pins()[k - 1])?.focus();
    } else return;
    event.preventDefault();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("[data-point]") ?? (button.closest("[data-picked]") ? on : null);
    if (row && button.dataset.step) { on = row; step(fields(row).u, Number(button.dataset.step)); }
    else if (button.name === "add") {
      event.preventDefault();
      const wanted = button.hasAttribute("data-usual") ? [...form.querySelectorAll("[data-named]")] : [button];
      for (const one of wanted) {
        const [x, y] = one.dataset.named.split(" ").map(Number);
        const there = items().some((other) => read(fields(other).x) === x && read(fields(other).y) === y);
        if (!there) add({ x, y }, tapped());
      }
    } else if (row && button.hasAttribute("data-remove")) { event.preventDefault(); remove(row); }
  });
  rows.addEventListener("focusin", (event) => { const row = event.target.closest("[data-point]"); if (row) { on = row; draw(); } });
  draw();
})();
