// What one types is kept as a draft while one types, and times are those of the reader's clock.
const PAUSE = 1500;
const waiting = new WeakMap();

function words(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams([...fields, ["quiet", "1"]]);
}

function say(form, text) {
  const place = form.querySelector("[data-draft-word]");
  if (place && place.textContent !== text) place.textContent = text;
}

async function keep(form, leaving = false) {
  clearTimeout(waiting.get(form));
  if (!waiting.delete(form) || form.getAttribute("aria-busy") === "true" || !form.isConnected) return;
  try {
    const answer = await fetch(form.dataset.drafts, { method: "POST", body: words(form), keepalive: leaving });
    const plain = answer.headers.get("Content-Type")?.startsWith("text/plain");
    say(form, plain && (answer.ok || answer.status === 409) ? await answer.text() : "");
  } catch {
    say(form, "");
  }
}

function changed(event) {
  const form = event.target.closest?.("form[data-drafts]");
  if (!form || !event.target.name || event.target.name === "check") return;
  clearTimeout(waiting.get(form));
  say(form, "");
  waiting.set(form, setTimeout(() => keep(form), PAUSE));
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("submit", (event) => { clearTimeout(waiting.get(event.target)); waiting.delete(event.target); }, true);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) document.querySelectorAll("form[data-drafts]").forEach((form) => keep(form, true));
});

// The server does not know the reader's time zone; her browser does. A time typed in another zone keeps that zone.
function zoned(form) {
  const zone = form.elements.namedItem("zone");
  const hint = form.querySelector("[data-zone-words]");
  if (!zone || !hint) return;
  zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  if (zone.value) hint.textContent = hint.dataset.zoneWords.replace("{zone}", zone.value.replaceAll("_", " "));
  named(form);
}

// The button says what it does.
function named(form) {
  const button = form.querySelector("[data-say-later]");
  const word = button?.querySelector("span");
  if (!word) return;
  button.dataset.sayNow ??= word.textContent;
  word.textContent = form.elements.namedItem("later")?.value ? button.dataset.sayLater : button.dataset.sayNow;
}

document.addEventListener("input", (event) => { if (event.target.name === "later") named(event.target.form); });
document.addEventListener("focusin", (event) => { if (event.target.name === "later") zoned(event.target.form); });
document.querySelectorAll("form[data-drafts]").forEach(zoned);
