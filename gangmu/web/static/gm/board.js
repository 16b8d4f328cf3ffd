// The box that ticks a whole column. Without this file it stays hidden and each card is ticked by itself.
(function () {
  "use strict";
  document.querySelectorAll("[data-all]").forEach((label) => {
    label.hidden = false;
    label.firstElementChild.addEventListener("change", (event) => {
      label.closest("form").querySelectorAll('input[name="task"]').forEach((box) => { box.checked = event.target.checked; });
    });
  });
})();
