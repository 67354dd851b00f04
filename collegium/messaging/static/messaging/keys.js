// The keys of conversations; the help names them. They sleep while one types, but for a few that belong to typing.
function typing(target) { return target.isContentEditable || target.closest?.("input, textarea, select, [role=application]"); }

function mine() { return [...document.querySelectorAll("#talk-list .msg-mine")].reverse().find((line) => line.querySelector(".msg-words")); }

function last() { return [...document.querySelectorAll("#talk-list .msg")].reverse().find((line) => line.querySelector("[data-reply]")); }

function focused() { return document.activeElement.closest(".msg"); }

function edit() {
  const line = focused()?.matches(".msg-mine") ? focused() : mine();
  const href = line?.querySelector("[data-menu=all]")?.href;
  if (!href) return;
  htmx.ajax("GET", `${href}edit/`, { target: "#dialog-body", source: document.body });
}

function walk(by) {
  const lines = [...document.querySelectorAll("#talk-list .msg")];
  const here = focused();
  const next = here ? lines[lines.indexOf(here) + by] : by < 0 ? lines.at(-1) : null;
  if (next) next.focus();
  else if (by > 0) document.querySelector("#talk-text")?.focus();
}

const KEYS = {
  j: () => document.querySelector("talk-panes")?.step(1),
  k: () => document.querySelector("talk-panes")?.step(-1),
  r: () => (focused() ?? last())?.querySelector("[data-reply]")?.click(),
  e: edit,
  m: () => focused()?.querySelector("[data-menu=all]")?.click(),
  n: () => location.assign("/messages/new/"),
  s: () => location.assign(document.querySelector("[data-find]")?.href ?? "/messages/search/"),
  i: () => document.querySelector("#talk-text")?.focus(),
  ArrowUp: () => walk(-1),
  ArrowDown: () => walk(1),
};
KEYS["/"] = KEYS.s;

let led = 0;

function escape(event) {
  const text = event.target.closest?.("#talk-text");
  if (!text) return;
  const chip = document.querySelector("[data-chip]:not([hidden]) [data-unreply]");
  event.preventDefault();
  if (chip) chip.click();
  else (document.querySelector("#talk-list .msg:last-of-type") ?? document.querySelector("#talk-scroll"))?.focus();
}

// In a dialog, too, what one writes goes out by the keys that send.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("[data-submits]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open], :popover-open")) return;
  if (event.key === "Escape") return escape(event);
  // The arrow up in an empty field leads to one's last words, as one's hand knows it from elsewhere.
  if (event.key === "ArrowUp" && event.target.id === "talk-text" && !event.target.value) { event.preventDefault(); return edit(); }
  // After `g` a letter is a place, as on every page.
  if (event.key === "g" && !typing(event.target)) { led = Date.now(); return; }
  if (typing(event.target) || !KEYS[event.key] || Date.now() - led < 900) return;
  if (event.key.startsWith("Arrow") && !event.target.closest(".msg, talk-scroll")) return;
  event.preventDefault();
  KEYS[event.key]();
}, true);
