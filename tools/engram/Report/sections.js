// The sections of the page, each from its part of the report.
const {network, target, mapping, prediction} = report;

function tile(label, value, note, over) {
  return h(
      "li", {class: over ? "over" : null}, h("span", {class: "label"}, label),
      h("span", {class: "value"}, value), h("span", {class: "note"}, note || "\u00a0"));
}

function tiles() {
  const list = [
    tile(
        "neurons", whole(network.neurons),
        plural(network.nodes.filter(n => n.kind === "population").length, "population")),
    tile(
        "synapses", network.synapses >= 1e9 ? withUnit(network.synapses, "") : whole(network.synapses),
        `${network.expected ? "on average, in " : "in "}${plural(network.projections.length, "projection")}`)
  ];
  if (mapping) {
    list.push(tile(
        "cores", `${whole(mapping.cores_used)} of ${whole(target.cores)}`,
        mapping.routers_used === null ? "not placed yet" : `on ${plural(mapping.routers_used, "router")}`,
        mapping.cores_used > target.cores));
    // A width that fits exactly is not a machine that is full.
    const amounts = ["neurons", "synapse words", "fan-in", "fan-out", "program length"];
    const bound =
        report.resources.filter(r => r.limit !== null && (amounts.includes(r.name) || r.most > r.limit));
    const worst =
        bound.reduce((best, r) => (!best || r.most / r.limit > best.most / best.limit ? r : best), null);
    if (worst)
      list.push(tile(
          "fullest resource", percent(worst.most / worst.limit), `${worst.name} of core ${worst.at}`,
          worst.most > worst.limit));
  }
  if (report.tables && report.tables.most)
    list.push(tile(
        "largest table", whole(report.tables.most.entries),
        report.tables.limit ? `entries of ${whole(report.tables.limit)}` : "entries",
        report.tables.limit && report.tables.most.entries > report.tables.limit));
  if (prediction) {
    if (prediction.time.step_seconds !== null)
      list.push(tile(
          "predicted time a step", withUnit(prediction.time.step_seconds, "s"), speedText(prediction.time),
          prediction.time.late));
    if (prediction.energy.joules_per_step !== null)
      list.push(tile(
          "predicted energy a step", withUnit(prediction.energy.joules_per_step, "J"),
          prediction.energy.watts !== null ? `${withUnit(prediction.energy.watts, "W")} on average` : ""));
  }
  const latency = report.delays && report.delays.latency.reduce((m, l) => Math.max(m, l.steps), 0);
  if (latency) list.push(tile("added latency", plural(latency, "step"), "of the latest output"));
  return h("ul", {class: "tiles", "aria-label": "Key figures"}, list);
}

function speedText(time) {
  if (time.speed === null) return "";
  if (Math.abs(time.speed - 1) < 5e-4) return "real time";
  return time.speed > 1 ? `${number(time.speed)} times real time` :
                          `1/${number(1 / time.speed)} of real time`;
}

function excess() {
  if (!report.excess || !report.excess.length) return null;
  // One line a resource, with the place that lacks most of it.
  const worst = new Map();
  for (const e of report.excess) {
    const known = worst.get(e.resource) || {count: 0, most: e};
    worst.set(e.resource, {count: known.count + 1, most: e.need > known.most.need ? e : known.most});
  }
  const line = ({count, most}) =>
      most.message + (count > 1 ? ` \u2013 and ${plural(count - 1, "other place")} with too many` : "");
  return h(
      "div", {class: "notice bad", role: "alert"}, h("h2", {}, `Does not fit ${target.name}`),
      h("ul", {}, [...worst.values()].map(w => h("li", {}, line(w)))));
}

function networkSection() {
  const {picture, condensed} = networkGraph(network);
  const columns = [
    ["population or source", n => n.name], ["model or kind", n => `${n.of}${n.relay ? " (relay)" : ""}`],
    ["shape", n => n.shape.join(" \u00d7 "), "n"], ["neurons", n => whole(n.neurons), "n"],
    ["rate", n => rateText(n) || "\u2013", "n"]
  ];
  const edges = [
    ["projection", p => p.name], ["from", p => p.source], ["to", p => `${p.target}.${p.port}`],
    ["connector", p => p.connector],
    [
      "synapses",
      p => (p.synapses === undefined ? "\u2013" : (p.expected ? "\u2248 " : "") + whole(p.synapses)), "n"
    ],
    ["weights", p => p.format || "float"], ["delay, steps", p => delayText(p.delay_steps), "n"]
  ];
  return section(
      "network", "Network",
      h("p", {class: "muted"},
        `A step is ${
            withUnit(
                network.dt_seconds,
                "s")}. Rounded ends are sources; dashed boxes are relays of delay lines; numbers on edges are delays in steps, where there is room. Orange edges are part of a recurrence.` +
            (condensed ? " Populations of the same model are drawn as one." : "")),
      picture,
      h("details", {}, h("summary", {}, "Populations, sources and projections as tables"),
        longTable("Populations and sources", columns, network.nodes, 40),
        longTable("Projections", edges, network.projections, 40)));
}

