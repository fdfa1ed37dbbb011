/* What a device answers when it is asked for a key: words where it gave none. */
"use strict";
(() => {
  const show = (which) => { for (const note of document.querySelectorAll(which)) note.hidden = false; };
  /* keys belong to a name; no device keeps one for an address of numbers */
  if (/^[\d.]+$|^\[/.test(location.hostname)) {
    for (const link of document.querySelectorAll("[data-passkey-name] a")) {
      link.href = `${location.protocol}//localhost:${location.port}${location.pathname}`;
      link.hidden = !["127.0.0.1", "[::1]"].includes(location.hostname);
    }
    show("[data-passkey-name]");
    for (const button of document.querySelectorAll("#ask_key")) button.disabled = true;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("[data-passkey-fault]");
  });
})();
