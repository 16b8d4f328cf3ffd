// 一次填报: Enter saves the row and goes on; up and down change its status word. Without this file it is one form.
(function () {
  "use strict";
  const form = document.querySelector("[data-feedback]");
  if (!form || !window.htmx) return;
  const inputs = () => Array.from(form.querySelectorAll("[data-line]"));
  const count = form.querySelector("[data-count]");

  function say() {
    const left = inputs().length;
    count.textContent = left ? count.dataset.left.replace("{n}", left) : count.dataset.none;
  }
  function save(row) {
    const all = inputs();
    const here = row.querySelector("[data-line]");
    const next = all[all.indexOf(here) + 1] || all.find((el) => el !== here);
    htmx.trigger(row, "save");
    if (next) { next.focus(); next.select(); next.scrollIntoView({ block: "nearest" }); }
  }
  function turn(row, step) {
    const all = Array.from(row.querySelectorAll("input[type=radio]"));
    const at = all.findIndex((r) => r.checked);
    all[Math.min(Math.max(at + step, 0), all.length - 1)].checked = true;
  }
  form.addEventListener("keydown", (event) => {
    const el = event.target;
    if (!el.closest("[data-row]") || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = el.closest("[data-row]");
    if (event.key === "Enter" && el.matches("input")) { event.preventDefault(); save(row); }
    if (!el.matches("[data-line]")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      turn(row, event.key === "ArrowDown" ? 1 : -1);
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (button) { event.preventDefault(); save(button.closest("[data-row]")); }
  });
  // A refused row comes back with its sentence and takes the pen again.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:afterSettle", () => {
    say();
    const wrong = form.querySelector('[data-line][aria-invalid="true"]');
    if (wrong) wrong.focus();
  });
  ["htmx:sendError", "htmx:responseError"].forEach((name) => document.addEventListener(name, (event) => {
    const row = event.detail.elt.closest("[data-row]");
    if (!row) return;
    row.querySelector("[data-error]").textContent = count.dataset.failed;
    row.querySelector(".gm-err").hidden = false;
    row.querySelector("[data-line]").focus();
  }));
  const first = inputs()[0];
  if (first) first.select();
})();