const listed = names => names.slice(0, 4).map(n => `'${n}'`).join(", ") +
    (names.length > 4 ? ` and ${plural(names.length - 4, "other source")}` : "");

function machineSection() {
  if (!mapping) return null;
  const hosts = report.hosts.filter(host => host.at);
  const resources = [
    ["resource of a core", r => r.name], ["most", r => number(r.most), "n"],
    ["mean", r => number(r.mean), "n"], ["limit", r => (r.limit === null ? "none" : number(r.limit)), "n"],
    [
      "occupied",
      r =>
          (r.limit === null ?
               "" :
               [
                 meter(r.most / r.limit), " ",
                 h("span", {class: r.most > r.limit ? "overtext" : null}, percent(r.most / r.limit))
               ])
    ],
    ["core with the most", r => r.at || ""]
  ];
  const columns = [
    [mapping.by_router ? "router, its fullest core" : "core", c => c.name],
    ["place", c => (c.at ? `[${c.at.slice(0, c.count ? 2 : 3).join(", ")}]` : "\u2013"), "n"],
    ["holds", c => holdsText(c).replace(/\n/g, "; ")],
    ...report.resources.filter(r => ["neurons", "synapse words", "fan-in", "fan-out"].includes(r.name))
        .map(r => [r.name, c => number(c.needs[report.resources.indexOf(r)]), "n"])
  ];
  const map =
      mapping.routers_used === null ? h("p", {class: "muted"}, "The cores have no places yet.") : coreMap();
  return section(
      "machine", `Cores of ${target.name}`,
      h("p", {class: "muted"},
        `${plural(target.routers, "router")}, ${target.topology.replace("_", " ")}, ${
            plural(
                target.cores_per_router,
                "core")} each; columns count to the right and rows upwards, from 0.` +
            " Pale cores are idle" + (target.dead_cores.length ? ", dashed ones dead." : ".") +
            (hosts.length ?
                 ` Spikes of ${
                     hosts.map(x => `${listed(x.sources)} enter at [${x.at.join(", ")}]`).join("; ")}.` :
                 "")),
      map, h("h3", {}, "Occupancy"),
      table("What the cores in use need, and what a core has", resources, report.resources),
      mapping.exact ?
          null :
          h("p", {class: "muted"},
            "Synapses of random connections are not drawn here: their counts are bounds, mean and five standard deviations."),
      h("details", {}, h("summary", {}, mapping.by_router ? "Routers as a table" : "Cores as a table"),
        longTable(mapping.by_router ? "Routers" : "Cores", columns, report.cores, 50)));
}

function trafficSection() {
  const t = report.traffic;
  if (!t) return null;
  const top = [...t.links].sort((a, b) => b[3] - a[3]);
  const columns = [
    ["link", linkText], ["packets a second", l => number(l[3]), "n"],
    ["of its rate", l => (t.link_limit ? percent(l[3] / t.link_limit) : "not known"), "n"]
  ];
  const [sent, hops, copies] = [t.packets_per_second, t.hops_per_second, t.deliveries_per_second];
  const each =
      sent ? `, on average ${number(hops / sent)} links and ${number(copies / sent)} cores each` : "";
  return section(
      "traffic", "Traffic",
      h("p", {}, `${number(sent)} packets a second are sent; they cross ${number(hops)} links `,
        `and reach ${number(copies)} cores a second${each}.`),
      t.links.length ? [trafficMap(), longTable("Busiest links", columns, top, 5)] :
                       h("p", {class: "muted"}, "No packet leaves its router."));
}

