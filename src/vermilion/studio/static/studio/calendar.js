/* The calendar by keyboard and by drag: [ and ] turn the pages; a visit that is dropped elsewhere
   opens its page with the new time in the form, and nothing moves before somebody says so. */
"use strict";
(() => {
  const ROW_MINUTES = 15;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const turn = { "[": "back", "]": "on" }[event.key];
    if (turn) document.querySelector(`[data-turn=${turn}]`)?.click();
  });

  const first = document.querySelector(".times span")?.textContent.split(":")[0];
  let dragged = null;
  let grip = 0;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".slot[draggable=true]");
    if (dragged) grip = event.clientY - dragged.getBoundingClientRect().top;
  });
  for (const column of document.querySelectorAll(".column")) {
    const hours = column.querySelector(".hours");
    column.addEventListener("dragover", (event) => { if (dragged) { event.preventDefault(); column.classList.add("over"); } });
    column.addEventListener("dragleave", () => column.classList.remove("over"));
    column.addEventListener("drop", (event) => {
      column.classList.remove("over");
      if (!dragged) return;
      event.preventDefault();
      const rows = getComputedStyle(hours).gridTemplateRows.split(" ");
      const row = Math.max(0, Math.round((event.clientY - grip - hours.getBoundingClientRect().top) / parseFloat(rows[0])));
      const minutes = Math.min(Number(first) * 60 + row * ROW_MINUTES, 24 * 60 - ROW_MINUTES);
      const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
      const where = new URL(dragged.href);
      where.searchParams.set("day", column.dataset.day);
      where.searchParams.set("clock", clock);
      if (column.dataset.person) where.searchParams.set("person", column.dataset.person);
      location.href = where.href;
    });
  }
})();
