// "Reply" puts the comment form under one's hand: who is meant, which comment it goes under, and the cursor in it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-reply]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const form = link.closest(".thread, main")?.querySelector("form[data-say]");
  if (!form) return;
  event.preventDefault();
  const words = form.elements.namedItem("body");
  const call = link.dataset.replyTo;
  form.elements.namedItem("parent").value = link.dataset.reply;
  if (!words.value.startsWith(call)) words.value = call + words.value;
  words.focus();
  words.setSelectionRange(words.value.length, words.value.length);
});

// Ctrl+Enter sends what one is writing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  if (event.target.matches?.("textarea[name=body]")) event.target.form?.requestSubmit();
});

// "Circles and people" opens the place where they are named; naming somebody chooses it.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form.write");
  if (!form) return;
  const audience = form.elements.namedItem("audience");
  if (event.target === audience && audience.value === "only") form.querySelector(".aim")?.setAttribute("open", "");
  const naming = event.target.name === "named" ? event.target.value.trim() : event.target.name === "circles" && event.target.checked;
  if (naming) audience.value = "only";
});
