// On a wide screen a conversation opens beside the list; on a narrow one each is a page.
const WIDE = matchMedia("(min-width: 64rem)");

customElements.define("talk-panes", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("htmx:after:swap", () => this.mark());
    addEventListener("popstate", () => location.reload());
    document.addEventListener("htmx:before:request", (event) => { if (event.target.id === "inbox-rows") this.wait(event); });
    this.list = this.querySelector(".pane-list");
    for (const each of [this.list, document]) each.addEventListener("scroll", () => this.rested(), { passive: true });
    this.mark();
  }

  // Whoever has gone down the list reads there: it is drawn anew once she is at its beginning again.
  wait(event) {
    if (this.list.scrollTop + scrollY < 200) return;
    event.preventDefault();
    this.missed = true;
  }

  rested() {
    if (!this.missed || this.list.scrollTop + scrollY > 60) return;
    this.missed = false;
    document.body.dispatchEvent(new CustomEvent("poke:messages"));
  }

  clicked(event) {
    const link = event.target.closest("a[data-open]");
    if (!link || !WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.open(link.href);
  }

  async open(href) {
    document.dispatchEvent(new CustomEvent("talk:leave"));
    this.opening?.abort();
    this.opening = new AbortController();
    const pane = this.querySelector("#talk-pane");
    const asked = { headers: { "HX-Request": "true" }, signal: this.opening.signal };
    const answer = await fetch(href, asked).catch((error) => (error.name === "AbortError" ? error : null));
    if (answer?.name === "AbortError") return;
    if (!answer?.ok || answer.status === 204) return location.assign(href);
    await htmx.swap({ text: await answer.text(), target: pane, sourceElement: pane, swap: "innerHTML" });
    history.pushState({}, "", href);
    document.title = `${pane.querySelector("talk-one")?.dataset.title ?? ""} · ${document.title.split(" · ").at(-1)}`;
    this.mark();
  }

  get links() { return [...this.querySelectorAll("a[data-open]")]; }

  get current() { return this.links.find((link) => link.pathname === location.pathname); }

  mark() {
    for (const link of this.links) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  // To the next conversation or the one before: opened where there is room beside the list, else only walked to.
  step(by) {
    const links = this.links;
    const here = document.activeElement.closest("a[data-open]") ?? this.current;
    const next = here ? links[links.indexOf(here) + by] : links[0];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    if (next && WIDE.matches) this.open(next.href);
  }
});
