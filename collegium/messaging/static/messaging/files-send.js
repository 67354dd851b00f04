// Sends one file to the server, in pieces (resumable-bytes.js), and has it looked at there. Tells how it goes.
const AGAIN = 4_000;
const MOST_TRIES = 20;

globalThis.TalkSending = class {
  // `tell(state, about)` hears "going" {share}, "preparing" {}, "offline" {}, "here" {key, words, face …} and "failed" {words}.
  constructor(file, { spoken, purpose, token, tell }) {
    Object.assign(this, { file, spoken, token, tell, tries: 0 });
    this.bytes = new globalThis.ResumableBytes(file, purpose, token, new globalThis.ResumableBook(purpose), (state, about) => this[state](about));
  }

  run() {
    if (this.file.size) return this.bytes.run();
    this.bytes.stopped = new AbortController();
    return this.bytes.find().catch(({ message, status }) => this.tell("failed", { words: status ? message : "" }));
  }

  going({ offset, key }) {
    this.key = key;
    this.tell("going", { share: offset / this.file.size });
  }

  waiting() { this.tell("offline", {}); }

  failed({ words }) { this.tell("failed", { words }); }

  async whole() {
    this.sent = true;
    this.tell("preparing", {});
    const body = new URLSearchParams({ upload: this.key, as: this.spoken ? "voice" : "" });
    const headers = { "X-CSRFToken": this.token, "HX-Request": "true" };
    try {
      const answer = await fetch("/messages/files/", { method: "POST", body, headers });
      if (this.stopped) return;
      if (answer.status >= 500 && ++this.tries < MOST_TRIES) throw new Error("again");
      const about = await answer.json().catch(() => ({}));
      if (answer.status === 201) this.tell("here", about);
      else this.tell("failed", { words: about.say ?? "" });
    } catch {
      if (this.stopped) return;
      this.tell("offline", {});
      setTimeout(() => { if (!this.stopped) this.whole(); }, AGAIN);
    }
  }

  drop() {
    this.stopped = true;
    if (this.sent) this.bytes.stop(); else this.bytes.drop();
  }
};
