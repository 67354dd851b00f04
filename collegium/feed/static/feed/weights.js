// A weight can be drawn as well as typed: a slider beside the number, which stays what is sent.
customElements.define("weight-slider", class extends HTMLElement {
  connectedCallback() {
    const number = this.querySelector("input[type=number]");
    if (!number || this.querySelector("input[type=range]")) return;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: number.min, max: number.max, step: number.step });
    slider.value = number.value;
    // The number is what keyboards and screen readers use; the slider says the same once more.
    slider.tabIndex = -1;
    slider.setAttribute("aria-hidden", "true");
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value || "0"; });
    this.prepend(slider);
  }
});
