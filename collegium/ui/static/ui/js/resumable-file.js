// A large file in a form: sent as soon as it is chosen, so that the form itself goes quickly (resumable-bytes.js).
customElements.define("resumable-file", class extends globalThis.ResumableFace {
  connectedCallback() {
    if (!this.parts) this.begin();
    this.form = this.closest("form");
    this.hold = (event) => this.submitting(event);
    this.form?.addEventListener("submit", this.hold, true);
    if (this.state === "going" || this.state === "waiting") this.go();
  }

  disconnectedCallback() {
    this.form?.removeEventListener("submit", this.hold, true);
    this.bytes?.stop();
  }

  begin() {
    this.find();
    const { file, pause, off, key, note } = this.parts;
    this.book = new globalThis.ResumableBook(this.dataset.purpose);
    file.removeAttribute("name"); // Only its key goes with the form.
    file.addEventListener("change", (event) => { event.stopPropagation(); if (file.files[0]) this.take(file.files[0]); });
    pause.addEventListener("click", () => (this.state === "paused" ? this.go() : this.rest()));
    off.addEventListener("click", () => this.remove());
    const last = key.value ? this.look(key.value) : this.book.last();
    if (last?.name) note.textContent = this.words("known", last);
  }

  take(file) {
    this.bytes?.drop();
    this.bytes = new globalThis.ResumableBytes(file, this.dataset.purpose, this.token, this.book, (state, about) => this[state](about));
    this.called({ name: file.name, size: file.size, offset: 0 });
    this.go();
    this.parts.pause.focus({ preventScroll: true });
  }

  go() { this.since = 0; this.show("going", this.dataset.sayBegins); this.bytes.run(); }

  rest() { this.bytes.stop(); this.asked = undefined; this.show("paused", this.words("paused")); this.tell(this.words("paused")); }

  going({ offset, key }) {
    if (!this.since) Object.assign(this, { since: performance.now(), from: offset });
    this.offset = offset;
    const speed = (offset - this.from) / (performance.now() - this.since);
    const minutes = (this.size - offset) / speed / 60000;
    this.left = minutes < 1 ? this.dataset.saySeconds : this.words("minutes", { n: Math.ceil(minutes) });
    this.show("going", this.words(speed > 0 ? "left" : "going"));
    this.give(key);
  }

  // Who signs in again and chooses the file once more goes on with it.
  failed({ words, status }) { this.remove(words || this.dataset.sayFailed, status === 403); }

  whole() {
    this.show("whole", this.words("here"));
    this.tell(this.words("arrived"));
    if (this.asked !== undefined) this.form.requestSubmit(this.asked);
  }

  remove(problem = "", later = false) {
    if (later) this.bytes?.stop(); else if (this.bytes) this.bytes.drop(); else this.book.strike(this.parts.key.value, this.token);
    this.bytes = this.asked = undefined;
    this.give("");
    this.parts.file.value = "";
    this.show("", "", problem);
    this.tell(problem ? "" : this.words("removed"));
    this.parts.file.focus({ preventScroll: true });
  }

  // What goes without checking, as a draft does, need not wait.
  submitting(event) {
    if (!this.state || this.state === "whole" || event.submitter?.formNoValidate) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const stands = this.state === "paused";
    this.asked = stands ? undefined : event.submitter;
    this.parts.note.textContent = this.words(stands ? "stands" : "wait");
    this.tell(this.parts.note.textContent);
  }
});
