/* The consultation's picture: the newest slider value wins, one request at a time, hold for before. */
"use strict";
(() => {
  const form = document.querySelector("form[data-consult]");
  if (!form) return;
  const stage = document.querySelector(".stage");
  const patch = stage.querySelector("img.patch");
  const words = document.querySelector("[data-say]");
  const dayWords = document.querySelector("[data-day]");
  const slider = form.elements.at;
  const days = JSON.parse(form.dataset.days);
  const [left, top, width, height] = JSON.parse(form.dataset.place);
  Object.assign(patch.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });

  let busy = false;
  let waiting = false;
  let shown = "";
  const steps = [];
  window.consultSteps = steps; /* milliseconds from asking to the picture on the screen, for the bench */

  const treatment = () => (form.elements.flip.checked && form.elements.blush.checked ? "both" : form.elements.blush.checked ? "blush" : "flip");
  const list = () => days[treatment()];

  function arrange(keep) {
    const now = list();
    const wanted = keep ?? Number(form.elements.day.value);
    slider.max = now.length - 1;
    let nearest = 0;
    now.forEach(([day], k) => { if (Math.abs(day - wanted) < Math.abs(now[nearest][0] - wanted)) nearest = k; });
    slider.value = nearest;
    for (const part of form.querySelectorAll("[data-part]")) part.hidden = !form.elements[part.dataset.part].checked;
    for (const part of form.querySelectorAll("[data-by]")) part.hidden = form.elements.by.value !== part.dataset.by;
  }

  let since = 0;

  async function draw() {
    since ||= performance.now(); /* a step that waits for the one before began when it was asked for */
    const [day, said] = list()[Number(slider.value)];
    form.elements.day.value = day;
    slider.setAttribute("aria-valuetext", said);
    dayWords.textContent = said;
    for (const out of form.querySelectorAll("output[data-of]")) out.value = form.elements[out.dataset.of].value;
    if (busy) { waiting = true; return; }
    busy = true;
    const begun = since;
    since = 0;
    try {
      const answer = await fetch(form.dataset.frame, { method: "POST", body: new FormData(form), headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }, signal: AbortSignal.timeout(8000) });
      if (answer.headers.get("Content-Type") === "image/jpeg") {
        const address = URL.createObjectURL(await answer.blob());
        patch.src = address;
        await patch.decode().catch(() => {});
        patch.hidden = false;
        if (shown) URL.revokeObjectURL(shown);
        shown = address;
        words.textContent = "";
        requestAnimationFrame(() => requestAnimationFrame(() => steps.push(performance.now() - begun))); /* painted */
      } else if (answer.status === 403 || answer.redirected) {
        location.reload();
      } else {
        words.textContent = (await answer.json()).error;
        patch.hidden = true; /* no picture that does not fit the sliders */
      }
    } catch {
      words.textContent = form.dataset.lost;
      patch.hidden = true;
    }
    busy = false;
    if (waiting) { waiting = false; draw(); } else { form.dispatchEvent(new Event("drawn")); }
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "flip" || event.target.name === "blush") arrange(event.target.name === "blush" ? 42 : 14);
    else if (event.target.name === "by") arrange();
    draw();
  });

  const hold = (on) => { stage.classList.toggle("before", on); };
  stage.addEventListener("pointerdown", (event) => { event.preventDefault(); hold(true); });
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) stage.addEventListener(name, () => hold(false));
  stage.addEventListener("keydown", (event) => { if (event.key === " " || event.key === "Enter") { event.preventDefault(); hold(true); } });
  stage.addEventListener("keyup", () => hold(false));

  document.querySelector("[data-less]")?.addEventListener("click", () => {
    for (const name of ["units", "rise", "saturation"]) {
      const field = form.elements[name];
      field.value = Math.max(Number(field.min), Number(field.value) - 2 * Number(field.step));
    }
    draw();
  });

  /* the band as three small faces, once the hand rests */
  let rest = 0;
  form.addEventListener("drawn", () => {
    clearTimeout(rest);
    rest = setTimeout(async () => {
      for (const picture of document.querySelectorAll("img[data-band]")) {
        const body = new FormData(form);
        body.set("band", picture.dataset.band);
        const answer = await fetch(form.dataset.frame, { method: "POST", body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } }).catch(() => null);
        if (answer?.headers.get("Content-Type") !== "image/jpeg") return;
        if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
        picture.src = URL.createObjectURL(await answer.blob());
        picture.hidden = false;
      }
    }, 350);
  });

  arrange(14);
  draw();
})();
