// A calendar beside day fields, Gregorian or Jalali. The browser knows both calendars and all month names.

const DAY = 86400000;
const LANGUAGE = document.documentElement.lang;
const RTL = document.documentElement.dir === "rtl";
const DIGITS = new Intl.NumberFormat(LANGUAGE, { useGrouping: false });

const latin = (text) => text
  .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0)
  .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660);

class Calendar {
  constructor(kind) {
    const system = kind === "jalali" ? "persian" : "gregory";
    const use = (options, numerals = "") =>
      new Intl.DateTimeFormat(`${numerals ? "en" : LANGUAGE}-u-ca-${system}${numerals}`, { timeZone: "UTC", ...options });
    this.numbers = use({ year: "numeric", month: "numeric", day: "numeric" }, "-nu-latn");
    this.monthName = use({ month: "long" });
    this.longWeekdayName = use({ weekday: "long" });
    this.weekdayName = use({ weekday: LANGUAGE === "fa" ? "narrow" : "short" });
    this.whole = kind === "jalali" ? null : use({ dateStyle: "full" });
    this.firstWeekday = kind === "jalali" ? 6 : 1;
  }

  parts(date) {
    const found = {};
    for (const { type, value } of this.numbers.formatToParts(date)) found[type] = parseInt(value, 10);
    return { year: found.year, month: found.month, day: found.day };
  }

  fullName(date) {
    if (this.whole) return this.whole.format(date);
    const { year, day } = this.parts(date);
    return [this.longWeekdayName, this.monthName].map((name) => name.format(date))
      .join(` ${DIGITS.format(day)} `) + ` ${DIGITS.format(year)}`;
  }

  // The date of a year, month and day: a guess that is put right by what the browser says about it.
  date(year, month, day) {
    const offset = this.firstWeekday === 6 ? [621, 2] : [0, -1];
    let date = new Date(Date.UTC(2000, month + offset[1], day));
    date.setUTCFullYear(date.getUTCFullYear() + year + offset[0] - 2000);
    for (let step = 0; step < 90; step += 1) {
      const at = this.parts(date);
      const ahead = (at.year - year) * 10000 + (at.month - month) * 100 + (at.day - day);
      if (ahead === 0) return date;
      date = new Date(date.getTime() - Math.sign(ahead) * DAY);
    }
    return null;
  }

  firstOfMonth(date) {
    return new Date(date.getTime() - (this.parts(date).day - 1) * DAY);
  }

  moveMonths(date, months) {
    const { year, month, day } = this.parts(date);
    const count = year * 12 + month - 1 + months;
    const first = this.date(Math.floor(count / 12), (count % 12) + 1, 1);
    return this.withDay(first, day);
  }

  // The same day of the month, or its last one.
  withDay(first, day) {
    let date = new Date(first.getTime() + (day - 1) * DAY);
    while (this.parts(date).month !== this.parts(first).month) date = new Date(date.getTime() - DAY);
    return date;
  }

  read(text) {
    const numbers = latin(text).match(/\d+/g)?.map(Number) ?? [];
    if (numbers.length !== 3) return null;
    const [year, month, day] = numbers[0] > 31 ? numbers : numbers.reverse();
    return year > 999 && month <= 12 && day <= 31 ? this.date(year, month, day) : null;
  }

  write(date, pattern) {
    const { year, month, day } = this.parts(date);
    const padded = { Y: String(year).padStart(4, "0"), m: String(month).padStart(2, "0"), d: String(day).padStart(2, "0") };
    const text = pattern.replace(/[Ymd]/g, (letter) => padded[letter]);
    return text.replace(/\d/g, (digit) => DIGITS.format(digit));
  }
}

const today = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
};

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

class Picker {
  constructor(input, button) {
    this.input = input;
    this.words = button.dataset;
    this.calendar = new Calendar(input.dataset.day);
    this.label = button.textContent.trim();
  }

