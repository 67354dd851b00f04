// Sends one file in pieces, and goes on where it stopped when the line was lost or the page was left (tus 1.0).
const [SMALLEST, LARGEST, PACE, MOST_TRIES] = [256 * 1024, 8 * 1048576, 2000, 40];
const GONE = [404, 410], PASSING = [408, 409, 423, 429, 460];
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

globalThis.ResumableBytes = class {
  // `tell(state, about)` hears "going" {offset, key}, "waiting" {seconds}, "whole" {} and "failed" {words}.
  constructor(file, purpose, token, book, tell) {
    Object.assign(this, { file, purpose, token, book, tell, offset: 0, size: 1048576, tries: 0 });
    this.key = book.keyOf(file);
  }

  async run() {
    const { signal } = (this.stopped = new AbortController());
    while (!signal.aborted) {
      try {
        await this.find();
        while (this.offset < this.file.size) await this.piece();
        this.forget(false);
        return this.tell("whole", {});
      } catch (problem) {
        const { status = 0, message } = problem;
        if (signal.aborted) break;
        if (GONE.includes(status)) this.forget();
        const final = status >= 400 && status < 500 && ![...GONE, ...PASSING].includes(status);
        if (final || ++this.tries > MOST_TRIES) return this.tell("failed", { status, words: status ? message : "" });
        if (!GONE.includes(status) || this.tries > 2) await this.pause(Math.min(1000 * 2 ** Math.min(this.tries - 1, 6), 60000), signal);
      }
    }
  }

  async find() {
    const answer = this.key ? await this.ask(this.key, "HEAD") : await this.ask("", "POST", {
      "Upload-Length": this.file.size, "Upload-Metadata": `filename ${encoded(this.file.name)},purpose ${encoded(this.purpose)}` });
    this.key ??= answer.headers.get("Location").split("/").pop();
    this.reached(answer);
  }

  // Pieces grow and shrink so that each takes about two seconds: the number on the page moves, and little is sent twice.
  async piece() {
    const began = performance.now();
    const data = this.file.slice(this.offset, Math.min(this.offset + this.size, this.file.size));
    this.reached(await this.ask(this.key, "PATCH", { "Upload-Offset": this.offset, "Content-Type": "application/offset+octet-stream" }, data));
    const fitting = this.size * PACE / Math.max(performance.now() - began, 1);
    this.size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, Math.min(this.size * 2, fitting))));
  }

  async ask(key, method, headers = {}, body = undefined) {
    const said = { "Tus-Resumable": "1.0.0", "X-CSRFToken": this.token, ...headers };
    const answer = await fetch(`/uploads/${key}`, { method, body, headers: said, signal: this.stopped.signal });
    if (!answer.ok) throw Object.assign(new Error(await answer.text()), { status: answer.status });
    return answer;
  }

  reached(answer) {
    const offset = Number(answer.headers.get("Upload-Offset"));
    if (offset > this.offset) this.tries = 0;
    this.offset = offset;
    this.book.keep(this.file, this.key, offset);
    this.tell("going", { offset, key: this.key });
  }

  pause(wait, signal) {
    this.tell("waiting", { seconds: Math.round(wait / 1000) });
    return new Promise((done) => {
      setTimeout(done, wait);
      addEventListener("online", done, { once: true });
      signal.addEventListener("abort", done, { once: true });
    });
  }

  forget(anew = true) { this.book.drop(this.file); if (anew) Object.assign(this, { key: undefined, offset: 0 }); }
  stop() { this.stopped?.abort(); }

  drop() {
    this.stop();
    if (this.key) this.book.strike(this.key, this.token);
    this.forget();
  }
};
