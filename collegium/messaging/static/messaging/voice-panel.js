// What one sees while a voice note is recorded, and before it is sent: the seconds, how loud it is, the buttons.
const PARTS = ["begin", "panel", "live", "seconds", "level", "again", "discard", "stop", "send", "told"];

globalThis.VoicePanel = class {
  constructor(host) {
    this.host = host;
    for (const name of PARTS) this[name] = host.querySelector(`[data-${name}]`);
    for (const name of ["begin", "discard", "stop", "send"]) this[name].addEventListener("click", () => host[name]());
    this.again.addEventListener("loadedmetadata", () => this.measure());
  }

  get isOpen() { return !this.panel.hidden; }

  say(what) { this.told.textContent = this.host.dataset[`say${what}`] ?? ""; }

  // "live" while it records, "again" to listen to it, nothing.
  open(what) {
    this.panel.hidden = !what;
    this.live.hidden = this.stop.hidden = what !== "live";
    this.again.hidden = this.send.hidden = what !== "again";
    this.host.closest("form").classList.toggle("chat-recording", Boolean(what));
  }

  begun(stream) {
    this.meter = new globalThis.VoiceLevel(stream, this.level);
    this.tick(0);
    this.open("live");
    this.say("Begun");
    this.stop.focus();
  }

  tick(seconds) { this.seconds.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`; }

  silent() { this.meter?.close(); this.meter = null; }

  made(file, full) {
    this.again.src = URL.createObjectURL(file);
    this.open("again");
    this.say(full ? "Full" : "Stopped");
    this.send.focus();
  }

  // A recording does not say how long it is before somebody has looked for its end.
  measure() {
    if (Number.isFinite(this.again.duration)) return;
    this.again.addEventListener("timeupdate", () => { this.again.currentTime = 0; }, { once: true });
    this.again.currentTime = 1e7;
  }

  close() {
    if (this.again.src) URL.revokeObjectURL(this.again.src);
    this.again.removeAttribute("src");
    this.open("");
  }
};
