/* The code on a pack: a live frame or a picture goes to the studio and comes back as words; nothing is kept. */
"use strict";
(() => {
  const box = document.querySelector("[data-code]");
  if (!box) return;
  const form = box.closest("form") || document.querySelector("form[data-keep]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const say = (words) => { box.querySelector(".code-say").textContent = words; };
  const video = box.querySelector("video");
  const open = box.querySelector("[data-code-camera]");
  const shut = box.querySelector("[data-code-stop]");
  const file = box.querySelector("input[type=file]");
  const typed = box.querySelector("#code-text");
  const WIDTH_PX = 1280; /* a code is read from 3 pixels a module on; more would only be slower to send */
  let stream = null;

  function fill(found) {
    const values = { ...found.known, gtin: found.gtin, number: found.number, expires_on: found.expires_on, serial: found.serial };
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements[name];
      if (field && value) field.value = value;
    }
    for (const list of form.querySelectorAll("select[name^=lot]")) {
      if (list.value || !found.lot) continue;
      const option = [...list.options].find((one) => one.value === found.lot || one.dataset.lot === found.lot);
      if (option) {
        const fold = list.closest("details");
        if (fold) fold.open = true;
        list.value = option.value;
        list.dispatchEvent(new Event("change", { bubbles: true }));
        list.focus();
        return true;
      }
    }
    return !form.querySelector("select[name^=lot]");
  }

  async function ask(body) {
    const answer = await fetch(box.dataset.read, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(20000) });
    if (answer.redirected || answer.status === 403) { location.reload(); return true; }
    const found = await answer.json();
    if (found.found) {
      const filled = fill(found);
      say(filled ? found.words : box.dataset.notlisted);
    } else if (!stream) say(found.words);
    return found.found;
  }
  async function send(name, value) {
    const body = new FormData();
    body.append(name, value);
    try { return await ask(body); } catch { say(box.dataset.lost); return false; }
  }

  function close() {
    for (const track of stream?.getTracks() || []) track.stop();
    stream = null;
    video.hidden = shut.hidden = true;
    open.hidden = false;
  }
  async function look() {
    const paper = document.createElement("canvas");
    while (stream) {
      if (video.videoWidth) {
        const factor = Math.min(1, WIDTH_PX / video.videoWidth);
        paper.width = Math.round(video.videoWidth * factor);
        paper.height = Math.round(video.videoHeight * factor);
        paper.getContext("2d").drawImage(video, 0, 0, paper.width, paper.height);
        const blob = await new Promise((done) => paper.toBlob(done, "image/jpeg", 0.85));
        if (await send("frame", blob)) { close(); return; }
      }
      await new Promise((done) => setTimeout(done, 250));
    }
  }
  async function start() {
    try {
      const wanted = { video: { facingMode: "environment", width: { ideal: 1920 } }, audio: false };
      stream = await navigator.mediaDevices.getUserMedia(wanted);
      video.srcObject = stream;
      video.hidden = shut.hidden = false;
      open.hidden = true;
      say(box.dataset.looking);
      await video.play();
      look();
    } catch { close(); open.hidden = true; say(box.dataset.nocamera); file.closest("details").open = true; file.focus(); }
  }

  open.hidden = !navigator.mediaDevices;
  open.addEventListener("click", start);
  shut.addEventListener("click", () => { close(); say(""); });
  file.addEventListener("change", () => { if (file.files[0]) send("frame", file.files[0]); });
  typed.addEventListener("keydown", (event) => { /* a scanner types the code and Enter */
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (typed.value.trim()) send("code", typed.value);
  });
  box.querySelector("[data-code-post]").addEventListener("click", (event) => {
    event.preventDefault();
    if (typed.value.trim()) send("code", typed.value);
    else if (file.files[0]) send("frame", file.files[0]);
    else typed.focus();
  });
  addEventListener("pagehide", close);
})();
