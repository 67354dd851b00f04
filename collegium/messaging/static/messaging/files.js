// The files that go with a message: chosen, dropped or pasted, sent ahead one after the other, taken off again.
customElements.define("talk-files", class extends HTMLElement {
  connectedCallback() {
    if (this.tray) return;
    this.form = this.closest("form");
    const [tray, note, choose] = ["tray", "note", "choose"].map((name) => this.querySelector(`[data-${name}]`));
    Object.assign(this, { tray, note, lines: [], queue: [] });
    tray.replaceChildren();
    choose.removeAttribute("name");
    choose.addEventListener("change", (event) => { event.stopPropagation(); this.add([...choose.files]); choose.value = ""; });
    this.store = `talk-files:${document.body.dataset.who}:${this.form.getAttribute("action")}`;
    this.form.addEventListener("submit", (event) => this.hold(event), true);
    this.closest("talk-write").addEventListener("talk:sent", () => this.clear());
    globalThis.TalkKept.read(this.store).forEach((about) => this.bring(about));
  }
  disconnectedCallback() { this.sending?.bytes.stop(); }
  // What stands on its line already is said aloud alone.
  tell(words, aloud = false) { this.note.textContent = words; this.note.classList.toggle("visually-hidden", aloud); }

  add(files, spoken = false) {
    const room = Math.max(Number(this.dataset.most) - this.lines.length, 0);
    this.tell(files.length > room ? this.dataset.sayMany : "");
    for (const file of files.slice(0, room)) {
      const line = new globalThis.TalkLine(this, spoken ? this.dataset.sayVoice : file.name, file.size);
      this.lines.push(line);
      this.queue.push([line, file, spoken]);
    }
    this.next();
  }

  next() {
    const [line, file, spoken] = (!this.sending && this.queue.shift()) || [];
    if (!line) return this.settle();
    const { value: token } = this.form.elements.namedItem("csrfmiddlewaretoken");
    this.sending = line.sending = new globalThis.TalkSending(file, { spoken, token, purpose: this.dataset.purpose, tell: (...how) => this.told(line, ...how) });
    this.sending.run();
  }

  told(line, stage, about) {
    line.show(stage, about);
    if (line.holds) return;
    this.tell(stage === "here" ? line.say("here") : `${line.name}: ${line.state.textContent}`, true);
    if (this.sending === line.sending) this.sending = null;
    this.keep();
    this.next();
  }

  // One that was taken in before: the page was left, or its message was refused.
  bring(about) {
    const line = new globalThis.TalkLine(this, about.name, 0);
    this.lines.push(line);
    line.show("here", about);
    this.keep();
  }

  remove(line) {
    this.lines = this.lines.filter((each) => each !== line);
    this.queue = this.queue.filter(([each]) => each !== line);
    if (this.sending === line.sending) this.sending = null;
    line.remove(this.form.elements.namedItem("csrfmiddlewaretoken").value);
    this.tell(line.say("removed"), true);
    this.keep();
    this.form.elements.namedItem("text").focus();
    this.next();
  }
  clear() { this.lines.forEach(({ line }) => line.remove()); this.lines = []; this.tell(""); this.keep(); }

  // Whoever sends meanwhile sends as soon as all of them are here; what could not be taken is taken off first.
  hold(event) {
    this.asked = this.lines.some((line) => line.holds);
    const stands = this.lines.some((line) => line.stage === "failed");
    if (!this.asked && !stands) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.tell(stands ? this.dataset.sayStands : this.dataset.sayWait);
  }
  settle() { if (this.asked && !this.sending && this.isConnected) { this.asked = false; this.form.requestSubmit(); } }

  keep() { globalThis.TalkKept.write(this.store, this.lines.map(({ about }) => about).filter(Boolean)); }
});
