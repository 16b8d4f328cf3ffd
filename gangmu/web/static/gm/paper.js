// The preview of a read paper: steps without a page reload, both panes together. Every step works without this file.
(function () {
  "use strict";
  const $ = (sel, at) => (at || document).querySelector(sel);
  const $$ = (sel, at) => Array.from((at || document).querySelectorAll(sel));
  const wide = matchMedia("(min-width: 901px)");
  const panes = () => ({ src: $(".gm-pv-src"), out: $(".gm-pv-out") });
  const say = (text) => { const at = $("#pv-said"); if (at) { at.textContent = text; } };
  let lead = null; // the pane that the person moves; the other one follows
  let chosen = "";

  // ---- item and paragraph of each other ---------------------------------------------------------------------------
  const numbers = (item) => (item.dataset.nos || "").split(" ").filter(Boolean);
  const ofItem = (item) => numbers(item).map((no) => document.getElementById("p-" + no)).filter(Boolean);
  const ofParagraph = (p) => p.dataset.item && document.getElementById("item-" + p.dataset.item);
  function into(pane, el, offset) {
    if (!wide.matches || !el) return;
    const top = el.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTop = top - (offset === undefined ? pane.clientHeight / 4 : offset);
  }
  function mark(item) {
    $$(".gm-pv-p.is-cur").forEach((p) => p.classList.remove("is-cur"));
    ofItem(item).forEach((p) => p.classList.add("is-cur"));
  }
  function choose(item, from) {
    const { src, out } = panes();
    chosen = item.id;
    $$(".gm-pv-i.is-sel").forEach((r) => r.classList.toggle("is-sel", r === item));
    item.classList.add("is-sel");
    mark(item);
    if (from === "out") into(src, ofItem(item)[0]);
    if (from === "src") into(out, item);
  }

  // ---- one scrolls, the other follows -----------------------------------------------------------------------------
  function firstBelow(pane, all) {
    const top = pane.getBoundingClientRect().top;
    let low = 0, high = all.length - 1; // in the order of the page: halve until the first that shows
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].getBoundingClientRect().bottom <= top + 1) low = middle + 1; else high = middle;
    }
    return all[low];
  }
  let waiting = false;
  function follow(event) {
    const { src, out } = panes();
    if (waiting || !wide.matches || event.target !== lead) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (lead === out) {
        const item = firstBelow(out, $$("li[id^=item-]", out));
        const p = item && ofItem(item)[0];
        if (p) into(src, p, item.getBoundingClientRect().top - out.getBoundingClientRect().top);
      } else {
        const p = firstBelow(src, $$(".gm-pv-p[data-item]", src));
        const item = p && ofParagraph(p);
        if (item) into(out, item, p.getBoundingClientRect().top - src.getBoundingClientRect().top);
      }
    });
  }
  document.addEventListener("scroll", follow, true);
  ["pointerover", "wheel", "touchstart"].forEach((name) => document.addEventListener(name, (event) => {
    lead = event.target.closest ? event.target.closest(".gm-pv-src, .gm-pv-out") : null;
  }, { passive: true }));
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest(".gm-pv-i");
    lead = null; // moved by a key: the other pane is put in place once, it does not follow the smooth move
    if (item && (item.id !== chosen || !item.classList.contains("is-sel"))) choose(item, "out");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, select, label, summary")) return;
    const item = event.target.closest(".gm-pv-i");
    const p = event.target.closest(".gm-pv-p[data-item]");
    lead = null;
    if (item) choose(item, "out");
    else if (p && ofParagraph(p)) choose(ofParagraph(p), "src");
  });

  // ---- steps in place -----------------------------------------------------------------------------------------------
  function places() {
    const { src, out } = panes();
    return { src: src ? src.scrollTop : 0, out: out ? out.scrollTop : 0, y: scrollY, tools: ($("#pv-tools") || {}).open };
  }
  function restore(was) {
    const { src, out } = panes();
    if (src) src.scrollTop = was.src;
    if (out) out.scrollTop = was.out;
    if ($("#pv-tools")) $("#pv-tools").open = Boolean(was.tools);
    scrollTo(0, was.y);
    // A row that went away (set aside, merged) hands the choice on to the one before it.
    const item = document.getElementById(chosen) || document.getElementById(was.before || "");
    if (item && item.matches(".gm-pv-i")) {
      choose(item, "");
      if (document.activeElement === document.body) ($("a[href], button", item) || item).focus({ preventScroll: true });
    }
  }
  function fails(xhr, form) {
    const pv = $("#pv");
    const text = pv ? pv.dataset[xhr && xhr.status ? "gone" : "lost"] : "";
    if (form) {
      delete form.dataset.sent;
      $$("button", form).forEach((b) => { b.disabled = false; });
      let line = $(".gm-err", form);
      if (form.matches(".gm-form")) {
        if (!line) { line = document.createElement("p"); line.className = "gm-err"; line.setAttribute("role", "alert"); form.prepend(line); }
        line.textContent = text;
      }
    }
    say(text);
  }
  function send(verb, url, where, source, values) {
    const whole = where === "page";
    const row = source.closest("li");
    const was = places();
    const rows = $$(".gm-pv-i");
    if (row && row.matches(".gm-pv-i")) {
      chosen = row.id;
      was.before = (rows[rows.indexOf(row) - 1] || rows[1] || row).id;
    }
    let done = false;
    const form = source.matches("form") ? source : null;
    const onError = (event) => { if (!done) { done = true; fails(event.detail.xhr, form); } };
    document.addEventListener("htmx:responseError", onError, { once: true });
    document.addEventListener("htmx:sendError", onError, { once: true });
    const target = whole ? "#pv" : "#" + row.id;
    const after = () => {
      document.removeEventListener("htmx:responseError", onError);
      document.removeEventListener("htmx:sendError", onError);
      if (done) return;
      if (whole) { restore(was); return; }
      const fresh = document.getElementById(row.id);
      if (!fresh) return;
      chosen = fresh.id;
      choose(fresh, "");
      const wrong = $("[aria-invalid], .gm-err", fresh);
      const field = wrong && (wrong.matches("input, select, textarea") ? wrong : $("input:not([type=hidden]), select", fresh));
      (field || $(".gm-pv-e input:not([type=hidden])", fresh) || $("a[href], button", fresh) || fresh).focus({ preventScroll: Boolean(!field) });
    };
    // Settled at once: a later settling would take the chosen row its class again.
    htmx.ajax(verb, url, { source: source, target: target, swap: "outerHTML settle:0ms", values: values }).then(after, after);
  }
  // A refused form comes back with its sentences: that is an answer to be shown, no failure.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter;
    if (event.defaultPrevented || !window.htmx || !form.dataset.in || !form.closest("#pv")) return;
    event.preventDefault();
    const values = by && by.name ? { [by.name]: by.value } : {};
    send("POST", by && by.hasAttribute("formaction") ? by.formAction : form.action, form.dataset.in, form, values);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-get]");
    const tools = event.target.closest("[data-open-tools]");
    if (tools && $("#pv-tools")) { $("#pv-tools").open = true; return; }
    if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    send("GET", link.dataset.get, "row", link, {});
  });
})();
