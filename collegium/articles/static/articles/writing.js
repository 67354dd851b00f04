// The text with its marks set like what they make, over the plain text area that is there without scripts.
const LONG = 40_000;
const WANTED = { fontSize: "", fontFamily: "", lineHeight: "", padding: "", mobile: {}, autoResize: true, minHeight: "26rem", spellcheck: true, smartLists: true };

class ArticleSheet extends HTMLElement {
  connectedCallback() {
    this.tools = this.querySelector("[data-tools]");
    this.draw();
    this.gone = new AbortController();
    for (const event of ["scroll", "htmx:after:swap"]) document.addEventListener(event, () => this.follow(), { passive: true, signal: this.gone.signal });
    if (!globalThis.markdownActions) return;
    this.tools.hidden = false;
    this.tools.addEventListener("click", (event) => this.act(event.target.closest("[data-act]")));
    this.tools.addEventListener("keydown", (event) => this.rove(event));
    this.tools.addEventListener("focusin", (event) => this.mark(event.target.closest("[data-act]")));
    this.addEventListener("keydown", (event) => this.save(event));
  }

  disconnectedCallback() { this.gone.abort(); }

  // The preview beside goes along with the text, as far as the page is scrolled.
  follow() {
    const shown = this.querySelector(".desk-preview .article");
    const { top, height } = this.querySelector(".desk-words").getBoundingClientRect();
    if (shown) shown.scrollTop = Math.max(0, -top / Math.max(1, height - innerHeight)) * (shown.scrollHeight - shown.clientHeight);
  }

  get text() { return this.querySelector("[name=source]"); }

  // Very long texts stay plain: drawing them anew with every key would be felt.
  draw() {
    const plain = this.text;
    if (!globalThis.OverType || plain.value.length > LONG) return;
    const host = document.createElement("div");
    const names = ["id", "name", "maxlength", "dir", "aria-describedby", "aria-invalid"];
    const textareaProps = Object.fromEntries(names.filter((name) => plain.hasAttribute(name)).map((name) => [name, plain.getAttribute(name)]));
    // Its own style sheet would need a policy that allows any; ours stands in articles.css.
    OverType.stylesInjected = true;
    try {
      plain.before(host);
      plain.removeAttribute("id");
      new OverType(host, { ...WANTED, value: plain.value, placeholder: plain.placeholder, textareaProps });
      plain.remove();
    } catch (error) {
      host.remove();
      Object.entries(textareaProps).forEach(([name, value]) => plain.setAttribute(name, value));
      console.warn(error);
    }
  }

  act(tool) {
    if (!tool) return;
    this.text.focus();
    markdownActions[tool.dataset.act](this.text);
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // One stop for the Tab key; arrows go from tool to tool.
  rove(event) {
    const all = [...this.tools.querySelectorAll("[data-act]")];
    const at = all.indexOf(document.activeElement);
    const back = getComputedStyle(this).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const to = { Home: 0, End: all.length - 1, ArrowLeft: at + 1, ArrowRight: at + 1, [back]: at - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length).focus();
  }

  mark(tool) {
    for (const each of tool ? this.tools.querySelectorAll("[data-act]") : []) each.tabIndex = each === tool ? 0 : -1;
  }

  save(event) {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("sheet-keep"));
  }
}

customElements.define("article-sheet", ArticleSheet);