  open() {
    this.chosen = this.calendar.read(this.input.value);
    this.at = this.chosen ?? today();
    this.months = element("select", { class: "form-select", "aria-label": this.words.month });
    this.years = element("select", { class: "form-select", "aria-label": this.words.year });
    this.grid = element("table", { class: "days", role: "grid", "aria-label": this.label });
    const name = `${this.input.id}-days`;
    const turn = (words, months, sign) => {
      const turner = element("button", { type: "button", class: "btn btn-quiet btn-icon", "aria-label": words }, sign);
      turner.addEventListener("click", () => this.show(this.calendar.moveMonths(this.at, months)));
      return turner;
    };
    const now = element("button", { type: "button", class: "btn btn-quiet" }, this.words.today);
    now.addEventListener("click", () => this.choose(today()));
    const close = element("button", { type: "button", class: "btn btn-quiet", "data-close": "" }, this.words.closeWords);
    this.dialog = element("dialog", { class: "days-dialog", id: name, "aria-label": this.label },
      element("div", { class: "days-head" },
        turn(this.words.earlier, -1, "‹"), this.months, this.years, turn(this.words.later, 1, "›")),
      this.grid, element("div", { class: "days-foot" }, now, close));
    const jump = () => {
      const first = this.calendar.date(Number(this.years.value), Number(this.months.value), 1);
      this.show(this.calendar.withDay(first, this.calendar.parts(this.at).day));
    };
    this.months.addEventListener("change", jump);
    this.years.addEventListener("change", jump);
    this.grid.addEventListener("keydown", (event) => this.move(event));
    this.dialog.addEventListener("close", () => { this.dialog.remove(); this.input.focus(); });
    this.input.closest("dialog, body").append(this.dialog);
    this.dialog.showModal();
    this.show(this.at, true);
  }

  show(date, focus = false) {
    this.at = date;
    this.fillHead();
    const first = this.calendar.firstOfMonth(date);
    const month = this.calendar.parts(date).month;
    const lead = (first.getUTCDay() - this.calendar.firstWeekday + 7) % 7;
    const start = first.getTime() - lead * DAY;
    const heads = element("tr");
    for (let day = 0; day < 7; day += 1) {
      heads.append(element("th", { scope: "col" }, this.calendar.weekdayName.format(start + day * DAY)));
    }
    const body = element("tbody");
    for (let week = start; week < start + 6 * 7 * DAY; week += 7 * DAY) {
      const row = element("tr");
      for (let day = 0; day < 7; day += 1) row.append(this.cell(new Date(week + day * DAY), month));
      if (row.querySelector("button")) body.append(row);
    }
    this.grid.replaceChildren(element("thead", {}, heads), body);
    if (focus) this.grid.querySelector('[tabindex="0"]').focus();
  }

  cell(date, month) {
    const parts = this.calendar.parts(date);
    if (parts.month !== month) return element("td");
    const button = element("button", {
      type: "button",
      tabindex: date.getTime() === this.at.getTime() ? "0" : "-1",
      "aria-label": this.calendar.fullName(date),
      "aria-pressed": String(date.getTime() === this.chosen?.getTime()),
    }, DIGITS.format(parts.day));
    if (date.getTime() === today().getTime()) button.setAttribute("aria-current", "date");
    button.addEventListener("click", () => this.choose(date));
    return element("td", {}, button);
  }

  fillHead() {
    const { year, month } = this.calendar.parts(this.at);
    this.months.replaceChildren();
    for (let number = 1; number <= 12; number += 1) {
      const name = this.calendar.monthName.format(this.calendar.date(year, number, 1));
      this.months.append(new Option(name, number, false, number === month));
    }
    const here = this.calendar.parts(today()).year;
    const range = [Math.min(here - 100, year), Math.max(here + 10, year)];
    this.years.replaceChildren();
    for (let number = range[1]; number >= range[0]; number -= 1) {
      this.years.append(new Option(DIGITS.format(number), number, false, number === year));
    }
  }

  move(event) {
    const along = RTL ? -1 : 1;
    const days = { ArrowLeft: -along, ArrowRight: along, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (!days && !months) return;
    event.preventDefault();
    const by = event.shiftKey ? 12 : 1;
    this.show(days ? new Date(this.at.getTime() + days * DAY) : this.calendar.moveMonths(this.at, months * by), true);
  }

  choose(date) {
    this.input.value = this.calendar.write(date, this.input.dataset.pattern);
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.dialog.close();
  }
}

export const pick = (button) => new Picker(button.parentElement.querySelector("[data-day]"), button).open();
