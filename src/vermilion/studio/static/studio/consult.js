/* The consultation's picture: the newest slider value wins, one request at a time, hold for before. */
"use strict";
(() => {
  const form = document.querySelector("form[data-consult]");
  if (!form) return;
  const stage = form.querySelector(".stage");
  const whole = stage.querySelector("img.whole");
  const patch = stage.querySelector("img.patch");
  const twins = form.querySelector(".twins");
  const bare = twins.querySelector("[data-bare]");
  const now = twins.querySelector("[data-now]");
  const words = form.querySelector("[data-say]");
  const dayWords = form.querySelector("[data-day]");
  const marks = form.querySelector(".marks");
  const slider = form.elements.at;
  const allStops = JSON.parse(form.dataset.stops);

  let busy = false;
  let waiting = false;
  let shown = "";
  const steps = [];
  window.consultSteps = steps; /* milliseconds from asking to the picture on the screen, for the bench */

  const on = (name) => form.elements[name].checked;
  const smiling = () => form.elements.on?.value === "smile";
  const kind = () => (on("flip") && on("blush") ? `${form.elements.first.value} first` : on("blush") ? "blush" : "flip");
  const stops = () => allStops[kind()];

  async function ask(change) {
    const body = new FormData(form);
    change?.(body);
    return fetch(form.dataset.frame, { method: "POST", body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }, signal: AbortSignal.timeout(15000) });
  }

  /* the stops of what is planned, at the day nearest to the wanted one */
  function arrange(wanted) {
    const list = stops();
    slider.max = list.length - 1;
    let nearest = 0;
    list.forEach((stop, k) => { if (Math.abs(stop.day - wanted) < Math.abs(list[nearest].day - wanted)) nearest = k; });
    slider.value = nearest;
    const named = list.map((stop, at) => ({ ...stop, at })).filter((stop) => stop.mark);
    marks.style.setProperty("--marks", named.length);
    form.style.setProperty("--marks", named.length);
    marks.replaceChildren(...named.map((stop) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = stop.mark;
      button.dataset.at = stop.at;
      return button;
    }));
    for (const part of form.querySelectorAll("[data-part]")) part.hidden = part.dataset.part === "both" ? !(on("flip") && on("blush")) : !on(part.dataset.part);
    for (const part of form.querySelectorAll("[data-by]")) part.hidden = form.elements.by.value !== part.dataset.by;
  }

  let since = 0;

  async function draw() {
    since ||= performance.now(); /* a step that waits for the one before began when it was asked for */
    const { day, said } = stops()[Number(slider.value)];
    form.elements.day.value = day;
    slider.setAttribute("aria-valuetext", said);
    dayWords.textContent = said;
    for (const button of marks.children) button.toggleAttribute("data-here", button.dataset.at === slider.value);
    for (const out of form.querySelectorAll("output[data-of]")) out.value = form.elements[out.dataset.of].value;
    if (busy) { waiting = true; return; }
    busy = true;
    const begun = since;
    since = 0;
    try {
      const answer = await ask();
      if (answer.headers.get("Content-Type") === "image/jpeg") {
        const address = URL.createObjectURL(await answer.blob());
        const [left, top, width, height] = answer.headers.get("X-Place").split(",");
        Object.assign(patch.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
        near(Number(left), Number(top), Number(width), Number(height));
        patch.src = address;
        if (!twins.hidden) now.src = address;
        await patch.decode().catch(() => {});
        patch.hidden = false;
        if (shown) URL.revokeObjectURL(shown);
        shown = address;
        words.textContent = "";
        if (smiling()) form.elements.smiled.value = "1"; /* seen: it is kept with the consultation */
        requestAnimationFrame(() => requestAnimationFrame(() => steps.push(performance.now() - begun))); /* painted */
      } else if (answer.status === 403 || answer.redirected) {
        location.reload();
      } else {
        words.textContent = (await answer.json()).error;
        hide(); /* no picture that does not fit the sliders */
      }
    } catch {
      words.textContent = form.dataset.lost;
      hide();
    }
    busy = false;
    if (waiting) { waiting = false; draw(); } else { form.dispatchEvent(new Event("drawn")); }
  }

  /* the close look: the patch's width fills the stage, or one and a half times the height of a stage
     that is flatter; the patch's middle lies in the stage's middle, however large the screen */
  let place = null;
  function near(...where) {
    place = where;
    const { clientWidth: wide, clientHeight: high } = stage;
    if (!wide || !high) return;
    const [left, top, width, height] = where;
    const shown = Math.min(wide, 1.5 * high) / width; /* the whole picture's width in px */
    const tall = shown * (whole.naturalHeight / whole.naturalWidth);
    stage.style.setProperty("--wide", wide / shown);
    stage.style.setProperty("--left", 0.5 - ((left + width / 2) * shown) / wide);
    stage.style.setProperty("--top", 0.5 - ((top + height / 2) * tall) / high);
  }
  new ResizeObserver(() => { if (place) near(...place); }).observe(stage);
  function hide() {
    patch.hidden = true;
    now.removeAttribute("src");
  }

  /* another photo, or another way to look: the plain lips once, then the sliders' */
  async function look() {
    const smile = smiling() && form.elements.smile.selectedOptions[0];
    const address = smile ? smile.dataset.face : form.dataset.face;
    if (whole.getAttribute("src") !== address) {
      hide();
      if (smile) words.textContent = form.dataset.looking;
      whole.src = address;
      bare.removeAttribute("src");
    }
    const way = form.elements.look.value;
    stage.classList.toggle("close", way === "lips");
    stage.hidden = way === "beside";
    twins.hidden = !stage.hidden;
    draw();
    if (twins.hidden || bare.hasAttribute("src")) return;
    const answer = await ask((body) => { body.delete("flip"); body.delete("blush"); }).catch(() => null);
    if (answer?.headers.get("Content-Type") === "image/jpeg") bare.src = URL.createObjectURL(await answer.blob());
  }

  form.addEventListener("input", (event) => {
    const { name } = event.target;
    if (name === "flip" || name === "blush") arrange(name === "blush" && on("blush") ? (on("flip") ? 70 : 42) : 14);
    else if (name === "by" || name === "first") arrange(Number(form.elements.day.value));
    if (name === "look" || name === "on" || name === "smile") look();
    else draw();
  });
  marks.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) { slider.value = button.dataset.at; draw(); }
  });

  const hold = (down) => { stage.classList.toggle("before", down); };
  stage.addEventListener("pointerdown", (event) => { event.preventDefault(); hold(true); });
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) stage.addEventListener(name, () => hold(false));
  stage.addEventListener("keydown", (event) => { if (event.key === " " || event.key === "Enter") { event.preventDefault(); hold(true); } });
  stage.addEventListener("keyup", () => hold(false));

  form.querySelector("[data-less]").addEventListener("click", () => {
    for (const name of ["units", "rise", "saturation", "border"]) {
      const field = form.elements[name];
      if (field) field.value = Math.max(Number(field.min), Number(field.value) - 2 * Number(field.step));
    }
    draw();
  });

  /* the band as three small faces, once the hand rests */
  let rest = 0;
  form.addEventListener("drawn", () => {
    clearTimeout(rest);
    rest = setTimeout(async () => {
      for (const picture of form.querySelectorAll("img[data-band]")) {
        const answer = await ask((body) => body.set("band", picture.dataset.band)).catch(() => null);
        if (answer?.headers.get("Content-Type") !== "image/jpeg") return;
        if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
        picture.src = URL.createObjectURL(await answer.blob());
        picture.hidden = false;
      }
    }, 350);
  });

  arrange(on("flip") ? 14 : 42);
  look();
})();
