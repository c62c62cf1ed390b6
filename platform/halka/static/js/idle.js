// Warns before an idle session ends, covers the page when it has ended, and loses nothing that was typed.

const warning = document.getElementById("idle");
const cover = document.getElementById("cover");

if (warning && cover) {
  const MINUTE = 60000;
  const LIMIT = Number(warning.dataset.idleMinutes) * MINUTE;
  const WARN_BEFORE = Math.min(2 * MINUTE, LIMIT / 2);
  const TOUCH_EVERY = Math.max(LIMIT / 6, 20000);
  const KEY = "halka-last-contact";
  const left = warning.querySelector("[data-left]");
  const status = cover.querySelector("[data-cover-status]");
  const title = document.title;
  let touching = false;

  // The moment of the last contact with the server is shared by all tabs of this host.
  const remember = (moment) => {
    contact = moment;
    try { localStorage.setItem(KEY, String(moment)); } catch { /* storage is off: this tab counts alone */ }
  };
  const lastContact = () => {
    try { return Math.max(contact, Number(localStorage.getItem(KEY))); } catch { return contact; }
  };
  const remaining = () => lastContact() + LIMIT - Date.now();
  let contact = Date.now();
  remember(contact);

  const token = () => document.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "";
  const isCovered = () => document.body.classList.contains("is-covered");
  const say = (words) => {
    status.textContent = words ? cover.querySelector(`template[data-words="${words}"]`).content.textContent : "";
  };

  const hide = () => {
    if (isCovered()) return;
    if (warning.open) warning.close();
    document.body.classList.add("is-covered");
    document.title = cover.querySelector("h2").textContent;
    say("");
    cover.showModal();
  };

  const uncover = () => {
    if (!isCovered()) return;
    document.body.classList.remove("is-covered");
    document.title = title;
    cover.close();
  };

  // Asks without keeping the session alive. Resolves to true when the same person is still signed in.
  const check = async () => {
    const address = new URL(warning.dataset.state, location.href);
    address.searchParams.set("user", warning.dataset.user);
    let state;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      state = await answer.json();
    } catch {
      if (isCovered()) say("offline");
      return null;
    }
    if (!state.signed_in || !state.same_user) {
      hide();
      if (state.signed_in) say("other");
      return false;
    }
    for (const input of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) input.value = state.csrf_token;
    const seconds = state.seconds_left ?? LIMIT / 1000;
    remember(Date.now() - LIMIT + seconds * 1000);
    uncover();
    return true;
  };

  const touch = async () => {
    if (touching) return;
    touching = true;
    try {
      const answer = await fetch(warning.dataset.touch, {
        method: "POST", headers: { "X-CSRFToken": token() }, redirect: "manual",
      });
      if (answer.ok) {
        remember(Date.now());
        if (warning.open) warning.close();
      } else {
        await check();
      }
    } catch {
      // No connection: the countdown goes on and the next activity tries again.
    } finally {
      touching = false;
    }
  };

  const clock = (milliseconds) => {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    const pad = new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: 2, useGrouping: false });
    return `${pad.format(Math.floor(seconds / 60))}:${pad.format(seconds % 60)}`;
  };

  let checkedAt = 0;
  const tick = () => {
    if (isCovered()) return;
    const rest = remaining();
    if (rest <= 0) {
      if (Date.now() - checkedAt > 10000) {
        checkedAt = Date.now();
        // Without an answer the page is covered all the same: nobody may be sitting here.
        check().then((same) => { if (same === null) hide(); });
      }
    } else if (rest <= WARN_BEFORE) {
      left.textContent = clock(rest);
      if (!warning.open) warning.showModal();
    } else if (warning.open) {
      warning.close();
    }
  };
  setInterval(tick, 1000);

  // Typing and pointing is not being idle: the server hears of it now and then.
  for (const kind of ["input", "keydown", "pointerdown"]) {
    document.addEventListener(kind, () => {
      if (!isCovered() && !warning.open && remaining() > 0 && Date.now() - lastContact() > TOUCH_EVERY) touch();
    }, { passive: true });
  }
  document.addEventListener("htmx:afterOnLoad", () => remember(Date.now()));

  // A part that was asked for without a session does not lead away from what was typed: the page is covered.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.preventDefault();
    check();
  });

  warning.querySelector("[data-stay]").addEventListener("click", touch);
  warning.addEventListener("cancel", (event) => { event.preventDefault(); touch(); });
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("close", () => { if (isCovered()) cover.showModal(); });
  cover.querySelector("[data-check]").addEventListener("click", async () => {
    if (await check() === false && !status.textContent) say("waiting");
  });

  const back = () => {
    if (document.visibilityState !== "visible") return;
    if (isCovered()) check();
    else tick();
  };
  document.addEventListener("visibilitychange", back);
  addEventListener("focus", back);
  addEventListener("pageshow", (event) => { if (event.persisted) check(); });

  // Before a form goes out after a long while, make sure that it will arrive.
  const cleared = new WeakSet();
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || cleared.delete(form) || remaining() > 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    const same = await check();
    if (same) {
      cleared.add(form);
      form.requestSubmit(button);
    } else if (same === null) {
      hide();
      say("offline");
    }
  }, true);
}
