// How loud it is at the microphone, as the width of a bar; nothing of it is kept.
globalThis.VoiceLevel = class {
  constructor(stream, bar) {
    this.bar = bar;
    this.context = new AudioContext();
    this.listener = this.context.createAnalyser();
    this.heard = new Float32Array(this.listener.fftSize);
    this.context.createMediaStreamSource(stream).connect(this.listener);
    this.look();
  }

  look() {
    if (this.context.state === "closed") return;
    this.listener.getFloatTimeDomainData(this.heard);
    const loud = Math.sqrt(this.heard.reduce((sum, each) => sum + each * each, 0) / this.heard.length);
    this.bar.style.setProperty("--level", Math.min(1, (loud * 4) ** 0.6));
    requestAnimationFrame(() => this.look());
  }

  close() { this.context.close().catch(() => {}); }
};
