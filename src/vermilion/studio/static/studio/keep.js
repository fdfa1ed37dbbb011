/* What was typed waits in this tab, never on the disk, until the studio says that it is kept: a login
   that ended, a lost line or a closed lid lose nothing. Whoever logs out takes it along. */
"use strict";
(() => {
  const person = document.body.dataset.person;
  const KEPT = "kept:";
  const all = () => Object.keys(sessionStorage).filter((name) => name.startsWith(KEPT));
  const read = (name) => { try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; } };

  /* the studio took a form in: its words are in the record now */
  const done = document.cookie.split("; ").find((one) => one.startsWith("form_taken="));
  if (done) {
    const where = decodeURIComponent(done.slice("form_taken=".length));
    for (const name of all()) if (read(name)?.to === where) sessionStorage.removeItem(name);
    document.cookie = "form_taken=; path=/; max-age=0; samesite=strict";
  }
  if (!person) return; /* the door: whoever comes back finds the words again */
  for (const name of all()) if (!name.startsWith(`${KEPT}${person}:`)) sessionStorage.removeItem(name);
  for (const out of document.querySelectorAll("form[action$='/logout/']")) {
    out.addEventListener("submit", () => { for (const name of all()) sessionStorage.removeItem(name); });
  }

  const SECRET = ["hidden", "password", "file", "submit", "button"];
  const kinds = (field) => field.name && (!SECRET.includes(field.type) || field.name === "edition");
  const stateOf = (form) => [...form.elements].filter(kinds).map((field) => [
    field.name, field.value, ["radio", "checkbox"].includes(field.type) ? field.checked : null,
  ]);

  function putBack(form, state) {
    let changed = false;
    for (const [name, value, checked] of state) {
      const fields = [...form.elements].filter((one) => one.name === name && kinds(one));
      const field = checked === null ? fields[0] : fields.find((one) => one.value === value);
      if (!field) continue;
      if (checked === null ? field.value !== value : field.checked !== checked) {
        if (checked === null) field.value = value; else field.checked = checked;
        changed = changed || field.type !== "hidden";
      }
    }
    return changed;
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const name = `${KEPT}${person}:${form.dataset.keep}`;
    const kept = read(name);
    if (kept && putBack(form, kept.state)) {
      const note = document.getElementById("kept-note").content.cloneNode(true);
      note.querySelector("button").addEventListener("click", () => { sessionStorage.removeItem(name); location.reload(); });
      form.before(note);
      form.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const keep = () => sessionStorage.setItem(name, JSON.stringify({
      to: new URL(form.action || location.href, location.href).pathname, state: stateOf(form),
    }));
    form.addEventListener("input", keep);
    form.addEventListener("change", (event) => { if (event.target !== form) keep(); });
  }
})();
