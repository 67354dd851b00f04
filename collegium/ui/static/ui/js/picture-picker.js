// Pictures of a post that is being written: each is sent as soon as it is chosen, and can then be described, moved,
// cropped and removed. Without script the same fields and buttons go with the form.
const HEAVIEST = 10 * 1048576;

customElements.define("picture-picker", class extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "1";
    this.piece = (name) => this.querySelector(`[data-${name}]`);
    this.details = this.querySelector("details");
    this.files = this.piece("files");
    this.order = this.querySelector("picture-order");
    this.sender = this.appendChild(Object.assign(document.createElement("picture-sender"), { hidden: true }));
    for (const name of ["src", "saySending", "sayPreparing"]) this.sender.dataset[name] = this.dataset[name];
    this.append(document.createElement("picture-drop"));
    this.files.addEventListener("change", () => { this.take([...this.files.files]); this.files.value = ""; });
    // What is typed here changes nothing about who will see the post, which the form works out at each change.
    this.addEventListener("change", (event) => event.stopPropagation());
    this.querySelector("summary").addEventListener("click", () => { if (!this.details.open && !this.order.rows.length) this.files.click(); });
    const heard = { files: this.take, arrived: this.arrived, waits: this.hold, idle: this.go, told: this.tell, changed: this.changed, counted: this.count, crop: this.crop };
    for (const [name, act] of Object.entries(heard)) this.addEventListener(`picture:${name}`, ({ detail }) => act.call(this, detail));
    this.count(this.querySelectorAll("[data-row]").length);
  }

  take(files) {
    if (!files.length) return;
    this.piece("problems").replaceChildren();
    this.details.open = true;
    const room = Math.max(Number(this.dataset.most) - this.order.rows.length, 0);
    if (files.length > room) this.complain(this.dataset.sayRoom);
    for (const file of files.slice(0, room)) {
      if (file.size > HEAVIEST) { this.complain(this.dataset.sayLarge.replace("{name}", file.name)); continue; }
      this.order.list.append(this.piece("blank").content.firstElementChild.cloneNode(true));
      const row = this.order.rows.at(-1);
      row.firstElementChild.begin(file);
      this.sender.add(row, { picture: file });
    }
  }

  async crop(row) {
    const one = row.firstElementChild;
    const file = await one.source().catch(() => null);
    const edges = file && await document.createElement("picture-crop").ask(this.piece("shapes"), file);
    row.querySelector("[data-crop]").focus();
    if (edges) this.sender.add(row, { ...(one.file ? { picture: one.file } : { key: one.key }), ...edges });
  }

  arrived({ row, answer }) {
    const one = row.firstElementChild;
    if (answer.key) {
      one.fill(answer);
      this.tell(this.dataset.sayHere.replace("{n}", this.order.rows.indexOf(row) + 1));
      this.changed();
    } else {
      this.complain(answer.say || `${one.file?.name ?? ""} ${this.dataset.sayFailed}`.trim());
      // A picture that was there before stays as it was.
      if (!one.key) row.remove();
    }
  }

  hold() { for (const name of ["live", "count"]) this.piece(name).textContent = this.dataset.sayWait; }

  // What could not be sent is said first, and posting stays a decision.
  go(asked) { if (this.piece("problems").childElementCount === 0) this.closest("form").requestSubmit(asked); }

  // The draft is kept when something in the form says that it changed.
  changed() { this.sender.tidy(); this.files.dispatchEvent(new Event("input", { bubbles: true })); }

  count(rows) {
    this.piece("count").textContent = rows ? this.dataset.sayLeft.replace("{n}", rows).replace("{m}", this.dataset.most) : "";
    this.piece("kindly").hidden = !rows;
    this.querySelector(".pictures-choose").hidden = rows >= Number(this.dataset.most);
  }

  complain(sentence) { this.piece("problems").append(Object.assign(document.createElement("p"), { className: "field-error", textContent: sentence })); }

  tell(sentence) { this.piece("live").textContent = sentence; }
});