function keySection() {
  const {keys, tables} = report;
  if (!keys && !tables) return null;
  const result = [];
  if (keys) {
    result.push(
        h("p", {},
          `${plural(keys.blocks, "block")} of keys for ${plural(keys.neurons, "neuron")} take ${
              whole(keys.keys)} keys (${percent(keys.neurons / keys.keys)} of them in use), which is ${
              percent(keys.keys / 2 ** keys.bits)} of the ${keys.bits}-bit space.`));
    const columns = [
      ["population or source", k => k.name], ["blocks", k => whole(k.blocks), "n"],
      ["neurons", k => whole(k.neurons), "n"], ["keys", k => whole(k.keys), "n"],
      ["in use", k => percent(k.neurons / k.keys), "n"], ["from", k => h("code", {}, k.first), "n"],
      ["to", k => h("code", {}, k.last), "n"]
    ];
    result.push(longTable("Keys", columns, keys.by_population, 20));
  }
  if (tables) {
    const columns = [
      ["router", l => `[${l[0]}, ${l[1]}]`], ["entries", l => whole(l[2]), "n"],
      [
        "occupied",
        l => (tables.limit ? [meter(l[2] / tables.limit), " ", percent(l[2] / tables.limit)] : "no limit")
      ]
    ];
    result.push(
        h("h3", {}, "Routing tables"),
        h("p", {},
          `${whole(tables.entries)} ${tables.entries === 1 ? "entry" : "entries"} in the tables of ${
              plural(tables.list.length, "router")}` +
              (tables.limit ? `; a table holds ${whole(tables.limit)}.` : ".") +
              (tables.default_routes ? " Routers that pass packets straight on need none." : "")),
        longTable("Largest tables", columns, [...tables.list].sort((a, b) => b[2] - a[2]), 5));
  }
  return section("keys", "Keys and tables", result);
}

function delaySection() {
  const d = report.delays;
  if (!d) return null;
  const result = [];
  const slots = d.slots_limit ? `; ${target.name} has ${whole(d.slots_limit)}` : "";
  result.push(
      h("p", {},
        `The longest delay is ${plural(d.longest, "step")} (${
            withUnit(d.longest * network.dt_seconds, "s")}), which takes ${plural(d.slots_needed, "slot")}${
            slots}. ` +
            (d.relays ?
                 `${plural(d.relays, "relay population")} with ${plural(d.relay_neurons, "neuron")} hold${
                     d.relays === 1 ? "s" : ""} back what is longer.` :
                 "")));
  if (d.histogram.length > 1) {
    const most = d.histogram.reduce((m, b) => Math.max(m, b.synapses), 0);
    result.push(table(
        "Synapses by delay",
        [
          ["delay, steps", b => (b.from === b.to ? String(b.from) : `${b.from}\u2013${b.to}`)],
          ["synapses", b => number(Math.round(b.synapses)), "n"],
          ["", b => meter(most ? b.synapses / most : 0)]
        ],
        d.histogram));
  }
  if (d.latency.length)
    result.push(table(
        "Latency that mapping adds",
        [
          ["output", l => l.probe], ["of", l => (l.target ? `${l.variable} of ${l.target}` : "")],
          ["steps", l => whole(l.steps), "n"], ["time", l => withUnit(l.seconds, "s"), "n"]
        ],
        d.latency));
  if (d.reordered_ports.length)
    result.push(
        h("p", {class: "muted"},
          `Sums may be formed in another order, and round differently unless they are exact, at ${
              d.reordered_ports.map(p => `'${p}'`).join(", ")}.`));
  return section("delays", "Delays and latency", result);
}

/// Columns of records of any shape, those known first.
function recordTable(caption, first, records, known) {
  const seen = new Set(records.flatMap(r => Object.keys(r.record)));
  const plain = key => records.every(
      r => typeof r.record[key] !== "object" || r.record[key] === null || "min" in r.record[key]);
  const order =
      [...known.filter(k => seen.has(k)), ...[...seen].filter(k => !known.includes(k))].filter(plain);
  const show = v =>
      (v === undefined            ? "\u2013" :
           typeof v === "string"  ? v :
           typeof v === "boolean" ? (v ? "yes" : "no") :
                                    range(v));
  const numeric = key => records.some(r => typeof r.record[key] === "number");
  return longTable(
      caption,
      [
        [first, r => r.name],
        ...order.map(k => [k.replace(/_/g, " "), r => show(r.record[k]), numeric(k) ? "n" : null])
      ],
      records, 30);
}

