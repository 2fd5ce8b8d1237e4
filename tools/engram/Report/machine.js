// The machine as it is built: square or hexagonal, with cores in routers, and links between them.
const steps = 8;

/// Class of a value on the scale: 0 to 7, and 8 above 1.
const stepOf = part => (part > 1 ? steps : Math.min(steps - 1, Math.floor(part * steps)));

/// Which routers are drawn and where. Large machines are cut down to what is used, and routers
/// are taken together in squares if that is still too much.
function geometryOf(target, used) {
  const hexagonal = target.topology.startsWith("hexagonal");
  const [gridX, gridY] = target.grid;
  let x0 = 0, y0 = 0, x1 = gridX - 1, y1 = gridY - 1, bin = 1;
  const most = 3000;
  if (gridX * gridY > most && used.length) {
    const xs = used.map(r => r[0]), ys = used.map(r => r[1]);
    // Without spread, which has limits on the number of arguments.
    const least = list => list.reduce((a, b) => Math.min(a, b)),
          largest = list => list.reduce((a, b) => Math.max(a, b));
    [x0, y0] = [Math.max(0, least(xs) - 1), Math.max(0, least(ys) - 1)];
    [x1, y1] = [Math.min(gridX - 1, largest(xs) + 1), Math.min(gridY - 1, largest(ys) + 1)];
  }
  while (Math.ceil((x1 - x0 + 1) / bin) * Math.ceil((y1 - y0 + 1) / bin) > most) ++bin;
  const columns = Math.ceil((x1 - x0 + 1) / bin), rows = Math.ceil((y1 - y0 + 1) / bin);
  const hex = hexagonal && bin === 1;
  const absent = new Set(target.absent.map(([x, y]) => `${x},${y}`));
  // In units of the distance between neighbours; E is to the right, N up, NE at 60 degrees.
  const raw = (c, r) => (hex ? [c - r / 2, -r * Math.sqrt(3) / 2] : [c, -r]);
  const tiles = [];
  for (let r = 0; r < rows; ++r)
    for (let c = 0; c < columns; ++c) {
      const x = x0 + c * bin, y = y0 + r * bin;
      if (bin === 1 && absent.has(`${x},${y}`)) continue;
      const [px, py] = raw(c, r);
      tiles.push({x, y, px, py});
    }
  if (!tiles.length) return null;
  const low = k => tiles.reduce((m, t) => Math.min(m, t[k]), Infinity),
        high = k => tiles.reduce((m, t) => Math.max(m, t[k]), -Infinity);
  const [left, top, right, bottom] = [low("px"), low("py"), high("px"), high("py")];
  const unit = Math.max(9, Math.min(118, 1070 / (right - left + 1.2)));
  for (const t of tiles) {
    t.px = (t.px - left + 0.62) * unit;
    t.py = (t.py - top + 0.62) * unit;
  }
  const index = new Map(tiles.map((t, k) => [`${t.x},${t.y}`, k]));
  return {
    hex,
    hexagonal,
    bin,
    unit,
    tiles,
    cropped: x1 - x0 + 1 < gridX || y1 - y0 + 1 < gridY,
    width: (right - left + 1.24) * unit,
    height: (bottom - top + 1.24) * unit,
    tileOf: (x, y) =>
        index.get(`${x0 + Math.floor((x - x0) / bin) * bin},${y0 + Math.floor((y - y0) / bin) * bin}`)
  };
}

/// Outline of a router; `part` of its full size.
function outline(geometry, t, part) {
  if (!geometry.hex) {
    const half = geometry.unit / 2 * part;
    return `M${round(t.px - half)} ${round(t.py - half)}h${round(2 * half)}v${round(2 * half)}h${
        round(-2 * half)}Z`;
  }
  const radius = geometry.unit / Math.sqrt(3) * part;
  const corners = [0, 1, 2, 3, 4, 5].map(k => {
    const angle = Math.PI / 6 + k * Math.PI / 3;
    return `${round(t.px + radius * Math.cos(angle))} ${round(t.py + radius * Math.sin(angle))}`;
  });
  return `M${corners.join("L")}Z`;
}

