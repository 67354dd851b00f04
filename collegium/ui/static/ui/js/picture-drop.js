// Pictures that are pasted into a form or dropped on it.
customElements.define("picture-drop", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    if (!this.form || this.ready) return;
    this.ready = true;
    const carries = (event) => this.isConnected && event.dataTransfer?.types.includes("Files");
    const over = (on) => this.form.classList.toggle("pictures-over", on);
    this.form.addEventListener("paste", (event) => {
      const pasted = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
      if (pasted.length) { event.preventDefault(); this.bring(pasted); }
    });
    this.form.addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); over(true); } });
    this.form.addEventListener("dragleave", (event) => { if (!this.form.contains(event.relatedTarget)) over(false); });
    this.form.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      over(false);
      this.bring([...event.dataTransfer.files]);
    });
  }

  bring(files) { this.dispatchEvent(new CustomEvent("picture:files", { detail: files, bubbles: true })); }
});
