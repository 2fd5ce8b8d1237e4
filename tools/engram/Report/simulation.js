// A run on the simulated SpiNNaker machine: how far from real time, a map of chips and links, packets over
// time, losses.
const simulation = report.simulation;

/// What a chip or a link can be coloured by: 1 is the end of the scale.
function chipMeasures() {
  const {chips, cores, ticks, tick_seconds: tick} = simulation;
  const busiest = new Map();
  for (const c of cores) {
    const key = `${c.at[0]},${c.at[1]}`;
    if (!(busiest.get(key)?.most_seconds >= c.most_seconds)) busiest.set(key, c);
  }
  const coreOf = c => busiest.get(c.at.join(","));
  const most = values => values.reduce((a, b) => Math.max(a, b), 0) || 1;
  const counted = (name, unit, of) => ({
    name,
    of,
    scale: most(chips.map(of)),
    text: c => `${number(of(c))} ${unit}`,
    note: most(chips.map(of)) === 1 && !chips.some(c => of(c)) ? "none" : "100 % is the most"
  });
  return [
    {
      name: "busiest core, part of a tick",
      of: c => (coreOf(c)?.most_seconds || 0) / tick,
      scale: 1,
      text: c => {
        const core = coreOf(c);
        return core ? `${withUnit(core.most_seconds, "s")} in tick ${core.most_tick}, core ${core.at[2]}: ${
                          core.name}` :
                      "no program";
      },
      note: `100 % is a tick, ${withUnit(tick, "s")}`
    },
    counted("packets routed", "packets", c => c.routed),
    counted("packets that waited", "packets", c => c.waited),
    counted("packets dumped", "packets", c => c.dumped), {
      name: "table entries",
      of: c => c.entries / (target.table_entries || 1),
      scale: 1,
      text: c => `${c.entries} entries, ${c.entries_used} of them used`,
      note: `100 % is the limit, ${number(target.table_entries)}`
    },
    {
      name: "memory, part of its rate",
      of: c => c.memory_busy_seconds / (ticks * tick || 1),
      scale: 1,
      text: c => `${percent(c.memory_busy_seconds / (ticks * tick || 1))} of the time, ${
          number(c.memory_bytes_moved)} bytes`,
      note: "100 % is always busy"
    }
  ];
}

function chipMap() {
  const {chips, ticks, tick_seconds: tick, link_seconds: linkSeconds} = simulation;
  const geometry = geometryOf(target, chips.map(c => c.at));
  if (!geometry || geometry.bin > 1) return null;
  const all = chipMeasures(), shapes = [], lines = [], names = [];
  // Half of a link belongs to each direction.
  const steps6 = [[1, 0], [1, 1], [0, 1], [-1, 0], [-1, -1], [0, -1]];
  const capacity = ticks * tick / linkSeconds || 1;
  chips.forEach((chip, k) => {
    const t = geometry.tiles[geometry.tileOf(...chip.at)];
    if (!t) return;
    chip.shape =
        s("path", {class: "cell unused", d: outline(geometry, t, 0.72), "data-i": `c${k}`, tabindex: 0});
    shapes.push(chip.shape);
    if (geometry.unit >= 40)
      names.push(
          s("text", {
            class: "small",
            x: round(t.px),
            y: round(t.py + 4),
            "text-anchor": "middle",
            "pointer-events": "none"
          },
            chip.at.join(",")));
    chip.links.forEach((packets, l) => {
      if (packets === null) return;
      const [dx, dy] = steps6[l];
      const x = geometry.unit * (dx - dy / 2), y = -geometry.unit * dy * Math.sqrt(3) / 2;
      lines.push(s("path", {
        class: `l${stepOf(packets / capacity)}`,
        "stroke-width": 4,
        d: `M${round(t.px + 0.31 * x)} ${round(t.py + 0.31 * y)}L${round(t.px + 0.5 * x)} ${
            round(t.py + 0.5 * y)}`,
        "data-i": `l${k * 6 + l}`
      }));
    });
  });
  const picture =
      s("svg", {
        viewBox: `0 0 ${round(geometry.width)} ${round(geometry.height)}`,
        role: "img",
        "aria-label": "Map of the chips and the links between them",
        style: `display:block;margin:0 auto;width:${round(geometry.width)}px;max-width:100%;height:auto`
      },
        lines, shapes, names);
  const legend = h("div", {});
  let chosen = all[0];
  const used = new Set(simulation.cores.map(c => `${c.at[0]},${c.at[1]}`));
  const hasProgram = chip => used.has(chip.at.join(","));
  const show = k => {
    const m = chosen = all[k], counts = new Array(steps + 1).fill(0);
    for (const chip of chips) {
      const step = stepOf(m.of(chip) / m.scale);
      ++counts[step];
      const idle = !chip.routed && !chip.entries && !hasProgram(chip);
      chip.shape?.setAttribute("class", idle ? "cell unused" : `cell q${step}`);
    }
    legend.replaceChildren(scaleLegend(`chips by ${m.name}`, counts, m.note));
  };
  show(0);
  tips(picture, id => {
    const n = +id.slice(1);
    if (id[0] === "c") return `chip (${chips[n].at.join(", ")})\n${chosen.name}: ${chosen.text(chips[n])}`;
    const chip = chips[Math.floor(n / 6)], packets = chip.links[n % 6];
    return `link ${["E", "NE", "N", "W", "SW", "S"][n % 6]} of chip (${chip.at.join(", ")})\n${
        plural(packets, "packet")}, ${percent(packets / capacity)} of what it can carry`;
  });
  return [
    choice("colour by", "simulation-measure", all.map(m => m.name), 0, show), picture, legend,
    h("p", {class: "muted"},
      "Lines are links, the half next to a chip its own direction, by the part of what they can carry.")
  ];
}

