// The menu of a message: fetched when it is asked for, shown beside what was pressed. Without this its link leads to a page.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-menu]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const menu = link.closest("talk-one")?.querySelector("#talk-menu");
  if (!menu?.showPopover) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  await htmx.swap({ text: await answer.text(), target: menu, sourceElement: menu, swap: "innerHTML" });
  menu.classList.toggle("chat-menu-signs", link.dataset.menu === "signs");
  menu.opener = link;
  menu.showPopover();
  place(menu, link.getBoundingClientRect());
  menu.querySelector("button, a")?.focus();
});

function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + height + 8 < innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
  menu.style.left = `${Math.min(Math.max(8, at.right - width / 2), innerWidth - width - 8)}px`;
}

document.addEventListener("toggle", (event) => {
  if (event.target.id === "talk-menu" && event.newState === "closed" && document.activeElement === document.body) event.target.opener?.focus();
}, true);

// Arrows go through the menu, as in every other.
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("#talk-menu");
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!menu || !by) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("button, a")].filter((each) => each.offsetParent);
  items.at((items.indexOf(document.activeElement) + by) % items.length)?.focus();
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-copy-link]");
  if (!link || !navigator.clipboard) return;
  event.preventDefault();
  await navigator.clipboard.writeText(link.href).catch(() => {});
  link.closest("[popover]")?.hidePopover();
  const note = Object.assign(document.createElement("div"), { className: "toast toast-done" });
  note.dataset.toast = "";
  note.append(Object.assign(document.createElement("p"), { textContent: link.dataset.said }));
  document.getElementById("toasts")?.append(note);
});
