/* Before and after under one slider: the later photo is clipped to the slider's place. */
"use strict";
for (const pair of document.querySelectorAll("[data-pair]")) {
  const top = pair.querySelector(".top");
  const slider = pair.querySelector("input[type=range]");
  const line = pair.querySelector(".line");
  const place = () => {
    top.style.clipPath = `inset(0 0 0 ${slider.value}%)`;
    line.style.left = `${slider.value}%`;
  };
  slider.addEventListener("input", place);
  place();
}
