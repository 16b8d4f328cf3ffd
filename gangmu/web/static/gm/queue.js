// A figure ties the proposal of that number as it stands in its form. Without this file the buttons do.
(function () {
  "use strict";
  document.addEventListener("keydown", (event) => {
    const el = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !/^[1-9]$/.test(event.key)) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && !/^(radio|checkbox)$/.test(el.type)) return;
    try { if (localStorage.getItem("gm-letter-keys") === "off") return; } catch (e) { /* no storage: keys stay on */ }
    const form = document.querySelector('[data-offer="' + event.key + '"]');
    if (form && !form.dataset.sent) { event.preventDefault(); form.requestSubmit(); }
  });
})();
