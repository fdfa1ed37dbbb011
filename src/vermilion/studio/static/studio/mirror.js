/* The live mirror: the newest frame goes out, the lips come back and are laid on that very frame. */
"use strict";
(() => {
  const page = document.querySelector("form[data-mirror]");
  if (!page) return;
  const video = document.createElement("video");
  video.muted = video.playsInline = true;
  const [plain, changed] = document.querySelectorAll("canvas");
  const words = document.querySelector("[data-say]");
  const small = document.createElement("canvas");
  /* two frames wait at the most: the one that is away and the next. Each is turned into pixels once */
  const frames = [document.createElement("canvas"), document.createElement("canvas")];
  let turn = 0;
  let face = null;
  const name = crypto.randomUUID?.() || String(Math.random());
  const stats = (window.mirrorStats = { times: [], lags: [], places: [] });
  const STEP = 24;
  let held = false;
  let stopped = false;

  function fit(canvas, width, height) {
    if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  }

  /* For canvases that are read again: their pixels stay where the processor finds them. */
  const pen = (canvas) => canvas.getContext("2d", { willReadFrequently: true, alpha: false });

  const later = (ms) => new Promise((go) => setTimeout(go, ms));
  /* how long each step took lately, ms */
  const took = { prepare: 0, send: 0, show: 0 };
  async function timed(step, work) {
    const begun = performance.now();
    const done = await work;
    took[step] += 0.2 * (performance.now() - begun - took[step]);
    return done;
  }

  /* Of a frame so large, what is sent: the face where it was last, in steps that keep a size for
     long; all of it while no face is known. */
  function cut(width, height) {
    if (!face) return { left: 0, top: 0, width, height };
    const [x, y, wide, tall] = face;
    const left = STEP * Math.max(0, Math.floor(x / STEP)), top = STEP * Math.max(0, Math.floor(y / STEP));
    const right = Math.min(width, STEP * Math.ceil((x + wide) / STEP)), bottom = Math.min(height, STEP * Math.ceil((y + tall) / STEP));
    return { left, top, width: right - left, height: bottom - top };
  }

  async function prepare() {
    if (!video.videoWidth) return null;
    const begun = performance.now();
    const frame = frames[turn = 1 - turn];
    fit(frame, video.videoWidth, video.videoHeight);
    pen(frame).drawImage(video, 0, 0);
    const factor = Math.min(1, 720 / Math.max(frame.width, frame.height));
    const part = cut(Math.round(frame.width * factor), Math.round(frame.height * factor));
    fit(small, part.width, part.height);
    pen(small).drawImage(frame, part.left / factor, part.top / factor, part.width / factor, part.height / factor, 0, 0, part.width, part.height);
    const blob = await new Promise((done) => small.toBlob(done, "image/jpeg", 0.8));
    return { begun, frame, blob, factor, part };
  }

  async function send({ blob, part }) {
    const body = new FormData(page);
    body.append("frame", blob, "frame.jpg");
    body.append("mirror", name);
    body.append("left", part.left);
    body.append("top", part.top);
    const answer = await fetch(page.dataset.frame, { method: "POST", body, headers: { "X-CSRFToken": page.elements.csrfmiddlewaretoken.value }, signal: AbortSignal.timeout(5000) });
    if (answer.redirected || answer.status === 403) { stopped = true; location.reload(); }
    const seen = answer.headers.get("Content-Type") === "image/jpeg";
    face = seen ? answer.headers.get("X-Face").split(",").map(Number) : null;
    return { place: answer.headers.get("X-Place"), lips: seen && await answer.blob(), error: seen ? "" : (await answer.json()).error };
  }

  async function show({ begun, frame, factor, part }, { place, lips, error }) {
    const drawn = lips && await createImageBitmap(lips);
    for (const one of [plain, changed]) fit(one, frame.width, frame.height);
    if (!plain.hidden) plain.getContext("2d").drawImage(frame, 0, 0);
    const ink = changed.getContext("2d");
    ink.drawImage(frame, 0, 0);
    words.textContent = error;
    if (drawn) {
      const [x, y, wide, tall] = place.split(",").map(Number);
      const width = part.width / factor, height = part.height / factor;
      const left = part.left / factor + x * width, top = part.top / factor + y * height;
      if (!held) ink.drawImage(drawn, left, top, wide * width, tall * height);
      drawn.close();
      stats.places.push([left, top, wide * width]);
    }
    const end = performance.now();
    stats.times.push(end);
    stats.lags.push(end - begun);
    if (stats.times.length > 600) for (const one of Object.values(stats)) one.shift();
  }

  /* One frame in flight. While it is away the last one is drawn, and the next is taken as late as
     it can be to be ready in time, so that it is young. */
  async function run() {
    let shown = Promise.resolve();
    let next = prepare();
    while (!stopped) {
      const ready = await next.catch(() => null);
      if (!ready) { await later(50); next = prepare(); continue; }
      const sent = timed("send", send(ready));
      next = shown.then(() => later(0.8 * (took.send - took.show - took.prepare))).then(() => timed("prepare", prepare()));
      try {
        const answer = await sent;
        shown = timed("show", show(ready, answer)).catch(() => {});
      } catch {
        words.textContent = page.dataset.lost;
        await later(500);
      }
    }
  }

  const hold = (on) => { held = on; };
  changed.addEventListener("pointerdown", () => hold(true));
  for (const kind of ["pointerup", "pointerleave", "pointercancel", "blur"]) changed.addEventListener(kind, () => hold(false));
  changed.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); hold(true); } });
  changed.addEventListener("keyup", () => hold(false));
  page.elements.beside.addEventListener("change", () => { plain.hidden = !page.elements.beside.checked; });
  page.addEventListener("input", () => {
    for (const part of page.querySelectorAll("[data-part]")) part.hidden = !page.elements[part.dataset.part].checked;
    for (const out of page.querySelectorAll("output[data-of]")) out.value = page.elements[out.dataset.of].value;
  });
  page.addEventListener("submit", (event) => event.preventDefault());
  page.dispatchEvent(new Event("input"));
  addEventListener("pagehide", () => { stopped = true; for (const track of video.srcObject?.getTracks() || []) track.stop(); });

  if (!navigator.mediaDevices) { words.textContent = page.dataset.nocamera; return; }
  navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" }, audio: false })
    .then((stream) => { video.srcObject = stream; return video.play(); })
    .then(run)
    .catch(() => { words.textContent = page.dataset.nocamera; });
})();
