// The network as a graph in layers: strongly connected parts are blocks, blocks stand in layers from
// left to right, and edges that cross layers get places of their own in them.
const boxWidth = 150, boxHeight = 48;

/// Populations of one model that play the same part become one node where there are too many.
function condense(nodes, edges, most) {
  if (nodes.length <= most) return {nodes, edges};
  const keyOf = n => `${n.kind}|${n.of}|${n.name.replace(/[0-9]+/g, "#")}`;
  let groups = new Map(nodes.map(n => [n.name, keyOf(n)]));
  if (new Set(groups.values()).size > most) groups = new Map(nodes.map(n => [n.name, `${n.kind}|${n.of}`]));
  const merged = new Map();
  for (const n of nodes) {
    const key = groups.get(n.name), m = merged.get(key);
    if (!m)
      merged.set(key, {...n, parts: 1});
    else
      Object.assign(m, {neurons: m.neurons + n.neurons, parts: m.parts + 1});
  }
  for (const m of merged.values())
    if (m.parts > 1) m.title = `${m.parts} \u00d7 ${m.name.replace(/[0-9]+/g, "#")}`;
  const nameOf = name => merged.get(groups.get(name)).name;
  return {
    nodes: [...merged.values()],
    edges: edges.map(e => ({...e, source: nameOf(e.source), target: nameOf(e.target)}))
  };
}

/// One drawn edge for all projections between the same two nodes.
function bundle(edges, index) {
  const bundles = new Map();
  for (const e of edges) {
    const from = index.get(e.source), to = index.get(e.target);
    if (from === undefined || to === undefined) continue;
    const key = `${from} ${to}`;
    if (!bundles.has(key)) bundles.set(key, {from, to, parts: []});
    bundles.get(key).parts.push(e);
  }
  return [...bundles.values()];
}

/// Tarjan's strongly connected parts, without recursion; returns the part of each node.
function partsOf(count, next) {
  const order = new Array(count).fill(-1), low = [], part = new Array(count).fill(-1), stack = [];
  let time = 0, parts = 0;
  for (let root = 0; root < count; ++root) {
    if (order[root] >= 0) continue;
    const work = [[root, 0]];
    while (work.length) {
      const top = work[work.length - 1], v = top[0];
      if (top[1] === 0) order[v] = low[v] = time++, stack.push(v);
      let down = -1;
      while (top[1] < next[v].length) {
        const w = next[v][top[1]++];
        if (order[w] < 0) {
          down = w;
          break;
        }
        if (part[w] < 0) low[v] = Math.min(low[v], order[w]);
      }
      if (down >= 0) {
        work.push([down, 0]);
        continue;
      }
      if (low[v] === order[v]) {
        for (let w = -1; w !== v;) part[w = stack.pop()] = parts;
        ++parts;
      }
      work.pop();
      if (work.length) {
        const above = work[work.length - 1][0];
        low[above] = Math.min(low[above], low[v]);
      }
    }
  }
  return {part, parts};
}

/// Places of the nodes of a block around its middle: one alone, two above each other, more on a ring,
/// very many on a grid.
function arrange(block) {
  const n = block.members.length;
  block.dense = n > 24;
  if (n === 1)
    block.offsets = [[0, 0]];
  else if (n === 2)
    block.offsets = [[0, -boxHeight], [0, boxHeight]];
  else if (!block.dense) {
    const rx = Math.max(boxWidth * 0.95, n * 34), ry = Math.max(boxHeight * 1.5, n * 26);
    block.offsets = block.members.map((_, k) => {
      const angle = Math.PI + 2 * Math.PI * k / n;
      return [rx * Math.cos(angle), ry * Math.sin(angle)];
    });
  } else {
    const columns = Math.ceil(Math.sqrt(n / 2));
    block.offsets = block.members.map(
        (_, k) =>
            [(k % columns - (columns - 1) / 2) * (boxWidth + 26),
             (Math.floor(k / columns) - (Math.ceil(n / columns) - 1) / 2) * (boxHeight + 26)]);
  }
  const reach = axis => Math.max(...block.offsets.map(o => Math.abs(o[axis])));
  // Room for the loops of nodes that project to themselves.
  block.width = 2 * reach(0) + boxWidth + (n > 1 ? 30 : 0);
  block.height = 2 * reach(1) + boxHeight + (block.loops ? 44 : 0);
}

