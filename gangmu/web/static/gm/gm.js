// Keys, guard against double submission, menu. Every page works without this file. ES2017, Chromium 109.
(function () {
  "use strict";
  const $ = (sel, at) => (at || document).querySelector(sel);
  const $$ = (sel, at) => Array.from((at || document).querySelectorAll(sel));
  const dialog = $("#gm-keys");
  let after = ""; // the G of "G then M", for a moment

  // ---- letter keys can be switched off, on this computer only -------------------------------------------------
  const KEY = "gm-letter-keys";
  function lettersOn() {
    try { return localStorage.getItem(KEY) !== "off"; } catch (e) { return true; }
  }
  function setLetters(on) {
    try { localStorage.setItem(KEY, on ? "on" : "off"); } catch (e) { /* private window: holds for this page only */ }
  }

  // ---- rows ----------------------------------------------------------------------------------------------------
  const rows = () => $$("[data-row]").filter((r) => r.offsetParent !== null || getComputedStyle(r).display === "contents");
  const current = () => {
    const own = document.activeElement && document.activeElement.closest("[data-row]");
    return own || $("[data-row].is-sel");
  };
  const target = (row) => $("a[href], button", row) || row;
  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const fresh = at < 0 || !all[at].contains(document.activeElement);
    const next = all[fresh ? Math.max(at, 0) : Math.min(Math.max(at + step, 0), all.length - 1)];
    all.forEach((r) => r.classList.toggle("is-sel", r === next));
    target(next).focus();
    next.scrollIntoView({ block: "nearest" });
  }
  // In the current row first; on the page only what belongs to no row, so that no other row's act is done by mistake.
  function press(sel) {
    const row = current();
    const hit = (row && $(sel, row)) || $$(sel, $("main")).find((el) => !el.closest("[data-row]"));
    if (hit) hit.click();
    return Boolean(hit);
  }

  // ---- one key, one thing ------------------------------------------------------------------------------------------
  function go(name) {
    const link = $('a[data-go="' + name + '"]');
    if (link) location.href = link.href;
  }
  function help() {
    if (!dialog || !dialog.showModal) return;
    $("[data-letter-keys]", dialog).checked = lettersOn();
    dialog.showModal();
  }
  function back() {
    const menu = $("details.gm-me[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); return; }
    const way = $("[data-back]") || $$(".gm-crumb a").pop();
    if (way) location.href = way.href;
  }
  const typing = (el) => el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && !/^(checkbox|radio|button|submit)$/.test(el.type);
  const LETTERS = {
    j: () => move(1), k: () => move(-1),
    e: () => press("[data-hot], .gm-act .gm-btn"),
    g: () => { after = "g"; setTimeout(() => { after = ""; }, 1200); },
    "/": () => { const find = $("[data-find]"); if (find && find.offsetParent) find.focus(); },
    "?": help,
  };
  function letter(event) {
    const key = event.key.toLowerCase();
    if (after === "g") {
      after = "";
      if (key === "m") return go("netmap"), true;
      if (key === "h") return go("home"), true;
    }
    if (LETTERS[key]) return LETTERS[key](), true;
    // Any other letter belongs to the page: data-key="s" on a link or button.
    return /^[a-z[\]]$/.test(key) && press('[data-key="' + key + '"]');
  }
  document.addEventListener("keydown", (event) => {
    const el = event.target;
    if (event.isComposing || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key === "Enter" && el.form && el.form.requestSubmit) el.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      if (dialog && dialog.open) return;
      if (typing(el)) el.blur(); else back();
      return;
    }
    if (event.key === "Enter" && el.matches("input") && typing(el) && el.form && el.form.elements.find) {
      event.preventDefault();  // the button of a search inside the form is its first one; the search itself is live
      if (!("choose" in el.dataset)) el.form.requestSubmit($("button:not([name=find]):not([type=button])", el.form));
      return;
    }
    if (typing(el) || (dialog && dialog.open)) return;
    if (event.key === "Enter") {
      const row = $("[data-row].is-sel");
      if (el === document.body && row) target(row).click();
      return;
    }
    if (event.key.length === 1 && lettersOn() && letter(event)) event.preventDefault();
  });

  // ---- clicks: help, menu, phone tab ---------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const el = event.target;
    if (el.closest("[data-help]")) return help();
    if (el.closest("[data-close]")) return dialog.close();
    const opener = el.closest("[data-open]");
    const menu = $("details.gm-me");
    if (opener) { event.preventDefault(); document.getElementById(opener.dataset.open).open = true; scrollTo(0, 0); return; }
    if (menu && menu.open && !menu.contains(el)) menu.open = false;
  });
  $$("[data-help]").forEach((b) => { b.hidden = false; });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-letter-keys]")) setLetters(event.target.checked);
  });

  // ---- a form is sent once; data-again on a form that answers with a file ---------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "again" in form.dataset || form.matches("[hx-post], [data-hx-post]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    // Later, so that the pressed button's own name and value still travel with the form.
    setTimeout(() => { $$("button", form).forEach((b) => { b.disabled = true; }); }, 0);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    $$("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      $$("button", form).forEach((b) => { b.disabled = false; });
    });
  });

  // ---- htmx carries the forgery token -------------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", (event) => {
    const token = $("input[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
})();
