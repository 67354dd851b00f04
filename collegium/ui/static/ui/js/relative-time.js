// "2 h" that stays true while the page is open. The server wrote the first one; the full time is in the title.
const STEPS = [[3600, "sayMin", 60], [86400, "sayHour", 3600], [604800, "day", 86400]];
const language = document.documentElement.lang || undefined;
const days = new Intl.NumberFormat(language, { style: "unit", unit: "day", unitDisplay: "long" });
const shown = new Set();

function say(instant) {
  const seconds = Math.max(0, (Date.now() - instant) / 1000);
  if (seconds < 60) return document.body.dataset.sayNow;
  const step = STEPS.find(([limit]) => seconds < limit);
  if (!step) {
    const sameYear = instant.getFullYear() === new Date().getFullYear();
    return instant.toLocaleDateString(language, { day: "numeric", month: "short", year: sameYear ? undefined : "numeric" });
  }
  const count = Math.floor(seconds / step[2]);
  return step[1] === "day" ? days.format(count) : document.body.dataset[step[1]].replace("{n}", count);
}

customElements.define("relative-time", class extends HTMLElement {
  connectedCallback() { shown.add(this); this.write(); }
  disconnectedCallback() { shown.delete(this); }

  write() {
    const time = this.querySelector("time");
    const instant = time && new Date(time.dateTime);
    if (!instant || Number.isNaN(instant.getTime())) return;
    const words = say(instant);
    if (time.textContent !== words) time.textContent = words;
    time.title = instant.toLocaleString(language, { dateStyle: "full", timeStyle: "short" });
  }
});

setInterval(() => { if (!document.hidden) shown.forEach((each) => each.write()); }, 30_000);
