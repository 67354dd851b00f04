// What one types is kept while one types, and the others see that one is writing. What could not be kept there is kept here.
const PAUSE = 1200;
const TYPING = 4000;
const waiting = new WeakMap();
const told = new WeakMap();

function post(address, values, leaving = false) {
  const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers:inherited")) };
  return fetch(address, { method: "POST", body: new URLSearchParams(values), headers, keepalive: leaving });
}

function here(form) { return `talk-draft:${document.body.dataset.who}:${form.dataset.write}`; }

async function keep(form, leaving = false) {
  clearTimeout(waiting.get(form));
  if (!waiting.delete(form)) return;
  const text = form.elements.namedItem("text").value;
  try { localStorage.setItem(here(form), text); } catch { /* the server keeps it alone */ }
  const answer = await post(form.dataset.write, { do: "draft", text }, leaving).catch(() => null);
  if (answer?.ok) try { localStorage.removeItem(here(form)); } catch { /* as above */ }
}

function typing(form) {
  if (!form.elements.namedItem("text").value.trim() || performance.now() - (told.get(form) ?? -TYPING) < TYPING) return;
  told.set(form, performance.now());
  post(form.dataset.typing, {}).catch(() => {});
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-write]");
  if (!form || event.target.name !== "text") return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(keep, PAUSE, form));
  typing(form);
});

// Sent: nothing is a draft any more, here or there; the server empties its own when it has the message.
document.addEventListener("talk:sent", (event) => {
  const form = event.target.querySelector("form[data-write]");
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  told.delete(form);
  try { localStorage.removeItem(here(form)); } catch { /* nothing was kept */ }
});

function leave() { document.querySelectorAll("form[data-write]").forEach((form) => keep(form, true)); }

document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
document.addEventListener("talk:leave", leave);

function restore() {
  for (const form of document.querySelectorAll("form[data-write]:not([data-restored])")) {
    form.dataset.restored = "";
    const text = form.elements.namedItem("text");
    try { text.value ||= localStorage.getItem(here(form)) ?? ""; } catch { /* nothing was kept */ }
  }
}

document.addEventListener("htmx:after:swap", restore);
restore();
