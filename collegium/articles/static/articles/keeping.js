// What is typed is kept while one types; what could not be kept says so, and is tried again until it is.
const [PAUSE, AGAIN] = [900, 5000];
// A request that outlives its page may carry no more than this.
const OUTLIVES = 60_000;
// Where there is room for a preview beside the text (articles.css).
const BESIDE = matchMedia("(min-width: 68.75rem)");

class Keeper {
  constructor(sheet) {
    this.sheet = sheet;
    this.form = sheet.querySelector("form");
    this.held = "held" in sheet.dataset;
    this.kept = this.texts;
    this.form.addEventListener("input", () => this.later(PAUSE));
    this.form.addEventListener("submit", () => { this.held = true; clearTimeout(this.timer); });
    sheet.addEventListener("sheet-keep", () => this.keep());
    document.addEventListener("submit", () => this.keep(true), true);
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.keep(true); });
    addEventListener("pageshow", () => { this.held = "held" in sheet.dataset; });
    addEventListener("online", () => this.keep());
    addEventListener("beforeunload", (event) => { if (!this.held && this.differs) event.preventDefault(); });
  }

  get texts() { return ["title", "lead", "source"].map((name) => this.form.elements.namedItem(name).value); }
  get differs() { return this.texts.some((text, place) => text !== this.kept[place]); }

  say(words) {
    const place = this.sheet.querySelector("[data-word]");
    if (place.textContent !== words) place.textContent = words;
  }

  later(pause) {
    clearTimeout(this.timer);
    if (!this.held) this.timer = setTimeout(() => this.keep(), pause);
  }

  async keep(leaving = false) {
    if (this.held || this.busy || !this.differs) return;
    clearTimeout(this.timer);
    const texts = this.texts;
    const body = new FormData(this.form);
    body.append("quiet", "1");
    this.busy = true;
    this.say(this.sheet.dataset.saySaving);
    try {
      const keepalive = leaving && texts.join("").length * 3 < OUTLIVES;
      const answer = await fetch(this.form.action, { method: "POST", body, keepalive });
      await this.heard(answer, texts);
    } catch {
      this.say(this.sheet.dataset.sayUnsaved);
      this.later(AGAIN);
    }
    this.busy = false;
    if (this.differs && !this.timer) this.later(PAUSE);
  }

  async heard(answer, texts) {
    const plain = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!plain) throw new Error("no answer of ours");
    const said = await answer.json();
    this.timer = 0;
    if (said.differs) { this.held = true; this.say(this.sheet.dataset.sayDiffers); return; }
    this.say(said.words);
    this.kept = texts;
    if (!answer.ok) return;
    this.form.elements.namedItem("number").value = said.number;
    this.begun(said.path);
    this.sheet.dispatchEvent(new CustomEvent("sheet-kept", { bubbles: true }));
  }

  // The address of a new article is there with its first words.
  begun(path) {
    const edit = `${path}edit/`;
    if (new URL(this.form.action).pathname !== edit) { this.form.action = edit; history.replaceState(null, "", edit); }
    const look = this.sheet.querySelector("[data-preview]");
    if (BESIDE.matches) htmx.ajax("GET", `${path}preview/`, { target: look, swap: "innerHTML" });
  }
}

customElements.whenDefined("article-sheet").then(() => document.querySelectorAll("article-sheet").forEach((sheet) => new Keeper(sheet)));
