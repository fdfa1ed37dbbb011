/* A screening at the desk: "no to all that is open here" ticks each no by itself, in view, and
   changes no answer that is there. Without scripts the button does the same on the server. */
"use strict";
(() => {
  document.querySelector("[data-focus]")?.focus();
  for (const button of document.querySelectorAll("[data-all-no]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const part = button.closest(".part");
      for (const no of part.querySelectorAll(".answers input[value=no]")) {
        const group = no.closest(".answers");
        const had = no.name.startsWith("had.");
        if (!had && !group.querySelector("input:checked")) no.checked = true;
      }
      button.form.dispatchEvent(new Event("change", { bubbles: true }));
      part.querySelector("h2").focus();
    });
  }
})();
