// Elements, numbers as people read them, tooltips. Text of the network only ever becomes text nodes
// and attributes, never markup.
const report = JSON.parse(document.getElementById("data").textContent);
const svgSpace = document.getElementById("svg").namespaceURI;

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== undefined && value !== null && value !== false)
      element.setAttribute(key, value === true ? "" : value);
  for (const child of children.flat(Infinity))
    if (child !== undefined && child !== null && child !== false)
      element.append(child instanceof Node ? child : String(child));
  return element;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) =>
    fill(document.createElementNS(svgSpace, tag), attributes, children);

const round = x => Math.round(x * 100) / 100;
const whole = x => Math.round(x).toLocaleString("en-US");
const plural = (n, noun) => `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;

/// Three digits that count: 1,234,567; 12.3; 0.00123; 1.2e-9.
function number(x) {
  if (x === null || x === undefined) return "\u2013";
  const size = Math.abs(x);
  if (x === 0) return "0";
  if (Number.isInteger(x) && size < 1e15) return whole(x);
  if (size >= 1000 && size < 1e15) return whole(x);
  if (size >= 1e15 || size < 1e-4) return x.toExponential(2).replace("e+", "e");
  return String(Number(x.toPrecision(3)));
}

/// 1.23e-5 of "s" is 12.3 µs.
function withUnit(x, unit) {
  if (x === null || x === undefined) return "not known";
  if (x === 0) return `0 ${unit}`;
  const prefixes = ["a", "f", "p", "n", "\u00b5", "m", "", "k", "M", "G", "T"];
  // 999.7 would be shown as 1000.
  const power = Math.floor(Math.log10(Number(Math.abs(x).toPrecision(3))) / 3);
  const at = Math.min(Math.max(power, -6), unit === "s" ? 0 : 4);
  const scaled = Number((x / 10 ** (3 * at)).toPrecision(3));
  return `${Math.abs(scaled) >= 1e15 ? scaled.toExponential(2) : scaled.toLocaleString("en-US")} ${
      prefixes[at + 6]}${unit}`;
}

function percent(part) {
  if (part === null || part === undefined || !Number.isFinite(part)) return "\u2013";
  const value = 100 * part;
  if (value === 0) return "0 %";
  if (value < 0.01) return "< 0.01 %";
  // Rounding must not make a limit look kept or reached when it is not.
  if (value > 99 && value < 100) return `${Math.floor(value * 10) / 10} %`;
  if (value > 100 && value < 101) return `${Math.ceil(value * 10) / 10} %`;
  return `${value >= 1000 ? whole(value) : Number(value.toPrecision(value < 10 ? 2 : 3))} %`;
}

const shorten = (text, most) => (text.length > most ? text.slice(0, most - 1) + "\u2026" : text);
const range = r => {
  if (r === null || r === undefined) return "\u2013";
  if (typeof r !== "object") return number(r);
  return `${number(r.min)} to ${number(r.max)}`;
};

/// columns: [title, function of a row, "n" for numbers]; a row's first cell is its heading.
function table(caption, columns, rows, foot) {
  const line = (row, cells) =>
      h("tr", {},
        cells.map(
            (cell, k) => k === 0 ? h("th", {scope: "row"}, cell) : h("td", {class: columns[k][2]}, cell)));
  return h(
      "div", {class: "scroll", tabindex: 0, role: "region", "aria-label": caption},
      h("table", {}, h("caption", {}, caption),
        h("thead", {}, h("tr", {}, columns.map(c => h("th", {scope: "col", class: c[2]}, c[0])))),
        h("tbody", {}, rows.map(row => line(row, columns.map(c => c[1](row))))),
        foot && h("tfoot", {}, line(null, foot))));
}

/// A table that shows its first rows, the others behind a summary.
function longTable(caption, columns, rows, most) {
  if (rows.length <= most) return table(caption, columns, rows);
  const shown = Math.min(rows.length, 5000);
  const rest = h(
      "details", {},
      h("summary", {}, shown < rows.length ? `The first ${whole(shown)} rows` : `All ${whole(shown)} rows`));
  // A page with thousands of rows is slow; they are made when they are asked for.
  rest.addEventListener("toggle", () => {
    if (rest.children.length === 1) rest.append(table(caption, columns, rows.slice(0, shown)));
  });
  return [
    table(`${caption}: the first ${most} of ${whole(rows.length)}`, columns, rows.slice(0, most)), rest
  ];
}

function meter(part) {
  return h(
      "span", {class: "meter" + (part > 1 ? " high" : ""), "aria-hidden": "true"},
      h("i", {style: `width:${Math.min(100, 100 * part).toFixed(1)}%`}));
}

function choice(legend, name, options, chosen, change) {
  const set = h("fieldset", {}, h("legend", {}, legend), options.map((text, k) => {
    const input = h("input", {type: "radio", name, value: k, checked: k === chosen});
    input.addEventListener("change", () => change(k));
    return h("label", {}, input, h("span", {}, text));
  }));
  return set;
}

// One tooltip for all: elements with data-tip have its text, in charts a function makes it.
const tip = document.getElementById("tip");
function showTip(text, x, y) {
  tip.hidden = !text;
  if (!text) return;
  if (tip.textContent !== text) tip.textContent = text;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(6, Math.min(x + 14, innerWidth - box.width - 6))}px`;
  tip.style.top = `${y + 18 + box.height > innerHeight ? Math.max(6, y - box.height - 10) : y + 18}px`;
}
function tips(root, textOf) {
  const of = event => {
    const element = event.target.closest("[data-i]");
    return element && root.contains(element) ? textOf(element.dataset.i) : "";
  };
  root.addEventListener("mousemove", event => showTip(of(event), event.clientX, event.clientY));
  root.addEventListener("mouseleave", () => showTip(""));
  root.addEventListener("focusin", event => {
    const box = event.target.getBoundingClientRect();
    showTip(of(event), box.right, box.bottom);
  });
  root.addEventListener("focusout", () => showTip(""));
}

const section = (id, title, ...children) =>
    h("section", {id, "aria-labelledby": `${id}-title`}, h("h2", {id: `${id}-title`}, title), children);
