// Changes the theme at once; without this the form does the same with a reload.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-themes]");
  const chosen = event.submitter?.value;
  if (!form || !chosen) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.cookie = `theme=${chosen}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  document.documentElement.dataset.theme = chosen;
  for (const button of document.querySelectorAll("[data-themes] button")) button.setAttribute("aria-pressed", String(button.value === chosen));
}, true);
