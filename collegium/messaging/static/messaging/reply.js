// "Reply" puts the message one answers above the field, and the cursor into it. Without this its link does the same.
function choose(write, line) {
  const chip = write.querySelector("[data-chip]");
  chip.hidden = !line;
  write.querySelector("form").elements.namedItem("reply_to").value = line?.dataset.n ?? "";
  if (!line) return;
  chip.querySelector("[data-chip-name]").textContent = line.querySelector(".msg-by .name, .msg-by .visually-hidden")?.textContent.trim() ?? "";
  chip.querySelector("[data-chip-words]").textContent = (line.querySelector(".msg-words")?.textContent ?? "").trim().slice(0, 160);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-reply], [data-unreply]");
  const write = document.querySelector("talk-write");
  if (!link || !write || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.closest("[popover]")?.hidePopover();
  choose(write, link.dataset.reply ? document.getElementById(`m${link.dataset.reply}`) : null);
  write.querySelector("textarea").focus();
});

document.addEventListener("talk:sent", (event) => choose(event.target, null));
