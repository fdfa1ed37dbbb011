/* A lot that the practice mixes its own way fills in how; what somebody typed stays. */
"use strict";
(() => {
  const { lot, vial, diluent } = document.querySelector("form:has([name=diluent])")?.elements || {};
  if (!lot || !vial) return;
  const filled = ["", ""];
  const fill = () => {
    const told = lot.selectedOptions[0]?.dataset || {};
    if (vial.value !== filled[0] || diluent.value !== filled[1]) return;
    filled[0] = vial.value = told.vial || "";
    filled[1] = diluent.value = told.diluent || "";
    diluent.dispatchEvent(new Event("input", { bubbles: true }));
  };
  lot.addEventListener("change", fill);
  fill();
})();