/// Squares for the cores of a router, with room for its name where there is enough.
function cellsOf(geometry, cores) {
  const named = geometry.unit >= 52, label = named ? 13 : 0;
  const [w, h] = geometry.hex ? [geometry.unit * 0.74, geometry.unit * 0.78 - label] :
                                [geometry.unit * 0.86, geometry.unit * 0.86 - label];
  let columns = 1;
  const fits = n => Math.min(w / n, h / Math.ceil(cores / n));
  for (let n = 2; n <= cores; ++n)
    if (fits(n) > fits(columns)) columns = n;
  const size = fits(columns), gap = size > 12 ? 2 : size > 5 ? 1 : 0.4, rows = Math.ceil(cores / columns);
  return {
    size,
    named,
    place: p =>
        [(p % columns - columns / 2) * size + gap / 2,
         (Math.floor(p / columns) - rows / 2) * size + gap / 2 + label / 2],
    edge: size - gap
  };
}

/// Occupancy of one resource over all cores, as counts a step of the scale.
function scaleLegend(title, counts, limitText, least) {
  const width = 30, height = 34, most = Math.max(1, ...counts);
  const shown = counts[steps] ? steps + 1 : steps;
  const bars = [];
  for (let k = 0; k < shown; ++k) {
    const tall = counts[k] ? Math.max(2, height * counts[k] / most) : 0;
    if (tall)
      bars.push(s("rect", {
        class: `q${k}`,
        x: k * width + 3,
        y: round(height - tall),
        width: width - 6,
        height: round(tall),
        rx: 1
      }));
    bars.push(
        s("rect",
          {class: `q${k}`, x: k * width, y: height + 2, width: k === steps ? width - 2 : width, height: 11}));
  }
  const tick = (x, text, anchor) =>
      s("text", {class: "small", x, y: height + 26, "text-anchor": anchor}, text);
  return h(
      "div", {class: "legend"}, h("span", {}, title, h("br"), h("span", {}, limitText)),
      s("svg", {
        width: shown * width + 50,
        height: height + 32,
        role: "img",
        "aria-label": `Scale with the number of cores in each step: ${counts.join(", ")}`
      },
        bars, tick(0, least || "0", "start"), tick(steps * width / 2, "50 %", "middle"),
        tick(steps * width, "100 %", counts[steps] ? "end" : "middle"),
        counts[steps] ? tick(steps * width + width / 2, "> 100 %", "start") : null));
}

/// "exc: 128 neurons" of what a core holds.
const holdsText = core => core.holds.slice(0, 6)
                              .map(([name, n]) => `${name}: ${plural(n, "neuron")}`)
                              .concat(core.holds.length > 6 ? [`and ${core.holds.length - 6} more`] : [])
                              .join("\n");

/// The occupancy of each core, and of each router where resources are a router's.
function measures() {
  const list = report.resources.map((r, k) => {
    const values = report.cores.map(c => c.needs[k]);
    const most = values.reduce((a, b) => Math.max(a, b), 0);
    return {
      name: r.name,
      unit: r.unit,
      limit: r.limit,
      values,
      scale: r.limit || most || 1,
      bound: r.limit !== null
    };
  });
  if (report.prediction && report.cores.some(c => c.seconds !== undefined)) {
    const values = report.cores.map(c => c.seconds), most = values.reduce((a, b) => Math.max(a, b), 0);
    const limit = report.prediction.time.real_time_step_seconds || null;
    list.push({
      name: "busy time a step",
      unit: "s",
      limit,
      values,
      scale: limit || most || 1,
      bound: limit !== null,
      seconds: true
    });
  }
  if (report.tables) {
    const byRouter = new Map(report.tables.list.map(([x, y, n]) => [`${x},${y}`, n]));
    list.push({
      name: "table entries",
      unit: "entries",
      limit: report.tables.limit,
      router: byRouter,
      scale: report.tables.limit || Math.max(1, ...byRouter.values()),
      bound: report.tables.limit !== null
    });
  }
  return list;
}

const valueText = (m, v) => (m.seconds ? withUnit(v, "s") : `${number(v)} ${m.unit}`);

