function note(words) {
  const toast = Object.assign(document.createElement("div"), { className: "toast toast-done" });
  toast.dataset.toast = "";
  toast.append(Object.assign(document.createElement("p"), { textContent: words }));
  document.getElementById("toasts")?.append(toast);
}

// A form that changes something in the conversation, wherever it stands: in it, in the menu, in the dialog.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-verb]");
  const talk = document.querySelector("talk-one");
  if (!form || !talk || form.method !== "post") return;
  event.preventDefault();
  form.querySelector(":scope > .failed")?.remove();
  try {
    await talk.ask(form.getAttribute("action"), new URLSearchParams(new FormData(form, event.submitter)));
    form.closest("dialog")?.close();
    form.closest("[popover]")?.hidePopover();
    if (form.dataset.done) note(form.dataset.done);
  } catch (error) {
    const words = error.status ? error.message : navigator.onLine ? document.body.dataset.sayFailed : document.body.dataset.sayOffline;
    const failed = Object.assign(document.createElement("p"), { className: "failed", textContent: words });
    failed.setAttribute("role", "alert");
    form.append(failed);
  }
});
