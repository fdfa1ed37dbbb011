/* The live mirror: the newest frame goes out, the lips come back and are laid on that very frame. */
"use strict";
(() => {
  const page = document.querySelector("form[data-mirror]");
  if (!page) return;
  const video = document.createElement("video");
  video.muted = video.playsInline = true;
  const [plain, changed] = document.querySelectorAll("canvas");
  const words = document.querySelector("[data-say]");
  /* two frames wait at the most: the one that is away and the next. Each is turned into pixels
     once, as large as it is shown and no larger; what is read again stays with the processor */
  const pen = (canvas) => canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  const sheet = () => pen(new OffscreenCanvas(1, 1));
  const frames = [sheet(), sheet()];
  const whole = sheet(), small = sheet(), lips = sheet();
  let room = null;
  let direct = "VideoFrame" in window;
  let turn = 0;
  let face = null;
  let asked = ""; /* what is chosen, as a form would send it */
  let last = -1;
  const name = crypto.randomUUID?.() || String(Math.random());
  const stats = (window.mirrorStats = { times: [], lags: [], places: [] });
  const STEP = 24;
  const SPARE = 0.3; /* of the time that is left: with 0.8 a fifth fewer frames come, with 0 they are a third older */
  const LEAST_PX = 720; /* of a frame's longer side: in fewer no iris tells millimetres */
  const MOST_PX = 130_000; /* what the studio takes of one frame */
  let held = false;
  let stopped = false;

  function fit(canvas, width, height) {
    if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; return true; }
    return false;
  }

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
     long; all of it while no face is known. zoom: how much smaller it is sent. */
  function cut(width, height) {
    let left = 0, top = 0, right = width, bottom = height;
    if (face) {
      const [x, y, wide, tall] = face;
      left = STEP * Math.max(0, Math.floor(x / STEP)); top = STEP * Math.max(0, Math.floor(y / STEP));
      right = Math.min(width, STEP * Math.ceil((x + wide) / STEP)); bottom = Math.min(height, STEP * Math.ceil((y + tall) / STEP));
    }
    const zoom = Math.min(1, Math.sqrt(MOST_PX / ((right - left) * (bottom - top))));
    return { left, top, width: right - left, height: bottom - top, zoom };
  }

  /* The part's pixels: red, green, blue, line by line. */
  function pixelsOf(frame, { left, top, width, height, zoom }) {
    let from = frame, x = left, y = top;
    if (zoom < 1) {
      width = Math.floor(width * zoom); height = Math.floor(height * zoom);
      fit(small.canvas, width, height);
      small.drawImage(frame.canvas, left, top, width / zoom, height / zoom, 0, 0, width, height);
      from = small; x = y = 0;
    }
    const seen = new Uint32Array(from.getImageData(x, y, width, height).data.buffer);
    const rgb = new Uint8Array(3 * seen.length);
    for (let i = 0, k = 0; i < seen.length; i++) {
      const one = seen[i];
      rgb[k++] = one; rgb[k++] = one >> 8; rgb[k++] = one >> 16;
    }
    return { width, height, rgb };
  }

  /* What can be drawn of the camera's picture. A browser that gives out a frame's pixels turns them
     into colours in a third of the time that it takes to draw the video. */
  async function taken(wide, tall) {
    if (!direct) return video;
    const frame = new VideoFrame(video);
    try {
      const { visibleRect: seen, rotation, flip } = frame;
      if (rotation || flip || seen.width !== wide || seen.height !== tall) throw new TypeError("another picture than the video's");
      if (fit(whole.canvas, wide, tall) || !room) room = new ImageData(wide, tall);
      await frame.copyTo(room.data, { format: "RGBA" });
    } catch {
      direct = false;
      return video;
    } finally { frame.close(); }
    whole.putImageData(room, 0, 0);
    return whole.canvas;
  }

  async function prepare() {
    while (video.currentTime === last) await later(4);
    last = video.currentTime;
    if (!video.videoWidth) return null;
    const begun = performance.now();
    const frame = frames[turn = 1 - turn];
    const { videoWidth: wide, videoHeight: tall } = video;
    const grain = Math.min(1, Math.max(LEAST_PX / Math.max(wide, tall), changed.clientWidth * devicePixelRatio / wide));
    if (fit(frame.canvas, Math.round(wide * grain), Math.round(tall * grain))) face = null;
    frame.drawImage(await taken(wide, tall), 0, 0, frame.canvas.width, frame.canvas.height);
    const part = cut(frame.canvas.width, frame.canvas.height);
    return { begun, frame, part, pixels: pixelsOf(frame, part) };
  }

  /* One line of words, then the pixels; in one piece, since a blob of both would first be carried to
     where the browser keeps its files. */
  async function send({ part, pixels: { width, height, rgb } }) {
    const line = new TextEncoder().encode(`${asked}&${new URLSearchParams({ left: part.left, top: part.top, zoom: part.zoom, width, height })}\n`);
    const body = new Uint8Array(line.length + rgb.length);
    body.set(line);
    body.set(rgb, line.length);
    const answer = await fetch(page.dataset.frame, { method: "POST", body, headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": page.elements.csrfmiddlewaretoken.value }, signal: AbortSignal.timeout(5000) });
    if (answer.redirected || answer.status === 403) { stopped = true; location.reload(); }
    const [place, seen] = ["X-Place", "X-Face"].map((one) => answer.headers.get(one)?.split(",").map(Number));
    face = seen || null; /* also where the answer is words: the face alone, larger, may tell what the whole did not */
    return place ? { place, rgba: await answer.arrayBuffer(), error: "" } : { error: (await answer.json()).error };
  }

  function show({ begun, frame, part }, { place, rgba, error }) {
    for (const one of [plain, changed]) {
      if (one.hidden) continue;
      fit(one, frame.canvas.width, frame.canvas.height);
      ink(one).drawImage(frame.canvas, 0, 0);
    }
    if (words.textContent !== error) words.textContent = error;
    if (place) {
      const [x, y, wide, tall] = place;
      const left = part.left + x / part.zoom, top = part.top + y / part.zoom;
      fit(lips.canvas, wide, tall);
      lips.putImageData(new ImageData(new Uint8ClampedArray(rgba), wide, tall), 0, 0);
      if (!held) ink(changed).drawImage(lips.canvas, left, top, wide / part.zoom, tall / part.zoom);
      const grain = video.videoWidth / frame.canvas.width;
      stats.places.push([left, top, wide / part.zoom].map((one) => one * grain));
    }
    const end = performance.now();
    stats.times.push(end);
    stats.lags.push(end - begun);
    if (stats.times.length > 600) for (const one of Object.values(stats)) one.shift();
  }
  const ink = (canvas) => canvas.getContext("2d", { alpha: false });

  /* One frame in flight. While it is away the last one is drawn, and the next is taken a little
     later, so that it is young; never so late that the studio waits for it. */
  async function run() {
    let shown = Promise.resolve();
    let next = prepare();
    while (!stopped) {
      const ready = await next.catch(() => null);
      if (!ready) { await later(50); next = prepare(); continue; }
      const sent = timed("send", send(ready));
      next = shown.then(() => later(SPARE * (took.send - took.show - took.prepare))).then(() => timed("prepare", prepare()));
      try {
        const answer = await sent;
        shown = timed("show", Promise.resolve(show(ready, answer))).catch(() => {});
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
    const said = new URLSearchParams(new FormData(page));
    said.delete("csrfmiddlewaretoken");
    said.set("mirror", name);
    asked = String(said);
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
