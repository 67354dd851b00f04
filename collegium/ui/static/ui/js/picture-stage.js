// Where one picture is shown large, and what a finger or a mouse does there: a stroke to the side turns on, a click
// beside the picture leaves.
const FAR = 40;

customElements.define("picture-stage", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.addEventListener("click", (event) => { if (event.target === this && !this.turned) this.tell("picture:leave"); });
    this.addEventListener("pointerdown", (event) => { this.from = event.isPrimary ? event.clientX : null; this.turned = false; });
    this.addEventListener("pointerup", (event) => {
      const far = event.clientX - (this.from ?? event.clientX);
      // Whoever has zoomed in moves the picture and does not turn it.
      if (event.pointerType === "mouse" || Math.abs(far) < FAR || (visualViewport?.scale ?? 1) > 1.05) return;
      this.turned = true;
      this.tell("picture:turn", far < 0 ? 1 : -1);
    });
  }

  // A new element each time, so that the last picture does not stand there until the next has come.
  show(values, beside) {
    this.replaceChildren(Object.assign(new Image(), { decoding: "async", draggable: false, ...values }));
    for (const link of beside) if (link) new Image().src = link.dataset.large;
  }

  tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }
});
