// The one shared dialog opens when a fragment has arrived in it, and closes when a form in it has done its work elsewhere.
const shared = document.getElementById("dialog");
const inside = document.getElementById("dialog-body");

document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target;
  if (target === inside) {
    if (!shared.open) shared.showModal();
    inside.querySelector("[autofocus], textarea, input:not([type=hidden])")?.focus();
  } else if (shared?.open && inside.contains(event.target)) shared.close();
});

shared?.addEventListener("close", () => inside.replaceChildren());
addEventListener("dialog:close", () => shared?.close());

// Links beside a dialog stay links for those who open them in another tab; older browsers learn what `command` means.
if (!("command" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (!dialog) return;
    if (button.getAttribute("command") === "show-modal") dialog.showModal();
    else if (button.getAttribute("command") === "close") { event.preventDefault(); dialog.close(); }
  });
}
if (!("closedBy" in HTMLDialogElement.prototype)) {
  document.addEventListener("click", (event) => { if (event.target.matches?.("dialog[closedby=any]")) event.target.close(); });
}
