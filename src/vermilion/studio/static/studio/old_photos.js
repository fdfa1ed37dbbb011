/* Old photos go to the studio one by one: first to be looked at, then to be taken over. What is in the
   record stays there whatever happens; whoever stops, or comes back, goes on with the next. */
"use strict";
(() => {
  const form = document.querySelector("[data-old-photos]");
  if (!form) return;
  const part = (name) => document.querySelector(`[data-${name}]`);
  const say = (name, values = {}) => form.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const [folder, single, view] = ["folder", "photos", "view"].map((id) => document.getElementById(id));
  const [words, bar, left, whose] = [part("words"), form.querySelector("progress"), part("left"), part("whose")];
  const kinds = form.dataset.kinds.split(",");
  let photos = [];   /* {file, path, line, client, name, digest, why, taken} in their order */
  let stopped = false;
  let going = false;

  for (const one of form.querySelectorAll("[data-plain]")) one.hidden = true;
  for (const one of form.querySelectorAll("[data-scripted], [data-steps]")) one.hidden = false;
  single.required = false;
  part("folder").hidden = !("webkitdirectory" in folder);

  const show = (...names) => { for (const name of ["start", "on", "stop", "end"]) part(name).hidden = !names.includes(name); };
  const tell = (text) => { part("going").hidden = false; words.textContent = text; };
  const ready = () => photos.filter((one) => one.line && !one.why && !one.taken);

  /* a line stands under its client, or under what speaks against it */
  function put(one, line) {
    one.line?.remove();
    one.line = line;
    groupOf(one.why ? left : whose, one.why || one.client, one.why || one.name).querySelector("ul").append(line);
    for (const section of [left, whose]) {
      for (const group of section.querySelectorAll("details")) {
        const count = group.querySelectorAll("li").length;
        group.querySelector(".num").textContent = `(${count})`;
        if (!count) group.remove();
      }
      section.hidden = !section.querySelector("details");
    }
  }
  function groupOf(section, key, name) {
    const groups = [...section.querySelectorAll("details")];
    const there = groups.find((one) => one.dataset.key === key);
    if (there) return there;
    const group = document.getElementById("group").content.firstElementChild.cloneNode(true);
    group.dataset.key = key;
    group.open = section === left;
    group.querySelector("[data-name]").textContent = name;
    const after = groups.find((one) => one.querySelector("[data-name]").textContent.localeCompare(name) > 0);
    section.querySelector(".card").insertBefore(group, after ?? null);
    return group;
  }
  /* for a reason that is found here, or without a line from the studio */
  function leave(one, why) {
    const line = document.getElementById("bare").content.firstElementChild.cloneNode(true);
    line.querySelector("strong").textContent = one.path;
    one.why = why;
    put(one, line);
  }

  async function send(one, take) {
    const body = new FormData(form);
    body.delete("photo");
    body.append("photo", one.file, "photo");
    body.append("path", one.path);
    /* a new login, in another tab, has a new token */
    body.set("csrfmiddlewaretoken", document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? body.get("csrfmiddlewaretoken"));
    if (take) body.append("take", "1");
    let answer;
    try {
      answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    } catch { return say("away"); }
    if (answer.type === "opaqueredirect" || [401, 403, 423].includes(answer.status)) return say("shut");
    const told = await answer.text();
    if (!answer.headers.get("Content-Type")?.includes("json")) {
      return new DOMParser().parseFromString(told, "text/html").querySelector("main p, body")?.textContent ?? say("away");
    }
    const found = JSON.parse(told);
    if (found.error) { leave(one, found.error); return ""; }
    const double = photos.some((other) => other !== one && other.line && !other.why && other.digest === found.digest);
    Object.assign(one, { client: found.whose, name: found.name, digest: found.digest });
    one.why = found.why || (double ? say("double") : "");
    one.taken = take && !one.why;
    const box = document.createElement("ul");
    box.innerHTML = found.line;
    put(one, box.firstElementChild);
    return "";
  }

  /* one after the other; what stops it (words) is said, and the rest waits */
  async function run(take) {
    const rest = take ? ready() : photos.filter((one) => !one.line);
    [stopped, going] = [false, true];
    show("stop");
    [bar.max, bar.value, bar.hidden] = [rest.length, 0, false];
    for (const one of rest) {
      const values = { done: bar.value + 1, count: rest.length, path: one.path };
      tell(say(take ? "taking" : "looking", values));
      const why = await send(one, take);
      if (!why) bar.value += 1;
      if (why || (stopped && bar.value < rest.length)) {
        const more = rest.length - bar.value;
        tell(`${why} ${say("stopped", { taken: photos.filter((other) => other.taken).length, more })}`.trim());
        part("on").onclick = () => run(take);
        going = false;
        show("on");
        part("on").focus();
        return;
      }
    }
    [bar.hidden, going] = [true, false];
    const counts = { ready: ready().length, taken: photos.filter((one) => one.taken).length, left: photos.filter((one) => one.why).length };
    counts.clients = new Set(ready().map((one) => one.client)).size;
    tell(say(take ? "done" : "looked", counts));
    part("start").textContent = say("take", { count: counts.ready });
    if (counts.ready) show("start"); else show("end");
    words.focus();
  }

  function begin(files) {
    if (!files.length) return;
    for (const section of [left, whose]) { section.hidden = true; section.querySelector(".card").replaceChildren(); }
    photos = [...files]
      .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
      .filter(({ file }) => kinds.some((kind) => file.name.toLowerCase().endsWith(kind)) && !file.name.startsWith("."))
      .sort((a, b) => a.path.localeCompare(b.path));
    const most = Number(document.body.dataset.mostMb) * 1024 * 1024;
    for (const one of photos) if (one.file.size > most) leave(one, document.body.dataset.tooLarge);
    if (photos.length) run(false);
    else { bar.hidden = true; show(); tell(say("none")); words.focus(); }
  }

  folder.addEventListener("change", () => { single.value = ""; begin([...folder.files]); });
  single.addEventListener("change", () => { folder.value = ""; begin([...single.files]); });
  view.addEventListener("change", () => { if (!going && !photos.some((one) => one.taken)) begin(photos.map((one) => one.file)); });
  part("start").addEventListener("click", () => run(true));
  part("stop").addEventListener("click", () => { stopped = true; });
  form.addEventListener("submit", (event) => event.preventDefault());
})();
