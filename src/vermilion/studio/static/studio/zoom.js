/* A photo that is enlarged and moved: by keys, by buttons, by one finger or two, by the wheel with Ctrl. */
"use strict";
for (const zoom of document.querySelectorAll("[data-zoom]")) {
  const sheet = zoom.querySelector(".sheet");
  const tools = zoom.parentElement;
  const MOST = 12;
  let [x, y, by] = [0, 0, 1];

  function place() {
    /* the picture never leaves the frame altogether */
    const wide = sheet.offsetWidth * by;
    const tall = sheet.offsetHeight * by;
    const left = sheet.offsetLeft;
    const top = sheet.offsetTop;
    x = Math.min(zoom.clientWidth / 2 - left, Math.max(zoom.clientWidth / 2 - left - wide, x));
    y = Math.min(zoom.clientHeight / 2 - top, Math.max(zoom.clientHeight / 2 - top - tall, y));
    if (by === 1) [x, y] = [0, 0];
    sheet.style.setProperty("--x", `${x}px`);
    sheet.style.setProperty("--y", `${y}px`);
    sheet.style.setProperty("--by", by);
  }
  /* about a point of the frame, which stays where it is */
  function scale(factor, at = [zoom.clientWidth / 2, zoom.clientHeight / 2]) {
    const next = Math.min(MOST, Math.max(1, by * factor));
    const [px, py] = [at[0] - sheet.offsetLeft, at[1] - sheet.offsetTop];
    x = px - ((px - x) * next) / by;
    y = py - ((py - y) * next) / by;
    by = next;
    place();
  }
  const whole = () => { [x, y, by] = [0, 0, 1]; place(); };

  zoom.addEventListener("keydown", (event) => {
    const step = 60;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") scale(1.5);
    else if (event.key === "-") scale(1 / 1.5);
    else if (event.key === "0") whole();
    else if (moves[event.key] && by > 1) { x += moves[event.key][0]; y += moves[event.key][1]; place(); }
    else return;
    event.preventDefault();
  });
  zoom.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = zoom.getBoundingClientRect();
    scale(event.deltaY < 0 ? 1.15 : 1 / 1.15, [event.clientX - box.left, event.clientY - box.top]);
  }, { passive: false });
  zoom.addEventListener("dblclick", (event) => {
    const box = zoom.getBoundingClientRect();
    if (by > 1) whole(); else scale(3, [event.clientX - box.left, event.clientY - box.top]);
  });

  const fingers = new Map();
  const spread = () => { const [one, other] = [...fingers.values()]; return Math.hypot(one[0] - other[0], one[1] - other[1]); };
  zoom.addEventListener("pointerdown", (event) => { zoom.setPointerCapture(event.pointerId); fingers.set(event.pointerId, [event.clientX, event.clientY]); });
  zoom.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const apart = fingers.size === 2 ? spread() : 0;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size === 2) {
      const box = zoom.getBoundingClientRect();
      const [one, other] = [...fingers.values()];
      scale(spread() / Math.max(1, apart), [(one[0] + other[0]) / 2 - box.left, (one[1] + other[1]) / 2 - box.top]);
    } else if (by > 1) {
      x += event.clientX - last[0];
      y += event.clientY - last[1];
      place();
    }
  });
  for (const name of ["pointerup", "pointercancel"]) zoom.addEventListener(name, (event) => fingers.delete(event.pointerId));

  for (const button of tools.querySelectorAll("[data-by]")) button.addEventListener("click", () => { if (button.dataset.by === "0") whole(); else scale(Number(button.dataset.by)); });
  tools.querySelector("[data-curves]")?.addEventListener("change", (event) => zoom.classList.toggle("drawn", event.target.checked));
  /* the lips fill the frame */
  const mouth = tools.querySelector("[data-mouth]");
  mouth?.addEventListener("click", () => {
    const points = mouth.dataset.mouth.split(" ").map((pair) => pair.split(",").map(Number));
    const xs = points.map((point) => point[0]);
    const size = sheet.offsetWidth / Number(mouth.dataset.wide);
    whole();
    by = Math.min(MOST, (0.7 * zoom.clientWidth) / ((Math.max(...xs) - Math.min(...xs)) * size));
    const middle = [(Math.max(...xs) + Math.min(...xs)) / 2, points[0][1]];
    x = zoom.clientWidth / 2 - sheet.offsetLeft - middle[0] * size * by;
    y = zoom.clientHeight / 2 - sheet.offsetTop - middle[1] * size * by;
    place();
  });
}
