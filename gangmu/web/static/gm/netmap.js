// Hover and focus light an item's threads; H and L go to the other side. Without script the picture is the same.
(function () {
  "use strict";
  const net = document.querySelector("[data-netmap]");
  if (!net) return;
  const paths = Array.from(net.querySelectorAll("path[data-g]"));
  const rows = Array.from(net.querySelectorAll("li[data-id]"));
  const fixed = net.classList.contains("nm-lit"); // the address has chosen: hovering must not undo that

  function partners(id) {
    const found = new Set([id]);
    paths.forEach((p) => { if (p.dataset.g === id) found.add(p.dataset.m); if (p.dataset.m === id) found.add(p.dataset.g); });
    return found;
  }
  function light(id) {
    const lit = id ? partners(id) : new Set();
    paths.forEach((p) => p.classList.toggle("on", Boolean(id) && (p.dataset.g === id || p.dataset.m === id)));
    rows.forEach((r) => r.classList.toggle("on", lit.has(r.dataset.id)));
    net.classList.toggle("nm-lit", Boolean(id));
  }
  if (!fixed) {
    rows.forEach((row) => {
      ["mouseenter", "focusin"].forEach((name) => row.addEventListener(name, () => light(row.dataset.id)));
      ["mouseleave", "focusout"].forEach((name) => row.addEventListener(name, () => light("")));
    });
  }
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const row = document.activeElement && document.activeElement.closest("li[data-id]");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !row || !/^[hl]$/.test(key)) return;
    try { if (localStorage.getItem("gm-letter-keys") === "off") return; } catch (e) { /* no storage: keys stay on */ }
    const side = key === "h" ? "g" : "m";
    if (row.dataset.side === side) return;
    const near = partners(row.dataset.id);
    const next = rows.find((r) => r.dataset.side === side && near.has(r.dataset.id)) || rows.find((r) => r.dataset.side === side);
    if (next) next.querySelector("a").focus();
  });
})();
