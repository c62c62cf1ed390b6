// The box of the journal: what could not be sent waits in it, and goes out by itself when the line is back. Its key
// makes the server write it once, also when it had arrived and only the answer was lost.

const AGAIN = 8000;
const waiting = new Map(); // form -> the button that was tapped

const say = (form, isWaiting) => {
  const words = form.querySelector("[data-waiting]");
  if (words) words.hidden = !isWaiting;
};

const sendAgain = () => {
  for (const [form, button] of waiting) {
    if (!form.isConnected) waiting.delete(form);
    else if (navigator.onLine) form.requestSubmit(button?.isConnected ? button : undefined);
  }
};

let timer;
const later = () => {
  clearTimeout(timer);
  if (waiting.size) timer = setTimeout(() => { sendAgain(); later(); }, AGAIN);
};

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-journal]")) event.target.journalButton = event.submitter;
}, true);

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("[data-journal]");
    if (!form) return;
    waiting.set(form, form.journalButton);
    say(form, true);
    later();
  });
}

document.addEventListener("htmx:beforeSwap", (event) => {
  waiting.delete(event.target);
  if (event.target.matches?.("[data-journal]")) say(event.target, false);
});

// Whoever changes the text after a failed try wants to look at it again before it goes.
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-journal]");
  if (form && waiting.delete(form)) say(form, false);
});

addEventListener("online", () => { sendAgain(); later(); });
