/* What every page does: choose light or dark, find by keyboard, say when the line is gone. */
"use strict";
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window */ } };

  const theme = kept("theme");
  if (theme) root.dataset.theme = theme;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-next]");
    if (!button) return;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    keep("theme", root.dataset.theme);
  });

  document.querySelector("[data-focus]")?.focus(); /* what is wrong is read first */
  /* where one is stands in view, in a menu that is wider than the screen */
  document.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  /* "/" goes to the search, as in mail programs */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); }
  });

  /* j and k or the arrows go through lines, as in mail programs */
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const lines = [...document.querySelectorAll("[data-rows] a.line, [data-rows] .line > a.main")];
    if (!lines.length) return;
    const here = lines.findIndex((line) => line.closest("li").contains(document.activeElement));
    if (here < 0 && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    lines[Math.min(Math.max(here + step, 0), lines.length - 1)].focus();
  });

  /* a file that is too large is refused here, before minutes of sending it; the studio refuses it too */
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type !== "file" || "many" in field.dataset) return; /* of many files only the large one is left */
    const { mostMb, tooLarge } = document.body.dataset;
    const large = [...field.files].some((file) => file.size > Number(mostMb) * 1024 * 1024);
    field.setCustomValidity(large ? tooLarge : "");
    if (!large) return;
    event.stopImmediatePropagation();
    field.reportValidity();
    field.value = "";
  }, true);

  document.body?.addEventListener("htmx:responseError", (event) => {
    if ([401, 403, 423].includes(event.detail.xhr.status)) location.reload();
  });
})();
