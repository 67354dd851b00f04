// One file in the tray above where one writes: its name, how far it is, its picture, and the button that takes it off.
globalThis.TalkLine = class {
  constructor(host, name, size) {
    this.host = host;
    this.name = name;
    this.size = `${((size ?? 0) / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} MB`;
    this.line = host.querySelector("template").content.firstElementChild.cloneNode(true);
    for (const each of ["name", "state", "bar", "key", "named", "off"]) this[each === "name" ? "title" : each] = this.line.querySelector(`[data-${each}]`);
    this.title.textContent = this.named.value = name;
    this.off.setAttribute("aria-label", this.off.title = this.say("off"));
    this.off.addEventListener("click", () => host.remove(this));
    host.tray.append(this.line);
    this.show("begins");
  }

  say(what, about = {}) {
    const words = this.host.dataset[`say${what[0].toUpperCase()}${what.slice(1)}`] ?? "";
    return words.replace(/\{(\w+)\}/g, (_all, name) => ({ name: this.name, size: this.size, ...about })[name] ?? "");
  }

  get holds() { return !["here", "failed"].includes(this.stage); }

  show(stage, about = {}) {
    this.stage = this.line.dataset.stage = stage;
    const failed = about.words || this.host.dataset.sayFailed;
    const words = { failed, here: about.words, going: this.say("going", { percent: Math.floor(100 * (about.share ?? 0)) }) };
    this.state.textContent = words[stage] ?? this.say(stage);
    if (stage === "going") this.bar.value = about.share;
    else if (stage === "preparing") this.bar.removeAttribute("value");
    if (stage === "here") this.arrived(about);
  }

  arrived(about) {
    this.about = about;
    this.key.value = about.key;
    this.key.disabled = this.named.disabled = false;
    if (!about.face) return;
    const face = Object.assign(document.createElement("img"), { src: about.face, alt: "" });
    this.line.querySelector(".tray-face").replaceChildren(face);
  }

  // What was taken in already is forgotten after a day in any case.
  remove(token) {
    this.sending?.drop();
    this.line.remove();
    if (this.about) fetch(`/messages/files/${this.about.key}/removal/`, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});
  }
};

// What waits in the tray of a conversation, for this tab, so that a page that was left finds it again.
globalThis.TalkKept = {
  read(store) { try { return JSON.parse(sessionStorage.getItem(store)) ?? []; } catch { return []; } },
  write(store, list) { try { list.length ? sessionStorage.setItem(store, JSON.stringify(list)) : sessionStorage.removeItem(store); } catch { /* nothing is kept */ } },
};