/// Sets x and y of all nodes; returns the size of the drawing.
function layOut(nodes, edges) {
  const next = nodes.map(() => []);
  for (const e of edges) next[e.from].push(e.to);
  const {part, parts} = partsOf(nodes.length, next);
  const items =
      Array.from({length: parts}, () => ({members: [], layer: 0, into: [], outOf: [], loops: false}));
  nodes.forEach((_, v) => items[part[v]].members.push(v));
  for (const e of edges)
    if (e.from === e.to) items[part[e.from]].loops = true;
  items.forEach(arrange);
  // Tarjan numbers parts backwards: what comes behind has the smaller number.
  const between = edges.filter(e => part[e.from] !== part[e.to]);
  const sorted = [...between].sort((a, b) => part[b.from] - part[a.from]);
  for (const e of sorted)
    items[part[e.to]].layer = Math.max(items[part[e.to]].layer, items[part[e.from]].layer + 1);
  // A source stands just before what it drives.
  for (let p = parts - 1; p >= 0; --p) {
    const ahead = between.filter(e => part[e.from] === p).map(e => items[part[e.to]].layer);
    if (ahead.length && !between.some(e => part[e.to] === p)) items[p].layer = Math.min(...ahead) - 1;
  }
  const layers = [];
  const put = item => (layers[item.layer] ||= []).push(item);
  for (let p = parts - 1; p >= 0; --p) put(items[p]);
  // `a` and `b`: what is joined; the height of its end in a block decides between equals.
  const join = (a, b, height) => {
    a.outOf.push(b);
    b.into.push(a);
    a.pull = (a.pull || 0) + height;
  };
  const heightOf = v => items[part[v]].offsets[items[part[v]].members.indexOf(v)][1];
  for (const e of between) {
    let last = items[part[e.from]];
    e.path = [];
    for (let layer = last.layer + 1; layer < items[part[e.to]].layer; ++layer) {
      const stop = {members: [], layer, into: [], outOf: [], width: 0, height: 14};
      put(stop);
      join(last, stop, 0);
      e.path.push(stop);
      last = stop;
    }
    join(last, items[part[e.to]], heightOf(e.to));
  }
  for (let k = 0; k < layers.length; ++k) layers[k] ||= [];
  orderLayers(layers);
  const size = placeLayers(layers);
  for (const item of items)
    item.members.forEach((v, k) => {
      nodes[v].x = item.x + item.offsets[k][0];
      nodes[v].y = item.y + item.offsets[k][1];
      nodes[v].block = item;
    });
  return size;
}

function orderLayers(layers) {
  const rank = () => layers.forEach(layer => layer.forEach((item, k) => (item.rank = k)));
  rank();
  const mean = list => list.reduce((sum, item) => sum + item.rank, 0) / list.length;
  for (let round = 0; round < 8; ++round) {
    const forward = round % 2 === 0;
    for (const layer of forward ? layers : [...layers].reverse()) {
      for (const item of layer) {
        const near = forward ? item.into : item.outOf;
        item.wish = near.length ? mean(near) : item.rank;
      }
      layer.sort((a, b) => a.wish - b.wish || (a.pull || 0) - (b.pull || 0) || a.rank - b.rank);
      layer.forEach((item, k) => (item.rank = k));
    }
  }
}

function placeLayers(layers) {
  const gapX = 92, gapY = 26;
  let x = 0, height = 0;
  for (const layer of layers) {
    const width = Math.max(0, ...layer.map(item => item.width));
    let y = 0;
    for (const item of layer) {
      item.x = x + width / 2;
      item.y = y + item.height / 2;
      y += item.height + gapY;
    }
    height = Math.max(height, y - gapY);
    layer.total = y - gapY;
    x += width + gapX;
  }
  for (const layer of layers) layer.forEach(item => (item.y += (height - layer.total) / 2));
  // Towards the neighbours, without overtaking.
  for (let round = 0; round < 12; ++round)
    for (const layer of layers)
      layer.forEach((item, k) => {
        const near = [...item.into, ...item.outOf];
        if (!near.length) return;
        const wish = near.reduce((sum, other) => sum + other.y, 0) / near.length;
        const above = layer[k - 1], below = layer[k + 1];
        const least = above ? above.y + (above.height + item.height) / 2 + gapY : item.height / 2;
        const most = below ? below.y - (below.height + item.height) / 2 - gapY : height - item.height / 2;
        item.y = Math.max(least, Math.min(most, wish));
      });
  return {width: x - gapX, height};
}

