// Small conveniences of every page. Nothing here is needed to read a page or to send a form.

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

// --- the summary of mistakes takes the focus, so that it is read out first
const focusMistakes = (part) => {
  const summary = part.querySelector("[data-focus]");
  if (summary && !summary.closest("[data-still]")) summary.focus();
};
focusMistakes(document);
document.addEventListener("htmx:afterSettle", (event) => focusMistakes(event.target));

// --- mistakes are told by the server, beside the field and in the person's language, not by the browser in its own
document.addEventListener("click", (event) => {
  const form = event.target.closest?.("button")?.form;
  if (form?.method === "post") form.noValidate = true;
}, true);

// --- dialogs
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
});

// --- buttons that need a script show up where scripts run
const showButtons = (part) => {
  for (const button of part.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const button of part.querySelectorAll("[data-pick]")) button.hidden = false;
};
showButtons(document);
document.addEventListener("htmx:load", (event) => showButtons(event.detail.elt));

// --- a calendar beside day fields comes when it is asked for
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-pick]");
  if (button) (await import(button.dataset.script)).pick(button);
});

// --- what is typed into a form is kept until it is sent
const keepDrafts = (part) => {
  for (const box of part.querySelectorAll("[data-draft]")) import(box.dataset.script).then(({ keep }) => keep(box));
};
keepDrafts(document);
document.addEventListener("htmx:load", (event) => keepDrafts(event.detail.elt.parentElement ?? document));

const forgetDrafts = (isOver) => {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith("halka-draft ") && isOver(JSON.parse(localStorage.getItem(name)))) localStorage.removeItem(name);
    }
  } catch { /* storage is off: nothing is there */ }
};
const sent = document.cookie.match(/(?:^|; )halka_sent=([0-9a-f]+)/)?.[1];
if (sent) {
  forgetDrafts((copy) => copy.page === sent);
  document.cookie = "halka_sent=; Max-Age=0; Path=/; SameSite=Lax";
}
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) forgetDrafts(() => true);
});

// --- copy buttons

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector("[data-copied]");
  const before = words.textContent;
  words.setAttribute("role", "status");
  words.textContent = words.dataset.copied;
  setTimeout(() => { words.textContent = before; }, 2500);
});

// --- light and dark switch at once; the server remembers the choice
const DARK_MEDIA = { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };

const wear = (theme) => {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = theme;
  document.getElementById("dark").media = DARK_MEDIA[theme];
  document.querySelector('meta[name="color-scheme"]').content = theme === "auto" ? "light dark" : theme;
  for (const button of document.querySelectorAll('[data-look] button[name="theme"]')) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
};

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-look]") || button?.name !== "theme") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  wear(button.value);
  const answers = new FormData(event.target);
  answers.append("theme", button.value);
  fetch(event.target.action, { method: "POST", body: answers, redirect: "manual" }).catch(() => {});
});

// --- a form is sent once, however often the button is pressed on a slow line
const sending = new WeakMap();
const release = (form) => {
  sending.get(form)?.removeAttribute("aria-busy");
  sending.delete(form);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post]")) return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  const button = event.submitter ?? form;
  button.setAttribute("aria-busy", "true");
  sending.set(form, button);
  setTimeout(() => release(form), 10000);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(release);
});

// --- requests that htmx makes outside forms carry the token; a failed one says so
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('[name="csrfmiddlewaretoken"]');
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const trouble = document.getElementById("trouble");
    if (!trouble) return;
    trouble.hidden = false;
    setTimeout(() => { trouble.hidden = true; }, 8000);
  });
}
