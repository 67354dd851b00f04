// A voice note is recorded: the microphone is asked for when the button is pressed, and let go when it stops.
const KINDS = ["audio/webm;codecs=opus", "audio/mp4"];
const PROBLEMS = { NotAllowedError: "Refused", SecurityError: "Refused", NotFoundError: "None" };

customElements.define("voice-recorder", class extends HTMLElement {
  connectedCallback() {
    if (this.kind) return;
    this.kind = KINDS.find((kind) => globalThis.MediaRecorder?.isTypeSupported(kind));
    this.hidden = !this.kind || !navigator.mediaDevices?.getUserMedia;
    this.panel = new globalThis.VoicePanel(this);
    this.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.panel?.isOpen) { event.preventDefault(); this.discard(); } });
  }

  disconnectedCallback() { this.let(); }

  async begin() {
    if (this.asking) return;
    this.asking = true;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      if (this.isConnected) this.record(); else this.let();
    } catch ({ name }) {
      this.let();
      this.panel.say(PROBLEMS[name] ?? "Broken");
    }
    this.asking = false;
  }

  record() {
    const chunks = [];
    this.wanted = true;
    this.full = false;
    this.recorder = new MediaRecorder(this.stream, { mimeType: this.kind, audioBitsPerSecond: 64_000 });
    this.recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
    this.recorder.addEventListener("stop", () => this.stopped(new File(chunks, "voice.webm", { type: this.kind })));
    this.recorder.start(1_000);
    const begun = performance.now();
    this.ticking = setInterval(() => this.tick((performance.now() - begun) / 1000), 250);
    this.panel.begun(this.stream);
  }

  tick(seconds) {
    this.panel.tick(seconds);
    if (seconds < Number(this.dataset.most)) return;
    this.full = true;
    this.stop();
  }

  stop() { if (this.recorder?.state === "recording") this.recorder.stop(); }

  stopped(file) {
    this.let();
    if (!this.wanted) return;
    this.file = file;
    this.panel.made(file, this.full);
  }

  let() {
    clearInterval(this.ticking);
    this.panel?.silent();
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }

  close(words) {
    this.wanted = false;
    this.panel.close();
    this.panel.say(words);
    this.stop();
    this.let();
  }

  discard() { this.close("Gone"); this.panel.begin.focus(); }

  send() {
    this.close("");
    this.closest("form").querySelector("talk-files").add([this.file], true);
    this.closest("form").requestSubmit();
  }
});
