// Keeps what is typed into a form until it is sent: on the server, and while the line or the session is lost, sealed
// on this device. page.js brings it where components/draft.html stands in a form.

const PREFIX = "halka-draft ";
const PAUSE = 1500;
const AGAIN = 5000;
const KEPT = 14 * 24 * 3600 * 1000;
const LEFT_OUT = new Set(["hidden", "file", "password", "submit", "button", "reset", "image"]);

const keepers = new Set();
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const isTyped = (control) => control.name && !LEFT_OUT.has(control.type) && control.matches("input, select, textarea");
const isTick = (control) => control.type === "checkbox" || control.type === "radio";

const forgetOld = () => {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    if (Date.now() - (JSON.parse(localStorage.getItem(name)).at ?? 0) > KEPT) localStorage.removeItem(name);
  }
};

class Keeper {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.address = location.pathname + (box.dataset.draft ? `#${box.dataset.draft}` : "");
    this.page = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.status = box.querySelector("[data-said]");
    this.form.querySelector(".form-actions")?.append(this.status);
    this.offer = box.querySelector("[data-offer]");
    this.offered = null;
    // After a mistake the page holds what was sent: all of it is still to be kept.
    this.begun = this.form.querySelector(".error-summary") ? new Map() : this.read(true);
    this.kept = JSON.stringify({});
    this.key = null;
    this.form.addEventListener("input", () => this.later(PAUSE));
    this.form.addEventListener("change", () => this.later(PAUSE));
    this.form.addEventListener("submit", () => this.leave(), true);
    this.form.addEventListener("formdata", (event) => {
      event.formData.set("_draft", this.address);
      event.formData.set("_draft_page", this.page);
    });
    this.form.addEventListener("htmx:afterRequest", (event) => this.answered(event.detail));
    box.querySelector("[data-take]").addEventListener("click", () => this.take());
    box.querySelector("[data-throw]").addEventListener("click", () => this.throwAway());
    this.start();
  }

  // --- what stands in the form
  read(atFirst = false) {
    const found = new Map();
    for (const control of this.form.elements) {
      if (!isTyped(control)) continue;
      const texts = found.get(control.name) ?? [];
      found.set(control.name, texts);
      if (isTick(control)) {
        if (atFirst ? control.defaultChecked : control.checked) texts.push(control.value);
      } else if (control.options) {
        const options = [...control.options];
        let chosen = options.filter((option) => (atFirst ? option.defaultSelected : option.selected));
        if (atFirst && !chosen.length && !control.multiple) chosen = options.slice(0, 1);
        texts.push(...chosen.map((option) => option.value));
      } else {
        texts.push(atFirst ? control.defaultValue : control.value);
      }
    }
    return found;
  }

  values() {
    const plain = (texts) => JSON.stringify((texts ?? []).some(Boolean) ? texts : []);
    const changed = [...this.read()].filter(([name, texts]) => plain(texts) !== plain(this.begun.get(name)));
    return { ...this.offered?.values, ...Object.fromEntries(changed) };
  }

  get version() {
    const field = this.form.elements.seen_version;
    return field?.value ? Number(field.value) : null;
  }

  // --- opening the form: what was begun before is offered
  async start() {
    const copy = this.copy();
    const query = new URLSearchParams({ form: this.address, page: copy?.page ?? "" });
    let found;
    try {
      const answer = await fetch(`${this.box.dataset.address}?${query}`, { cache: "no-store", redirect: "manual" });
      if (answer.status === 404 || answer.status === 400) return this.stop();
      if (!answer.ok) throw new Error(answer.statusText);
      found = await answer.json();
    } catch {
      setTimeout(() => this.start(), AGAIN);
      return null;
    }
    this.key = crypto.subtle
      ? await crypto.subtle.importKey("raw", bytes(found.key), "AES-GCM", false, ["encrypt", "decrypt"]) : null;
    if (copy && found.sent) this.forget();
    const opened = copy && !found.sent ? await this.unsealed(copy) : null;
    const isNewer = opened && !(found.draft && Date.parse(found.draft.saved_at) > copy.at);
    this.propose(isNewer ? { ...opened, when: "" }
      : found.draft && { ...found.draft, when: found.offer, said: found.said });
    if (isNewer) this.kept = "";  // the server has yet to hear of it
    if (Object.keys(this.values()).length) this.save();
  }

  stop() {
    keepers.delete(this);
    this.stopped = true;
  }

  propose(draft) {
    if (!draft) return;
    const now = this.read();
    const differs = Object.entries(draft.values)
      .some(([name, texts]) => JSON.stringify(now.get(name)) !== JSON.stringify(texts));
    this.kept = JSON.stringify(draft.values);
    if (!differs || !this.begun.size) return;
    this.offered = draft;
    if (draft.when) this.box.querySelector("[data-when]").textContent = draft.when;
    this.offer.hidden = false;
  }

  take() {
    const { values, seen_version: version, said } = this.offered;
    this.form.dispatchEvent(new CustomEvent("draft:take", { bubbles: true, detail: values }));
    const places = {};
    for (const control of this.form.elements) {
      const texts = values[control.name];
      if (!texts || !isTyped(control)) continue;
      const place = places[control.name] ?? 0;
      places[control.name] = place + 1;
      if (isTick(control)) control.checked = texts.includes(control.value);
      else if (control.options) for (const option of control.options) option.selected = texts.includes(option.value);
      else control.value = texts[place] ?? "";
      for (let part = control.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (version !== null && this.form.elements.seen_version) this.form.elements.seen_version.value = version;
    this.settle();
    if (said) this.status.textContent = said;
    [...this.form.elements].find((control) => isTyped(control) && values[control.name])?.focus();
  }

  async throwAway() {
    this.settle();
    this.forget();
    this.kept = JSON.stringify({});
    const body = new URLSearchParams({ form: this.address });
    try {
      await fetch(this.box.dataset.discard, { method: "POST", body, headers: this.headers(), redirect: "manual" });
    } catch {
      // It is offered once more when the line is back.
    }
    this.later(0);
  }

  settle() {
    this.offered = null;
    this.offer.hidden = true;
  }

  // --- keeping
  headers() {
    return { "X-CSRFToken": document.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "" };
  }

  later(pause) {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save(keepalive = false) {
    clearTimeout(this.timer);
    const values = this.values();
    const text = JSON.stringify(values);
    if (this.stopped || this.leaving || text === this.kept) return;
    this.abort = new AbortController();
    const body = JSON.stringify({ form: this.address, values, seen_version: this.version, page: this.page });
    try {
      const answer = await fetch(this.box.dataset.address, {
        method: "POST", body, keepalive, redirect: "manual", signal: this.abort.signal,
        headers: { ...this.headers(), "Content-Type": "application/json" },
      });
      if (answer.status === 413) return this.say("large");
      if (answer.status === 400) return this.stop();
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      this.kept = text;
      this.forget();
      this.status.textContent = told.said;
      if (this.offered && told.offer) this.box.querySelector("[data-when]").textContent = told.offer;
    } catch {
      if (this.leaving) return;
      const isHere = await this.keepHere();
      this.say(isHere ? "here" : "open");
      this.later(AGAIN);
    }
  }

  say(words) {
    const text = this.box.querySelector(`template[data-words="${words}"]`).content.textContent;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // --- sending the form
  leave() {
    clearTimeout(this.timer);
    this.abort?.abort();
    this.keepHere();
    this.leaving = true;
    setTimeout(() => { this.leaving = false; }, 10000);
  }

  answered({ successful, xhr }) {
    this.leaving = false;
    if (xhr?.getResponseHeader("Halka-Draft") === "sent") {
      this.forget();
      this.kept = JSON.stringify({});
      this.status.textContent = "";
      this.page = this.page.split("").reverse().join("");
    } else if (!successful) {
      this.later(0);
    }
  }

  // --- on this device
  copy() {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + this.address));
    } catch {
      return null;
    }
  }

  async keepHere() {
    const values = this.values();
    if (!this.key || !Object.keys(values).length) return false;
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify({ values, seen_version: this.version }));
      const place = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(this.address) };
      const sealed = await crypto.subtle.encrypt(place, this.key, text);
      const copy = { page: this.page, at: Date.now(), iv: base64(iv), sealed: base64(sealed) };
      localStorage.setItem(PREFIX + this.address, JSON.stringify(copy));
      return true;
    } catch {
      return false; // no room, or storage is off
    }
  }

  async unsealed({ iv, sealed }) {
    try {
      const place = { name: "AES-GCM", iv: bytes(iv), additionalData: new TextEncoder().encode(this.address) };
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(place, this.key, bytes(sealed))));
    } catch {
      return null; // somebody else's, or sealed under a key that is gone
    }
  }

  forget() {
    try { localStorage.removeItem(PREFIX + this.address); } catch { /* storage is off: nothing is there */ }
  }
}

export const keep = (box) => {
  for (const keeper of keepers) if (!keeper.box.isConnected) keepers.delete(keeper);
  if ([...keepers].some((keeper) => keeper.box === box)) return;
  keepers.add(new Keeper(box));
};

const flush = (keepalive) => {
  for (const keeper of keepers) if (keeper.box.isConnected) keeper.save(keepalive);
};
addEventListener("online", () => flush(false));
addEventListener("focus", () => flush(false));
document.addEventListener("visibilitychange", () => flush(document.visibilityState === "hidden"));

try { forgetOld(); } catch { /* storage is off, or not ours */ }
