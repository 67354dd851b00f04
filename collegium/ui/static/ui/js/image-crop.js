// Choose a picture, move and zoom it under a frame. What is sent is the picture itself and the frame, as fractions of it.
customElements.define("image-crop", class extends HTMLElement {
  connectedCallback() {
    this.file = this.querySelector("input[type=file]");
    this.file?.addEventListener("change", () => this.load());
  }

  async load() {
    this.stage?.remove();
    this.edges({ x: "", y: "", w: "", h: "" });
    const [file] = this.file.files;
    if (file) await this.show(file);
  }

  // Whether it can be shown; what this browser cannot show, the server may still read.
  async show(file) {
    if (!(this.picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null))) return false;
    const cover = this.dataset.shape === "cover";
    this.canvas = Object.assign(document.createElement("canvas"), { width: cover ? 960 : 480, height: cover ? 240 : 480, tabIndex: 0 });
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", this.dataset.sayMove);
    this.slider = Object.assign(document.createElement("input"), { type: "range", min: 1, max: 4, step: 0.01, value: 1 });
    const label = document.createElement("label");
    label.append(this.dataset.sayZoom, this.slider);
    this.stage = Object.assign(document.createElement("div"), { className: "crop-stage" });
    this.stage.append(this.canvas, label);
    this.querySelector(".field").after(this.stage);
    this.centre = { x: 0.5, y: 0.5 };
    this.slider.addEventListener("input", () => this.draw());
    this.canvas.addEventListener("pointerdown", (event) => this.canvas.setPointerCapture(event.pointerId));
    this.canvas.addEventListener("pointermove", (event) => { if (event.buttons) this.move(event.movementX, event.movementY); });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.draw();
    return true;
  }

  // Another shape of the frame: its width by its height.
  shape(ratio) {
    Object.assign(this.canvas, ratio > 1 ? { width: 960, height: Math.round(960 / ratio) } : { width: Math.round(960 * ratio), height: 960 });
    Object.assign(this, { centre: { x: 0.5, y: 0.5 } }).slider.value = 1;
    this.draw();
  }

  // The frame in pixels of the picture: as large as fits, divided by the zoom.
  frame() {
    const { width, height } = this.picture;
    const scale = Math.min(width / this.canvas.width, height / this.canvas.height) / this.slider.value;
    const [w, h] = [this.canvas.width * scale, this.canvas.height * scale];
    const inside = (at, size, whole) => Math.min(Math.max(at * whole - size / 2, 0), whole - size);
    return { x: inside(this.centre.x, w, width), y: inside(this.centre.y, h, height), w, h };
  }

  move(dx, dy) {
    const { x, y, w, h } = this.frame();
    const seen = this.canvas.getBoundingClientRect();
    this.centre.x = (x + w / 2 - (dx * w) / seen.width) / this.picture.width;
    this.centre.y = (y + h / 2 - (dy * h) / seen.height) / this.picture.height;
    this.draw();
  }

  key(event) {
    const steps = { ArrowLeft: [12, 0], ArrowRight: [-12, 0], ArrowUp: [0, 12], ArrowDown: [0, -12] };
    if (steps[event.key]) this.move(...steps[event.key]);
    else if ("+-".includes(event.key)) { this.slider.value = Number(this.slider.value) + (event.key === "+" ? 0.1 : -0.1); this.draw(); } else return;
    event.preventDefault();
  }

  draw() {
    const { x, y, w, h } = this.frame();
    this.canvas.getContext("2d").drawImage(this.picture, x, y, w, h, 0, 0, this.canvas.width, this.canvas.height);
    this.edges({ x: x / this.picture.width, y: y / this.picture.height, w: w / this.picture.width, h: h / this.picture.height });
  }

  edges(values) {
    for (const [edge, value] of Object.entries(values)) {
      const field = this.querySelector(`[data-edge=${edge}]`);
      if (field) field.value = value === "" ? "" : value.toFixed(5);
    }
  }
});
