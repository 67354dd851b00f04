// A voice note: one button, its line of loudness to move along, and the time. Without a script the browser's own controls play it.
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
let playing = null;

customElements.define("voice-note", class extends HTMLElement {
  connectedCallback() {
    if (this.audio) return;
    this.audio = this.querySelector("audio");
    this.addEventListener("click", ({ target }) => { if (target.closest("[data-play]")) this.toggle(); });
    this.addEventListener("input", ({ target }) => this.move(Number(target.value)));
    for (const name of ["play", "pause", "timeupdate", "seeked"]) this.audio.addEventListener(name, () => this.show());
    this.audio.addEventListener("play", () => { if (playing !== this.audio) playing?.pause(); playing = this.audio; this.follow(); });
    this.audio.addEventListener("ended", () => { this.audio.currentTime = 0; this.show(); });
    this.audio.addEventListener("error", () => { this.querySelector("[data-clock]").textContent = "–:––"; this.title = this.dataset.sayFailed; });
  }

  disconnectedCallback() { this.audio.pause(); }

  get seconds() { return Number(this.dataset.seconds); }

  toggle() { if (this.audio.paused) this.audio.play().catch(() => {}); else this.audio.pause(); }

  move(to) {
    this.audio.preload = "auto";
    this.audio.currentTime = to;
    this.show(to);
  }

  // Between the few times the browser tells.
  follow() {
    this.show();
    if (!this.audio.paused) requestAnimationFrame(() => this.follow());
  }

  show(at = this.audio.currentTime) {
    const begun = at > 0.05 || !this.audio.paused;
    const button = this.querySelector("[data-play]");
    const range = this.querySelector("input");
    this.toggleAttribute("data-on", !this.audio.paused);
    button.setAttribute("aria-label", this.audio.paused ? this.dataset.sayPlay : this.dataset.sayPause);
    this.style.setProperty("--at", Math.min(at / this.seconds, 1));
    if (Number(range.value) !== at) range.value = at;
    range.setAttribute("aria-valuetext", this.dataset.sayAt.replace("{at}", clock(at)).replace("{all}", this.dataset.length));
    this.querySelector("[data-clock]").textContent = begun ? clock(at) : this.dataset.length;
  }
});
