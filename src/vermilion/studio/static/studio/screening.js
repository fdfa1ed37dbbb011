/* A screening at the desk. Its parts open one after another where the screen is narrow and stand all
   open where it is wide; how far one is, is said in words. "No to all that is open here" ticks each
   no by itself, in view, and changes no answer that is there. Without scripts all of it works too:
   a part is opened by hand, the buttons ask the server. */
"use strict";
(() => {
  const form = document.getElementById("screening");
  const parts = [...form.querySelectorAll(".part")];

  /* what is behind a gate is asked once the gate is a yes */
  const asked = (part) => [...part.querySelectorAll("fieldset.sign")].filter((one) =>
    !one.closest(".behind") || part.querySelector(".gate > fieldset input[value=yes]:checked"));
  const answered = (one) => [...one.querySelectorAll("input")].some((field) =>
    ["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim());
  const say = (where, done, count) => {
    where.textContent = where.dataset.said.replace("{done}", done).replace("{count}", count);
  };
  const count = () => {
    const all = parts.map((part) => [part, asked(part)]).map(([part, here]) => {
      const done = here.filter(answered).length;
      say(part.querySelector("[data-far]"), done, here.length);
      return [part, done, here.length];
    });
    say(form.querySelector("[data-far-all]"), all.reduce((n, row) => n + row[1], 0), all.reduce((n, row) => n + row[2], 0));
    return all;
  };

  const found = count();
  form.addEventListener("input", count);
  form.addEventListener("change", count);
  if (matchMedia("(min-width: 1001px)").matches) for (const part of parts) part.open = true;
  else {
    /* words that came back after a reload: on with the first part that is not through */
    const on = found.find(([, done, here]) => done < here)?.[0];
    for (const part of parts) part.open = part === on || Boolean(part.querySelector("[aria-invalid=true]"));
  }

  for (const link of form.querySelectorAll("[data-next]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const next = document.getElementById(link.dataset.next);
      if (!matchMedia("(min-width: 1001px)").matches) link.closest(".part").open = false;
      next.open = true;
      next.querySelector("summary").focus({ preventScroll: true });
      next.scrollIntoView();
    });
  }
  for (const button of form.querySelectorAll("[data-all-no]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const part = button.closest(".part");
      for (const no of part.querySelectorAll(".answers input[value=no]")) {
        const group = no.closest(".answers");
        const had = no.name.startsWith("had.");
        if (!had && !group.querySelector("input:checked")) no.checked = true;
      }
      form.dispatchEvent(new Event("change", { bubbles: true }));
      part.querySelector("summary").focus();
    });
  }
})();
