// One open line to the server. It carries topics, never content: each becomes an event "poke:<topic>" on <body>, and whoever
// waits for it looks again. A page out of sight lets go of its line, and looks at everything when it is seen again.
const address = document.body.dataset.stream;
const known = new Set();
let line = null;
let failures = 0;
let letGo = 0;

function poke(topic) { document.body.dispatchEvent(new CustomEvent(`poke:${topic}`)); }

// Not all at one moment; and a page made a few seconds ago looks for what is new, not again at each thing it has just drawn.
function pokeAll() {
  const young = performance.now() < 8_000;
  [...known].filter((topic) => !(young && /\d$/.test(topic))).forEach((topic, turn) => setTimeout(poke, turn * 40, topic));
}

function listen(topic) { line.addEventListener(topic, () => poke(topic)); }

// EventSource hears only the names it was told: those that the page waits for.
function learn() {
  for (const element of document.querySelectorAll('[hx-trigger*="poke:"], [data-poke]')) {
    const spec = `${element.getAttribute("hx-trigger") ?? ""} poke:${element.dataset.poke ?? ""}`;
    for (const [, topic] of spec.matchAll(/poke:([\w-]+)/g)) {
      if (known.has(topic)) continue;
      known.add(topic);
      if (line) listen(topic);
    }
  }
}

function open() {
  line = new EventSource(address);
  known.forEach(listen);
  line.addEventListener("open", () => { failures = 0; });
  line.addEventListener("reset", pokeAll);
  // A form on its way (signing out, a new password) leads somewhere itself; only a page at rest is led to the sign-in.
  line.addEventListener("bye", () => {
    shut();
    if (!document.querySelector('form[method="post"][aria-busy="true"]')) location.assign(document.body.dataset.signIn);
  });
  line.addEventListener("error", () => {
    if (line?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself, from the last event on
    shut();
    setTimeout(wake, Math.min(60_000, 2_000 * 2 ** failures++) * (0.75 + Math.random() / 2));
  });
}

function shut() { line?.close(); line = null; }

function wake() {
  clearTimeout(letGo);
  if (line || document.hidden) return;
  open();
  pokeAll();
}

if (address && "EventSource" in globalThis) {
  learn();
  document.addEventListener("htmx:after:process", learn);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) letGo = setTimeout(shut, 30_000);
    else wake();
  });
  addEventListener("pagehide", shut);
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  open();
}
