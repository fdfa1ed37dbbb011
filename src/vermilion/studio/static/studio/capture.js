/* The camera: a frame goes to the studio, one at a time, and comes back as gauges; nothing is kept. */
"use strict";
(() => {
  const page = document.querySelector("[data-camera]");
  if (!page) return;
  const say = (name) => page.dataset[name];
  const video = page.querySelector("video");
  const ghost = page.querySelector(".ghost");
  const still = page.querySelector(".taken");
  const hint = page.querySelector(".hint-live");
  const shutter = page.querySelector("[data-shutter]");
  const again = page.querySelector("[data-again]");
  const keep = page.querySelector("[data-keep-photo]");
  const auto = page.querySelector("[name=auto]");
  const file = page.querySelector("input[type=file]");
  const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
  const gauges = Object.fromEntries([...page.querySelectorAll("[data-gauge]")].map((one) => [one.dataset.gauge, one]));
  const small = document.createElement("canvas");
  let taken = null;
  let ready = 0;
  let mouth = null;
  let stopped = false;
  let box = [0, 0, 1, 1];
  const SHARP = 2.6; /* 52 of 53 sharp faces at this size lie above, all that were blurred by two pixels below 2.6 */
  let atRest = 0; /* how wide the mouth at rest is, as a share of the face's height */

  const view = () => page.querySelector("[name=view]:checked");
  function showGhost() {
    const last = view().dataset.ghost;
    ghost.hidden = !last || taken !== null;
    if (last) ghost.src = last;
  }
  const set = (name, ok) => { gauges[name].dataset.ok = ok ? "yes" : "no"; gauges[name].querySelector("span").textContent = ok ? say("right") : say("wrong"); };

  /* light and sharpness need no network: mean brightness, and how much neighbours differ, on the face where it was last seen */
  function look(pixels, width, height) {
    const [left, top, right, bottom] = box.map((share, k) => Math.min(Math.max(1, Math.round(share * (k % 2 ? height : width))), (k % 2 ? height : width) - 1));
    let sum = 0;
    let edges = 0;
    let count = 0;
    for (let y = top; y < bottom; y += 2) {
      for (let x = left; x < right; x += 2) {
        const at = (y * width + x) * 4 + 1;
        const value = pixels[at];
        sum += value;
        edges += Math.abs(4 * value - pixels[at - 4] - pixels[at + 4] - pixels[at - width * 4] - pixels[at + width * 4]);
        count += 1;
      }
    }
    return { light: sum / Math.max(1, count), sharp: edges / Math.max(1, count) };
  }

  /* what the mouth does not do yet for this view; a smile and a pucker are told from the mouth at rest */
  function pose(found) {
    const wanted = view().value;
    if (wanted === "rest") return found.open ? "shut" : "";
    if (wanted === "parted") return found.open ? "" : "parted";
    if (wanted === "smile") return atRest && found.mouth_share < 1.06 * atRest ? "smile" : "";
    if (wanted === "pucker") return atRest && found.mouth_share > 0.94 * atRest ? "pucker" : "";
    return "";
  }

  async function step() {
    if (stopped || taken || !video.videoWidth) return;
    const factor = Math.min(1, 640 / Math.max(video.videoWidth, video.videoHeight));
    small.width = Math.round(video.videoWidth * factor);
    small.height = Math.round(video.videoHeight * factor);
    const ink = small.getContext("2d", { willReadFrequently: true });
    ink.drawImage(video, 0, 0, small.width, small.height);
    const seen = look(ink.getImageData(0, 0, small.width, small.height).data, small.width, small.height);
    const light = seen.light > 60 && seen.light < 215;
    const sharp = seen.sharp > SHARP;
    set("light", light);
    set("sharp", sharp);
    const blob = await new Promise((done) => small.toBlob(done, "image/jpeg", 0.8));
    const body = new FormData();
    body.append("frame", blob, "frame.jpg");
    const answer = await fetch(page.dataset.frame, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(8000) });
    if (taken) return; /* the shutter was quicker than the answer */
    if (answer.status === 403 || answer.redirected) { location.reload(); return; }
    const found = await answer.json();
    if (taken) return;
    const side = { left: 1, right: -1 }[view().value] || 0; /* the client's left is the picture's right */
    const turned = side ? side * found.yaw_deg > 12 : Math.abs(found.yaw_deg) < 8;
    const level = found.face && Math.abs(found.roll_deg) < 6 && turned;
    const distance = found.face && found.face_share > 0.3 && found.face_share < 0.72;
    set("level", level);
    set("distance", distance);
    let now = null;
    if (found.face) now = [(found.mouth[0][0] + found.mouth[1][0]) / 2, (found.mouth[0][1] + found.mouth[1][1]) / 2];
    const quiet = now && mouth && Math.hypot(now[0] - mouth[0], now[1] - mouth[1]) < 0.006;
    mouth = now;
    box = found.face ? found.box : [0, 0, 1, 1];
    const mistake = found.face ? pose(found) : "";
    const all = light && sharp && level && distance && !mistake;
    if (all && quiet && view().value === "rest") atRest = found.mouth_share;
    ready = all && quiet ? ready + 1 : 0;
    hint.textContent = !found.face ? say("noface") : !level ? say(side ? "oblique" : "turn") : !distance ? (found.face_share <= 0.3 ? say("closer") : say("further")) : !light ? say("lamp") : !sharp ? say("hold") : say(mistake || "good");
    if (ready >= 3 && auto.checked) { ready = 0; take(); }
  }

  async function run() {
    while (!stopped) {
      const begun = performance.now();
      try { await step(); } catch { hint.textContent = say("lost"); }
      await new Promise((done) => setTimeout(done, Math.max(60, 160 - (performance.now() - begun))));
    }
  }

  function shown(blob) {
    taken = blob;
    if (still.src) URL.revokeObjectURL(still.src);
    still.src = URL.createObjectURL(blob);
    still.hidden = false;
    video.hidden = true;
    ghost.hidden = true;
    shutter.hidden = true;
    again.hidden = keep.hidden = false;
    hint.textContent = say("check");
    keep.focus();
  }
  function back() {
    taken = null;
    still.hidden = true;
    video.hidden = false;
    shutter.hidden = false;
    again.hidden = keep.hidden = true;
    showGhost();
  }
  function take() {
    if (!video.videoWidth || taken) return;
    const whole = document.createElement("canvas");
    whole.width = video.videoWidth;
    whole.height = video.videoHeight;
    whole.getContext("2d").drawImage(video, 0, 0);
    whole.toBlob((blob) => shown(blob), "image/jpeg", 0.95);
  }
  async function send() {
    const body = new FormData();
    body.append("photo", taken, "photo.jpg");
    body.append("view", view().value);
    if (page.querySelector("[name=swollen]").checked) body.append("swollen", "1");
    keep.disabled = true;
    hint.textContent = say("sending");
    try {
      const answer = await fetch(page.dataset.add, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
      if (answer.redirected || answer.status === 403) { hint.textContent = say("login"); return; }
      const told = await answer.json();
      if (!answer.ok) { hint.textContent = told.error; return; }
      view().parentElement.dataset.done = "1";
      hint.textContent = say("kept");
      const next = [...page.querySelectorAll("[name=view]")].find((one) => !one.parentElement.dataset.done);
      view().dataset.ghost = page.dataset.photo.replace(page.dataset.nil, told.id);
      if (next) next.checked = true;
      back();
    } catch {
      hint.textContent = say("notsent");
    } finally {
      keep.disabled = false;
    }
  }

  shutter.addEventListener("click", take);
  again.addEventListener("click", back);
  keep.addEventListener("click", send);
  file.addEventListener("change", () => { if (file.files[0]) shown(file.files[0]); });
  for (const one of page.querySelectorAll("[name=view]")) one.addEventListener("change", showGhost);
  addEventListener("pagehide", () => { stopped = true; for (const track of video.srcObject?.getTracks() || []) track.stop(); });

  const wanted = { video: { facingMode: "environment", width: { ideal: 3840 }, height: { ideal: 2160 } }, audio: false };
  if (!navigator.mediaDevices) { hint.textContent = say("nocamera"); return; }
  navigator.mediaDevices.getUserMedia(wanted).then((stream) => {
    video.srcObject = stream;
    return video.play();
  }).then(() => { showGhost(); run(); }).catch(() => { hint.textContent = say("nocamera"); });
})();
