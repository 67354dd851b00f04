// The dock at the thumb shows the same counts as the bar above, fetched once.
document.addEventListener("htmx:after:swap", (event) => {
  const slot = event.target.closest?.("[data-badge]");
  if (!slot) return;
  for (const copy of document.querySelectorAll(`[data-badge-copy="${slot.dataset.badge}"]`)) {
    copy.replaceChildren(...[...slot.childNodes].map((node) => node.cloneNode(true)));
  }
});