/// Where the line from the middle of a box towards a point leaves the box.
function border(node, x, y) {
  const dx = x - node.x, dy = y - node.y;
  const scale =
      Math.min(boxWidth / 2 / Math.max(Math.abs(dx), 1e-9), boxHeight / 2 / Math.max(Math.abs(dy), 1e-9));
  return [node.x + dx * scale, node.y + dy * scale];
}

/// Path of an edge, its point in the middle, and the direction of its end.
function trace(edge, nodes) {
  const a = nodes[edge.from], b = nodes[edge.to];
  if (edge.from === edge.to) {
    const x = a.x, top = a.y - boxHeight / 2;
    return {
      d: `M${round(x - 26)} ${round(top)}C${round(x - 44)} ${round(top - 34)} ${round(x + 44)} ${
          round(top - 34)} ${round(x + 26)} ${round(top)}`,
      middle: [x, top - 25],
      end: [x + 26, top],
      angle: Math.atan2(34, -18)
    };
  }
  if (a.block === b.block) {
    const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy);
    const bend = a.block.dense ? 0.08 : a.block.members.length === 2 ? 0.42 : 0.14;
    const cx = (a.x + b.x) / 2 - dy * bend, cy = (a.y + b.y) / 2 + dx * bend;
    // Two boxes above each other: leave and enter at their edges, beside each other.
    const beside = a.block.members.length === 2 ? -Math.sign(dy) * 22 : 0;
    const from = beside ? [a.x + beside, a.y + Math.sign(dy) * boxHeight / 2] : border(a, cx, cy);
    const to = beside ? [b.x + beside, b.y - Math.sign(dy) * boxHeight / 2] : border(b, cx, cy);
    const via = beside ? [a.x + beside * 1.7, (a.y + b.y) / 2] : [cx, cy];
    return {
      d: `M${from.map(round)}Q${via.map(round)} ${to.map(round)}`,
      end: to,
      length,
      middle: [0, 1].map(k => from[k] / 4 + via[k] / 2 + to[k] / 4),
      angle: Math.atan2(to[1] - via[1], to[0] - via[0])
    };
  }
  const from = [a.x + boxWidth / 2, a.y], to = [b.x - boxWidth / 2, b.y];
  const points = [from, ...edge.path.map(stop => [stop.x, stop.y]), to];
  let d = `M${from.map(round)}`;
  for (let k = 1; k < points.length; ++k) {
    const half = (points[k][0] - points[k - 1][0]) / 2;
    d += `C${round(points[k - 1][0] + half)} ${round(points[k - 1][1])} ${round(points[k][0] - half)} ${
        round(points[k][1])} ${points[k].map(round)}`;
  }
  const mid = Math.floor((points.length - 1) / 2);
  return {d, end: to, angle: 0, middle: [0, 1].map(k => (points[mid][k] + points[mid + 1][k]) / 2)};
}

const delayText = r =>
    (r === null || r === undefined ? "" :
         typeof r === "object"     ? `${r.min}\u2013${r.max}` :
                                     String(r));

function edgeTip(edge, nodes) {
  const lines = edge.parts.slice(0, 8).map(p => {
    const what = [
      p.connector,
      p.synapses === undefined ? "" : `${p.expected ? "about " : ""}${plural(p.synapses, "synapse")}`,
      `delay ${delayText(p.delay_steps)} ${p.delay_steps === 1 ? "step" : "steps"}`, p.format
    ].filter(Boolean);
    return `${p.name}: ${what.join(", ")}`;
  });
  if (edge.parts.length > 8) lines.push(`and ${edge.parts.length - 8} more`);
  const name = v => nodes[v].title || nodes[v].name;
  return `${name(edge.from)} \u2192 ${name(edge.to)}\n${lines.join("\n")}`;
}

const rateText = n =>
    (n.rate_hz === undefined ? "" : `${range(n.rate_hz)} Hz${n.rate_assumed ? " (assumed)" : ""}`);

function nodeTip(n) {
  return [
    `${n.title || n.name}: ${n.kind}, ${n.of}`,
    `${plural(n.neurons, "neuron")}${n.shape && !n.parts ? `, shape [${n.shape.join(", ")}]` : ""}`,
    rateText(n) && `rate ${rateText(n)}`, n.relay ? "relay of a delay line" : "",
    n.probes ? `probed: ${n.probes.join(", ")}` : ""
  ].filter(Boolean)
      .join("\n");
}

