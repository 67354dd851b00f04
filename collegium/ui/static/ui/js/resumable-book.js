// What this browser has begun to send and not finished, so that a page that was left can go on with it.
const LASTS = 20 * 3600 * 1000;

globalThis.ResumableBook = class {
  constructor(purpose) { this.prefix = `upload:${purpose}:`; }

  name(file) { return `${this.prefix}${file.name}:${file.size}:${file.lastModified}`; }

  read(name) {
    try {
      const kept = JSON.parse(localStorage.getItem(name));
      return kept && Date.now() - kept.at < LASTS ? kept : null;
    } catch { return null; }
  }

  keyOf(file) { return this.read(this.name(file))?.key; }

  // Where a browser keeps nothing, the file still arrives; it only cannot go on after a reload.
  keep(file, key, offset) {
    const kept = { key, name: file.name, percent: Math.floor(100 * offset / file.size), at: Date.now() };
    try { localStorage.setItem(this.name(file), JSON.stringify(kept)); } catch { /* nothing is kept */ }
  }

  drop(file) {
    try { localStorage.removeItem(this.name(file)); } catch { /* nothing was kept */ }
  }

  // The one that was sent last, of which something is here; what has lain too long is struck out.
  last() {
    let found = null;
    try {
      for (const name of Object.keys(localStorage).filter((each) => each.startsWith(this.prefix))) {
        const kept = this.read(name);
        if (!kept) localStorage.removeItem(name);
        else if (kept.percent && kept.at > (found?.at ?? 0)) found = kept;
      }
    } catch { /* nothing was kept */ }
    return found;
  }

  // What the server has under a key; null when it has nothing.
  async look(key) {
    const answer = await fetch(`/uploads/${key}`, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } });
    if (!answer.ok) return null;
    const named = answer.headers.get("Upload-Metadata").split(",").find((each) => each.startsWith("filename ")).split(" ")[1];
    const name = new TextDecoder().decode(Uint8Array.from(atob(named), (letter) => letter.charCodeAt(0)));
    return { name, size: Number(answer.headers.get("Upload-Length")), offset: Number(answer.headers.get("Upload-Offset")) };
  }

  strike(key, token) {
    const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": token };
    fetch(`/uploads/${key}`, { method: "DELETE", headers, keepalive: true }).catch(() => { /* it is swept after a day */ });
  }
};
