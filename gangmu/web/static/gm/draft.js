// Drafting like a spreadsheet. Without this file every line is a form of its own. ES2017, Chromium 109.
// Enter: the next line · Tab at the start of a line: one level deeper, with Shift back · Alt with an arrow: move ·
// arrows: the same column of the line above or below · a paste of several lines makes several lines.
(function () {
  "use strict";
  const two = document.querySelector("[data-draft]");
  if (!two) return;
  two.classList.add("dr-js");
  const said = document.querySelector("[data-dr-said]");
  const count = document.querySelector("[data-dr-count]");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  let queue = Promise.resolve(); // one after the other, so that a line is placed below one that is stored already

  const rowOf = (el) => el.closest(".dr-row");
  const isNew = (row) => row.classList.contains("dr-new");
  const level = (row) => Number(row.dataset.level || 1);
  const input = (row, name) => row.querySelector('[name="' + name + '"]') || row.querySelector('[name="title"]');

  function send(url, values) {
    const body = new URLSearchParams(values);
    body.set("csrfmiddlewaretoken", token);
    return fetch(url, { method: "POST", headers: { "HX-Request": "true" }, body })
      .then((answer) => answer.json().then((found) => {
        if (!answer.ok) throw new Error(found.error || "");
        return found;
      }, () => { throw new Error(""); }));
  }
  function tell(row, text) {
    const place = row.querySelector(".dr-s");
    const old = place.querySelector(".gm-err");
    if (old) old.remove();
    if (!text) return;
    const line = document.createElement("p");
    line.className = "gm-err";
    line.textContent = text;
    place.appendChild(line);
  }

  // ---- the server's order is put on the lines that are there; what is being typed stays as it is ------------------
  function arrange(list, order) {
    const active = document.activeElement;
    const spot = active && active.selectionStart !== undefined && list.contains(active) ? [active.selectionStart, active.selectionEnd] : null;
    let place = list.firstElementChild;
    order.forEach(([id, depth]) => {
      const row = document.getElementById("i" + id);
      if (!row) return;
      row.dataset.level = Math.min(depth, 6);
      while (place && isNew(place) && place !== row) place = place.nextElementSibling;
      if (row === place) place = place.nextElementSibling; else list.insertBefore(row, place);
    });
    if (active && list.contains(active) && document.activeElement !== active) active.focus();
    if (spot && active.setSelectionRange) { try { active.setSelectionRange(spot[0], spot[1]); } catch (e) { /* no text field */ } }
  }

  // ---- saving ---------------------------------------------------------------------------------------------------
  function before(row) {
    let at = row.previousElementSibling;
    while (at && !at.dataset.id) at = at.previousElementSibling;
    return at;
  }
  function keep(row) { // a new line is stored; an old one saves itself by its own change
    if (!isNew(row) || row.dataset.sent) return;
    const title = input(row, "title").value.trim();
    if (!title) return;
    row.dataset.sent = "1";
    const list = row.parentElement;
    const text = [title, input(row, "lead").value.trim(), input(row, "due").value.trim()].join("\t");
    queue = queue.then(() => add(row, list, text)).then(() => {
      if (row.isConnected) row.remove();
    }, (no) => { delete row.dataset.sent; tell(row, no.message); });
  }
  function add(row, list, text) {
    const above = isNew(row) ? before(row) : row;
    const values = { lines: text, track: list.dataset.track };
    if (above) values.after = above.dataset.id;
    if (isNew(row) && above) values.level = level(row);
    return send(two.dataset.add, values).then((found) => {
      const box = document.createElement("template");
      box.innerHTML = found.html;
      const made = Array.from(box.content.querySelectorAll(".dr-row"));
      const held = isNew(row) && row.contains(document.activeElement) ? document.activeElement : null;
      made.forEach((li) => list.insertBefore(li, row.nextSibling));
      made.forEach((li) => { if (window.htmx) window.htmx.process(li); });
      if (held && made.length) {
        const next = input(made[made.length - 1], held.name);
        next.focus();
        if (held.name !== "title") next.value = held.value;
      }
      const order = found.order;
      if (isNew(row)) row.remove();
      arrange(list, order);
      return made;
    });
  }

  // ---- new lines ---------------------------------------------------------------------------------------------------
  function blank(list, after) {
    const row = document.getElementById("dr-" + list.dataset.track).content.firstElementChild.cloneNode(true);
    const next = after && after.nextElementSibling;
    row.dataset.level = after ? (next && level(next) > level(after) ? level(next) : level(after)) : 1;
    list.insertBefore(row, after ? after.nextSibling : null);
    input(row, "title").focus();
  }
  function leave(row, forward) {
    const to = forward ? row.nextElementSibling : row.previousElementSibling;
    row.remove();
    if (to) input(to, "title").focus();
  }

  // ---- structure -----------------------------------------------------------------------------------------------------
  function change(row, url, way) {
    if (isNew(row)) {
      const above = row.previousElementSibling; // perhaps still on its way to be stored
      const most = above ? level(above) + 1 : 1;
      row.dataset.level = Math.min(Math.max(level(row) + (way === "in" ? 1 : -1), 1), most);
      return;
    }
    queue = queue.then(() => send(url, { items: row.dataset.id, way }))
      .then((found) => { tell(row, ""); arrange(row.parentElement, found.order); }, (no) => tell(row, no.message));
  }
  function canIndent(row, out) {
    if (out) return level(row) > 1;
    const above = row.previousElementSibling;
    return Boolean(above) && level(above) >= level(row);
  }

  // ---- keys ------------------------------------------------------------------------------------------------------------
  function step(row, name, down) {
    const to = down ? row.nextElementSibling : row.previousElementSibling;
    if (to) { keep(row); input(to, name).focus(); }
    return Boolean(to);
  }
  const atStart = (el) => el.selectionStart === 0 && el.selectionEnd === 0;
  function enter(row, el) {
    if (isNew(row) && !input(row, "title").value.trim()) return leave(row, true);
    keep(row);
    if (!isNew(row) && el.form && el.value !== el.defaultValue) el.dispatchEvent(new Event("change", { bubbles: true }));
    if (el.name === "title" || isNew(row)) blank(row.parentElement, row);
    else if (!step(row, el.name, true)) blank(row.parentElement, row);
  }
  two.addEventListener("keydown", (event) => {
    const el = event.target, row = rowOf(el);
    if (!row || event.isComposing || event.ctrlKey || event.metaKey || el.type === "checkbox" || !el.classList.contains("dr-in")) return;
    const arrow = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter" && el.tagName === "INPUT") { event.preventDefault(); enter(row, el); }
    else if (arrow && event.altKey) { event.preventDefault(); if (!isNew(row)) change(row, two.dataset.move, arrow < 0 ? "up" : "down"); }
    else if (arrow && el.tagName === "INPUT" && !el.list) { event.preventDefault(); step(row, el.name, arrow > 0); }
    else if (event.key === "Tab" && el.name === "title" && atStart(el) && canIndent(row, event.shiftKey)) {
      event.preventDefault();
      change(row, two.dataset.indent, event.shiftKey ? "out" : "in");
    } else if (event.key === "Escape" && isNew(row)) { event.preventDefault(); event.stopPropagation(); leave(row, false); }
    else if (event.key === "Backspace" && isNew(row) && el.name === "title" && !el.value) { event.preventDefault(); leave(row, false); }
  });
  two.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (row && isNew(row) && !row.contains(event.relatedTarget)) keep(row);
  });
  two.addEventListener("submit", (event) => {
    if (event.target.closest(".dr-new")) { event.preventDefault(); event.stopPropagation(); }
  }, true);
  two.addEventListener("paste", (event) => {
    const el = event.target, row = rowOf(el);
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!row || el.name !== "title" || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    const list = row.parentElement;
    queue = queue.then(() => add(row, list, text)).then((made) => {
      if (made.length) input(made[made.length - 1], "title").focus();
      said.textContent = String(made.length);
    }, (no) => { tell(row, no.message); document.getElementById("dr-lines-" + list.dataset.track).value = text; });
  });

  // ---- what a saved line answers ------------------------------------------------------------------------------------
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422 && event.detail.target.classList.contains("dr-s")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox" || event.target.name !== "items") return;
    const n = document.querySelectorAll('.dr-row input[name="items"]:checked').length;
    count.dataset.n = n;
    count.textContent = count.textContent.replace(/\d*：?$/, "") + (n ? n : "") + "：";
  });
})();
