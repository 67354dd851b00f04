// A form is sent once. When sending failed, it says so in place, keeps what was typed, and can be sent again.
const WAITING = "aria-busy";

function mine(event) { return event.target.closest?.("form") ?? null; }

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.getAttribute(WAITING) === "true") {
    event.preventDefault();
    return event.stopImmediatePropagation();
  }
  form.querySelector(":scope > .failed")?.remove();
  // A later listener may keep the form from being sent; htmx does, and reports the end itself.
  setTimeout(() => { if (!event.defaultPrevented) form.setAttribute(WAITING, "true"); });
}, true);

// Back and forward show the page as it was left: ready again.
addEventListener("pageshow", () => document.querySelectorAll(`form[${WAITING}]`).forEach((form) => form.removeAttribute(WAITING)));

// Only what is sent makes a form wait: what something inside it asks for as one types, by GET or POST, does not.
function pressed(event) { return event.target.matches?.("form, a, button, input[type=submit]") ?? false; }
function sent(event) { return event.detail?.ctx?.request?.method === "GET" || !pressed(event) ? null : mine(event); }

document.addEventListener("htmx:before:request", (event) => sent(event)?.setAttribute(WAITING, "true"));
document.addEventListener("htmx:finally:request", (event) => sent(event)?.removeAttribute(WAITING));

function failed(event) {
  const context = event.detail?.ctx;
  if (!context?.request || context.response?.status === 422 || context.request.signal?.aborted) return;
  const form = mine(event);
  const quiet = context.request.method === "GET" ? !event.target.closest("a, button") : form && !pressed(event);
  if (quiet) return;
  const note = document.createElement("p");
  note.className = "failed";
  note.setAttribute("role", "alert");
  const said = context.response?.status && context.response.status < 500 && context.text?.length < 200 ? context.text : "";
  const words = document.body.dataset;
  const why = document.createElement("span");
  why.textContent = said || (navigator.onLine ? words.sayFailed : words.sayOffline);
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: words.sayAgain });
  again.addEventListener("click", () => { note.remove(); form ? form.requestSubmit() : event.target.click(); });
  note.append(why, again);
  const place = form ?? event.target;
  (form ? form.querySelector(":scope > .failed") : place.nextElementSibling?.matches(".failed") && place.nextElementSibling)?.remove?.();
  form ? form.append(note) : place.after(note);
}

document.addEventListener("htmx:response:error", failed);
document.addEventListener("htmx:error", failed);
