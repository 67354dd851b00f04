// Times of day and days as the reader's own clock has them; the server wrote its own.
const language = document.documentElement.lang || undefined;
const hour = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

function capital(words) { return words.charAt(0).toLocaleUpperCase(language) + words.slice(1); }

function dayOf(instant) { return new Date(instant.getFullYear(), instant.getMonth(), instant.getDate()); }

function words(day) {
  const ago = Math.round((dayOf(new Date()) - day) / 86_400_000);
  if (ago < 2) return capital(relative.format(-ago, "day"));
  if (ago < 7) return capital(day.toLocaleDateString(language, { weekday: "long" }));
  const sameYear = day.getFullYear() === new Date().getFullYear();
  return day.toLocaleDateString(language, { weekday: "short", day: "numeric", month: "long", year: sameYear ? undefined : "numeric" });
}

customElements.define("clock-time", class extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const instant = time && new Date(time.dateTime);
    if (!instant || Number.isNaN(instant.getTime())) return;
    const said = hour.format(instant);
    if (time.textContent !== said) time.textContent = said;
    time.title = instant.toLocaleString(language, { dateStyle: "full", timeStyle: "short" });
  }
});

// A day begins where the reader's does.
function divide() {
  for (const list of document.querySelectorAll("#talk-list")) {
    const found = [...list.querySelectorAll(":scope > .msg-day")];
    let last = 0;
    for (const line of list.querySelectorAll(":scope > [data-n]")) {
      const stamp = line.dataset.at ?? line.querySelector("time")?.dateTime;
      if (!stamp) continue;
      const day = dayOf(new Date(stamp));
      if (day.getTime() === last) continue;
      last = day.getTime();
      const mark = found.shift() ?? Object.assign(document.createElement("li"), { className: "msg-day" });
      if (!mark.firstElementChild) mark.append(document.createElement("span"));
      if (mark.firstElementChild.textContent !== words(day)) mark.firstElementChild.textContent = words(day);
      const before = line.previousElementSibling?.matches(".msg-new") ? line.previousElementSibling : line;
      if (before.previousElementSibling !== mark) before.before(mark);
    }
    found.forEach((mark) => mark.remove());
  }
}

document.addEventListener("htmx:after:swap", divide);
divide();
