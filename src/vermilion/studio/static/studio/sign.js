/* A name drawn with a finger, a pen or a mouse; who cannot draw types it. */
"use strict";
for (const pad of document.querySelectorAll("canvas[data-sign]")) {
  const field = document.getElementById(pad.dataset.sign);
  const ink = pad.getContext("2d");
  let drawing = false;
  let drawn = false;
  const blank = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, pad.width, pad.height);
    ink.lineWidth = 3;
    ink.lineCap = ink.lineJoin = "round";
    ink.strokeStyle = "#2b2326";
    drawn = false;
    field.value = "";
  };
  const at = (event) => {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
  };
  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    drawing = drawn = true;
    ink.beginPath();
    ink.moveTo(...at(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const point of event.getCoalescedEvents?.() || [event]) ink.lineTo(...at(point));
    ink.stroke();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    pad.addEventListener(name, () => {
      drawing = false;
      if (drawn) field.value = pad.toDataURL("image/png");
    });
  }
  document.querySelector("[data-sign-clear]")?.addEventListener("click", blank);
  blank();
}
