// A video on a card: a large button until it plays, its own bar afterwards. Where the browser cannot choose between
// sizes by itself, hls.js does, and is fetched only then. One plays at a time.
const LIST = "application/vnd.apple.mpegurl";

customElements.define("video-player", class extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.button = this.querySelector("[data-begin]");
    if (!this.video || this.hasAttribute("data-ready")) return;
    this.toggleAttribute("data-ready", true);
    this.video.controls = false;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.begin());
    this.video.addEventListener("click", () => { if (!this.video.controls) this.begin(); });
    this.video.addEventListener("play", () => this.begun());
    this.video.addEventListener("error", () => this.trouble(), true);
  }

  disconnectedCallback() {
    this.video?.pause();
    this.player?.destroy();
  }

  get chooses() {
    return this.video.canPlayType(LIST) !== "";
  }

  async begin() {
    this.button.disabled = true;
    if (!this.chooses && !this.player) await this.help().catch(() => {});
    try {
      await this.video.play();
    } catch (error) {
      // Stopped again before it began, or the browser wants another press: its own bar has the button for that.
      if (error.name === "NotSupportedError") this.trouble();
      this.begun();
    }
    this.video.focus({ preventScroll: true });
  }

  async help() {
    if (!globalThis.MediaSource && !globalThis.ManagedMediaSource) return;
    const { default: Hls } = await import(this.dataset.hls);
    if (!Hls.isSupported()) return;
    const list = this.video.querySelector(`source[type="${LIST}"]`).src;
    for (const source of this.video.querySelectorAll("source")) source.remove();
    this.player = new Hls({ enableWorker: false });
    this.player.on(Hls.Events.ERROR, (_event, what) => { if (what.fatal) this.trouble(); });
    this.player.loadSource(list);
    this.player.attachMedia(this.video);
  }

  begun() {
    this.video.controls = true;
    this.button.hidden = true;
    this.toggleAttribute("data-begun", true);
    for (const other of document.querySelectorAll("video-player > video")) if (other !== this.video) other.pause();
  }

  trouble() {
    // A source that is passed over tells of it too; only when nothing is left to try there is something to say.
    if (this.video.networkState !== HTMLMediaElement.NETWORK_NO_SOURCE && !this.video.error && !this.player) return;
    this.querySelector("[data-trouble]").hidden = false;
  }
});