/// Packets over links in each window of ticks.
function trafficChart() {
  const {traffic, link_seconds: linkSeconds, tick_seconds: tick} = simulation;
  const windows = traffic.packets.length, width = 900, height = 140, left = 64;
  const most = traffic.packets.reduce((a, b) => Math.max(a, b), 0);
  if (windows < 2 || !most) return null;
  const x = k => left + k * (width - left - 10) / windows, step = (width - left - 10) / windows;
  const bar = (value, k, scale, name) => s("rect", {
    class: name,
    x: round(x(k)),
    width: round(Math.max(1, step - 1)),
    y: round(10 + height * (1 - value / scale)),
    height: round(Math.max(value ? 1 : 0, height * value / scale)),
    "data-i": k
  });
  const seconds = traffic.ticks_per_window * tick;
  const chart =
      s("svg", {
        viewBox: `0 0 ${width} ${height + 36}`,
        role: "img",
        style: "display:block;width:100%;height:auto",
        "aria-label": `Packets over links in time: at most ${number(most)} in ${withUnit(seconds, "s")}`
      },
        traffic.packets.map((v, k) => bar(v, k, most, "s0")),
        s("text", {class: "small", x: left - 6, y: 18, "text-anchor": "end"}, number(most)),
        s("text", {class: "small", x: left - 6, y: height + 10, "text-anchor": "end"}, "0"),
        s("text", {class: "small", x: left, y: height + 26}, "tick 0"),
        s("text", {class: "small", x: width - 10, y: height + 26, "text-anchor": "end"},
          `tick ${whole(simulation.ticks)}`));
  tips(chart, id => {
    const k = +id, first = k * traffic.ticks_per_window;
    return `tick ${first}${
        traffic.ticks_per_window > 1 ?
            ` to ${first + traffic.ticks_per_window - 1}` :
            ""}\n${plural(traffic.packets[k], "packet")} over links\nbusiest link: ${
        plural(
            traffic.busiest[k],
            "packet")}, ${percent(traffic.busiest[k] * linkSeconds / seconds)} of its rate`;
  });
  return [h("h3", {}, "Packets over links"), chart];
}

function simulationSection() {
  if (!simulation) return null;
  const {tick_seconds: tick, cores, faults} = simulation;
  const needed = simulation.most_busy_seconds / tick;
  const slowest = [...cores].sort((a, b) => b.most_seconds - a.most_seconds);
  const sum = name => simulation.chips.reduce((n, c) => n + c[name], 0);
  return section(
      "simulation", "On the simulated machine",
      h("p", {}, `${plural(simulation.ticks, "tick")} of ${withUnit(tick, "s")}, ` +
                     (simulation.model === "arm" ? "with the cores' ARM binaries." :
                                                   "with the cores' programs as host code and the time that their ARM binaries take.")),
      h("ul", {class: "tiles"},
        tile("Real time", needed <= 1 && simulation.slow_down <= 1 ? "yes" : `${number(simulation.slow_down_needed)} times slower`,
             `a tick of ${withUnit(simulation.real_time_tick_seconds, "s")} times ${
                 number(Math.max(1, Math.ceil(100 * simulation.slow_down_needed) / 100))} holds`,
             simulation.slow_down_needed > simulation.slow_down),
        tile("Busiest core", percent(needed), `${withUnit(simulation.most_busy_seconds, "s")} of a tick; on average ${
            percent(simulation.mean_busy_seconds / tick)}`, needed > 1),
        tile("Packets dumped", number(sum("dumped")), `${number(sum("reinjected"))} sent again, ${number(sum("waited"))} waited`),
        tile("Faults", faults.length ? number(faults.reduce((n, f) => n + f.count, 0)) : "none",
             faults.length ? faults[0].name : "nothing lost, nothing late", faults.length > 0)),
      faults.length ? h("div", {class: "notice bad"}, h("h2", {}, "Not to be believed"),
                        h("ul", {}, faults.map(f => h("li", {}, `${f.name}: ${number(f.count)}`,
                                                      h("ul", {}, f.where.map(w => h("li", {}, w))))))) :
                      null,
      chipMap(), trafficChart(), h("h3", {}, "Cores"),
      longTable("Cores by their busiest tick",
                [
                  ["core", c => `(${c.at.join(", ")}) ${c.name}`],
                  ["busiest tick", c => [meter(c.most_seconds / tick), withUnit(c.most_seconds, "s")], "n"],
                  ["on average", c => percent(c.busy_seconds / (simulation.ticks * tick || 1)), "n"],
                  ["packets", c => number(c.received), "n"], ["synapses", c => number(c.synapses), "n"],
                  ["sent", c => number(c.sent), "n"], ["waiting at most", c => number(c.most_waiting), "n"]
                ],
                slowest, 12),
      h("h3", {}, "What programs take"), table("Clock cycles of the programs",
            [
              ["program", c => c.program], ["its FIQ", c => number(c.fiq), "n"], ["a packet", c => number(c.packet), "n"], ["a row", c => number(c.row), "n"],
              ["a synapse", c => number(c.synapse), "n"], ["a neuron", c => number(c.neuron), "n"],
              ["a spike sent", c => number(c.send), "n"], ["a tick", c => number(c.tick), "n"],
              ["from", c => `${c.from}${c.largest_error ? `, at most ${percent(c.largest_error)} off` : ""}`]
            ],
            simulation.costs));
}
