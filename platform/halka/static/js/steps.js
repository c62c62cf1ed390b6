// Minus and plus beside numbers that change by one or two. Without this they are typed.

const words = { minus: "−", plus: "+" };

const button = (input, step) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-secondary";
  made.textContent = step < 0 ? words.minus : words.plus;
  const label = input.labels[0]?.textContent.trim() ?? "";
  made.setAttribute("aria-label", `${label} ${made.textContent}1`);
  made.addEventListener("click", () => {
    const least = Number(input.min || 0);
    const most = Number(input.max || Infinity);
    input.value = Math.min(most, Math.max(least, (Number.parseInt(input.value, 10) || 0) + step));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return made;
};

for (const input of document.querySelectorAll("input[data-step]")) {
  const box = document.createElement("span");
  box.className = "step";
  input.before(box);
  box.append(button(input, -1), input, button(input, 1));
}
