// Writing one's career: names are offered while one types, skills become chips, an end can be crossed out, a choice is
// kept at once. Without this file the same fields are plain text, and every form has its button.

// Fills the list of a field with what the server offers for it.
function offer(field, source) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-offered`;
  field.setAttribute("list", list.id);
  field.after(list);
  let timer = 0;
  let asking = null;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const query = field.value.trim();
      asking?.abort();
      if (query.length < 2) return;
      asking = new AbortController();
      try {
        const answer = await fetch(`${source}?${new URLSearchParams({ q: query })}`, { signal: asking.signal, headers: { "HX-Request": "true" } });
        if (answer.ok) await htmx.swap({ text: await answer.text(), target: list, sourceElement: list, swap: "innerHTML" });
      } catch (error) {
        if (error.name !== "AbortError") list.replaceChildren();
      }
    }, 140);
  });
  return list;
}

customElements.define("name-offer", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    if (field && !field.list) offer(field, this.getAttribute("src"));
  }
});

customElements.define("name-chips", class extends HTMLElement {
  connectedCallback() {
    this.whole = this.querySelector("input");
    if (!this.whole || this.typed) return;
    this.typed = this.whole.cloneNode();
    this.typed.removeAttribute("name");
    this.typed.required = false;
    this.typed.removeAttribute("maxlength");
    this.whole.removeAttribute("id");
    this.names = this.whole.value.split(",").map((name) => name.trim()).filter(Boolean);
    this.first = this.names.join(", ");
    this.typed.value = "";
    this.chips = document.createElement("ul");
    this.chips.className = "chips";
    this.whole.after(this.chips, this.typed);
    this.whole.type = "hidden";
    this.list = offer(this.typed, this.getAttribute("src"));
    this.typed.addEventListener("keydown", (event) => this.key(event));
    this.typed.addEventListener("input", () => this.take([...this.list.options].some((option) => option.value === this.typed.value && option.value.length > 2 && this.picked())));
    this.typed.addEventListener("blur", () => this.take(true));
    this.chips.addEventListener("click", (event) => this.drop(event.target.closest("button")));
    this.draw();
  }

  // A choice from the list arrives at once, a word letter by letter.
  picked() {
    const leap = Math.abs(this.typed.value.length - (this.before ?? 0)) > 1;
    this.before = this.typed.value.length;
    return leap;
  }

  key(event) {
    this.before = this.typed.value.length;
    if (event.isComposing) return;
    if ((event.key === "Enter" || event.key === ",") && this.typed.value.trim()) {
      event.preventDefault();
      this.take(true);
    } else if (event.key === "Backspace" && !this.typed.value && this.names.length) {
      this.typed.value = this.names.pop();
      this.draw();
      event.preventDefault();
    }
  }

  take(whole) {
    const parts = this.typed.value.split(/[,;\n]/).map((name) => name.trim());
    const rest = whole ? "" : parts.pop();
    const fresh = parts.filter((name) => name && !this.names.includes(name));
    if (!whole && !parts.length) return;
    this.names.push(...new Set(fresh));
    this.typed.value = rest;
    this.draw();
  }

  drop(button) {
    if (!button) return;
    this.names.splice(Number(button.dataset.place), 1);
    this.draw();
    this.typed.focus();
  }

  draw() {
    const value = this.names.join(", ");
    const changed = this.whole.value !== value;
    this.whole.value = value;
    this.toggleAttribute("data-changed", value !== this.first);
    this.chips.replaceChildren(...this.names.map((name, place) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name, className: "chip" });
      button.dataset.place = place;
      button.setAttribute("aria-label", this.dataset.sayRemove.replace("{name}", name));
      item.append(button);
      return item;
    }));
    this.chips.hidden = !this.names.length;
    if (changed) this.whole.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// A form that saves itself; its button, which is for those without script, goes by the style sheet.
customElements.define("save-on-change", class extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    form?.addEventListener("change", () => form.requestSubmit());
  }
});

// "I work here now" takes the end away, and gives it back.
function crossOut(tick) {
  tick.closest("fieldset")?.querySelector(".date-pieces")?.toggleAttribute("inert", tick.checked);
  tick.closest("fieldset")?.classList.toggle("date-crossed", tick.checked);
}

document.addEventListener("change", (event) => { if (event.target.matches?.("[data-open-end]")) crossOut(event.target); });
function arrived(root) { root.querySelectorAll?.("[data-open-end]").forEach(crossOut); }
arrived(document);

// A form that opens in its place takes the focus; when it goes, what had opened it gets the focus back.
const FIRST = ".career-form :is(input:not([type=hidden], [type=checkbox]), textarea, select)";
const holders = new WeakMap();
let opener = "";
// What a list that is drawn anew was left at: the place of the line whose button was pressed.
let left = -1;
let height = 0;

document.addEventListener("htmx:before:swap", (event) => {
  const context = event.detail?.ctx;
  const target = typeof context?.target === "string" ? document.querySelector(context.target) : context?.target;
  if (!target?.closest) return;
  const link = context.sourceElement;
  if (link?.matches?.("a[hx-get]") && !link.closest(".career-editor")) opener = link.getAttribute("href");
  const line = document.activeElement?.closest(".sort-list > li");
  left = line && target.contains(line) ? [...line.parentElement.children].indexOf(line) : -1;
  height = line?.getBoundingClientRect().top ?? 0;
  const editor = target.closest(".career-editor");
  // What changes within a form leaves the focus where it is.
  if (!editor || editor === target) holders.set(context, editor ? editor.parentElement : target.id);
});

document.addEventListener("htmx:after:swap", (event) => {
  const held = holders.get(event.detail?.ctx);
  const place = typeof held === "string" ? document.getElementById(held) : held;
  if (!place) return;
  arrived(place);
  const editor = place.querySelector(".career-editor");
  const lines = editor && left >= 0 ? editor.querySelectorAll(".sort-list > li") : [];
  const kept = editor ? null : place.querySelector(".entry-kept");
  if (lines.length) {
    const line = lines[Math.min(left, lines.length - 1)];
    scrollBy({ top: line.getBoundingClientRect().top - height, behavior: "instant" });
    line.querySelector("button[formaction], a[href*=removal]")?.focus({ preventScroll: true });
  }
  else if (editor) (editor.querySelector("[aria-invalid=true]") ?? editor.querySelector(".career-form:has(.tell-again) .button-primary") ?? editor.querySelector(FIRST) ?? editor.querySelector(".contact-kinds a") ?? editor.querySelector("a, button"))?.focus();
  else if (kept) {
    kept.querySelector("a.part-edit")?.focus({ preventScroll: true });
    kept.scrollIntoView({ block: "center" });
    opener = "";
  } else if (opener && place.matches("[data-part], .profile-words")) {
    const link = `a[href="${CSS.escape(opener)}"]`;
    (place.querySelector(link) ?? place.querySelector("a.part-edit") ?? document.querySelector(`.profile ${link}`))?.focus();
    opener = "";
  }
});

// Escape leaves a form in which nothing was typed; where something was, it only leads to the way out.
const untouched = (field) => field.type === "checkbox" ? field.checked === field.defaultChecked
  : field.options ? [...field.options].every((option) => option.selected === option.defaultSelected) || field.selectedIndex === 0 && !field.querySelector("[selected]")
  : field.type === "hidden" || field.value === field.defaultValue;

const empty = (editor) => !editor.querySelector("name-chips[data-changed]") && [...editor.querySelectorAll(".career-form :is(input, textarea, select)")].every(untouched);

// Whoever leaves the page with something typed and not kept is asked first.
addEventListener("beforeunload", (event) => { if (![...document.querySelectorAll(".profile .career-editor")].every(empty)) event.preventDefault(); });

document.addEventListener("keydown", (event) => {
  const editor = event.key === "Escape" && !event.defaultPrevented && !event.isComposing && event.target.closest?.(".profile .career-editor");
  if (!editor) return;
  const out = [...editor.querySelectorAll(".fields-acts a[hx-get]")].pop();
  if (empty(editor)) out?.click();
  else out?.focus();
});

// Undo is done in place where the page has the part: a form that stands open elsewhere on it keeps what was typed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const path = form.matches?.(".toast-undo") ? new URL(form.action).pathname : "";
  if (!/^\/career\/.+\/restoration\/$/.test(path) || !document.querySelector(".profile [data-part]")) return;
  event.preventDefault();
  const list = document.querySelector(".profile .career-list")?.closest("[data-part]")?.id;
  htmx.ajax("POST", path, { source: form, target: form, swap: "none", values: Object.fromEntries(new FormData(form)) }).then(() => {
    form.closest("[data-toast]")?.remove();
    if (list && !document.querySelector(`#${list} .career-editor`)) document.querySelector(`#${list} a.part-edit[href="/career/${list.slice(5)}/"]`)?.click();
  });
});