function quantizationSection() {
  const q = report.quantization;
  if (!q) return null;
  const {totals} = q;
  const result =
      [h("p", {},
         totals.projections_recorded ?
             `${whole(totals.projections_recorded)} of ${
                 plural(totals.projections, "projection")} were quantized: of ${
                 plural(totals.weights, "weight")} ${whole(totals.zeroed)} became zero, ${
                 whole(totals.clipped)} ${totals.clipped === 1 ? "was" : "were"} clipped, ${
                 whole(totals.pruned)} ${totals.pruned === 1 ? "was" : "were"} pruned.` :
             "No projection was quantized.",
         totals.saturations === null ?
             "" :
             ` In calibration, states and ports saturated ${whole(totals.saturations)} times.`)];
  if (q.weights.length)
    result.push(recordTable("Weights: errors against the weights before", "projection", q.weights, [
      "bits", "step", "range", "mean_error", "worst_error", "output_error", "count", "zeroed", "clipped",
      "pruned", "method"
    ]));
  if (q.states.length)
    result.push(recordTable("States and parameters", "number", q.states, [
      "kind", "format", "range", "step", "mean_error", "worst_error", "error", "bias_error", "bound",
      "saturations", "neuron_steps"
    ]));
  return section("quantization", "Quantization", result);
}

/// Parts of a whole as one bar.
function stackedBar(parts, unit, title) {
  const total = parts.reduce((sum, p) => sum + p.value, 0), width = 700;
  if (!(total > 0)) return null;
  let x = 0;
  const pieces = parts.map((p, k) => {
    const w = width * p.value / total,
          piece = s(
              "rect", {class: `cell s${k % 5}`, x: round(x), y: 0, width: round(w), height: 22, "data-i": k});
    x += w;
    return piece;
  });
  const picture =
      s("svg", {
        viewBox: `0 0 ${width} 22`,
        style: "width:100%;height:22px;display:block",
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": `${title}: ${parts.map(p => `${p.name} ${withUnit(p.value, unit)}`).join(", ")}`
      },
        pieces);
  tips(
      picture,
      k => `${parts[k].name}\n${withUnit(parts[k].value, unit)}, ${percent(parts[k].value / total)}`);
  return picture;
}
const swatch = k =>
    s("svg", {width: 12, height: 12, "aria-hidden": "true", style: "margin-right:7px"},
      s("rect", {class: `s${k % 5}`, width: 12, height: 12, rx: 3}));

function predictionSection() {
  if (!prediction) return null;
  const {time, energy} = prediction;
  const times = time.parts.map((p, k) => ({...p, k, value: p.seconds || 0})),
        energies = energy.parts.map((p, k) => ({...p, k, value: p.joules || 0}));
  const share = (p, all) => {
    const total = all.reduce((sum, x) => sum + x.value, 0);
    return total ? percent(p.value / total) : "\u2013";
  };
  return section(
      "prediction", "Time and energy a step, predicted",
      h("p", {class: "muted"},
        "Mean values from the target's numbers and the rates of spikes; no run and no measurement is behind them."),
      h("h3", {}, "Time"), stackedBar(times, "s", "Time of a step"),
      table(
          "What a step takes",
          [
            ["part", p => [swatch(p.k), p.name]], ["how", p => p.formula],
            ["time", p => withUnit(p.seconds, "s"), "n"], ["share", p => share(p, times), "n"]
          ],
          times, ["busy", "sum of the above", withUnit(time.busy_seconds, "s"), ""]),
      time.real_time_step_seconds ?
          h("p", {class: time.late ? "overtext" : null},
            time.late ? `A step of ${target.name} lasts ${
                            withUnit(
                                time.real_time_step_seconds,
                                "s")}: on average this network is too slow for it, and takes ${
                            withUnit(time.step_seconds, "s")}.` :
                        `A step of ${target.name} lasts ${
                            withUnit(time.real_time_step_seconds, "s")}, of which the machine is busy for ${
                            percent(time.busy_seconds / time.real_time_step_seconds)}.`) :
          null,
      h("h3", {}, "Energy"), stackedBar(energies, "J", "Energy of a step"),
      table(
          "What a step costs",
          [
            ["part", p => [swatch(p.k), p.name]],
            ["number a step", p => (p.unit === "W" ? withUnit(p.count, "s") : number(p.count)), "n"],
            ["each", p => withUnit(p.each, p.unit), "n"], ["energy", p => withUnit(p.joules, "J"), "n"],
            ["share", p => share(p, energies), "n"]
          ],
          energies, ["together", "", "", withUnit(energy.joules_per_step, "J"), ""]),
      h("h3", {}, "Assumptions"), h("ul", {}, prediction.assumptions.map(a => h("li", {}, a))),
      prediction.left_out.length ?
          [h("h3", {}, "Left out"), h("ul", {}, prediction.left_out.map(a => h("li", {}, a)))] :
          null);
}

