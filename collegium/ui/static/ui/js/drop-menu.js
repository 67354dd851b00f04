// Menus are <details>: they open by themselves. This closes them again: a click elsewhere, Escape, a choice, another menu.
const OPEN = "details.menu[open]";

function close(except) {
  for (const menu of document.querySelectorAll(OPEN)) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest?.(".menu-item");
  close(chosen ? undefined : event.target.closest?.("details.menu"));
  if (chosen) chosen.closest("[popover]")?.hidePopover();
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && menu.contains(event.target)) {
    const items = [...menu.querySelectorAll(".menu-item")];
    const now = items.indexOf(document.activeElement);
    items.at((now + (event.key === "ArrowDown" ? 1 : -1)) % items.length)?.focus();
    event.preventDefault();
  }
});
