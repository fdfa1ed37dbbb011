/* How strong a vial becomes, while it is typed. */
"use strict";
(() => {
  const box = document.querySelector("[data-mixing]");
  if (!box) return;
  const form = box.closest("form");
  const number = (name) => Number(form.elements[name].value.replace(",", "."));
  const show = () => {
    const units = number("vial") / number("diluent") * 0.1;
    const words = box.dataset.mixing.replace("…", units.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 }));
    form.querySelector("[data-strength]").textContent = Number.isFinite(units) && units > 0 ? words : "";
  };
  const fold = box.closest("details"); /* who takes a new vial is asked how it was mixed */
  form.elements.lot?.addEventListener("change", (event) => {
    if (event.target.value && !event.target.value.startsWith("vial:")) fold.open = true;
  });
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
})();
