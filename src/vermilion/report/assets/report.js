"use strict";
(function () {
  const data = JSON.parse(document.getElementById("frames").textContent);
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (id) => document.getElementById(id);
  const chosen = (name) => document.querySelector('input[name="' + name + '"]:checked').value;
  const afters = document.querySelectorAll("img.after");
  const day = $("day"), cut = $("cut");

  function frames() { return data[chosen("treatment")][chosen("band")]; }
  function show() {
    const list = frames();
    day.max = list.length - 1;
    const frame = list[Math.min(+day.value, list.length - 1)];
    const words = frame.label;
    afters.forEach((img) => { img.src = frame.src; });
    $("day-words").textContent = words;
    day.setAttribute("aria-valuetext", words);
    document.querySelectorAll(".when").forEach((el) => { el.textContent = words; });
  }
  function slice() {
    root.style.setProperty("--cut", cut.value + "%");
    const share = +cut.value, said = data.words;
    const words = share >= 100 ? said.before : share <= 0 ? said.after
      : said.both.replace("@b", share).replace("@a", 100 - share);
    $("cut-words").textContent = words;
    cut.setAttribute("aria-valuetext", words);
  }
  function start() {
    const list = frames();
    const at = list.findIndex((f) => f.day >= data.judged[chosen("treatment")]);
    day.max = list.length - 1;
    day.value = at < 0 ? list.length - 1 : at;
    show();
  }
  document.querySelectorAll('input[name="treatment"]').forEach((el) => el.addEventListener("change", start));
  document.querySelectorAll('input[name="band"]').forEach((el) => el.addEventListener("change", show));
  day.addEventListener("input", show);
  cut.addEventListener("input", slice);
  const close = $("close");
  function drag(event) {
    if (event.buttons !== 1) { return; }
    const box = close.getBoundingClientRect();
    cut.value = Math.round(100 * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
    slice();
  }
  close.addEventListener("pointerdown", drag);
  close.addEventListener("pointermove", drag);
  start();
  slice();
})();
