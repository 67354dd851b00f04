// What is on its way, or was refused: it stands below what was said, with its state and what one can do about it.
customElements.define("talk-unsent", class extends HTMLElement {
  show(entries, failing) {
    const template = this.querySelector("template").content.firstElementChild;
    const words = this.dataset;
    const list = this.querySelector("ol");
    list.hidden = entries.length === 0;
    list.replaceChildren(...entries.map((entry) => {
      const line = template.cloneNode(true);
      line.dataset.key = entry.key;
      line.classList.toggle("msg-refused", Boolean(entry.why));
      line.querySelector(".msg-words").textContent = entry.fields.find(([name]) => name === "text")?.[1] ?? "";
      line.querySelector(".msg-unsent-files").textContent = entry.fields.filter(([name]) => name === "named").map(([, value]) => value).join(", ");
      const going = navigator.onLine && !failing ? words.sending : words.waiting;
      line.querySelector("[data-state]").textContent = entry.why ? `${words.refused} ${entry.why}`.trim() : entry.number ? "" : going;
      line.querySelector("[data-answers]").hidden = !entry.why;
      return line;
    }));
  }
});
