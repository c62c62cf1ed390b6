// The list of clients by keyboard: j and k move, x chooses, Enter opens (the link has the focus), / searches.
// Without this the boxes, the links and the form work as they are.

const list = () => document.querySelector("[data-list]");
const rows = () => [...list().querySelectorAll("[data-row]")];
const linkOf = (row) => row.querySelector("th a");
const boxes = () => [...list().querySelectorAll("input[name=client]")];

const isTyping = (element) => element.closest("textarea, select, [contenteditable], input:not([type=checkbox])");

const move = (step) => {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  linkOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
};

const count = () => {
  const picked = boxes().filter((box) => box.checked).length;
  const words = list().querySelector("[data-picked]");
  if (words) words.textContent = picked ? `(${picked.toLocaleString(document.documentElement.lang, { useGrouping: false })})` : "";
  const all = list().querySelector("[data-pick-all]");
  if (!all) return;
  all.hidden = !boxes().length;
  all.checked = picked > 0 && picked === boxes().length;
  all.indeterminate = picked > 0 && picked < boxes().length;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("search-q").focus();
  } else if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "x") {
    const box = event.target.closest("[data-row]")?.querySelector("input[name=client]");
    if (box) box.click();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("[data-pick-all], input[name=client]")) count();
});

document.addEventListener("htmx:afterSettle", count);
count();