function chipSection() {
  const chip = report.chip;
  if (!chip) return null;
  const title = "On the chip";
  if (chip.not_run)
    return section("chip", title, h("p", {class: "muted"}, `The network did not run on the chip: ${chip.not_run}.`));
  const measured = chip.model === "rtl", {energy} = chip;
  const parts = energy.parts.map((p, k) => ({...p, k, value: p.joules || 0}));
  const total = parts.reduce((sum, p) => sum + p.value, 0);
  const cyclesOf = c => c.row_cycles + c.drive_cycles + c.conversion_cycles + c.update_cycles;
  const busiest = chip.cores.reduce((most, c) => Math.max(most, cyclesOf(c)), 0);
  return section(
      "chip", title,
      h("p", {class: "muted"},
        `${plural(chip.steps, "step")} of ${plural(chip.samples, "sample")}: spikes, operations and packets of the golden model, ` +
            (measured ? "cycles and stalls counted by the RTL in Verilator." :
                        "cycles by the model of cost; '--model rtl' counts them on the RTL.")),
      h("ul", {class: "tiles"},
        [
          tile("cycles a step", number(chip.cycles_per_step),
               measured ? `${number(chip.predicted_cycles_per_step)} by the model of cost` :
                          `${number(chip.predicted_longest_step)} in the longest`),
          tile("time a step", withUnit(chip.seconds_per_step, "s"), `at ${withUnit(target.clock_hz, "Hz")}`),
          tile("operations a cycle", number(chip.sops_per_cycle), `${number(chip.sops_per_step)} a step`),
          tile("stalls a step", number(chip.stalls_per_step), measured ? "cycles" : "not counted without the RTL"),
          tile("energy a step", withUnit(energy.joules_per_step, "J"), "an estimate")
        ]),
      longTable(
          "Cores, a step",
          [
            ["core", c => `(${c.at.join(", ")})`], ["spikes of the host", c => number(c.host_spikes), "n"],
            ["of cores", c => number(c.core_spikes), "n"], ["operations", c => number(c.sops), "n"],
            ["cycles of rows", c => number(c.row_cycles), "n"],
            ...(report.crossbars ? [["of crossbars", c => number(c.drive_cycles + c.conversion_cycles), "n"]] : []),
            ["of updates", c => number(c.update_cycles), "n"],
            ["together", c => [meter(cyclesOf(c) / busiest), " ", number(cyclesOf(c))], "n"]
          ],
          chip.cores, 16),
      chip.links.length ?
          longTable(
              "Busiest links", [["link", l => linkText(l)], ["packets a step", l => number(l[3]), "n"]],
              chip.links, 8) :
          h("p", {}, "No packet crosses a link between cores."),
      h("h3", {}, "Energy, estimated"),
      h("p", {class: "muted"}, `Counts of the run, times the ${energy.source}.`),
      stackedBar(parts, "J", "Energy of a step on the chip"),
      table(
          "What a step costs on the chip",
          [
            ["part", p => [swatch(p.k), p.name]],
            ["number a step", p => (p.unit === "W" ? withUnit(p.count, "s") : number(p.count)), "n"],
            ["each", p => withUnit(p.each, p.unit), "n"], ["energy", p => withUnit(p.joules, "J"), "n"],
            ["share", p => (total ? percent(p.value / total) : "\u2013"), "n"]
          ],
          parts, ["together", "", "", withUnit(energy.joules_per_step, "J"), ""]));
}

const fieldText = v =>
    (v === null || v === undefined ? "\u2013" :
         Array.isArray(v)          ? (v.length ? JSON.stringify(v) : "none") :
         typeof v === "number"     ? number(v) :
                                     String(v));

function targetSection() {
  if (!target) return null;
  return section(
      "target", "Target", h("p", {}, target.description || ""),
      h("details", {}, h("summary", {}, `All numbers of ${target.name}`),
        table(
            "Fields",
            [
              ["field", f => h("code", {}, f.name)], ["value", f => fieldText(target[f.name]), "n"],
              ["unit", f => f.unit], ["meaning", f => f.meaning]
            ],
            report.target_fields)));
}

const root = document.getElementById("report");
for (const part
         of [tiles, excess, networkSection, machineSection, trafficSection, keySection, delaySection,
             quantizationSection, crossbarSection, predictionSection, chipSection, simulationSection, targetSection]) {
  // What goes wrong in one section must not take the others with it.
  try {
    const element = part();
    if (element) root.append(element);
  } catch (error) {
    root.append(h("p", {class: "notice bad"}, `This part of the report cannot be drawn: ${error.message}`));
  }
}
