// One picture that was chosen: its face, its words and its key, from the moment it is sent.
let made = 0;

customElements.define("picture-row", class extends HTMLElement {
  get key() { return this.piece("key").value; }

  piece(name) { return this.querySelector(`[data-${name}]`); }

  begin(file) {
    this.file = file;
    made += 1;
    this.piece("alt").id = this.querySelector("label").htmlFor = `alt-new-${made}`;
    this.piece("alt").removeAttribute("name");
    this.piece("face").src = URL.createObjectURL(file);
    // What the browser cannot show, the server may still read.
    this.piece("face").addEventListener("error", (event) => event.target.removeAttribute("src"), { once: true });
  }

  fill({ key, url, large }) {
    const face = this.piece("face");
    Object.assign(this.piece("key"), { value: key, disabled: false });
    this.piece("alt").name = `pictures-alt-${key}`;
    if (face.src.startsWith("blob:")) URL.revokeObjectURL(face.src);
    face.src = url;
    this.dataset.large = large;
  }

  // Cropped again, it is the whole picture that is cropped, where the browser still has it.
  async source() { return this.file ?? (await fetch(this.dataset.large)).blob(); }
});
