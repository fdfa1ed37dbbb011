/* The unit follows the kind until somebody chooses it. */
"use strict";
(() => {
  const kind = document.querySelector("[data-kind]");
  const unit = kind?.form.elements.unit;
  if (!unit) return;
  let chosen = false;
  unit.addEventListener("change", () => { chosen = true; });
  kind.addEventListener("change", () => {
    if (!chosen) unit.value = kind.selectedOptions[0].dataset.unit;
  });
})();