function coreMap() {
  const target = report.target;
  const used = report.cores.filter(c => c.at).map(c => c.at);
  const geometry = geometryOf(target, used);
  if (!geometry) return null;
  const all = measures();
  if (!all.length) return null;
  const perCore = geometry.bin === 1 && !report.mapping.by_router &&
      geometry.tiles.length * target.cores_per_router <= 12000 &&
      cellsOf(geometry, target.cores_per_router).size >= 3.2;
  const cells = perCore ? cellsOf(geometry, target.cores_per_router) : null;
  const byTile = geometry.tiles.map(() => []);
  report.cores.forEach((c, k) => {
    const tile = c.at && geometry.tileOf(c.at[0], c.at[1]);
    if (tile !== undefined && tile !== null) byTile[tile].push(k);
  });
  const dead = new Set(target.dead_cores.map(p => p.join(",")));
  const outlines = [], idle = [], gone = [], shapes = [], names = [];
  geometry.tiles.forEach((t, k) => {
    const text = `M${t.px} ${t.py}`;
    t.shape = perCore ? null : s("path", {
      class: "cell unused",
      d: outline(geometry, t, geometry.unit > 20 ? 0.92 : 0.96),
      "data-i": `t${k}`
    });
    if (!perCore) return shapes.push(t.shape);
    outlines.push(outline(geometry, t, 0.97));
    t.under =
        s("path",
          {class: "cell unused", d: outline(geometry, t, 0.95), "data-i": `t${k}`, style: "display:none"});
    shapes.push(t.under);
    const taken = new Set(byTile[k].map(c => report.cores[c].at[2]));
    const square = p => {
      const [x, y] = cells.place(p);
      return `M${round(t.px + x)} ${round(t.py + y)}h${round(cells.edge)}v${round(cells.edge)}h${
          round(-cells.edge)}Z`;
    };
    for (let p = 0; p < target.cores_per_router; ++p)
      if (!taken.has(p)) (dead.has(`${t.x},${t.y},${p}`) ? gone : idle).push(square(p));
    for (const c of byTile[k]) {
      const core = report.cores[c];
      const [x, y] = cells.place(core.at[2]);
      shapes.push(core.shape = s("rect", {
                    class: "cell",
                    x: round(t.px + x),
                    y: round(t.py + y),
                    width: round(cells.edge),
                    height: round(cells.edge),
                    "data-i": `c${c}`,
                    rx: cells.edge > 12 ? 2 : 0
                  }));
    }
    if (cells.named)
      names.push(
          s("text", {
            class: "small",
            x: round(t.px),
            y: round(
                t.py - (geometry.hex ? geometry.unit * 0.39 : geometry.unit * 0.43) +
                (geometry.hex ? 8 : 10)),
            "text-anchor": "middle"
          },
            `${t.x},${t.y}`));
  });
  const picture =
      s("svg", {
        viewBox: `0 0 ${round(geometry.width)} ${round(geometry.height)}`,
        role: "img",
        style: `display:block;margin:0 auto;width:${round(geometry.width)}px;max-width:100%;height:auto`
      },
        s("path", {class: "router", d: outlines.join("")}), s("path", {class: "unused", d: idle.join("")}),
        s("path", {class: "dead", d: gone.join("")}), shapes, names);
  const legend = h("div", {}), notes = [];
  if (!perCore)
    notes.push(`Each ${geometry.hex ? "hexagon" : "square"} is ${
        geometry.bin > 1 ? `a square of ${geometry.bin} \u00d7 ${geometry.bin} routers` :
                           "a router"}, with the colour of its fullest core.`);
  if (geometry.cropped)
    notes.push(`Of the ${whole(target.routers)} routers only those in use and around them are drawn.`);
  let chosen = all[0];
  const maxOf = (m, list) =>
      list.reduce((best, c) => (best < 0 || m.values[c] > m.values[best] ? c : best), -1);
  const routerValue = (m, t) => {
    if (geometry.bin === 1) return m.router.get(`${t.x},${t.y}`);
    let most;
    for (let x = t.x; x < t.x + geometry.bin; ++x)
      for (let y = t.y; y < t.y + geometry.bin; ++y) {
        const v = m.router.get(`${x},${y}`);
        if (v !== undefined && !(most >= v)) most = v;
      }
    return most;
  };
  function show(k) {
    const m = chosen = all[k], counts = new Array(steps + 1).fill(0);
    const paint = (shape, v) =>
        shape.setAttribute("class", v === undefined ? "cell unused" : `cell q${stepOf(v / m.scale)}`);
    if (m.router)
      for (const v of m.router.values()) ++counts[stepOf(v / m.scale)];
    else
      for (const v of m.values) ++counts[stepOf(v / m.scale)];
    geometry.tiles.forEach((t, n) => {
      if (t.under) t.under.style.display = m.router ? "" : "none";
      if (m.router)
        paint(t.under || t.shape, routerValue(m, t));
      else if (t.shape) {
        const c = maxOf(m, byTile[n]);
        paint(t.shape, c < 0 ? undefined : m.values[c]);
      }
    });
    for (const [c, core] of report.cores.entries())
      if (core.shape) {
        core.shape.style.display = m.router ? "none" : "";
        if (!m.router) paint(core.shape, m.values[c]);
      }
    const most = m.router ? Math.max(0, ...m.router.values()) : m.values.reduce((a, b) => Math.max(a, b), 0);
    picture.setAttribute(
        "aria-label",
        `Map of ${target.name} with ${m.name}: the most is ${valueText(m, most)}${
            m.bound ? `, ${percent(most / m.scale)} of the limit` : ""}`);
    legend.replaceChildren(scaleLegend(
        `${
            m.router                     ? "routers" :
                report.mapping.by_router ? "routers, by their fullest core," :
                                           "cores"} by ${m.name}`,
        counts,
        m.bound ? `100 % is the limit, ${valueText(m, m.limit)}` :
                  `no limit; 100 % is the most, ${valueText(m, m.scale)}`));
  }
  const cellText = c => {
    const core = report.cores[c], v = chosen.values && chosen.values[c];
    return `${core.name}${core.count ? "" : ` at [${core.at.join(", ")}]`}\n` +
        (chosen.values ? `${valueText(chosen, v)}${chosen.bound ? `, ${percent(v / chosen.scale)}` : ""}\n` :
                         "") +
        holdsText(core);
  };
  tips(picture, id => {
    const k = +id.slice(1);
    if (id[0] === "c") return cellText(k);
    const t = geometry.tiles[k];
    const place = geometry.bin > 1 ? `routers from [${t.x}, ${t.y}] on` : `router [${t.x}, ${t.y}]`;
    if (chosen.router) {
      const v = routerValue(chosen, t);
      return `${place}\n${
          v === undefined ?
              "no table" :
              `${valueText(chosen, v)}${chosen.bound ? `, ${percent(v / chosen.scale)}` : ""}`}`;
    }
    if (!byTile[k].length) return `${place}\nno core in use`;
    const worst = maxOf(chosen, byTile[k]);
    const count = byTile[k].reduce((sum, c) => sum + (report.cores[c].count || 1), 0);
    return `${place}, ${plural(count, "core")} in use\nfullest: ${cellText(worst)}`;
  });
  // What is scarcest comes first; widths that fit exactly are no scarcity.
  const amounts = ["neurons", "synapse words", "fan-in", "fan-out", "program length", "table entries"];
  const fullness = m => {
    const most = [...(m.router ? m.router.values() : m.values)].reduce((a, b) => Math.max(a, b), 0) / m.scale;
    return m.bound && (amounts.includes(m.name) || most > 1) ? most : -1;
  };
  const start = all.reduce((best, m, k) => (fullness(m) > fullness(all[best]) ? k : best), 0);
  show(start);
  return [
    choice("Show", "resource", all.map(m => m.name), start, show), h("div", {class: "scroll"}, picture),
    legend, notes.length ? h("p", {class: "muted"}, notes.join(" ")) : null
  ];
}

