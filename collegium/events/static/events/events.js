// Two small helps with time zones, which only the browser knows.

// The clock of the reader, where it shows something else than the clock of the event.
class YourTime extends HTMLElement {
  connectedCallback() {
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!mine || mine === this.dataset.zone) return;
    const starts = new Date(this.dataset.starts), ends = new Date(this.dataset.ends);
    if (isNaN(starts) || isNaN(ends)) return;
    const shown = (at, zone) => new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeStyle: "short", timeZone: zone }).format(at);
    if (shown(starts, mine) === shown(starts, this.dataset.zone) && shown(ends, mine) === shown(ends, this.dataset.zone)) return;
    const language = document.documentElement.lang || undefined;
    const day = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });
    const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const last = day.format(ends) === day.format(starts) ? "" : day.format(ends) + ", ";
    const place = mine.split("/").pop().replaceAll("_", " ");
    const when = `${day.format(starts)}, ${hour.format(starts)}–${last}${hour.format(ends)} (${place})`;
    this.textContent = this.dataset.say.replace("{when}", when);
    this.hidden = false;
  }
}

// The zone of whoever makes an event, where she has not set one here.
class OwnZone extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!field || field.value || !mine) return;
    field.value = mine;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.get("your-time") || customElements.define("your-time", YourTime);
customElements.get("own-zone") || customElements.define("own-zone", OwnZone);
