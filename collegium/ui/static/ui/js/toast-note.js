// Short messages leave after a while, never while one points at them or holds the focus; those with an Undo wait longer.
const place = document.getElementById("toasts");

function leave(note) {
  if (note.matches(":hover, :focus-within")) return setTimeout(leave, 2000, note);
  note.classList.add("toast-leaving");
  setTimeout(() => note.remove(), 260);
}

function watch() {
  for (const note of place.querySelectorAll("[data-toast]:not([data-watched])")) {
    note.dataset.watched = "";
    // Said again, it stands once.
    const before = note.previousElementSibling;
    if (before && !before.querySelector("form") && before.textContent.trim() === note.textContent.trim()) before.remove();
    setTimeout(leave, note.querySelector("form") ? 12_000 : 6_000, note);
  }
}

if (place) {
  new MutationObserver(watch).observe(place, { childList: true });
  watch();
}