function drawNode(n, v) {
  const title = n.title || n.name;
  return s(
      "g", {
        class: `node ${n.kind}${n.relay ? " relay" : ""}`,
        "data-i": `n${v}`,
        tabindex: 0,
        role: "listitem",
        "aria-label": nodeTip(n).replace(/\n/g, ", ")
      },
      s("rect", {
        class: "cell",
        x: round(n.x - boxWidth / 2),
        y: round(n.y - boxHeight / 2),
        width: boxWidth,
        height: boxHeight,
        rx: n.kind === "source" ? 24 : 7
      }),
      s("text", {x: round(n.x), y: round(n.y - 3), "text-anchor": "middle"}, shorten(title, 20)),
      s("text", {class: "small", x: round(n.x), y: round(n.y + 13), "text-anchor": "middle"},
        shorten(`${whole(n.neurons)} \u00b7 ${n.of}`, 26)));
}

/// Delays on the edges where there is room for them.
function drawLabels(edges, nodes) {
  const taken = nodes.map(
      n =>
          [n.x - boxWidth / 2 - 2, n.y - boxHeight / 2 - 2, n.x + boxWidth / 2 + 2, n.y + boxHeight / 2 + 2]);
  const labels = [];
  // Where there are very many edges, they would hide each other.
  for (const e of edges.length > 40 ? [] : edges) {
    const texts = [...new Set(e.parts.map(p => delayText(p.delay_steps)))].filter(Boolean);
    if (!texts.length) continue;
    const text = texts.length > 2 ? "several" : texts.join(", ");
    const width = 12 + 6.4 * text.length, [x, y] = e.trace.middle;
    const box = [x - width / 2, y - 9, x + width / 2, y + 9];
    if (taken.some(t => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) continue;
    taken.push(box);
    labels.push(
        s("g", {"aria-hidden": "true", "pointer-events": "none"},
          s("rect",
            {class: "pill", x: round(box[0]), y: round(box[1]), width: round(width), height: 18, rx: 9}),
          s("text", {class: "small", x: round(x), y: round(y + 4), "text-anchor": "middle"}, text)));
  }
  return labels;
}

function networkGraph(network) {
  const {nodes, edges: all} = condense(network.nodes.map(n => ({...n})), network.projections, 60);
  const edges = bundle(all, new Map(nodes.map((n, v) => [n.name, v])));
  const size = layOut(nodes, edges), margin = 34;
  const thin = edges.length > 80;
  for (const e of edges) e.trace = trace(e, nodes);
  const lines = edges.map((e, k) => {
    const back = e.from === e.to || nodes[e.from].block === nodes[e.to].block ? " back" : "";
    const {end, angle} = e.trace;
    const corner = (turn, length) => `${round(end[0] - length * Math.cos(angle + turn))} ${
        round(end[1] - length * Math.sin(angle + turn))}`;
    return s(
        "g", {class: "link", "data-i": `e${k}`},
        s("path", {class: `edge${back}${thin ? " thin" : ""}`, d: e.trace.d}),
        s("path", {class: `tipend${back}`, d: `M${end.map(round)}L${corner(0.42, 9)}L${corner(-0.42, 9)}Z`}),
        s("path", {class: "hit", d: e.trace.d}));
  });
  const xs = nodes.map(n => n.x), ys = nodes.map(n => n.y);
  const left = Math.min(...xs) - boxWidth / 2, right = Math.max(...xs) + boxWidth / 2;
  const width = right - left + 2 * margin, height = size.height + 2 * margin;
  const picture =
      s("svg", {
        viewBox: `${round(left - margin)} ${- margin} ${round(width)} ${round(height)}`,
        role: "list",
        "aria-label": `${plural(nodes.length, "node")} and ${plural(edges.length, "connection")}`,
        style: `display:block;margin:0 auto;width:${
            round(width <= 1120 ? width : Math.max(1120, width * 0.62))}px;max-width:${
            width <= 1800 ? "100%" : "none"};height:auto`
      },
        lines, drawLabels(edges, nodes), nodes.map(drawNode));
  tips(picture, id => (id[0] === "n" ? nodeTip(nodes[+id.slice(1)]) : edgeTip(edges[+id.slice(1)], nodes)));
  return {picture: h("div", {class: "scroll"}, picture), condensed: nodes.length < network.nodes.length};
}