const linkNames = () => (
    report.target.topology.startsWith("hexagonal") ? ["E", "NE", "N", "W", "SW", "S"] : ["E", "N", "W", "S"]);
const linkSteps = () =>
    (report.target.topology.startsWith("hexagonal") ? [[1, 0], [1, 1], [0, 1], [-1, 0], [-1, -1], [0, -1]] :
                                                      [[1, 0], [0, 1], [-1, 0], [0, -1]]);

const linkText = ([x, y, link, load]) => {
  const [dx, dy] = linkSteps()[link], [gx, gy] = report.target.grid;
  const to = [(x + dx + gx) % gx, (y + dy + gy) % gy];
  return `[${x}, ${y}] ${linkNames()[link]} \u2192 [${to.join(", ")}]`;
};

/// Load of the links by colour and width, each direction on its right-hand side.
function trafficMap() {
  const traffic = report.traffic, target = report.target;
  const geometry = geometryOf(target, traffic.links);
  if (!geometry) return null;
  const capacity = traffic.link_limit, most = traffic.links.reduce((m, l) => Math.max(m, l[3]), 0);
  const scale = most || 1;
  const lines = [], hits = [], counts = new Array(steps + 1).fill(0);
  const offset = geometry.unit * 0.075, directions = linkSteps();
  const grid = [], dots = geometry.tiles.map(t => outline(geometry, t, geometry.unit > 60 ? 0.42 : 0.36));
  geometry.tiles.forEach(t => directions.slice(0, directions.length / 2).forEach(([dx, dy]) => {
    const other = geometry.bin === 1 ? geometry.tileOf(t.x + dx, t.y + dy) : undefined;
    if (other !== undefined)
      grid.push(`M${round(t.px)} ${round(t.py)}L${round(geometry.tiles[other].px)} ${
          round(geometry.tiles[other].py)}`);
  }));
  // The routers of a square are one tile: what leaves it in one direction is taken together.
  const merged = new Map();
  traffic.links.forEach((l, k) => {
    ++counts[stepOf(l[3] / scale)];
    const from = geometry.tileOf(l[0], l[1]);
    const [dx, dy] = directions[l[2]];
    if (from === undefined || (geometry.bin > 1 && geometry.tileOf(l[0] + dx, l[1] + dy) === from)) return;
    const key = `${from},${l[2]}`, known = merged.get(key);
    if (!known || l[3] > traffic.links[known.k][3]) merged.set(key, {k, from, link: l[2]});
  });
  for (const {k, from, link} of [...merged.values()].sort(
           (a, b) => traffic.links[a.k][3] - traffic.links[b.k][3])) {
    const l = traffic.links[k], a = geometry.tiles[from], [dx, dy] = directions[link];
    const length = geometry.unit;
    const [ux, uy] = geometry.hex ? [dx - dy / 2, -dy * Math.sqrt(3) / 2] : [dx, -dy];
    const norm = Math.hypot(ux, uy), [ex, ey] = [ux / norm, uy / norm],
          far = geometry.hexagonal && !geometry.hex ? length * norm : length;
    const at = (along, side) =>
        `${round(a.px + ex * along - ey * side)} ${round(a.py + ey * along + ex * side)}`;
    const other = geometry.tileOf(l[0] + dx, l[1] + dy);
    // Around the edge of a torus only the first half is drawn.
    const end = other === undefined ? far * 0.56 : far * 0.82;
    const step = stepOf(l[3] / scale), width = Math.max(1, geometry.unit * (0.02 + 0.008 * step));
    lines.push(s("path", {
      class: `l${step}`,
      d: `M${at(far * 0.18, offset)}L${at(end, offset)}`,
      "stroke-width": round(width),
      fill: "none"
    }));
    hits.push(s("path", {
      class: "hit",
      d: `M${at(far * 0.18, offset)}L${at(end, offset)}`,
      "data-i": k,
      style: `stroke-width:${round(geometry.unit * 0.14)}`
    }));
  }
  const names = geometry.unit >= 52 ?
      geometry.tiles.map(
          t =>
              s("text", {class: "small", x: round(t.px), y: round(t.py + 4), "text-anchor": "middle"},
                `${t.x},${t.y}`)) :
      [];
  const picture =
      s("svg", {
        viewBox: `0 0 ${round(geometry.width)} ${round(geometry.height)}`,
        role: "img",
        "aria-label": `Links of ${target.name} by load; the most is ${withUnit(most, "packets/s")}`,
        style: `display:block;margin:0 auto;width:${round(geometry.width)}px;max-width:100%;height:auto`
      },
        s("path", {class: "router", d: grid.join("")}), lines, s("path", {class: "unused", d: dots.join("")}),
        names, hits);
  tips(picture, k => {
    const l = traffic.links[k];
    return `${linkText(l)}\n${withUnit(l[3], "packets/s")}${
        capacity ? `, ${percent(l[3] / capacity)} of what the link can` : ""}`;
  });
  return [
    h("div", {class: "scroll"}, picture),
    scaleLegend(
        "links by packets a second", counts, `100 % is the busiest link, ${withUnit(most, "packets/s")}`),
    h("p", {class: "muted"},
      "Each direction of a link is drawn on its right-hand side, seen along the way of the packets." +
          (target.topology.endsWith("torus") ?
               " Lines that end in the open lead around the edge of the torus." :
               ""))
  ];
}
