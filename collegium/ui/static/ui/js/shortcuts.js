// The keyboard's shortcuts. They sleep while one types, and while a modifier is held.
const POSTS = "[data-post]";
let leader = 0;

function typing(target) {
  return target.isContentEditable || target.closest?.("input, textarea, select, [role=application]");
}

function step(by) {
  const posts = [...document.querySelectorAll(POSTS)];
  const here = document.activeElement.closest(POSTS);
  const next = here ? posts[posts.indexOf(here) + by] : posts.find((post) => post.getBoundingClientRect().bottom > 80);
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
}

function compose() {
  const field = document.querySelector("[data-compose]");
  if (!field) return location.assign("/#compose");
  field.focus();
  field.scrollIntoView({ block: "center" });
}

const PLACES = { h: "/", n: "/network/", m: "/messages/", a: "/notifications/" };
const KEYS = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  n: compose,
  "?": () => document.querySelector("[data-help]")?.click(),
  g: () => { leader = Date.now(); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (Date.now() - leader < 900 && PLACES[event.key]) {
    leader = 0;
    event.preventDefault();
    return location.assign(PLACES[event.key]);
  }
  if (!KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

function arrive() { if (location.hash === "#compose") compose(); }
addEventListener("hashchange", arrive);
arrive();
document.addEventListener("click", (event) => {
  if (event.target.closest?.('a[href="/#compose"]') && document.querySelector("[data-compose]")) { event.preventDefault(); compose(); }
});
