// A conversation that stays as it is on the server: it knows the number of the last change it has, asks for what came after it,
// and puts each part in its place. One question at a time, so that no answer can overtake another.
customElements.define("talk-one", class extends HTMLElement {
  connectedCallback() {
    this.turn = Promise.resolve();
    this.poked = () => this.look();
    document.body.addEventListener(`poke:${this.dataset.poke}`, this.poked);
    // Whoever stops typing says nothing: the line about it is looked at again while it stands there.
    // Who comes and goes says nothing either: the head is drawn anew once a minute.
    let beats = 0;
    this.watch = setInterval(() => {
      if (document.hidden) return;
      this.head = ++beats % 12 === 0;
      if (this.head || this.querySelector(".chat-dots")) this.look();
    }, 5_000);
    document.dispatchEvent(new CustomEvent("htmx:after:process"));
  }

  disconnectedCallback() {
    document.body.removeEventListener(`poke:${this.dataset.poke}`, this.poked);
    clearInterval(this.watch);
  }

  get numbers() { return [...this.querySelectorAll(".chat-list [data-n]")].map((each) => Number(each.dataset.n)); }

  get page() {
    const numbers = this.numbers;
    const tail = this.querySelector("[data-later]") ? "" : "1";
    return { since: this.dataset.changes, from: numbers.at(0) ?? 0, to: numbers.at(-1) ?? 0, tail, way: this.querySelector("[data-way]")?.dataset.way ?? "", head: this.head ? "1" : "", in: this.classList.contains("chat-compact") ? "dock" : "" };
  }

  // What gets no answer, in a tunnel or from a server that begins again, is asked once more: the word about it came only once.
  look() {
    if (!this.waiting) this.ask().catch((error) => { if (!(error.status < 500 && error.status !== 429)) this.later(); });
    this.waiting = true;
  }

  later() { setTimeout(() => { if (this.isConnected) this.look(); }, 2_000 + Math.random() * 2_000); }

  ask(address, body) {
    const answer = this.turn.then(() => this.once(address, body));
    this.turn = answer.catch(() => {});
    return answer;
  }

  async once(address, body) {
    if (!address) this.waiting = false;
    if (!this.isConnected) return;
    const page = this.page;
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers:inherited")) };
    for (const [name, value] of Object.entries(page)) body?.set(name, value);
    const query = body ? "" : `?${new URLSearchParams(page)}`;
    const answer = await fetch(address ?? `${this.dataset.path}since/${page.since}/${query}`, body ? { method: "POST", body, headers } : { headers });
    const go = answer.headers.get("HX-Redirect") ?? answer.headers.get("Talk-Go");
    if (go) { location.assign(go); throw new Error("elsewhere"); }
    if (!address && [403, 404].includes(answer.status)) return location.assign("/messages/");
    if (!answer.ok) throw Object.assign(new Error((await answer.text()).slice(0, 200)), { status: answer.status });
    if (answer.headers.get("Talk-Reload")) return location.reload();
    await this.patch(await answer.text(), answer.headers);
  }

  async patch(text, headers) {
    if (!text.trim() || !headers.get("Talk-Changes")) return;
    const put = () => htmx.swap({ text, target: this, sourceElement: this, swap: "none" });
    const scroll = this.querySelector("talk-scroll");
    await (scroll ? scroll.keep(put, Number(headers.get("Talk-New"))) : put());
    this.dataset.changes = headers.get("Talk-Changes");
    this.dispatchEvent(new CustomEvent("talk:patched", { bubbles: true }));
  }
});
