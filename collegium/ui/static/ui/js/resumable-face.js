// What one sees and hears of a large file on its way; `resumable-file` does the rest.
const PARTS = ["key", "file", "state", "name", "bar", "words", "pause", "off", "kept", "note", "problem", "live"];

globalThis.ResumableFace = class extends HTMLElement {
  find() { this.parts = Object.fromEntries(PARTS.map((name) => [name, this.querySelector(`[data-${name}]`)])); }

  get token() { return this.form?.elements.namedItem("csrfmiddlewaretoken")?.value ?? ""; }

  called({ name, size, offset }) {
    Object.assign(this, { name, size, offset });
    this.parts.name.textContent = name;
    this.parts.note.textContent = "";
    if (this.parts.kept) this.parts.kept.hidden = true;
  }

  // The form came with a file that was sent before.
  async look(key) {
    const found = await this.book.look(key).catch(() => null);
    if (!found || this.bytes) return;
    if (found.offset === found.size) { this.called(found); this.show("whole", this.words("here")); return; }
    this.give("");
    this.parts.note.textContent = this.words("known", { name: found.name, percent: Math.floor(100 * found.offset / found.size) });
  }

  // The draft is kept when something in the form says that it changed.
  give(key) {
    if (this.parts.key.value === key) return;
    this.parts.key.value = key;
    this.parts.key.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show(state, words, problem = "") {
    const { bar, pause, file, note } = this.parts;
    if (state !== this.state && state !== "waiting") note.textContent = "";
    this.state = state;
    this.parts.state.hidden = !state;
    file.hidden = Boolean(state);
    bar.value = this.size ? this.offset / this.size : 0;
    bar.hidden = pause.hidden = state === "whole";
    pause.textContent = state === "paused" ? this.dataset.sayResume : this.dataset.sayPause;
    this.parts.words.textContent = words;
    this.parts.problem.hidden = !problem;
    this.parts.problem.lastElementChild.textContent = problem;
  }

  words(what, about = {}) {
    const mega = (bytes) => (bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    const all = { name: this.name, done: mega(this.offset ?? 0), total: mega(this.size ?? 0), left: this.left, ...about };
    return this.dataset[`say${what[0].toUpperCase()}${what.slice(1)}`].replace(/\{(\w+)\}/g, (_all, name) => all[name] ?? "");
  }

  waiting({ seconds }) { this.since = 0; this.show("waiting", navigator.onLine ? this.words("again", { n: seconds }) : this.dataset.sayOffline); }

  // Said aloud are the turns alone, not every number.
  tell(words) { this.parts.live.textContent = words; }
};
