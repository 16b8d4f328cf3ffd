// A box that ticks all boxes of its form that have the name in data-all. Without this file it stays hidden.
(function () {
  "use strict";
  document.querySelectorAll("[data-all]").forEach((label) => {
    label.hidden = false;
    label.firstElementChild.addEventListener("change", (event) => {
      label.closest("form").querySelectorAll(`input[name="${label.dataset.all}"]`).forEach((box) => { box.checked = event.target.checked; });
    });
  });
})();
