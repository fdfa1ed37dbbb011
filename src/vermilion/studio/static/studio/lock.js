/* A silent screen is covered and its session locked on the server. What the page held is taken out
   of it, not only hidden, and put back as it was: nothing that was typed is lost. */
"use strict";
(() => {
  const body = document.body, limit = Number(body.dataset.lockMinutes) * 60000;
  const curtain = document.getElementById("curtain");
  const token = curtain.content.querySelector("[name=csrfmiddlewaretoken]").value;
  const others = new BroadcastChannel("vermilion-lock");
  const title = document.title;
  let held = null, focused = null, scrolled = 0, touched = Date.now(), told = 0;

  const post = (where, values) => fetch(where, {
    method: "POST", keepalive: true, redirect: "manual",
    headers: { "X-CSRFToken": token }, body: new URLSearchParams({ quiet: "1", ...values }),
  });

  const cover = () => {
    if (held) return;
    [focused, scrolled] = [document.activeElement, scrollY];
    held = document.createDocumentFragment();
    held.append(...body.childNodes);
    body.append(curtain.content.cloneNode(true));
    document.title = body.querySelector("h1").textContent;
    body.querySelector("input[name=words]").focus();
  };

  const open = () => {
    if (!held) return;
    body.replaceChildren(held);
    [held, document.title, touched] = [null, title, Date.now()];
    scrollTo(0, scrolled);
    focused?.focus();
    for (const film of document.querySelectorAll("video")) if (film.srcObject) film.play();
  };

  const lock = () => { cover(); others.postMessage("cover"); post("/lock/", {}).catch(() => {}); };

  body.addEventListener("submit", async (event) => {
    if (!held || !event.target.querySelector("[name=words]")) return;
    event.preventDefault();
    const form = event.target, field = form.elements.words;
    const say = (name) => { for (const one of form.querySelectorAll("[role=alert]")) one.hidden = !(name in one.dataset); };
    say("none");
    try {
      const answer = await post(form.action, { words: field.value });
      const said = await answer.json().catch(() => ({ over: true }));
      if (said.right) { others.postMessage("open"); open(); return; }
      if (said.over) { location.reload(); return; }
      say("wrong");
    } catch { say("away"); }
    field.value = "";
    field.focus();
  });

  others.onmessage = ({ data }) => {
    if (data === "cover") cover();
    if (data === "open") open();
    if (data === "touched") touched = Date.now();
  };
  const touch = () => {
    touched = Date.now();
    if (touched - told > 5000) { told = touched; others.postMessage("touched"); }
  };
  for (const kind of ["pointerdown", "pointermove", "keydown", "input", "wheel"]) addEventListener(kind, touch, { passive: true, capture: true });

  document.addEventListener("click", (event) => { if (event.target.closest("[data-lock-now]")) lock(); });
  document.addEventListener("keydown", (event) => {
    if (event.code === "KeyL" && event.altKey && event.shiftKey) { event.preventDefault(); lock(); }
  });
  setInterval(() => {
    const filming = [...document.querySelectorAll("video")].some((film) => film.srcObject?.active);
    if (filming) touched = Date.now();
    if (!held && Date.now() - touched > limit) lock();
  }, 2000);
})();
