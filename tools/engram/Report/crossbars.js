// In-memory computing: the tiles of each projection, what their cells and converters do to its sums, and what of a step goes
// into them.

/// The tiles of a projection: sources run down, targets to the right, as cells lie in a tile.
function tilePicture(p) {
  const [rows, columns] = p.tile_size, side = Math.max(14, Math.min(64, 560 / (1 + Math.max(...p.tile_use.map(t => t[1])))));
  const high = 1 + Math.max(...p.tile_use.map(t => t[0])), wide = 1 + Math.max(...p.tile_use.map(t => t[1])), gap = 4;
  const picture = s(
      "svg", {
        viewBox: `0 0 ${round(wide * (side + gap))} ${round(high * (side + gap))}`,
        width: round(wide * (side + gap)),
        height: round(high * (side + gap)),
        role: "img",
        "aria-label": `${plural(p.tiles, "tile")} of ${p.name}, ${percent(p.cells_used)} of their pairs of cells hold a digit`
      },
      p.tile_use.map(([row, column, usedRows, usedColumns, share], k) => [
        s("rect", {
          class: "cell unused", x: round(column * (side + gap)), y: round(row * (side + gap)), width: round(side), height: round(side), "data-i": k
        }),
        s("rect", {
          class: `cell q${stepOf(share)}`,
          x: round(column * (side + gap)),
          y: round(row * (side + gap)),
          width: round(side * usedColumns / columns),
          height: round(side * usedRows / rows),
          "data-i": k
        })
      ]));
  tips(picture, k => {
    const [row, column, usedRows, usedColumns, share] = p.tile_use[k];
    return `tile ${k} of ${p.name}\n${usedRows} of ${rows} rows, from source ${row * rows} on\n` +
        `${usedColumns} of ${columns} columns, from target ${column * columns} on\n` +
        `${percent(share)} of these pairs of cells hold a digit`;
  });
  return h("figure", {style: "margin:0 28px 14px 0;display:inline-block;vertical-align:top"},
           h("figcaption", {class: "muted"}, p.name), picture);
}

/// Cycles of the cores, by what they are for; a run's if there is one.
function crossbarCycles() {
  const cores = report.chip && report.chip.cores;
  if (!cores) return null;
  const sum = field => cores.reduce((total, c) => total + (c[field] || 0), 0);
  return [
    {name: "rows of synapses", value: sum("row_cycles")}, {name: "rows of crossbars", value: sum("drive_cycles")},
    {name: "conversions", value: sum("conversion_cycles")}, {name: "updates of neurons", value: sum("update_cycles")}
  ].map((p, k) => ({...p, k}));
}

/// Energy of the same, of a run or else of the prediction.
function crossbarEnergy() {
  const energy = report.chip && report.chip.energy || prediction && prediction.energy;
  const names = {
    "synaptic operations": "rows of synapses", "synaptic events": "rows of synapses", "rows of crossbars": "rows of crossbars",
    "conversions of crossbars": "conversions", "updates of neurons": "updates of neurons"
  };
  const parts = energy ? energy.parts.filter(p => names[p.name]).map(p => ({name: names[p.name], value: p.joules || 0})) : [];
  const order = ["rows of synapses", "rows of crossbars", "conversions", "updates of neurons"];
  parts.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return parts.length ? parts.map(p => ({...p, k: order.indexOf(p.name)})) : null;
}

function shareTable(caption, unit, parts) {
  const total = parts.reduce((sum, p) => sum + p.value, 0);
  return table(
      caption,
      [
        ["part", p => [swatch(p.k), p.name]], [unit ? "energy" : "cycles", p => (unit ? withUnit(p.value, unit) : number(p.value)), "n"],
        ["share", p => (total ? percent(p.value / total) : "\u2013"), "n"]
      ],
      parts);
}

function crossbarSection() {
  if (!report.crossbars) return null;
  const {projections, outputs} = report.crossbars;
  const errors = projections.filter(p => p.error), cycles = crossbarCycles(), energy = crossbarEnergy();
  const value = (p, field) => (p.error ? p.error[field] : null);
  const drawn = projections.filter(p => p.tile_use);
  return section(
      "crossbars", "Crossbars",
      h("p", {class: "muted"},
        `${plural(projections.reduce((sum, p) => sum + p.tiles, 0), "tile")} for ${plural(projections.length, "projection")}. ` +
            "A square is a tile, rows of sources down, columns of targets to the right; its coloured part is in use, the darker the more pairs of cells hold a digit."),
      h("div", {}, drawn.map(tilePicture)),
      drawn.length ? scaleLegend("tiles by cells with a digit", drawn.flatMap(p => p.tile_use).reduce((counts, t) => {
        ++counts[stepOf(t[4])];
        return counts;
      }, new Array(steps + 1).fill(0)), "share of the pairs in use") : null,
      table(
          "Cells and converters",
          [
            ["projection", p => p.name], ["sources \u00d7 targets", p => `${whole(p.sources)} \u00d7 ${whole(p.targets)}`, "n"],
            ["tiles", p => whole(p.tiles), "n"], ["places in use", p => percent(p.places_used), "n"],
            ["cells with a digit", p => percent(p.cells_used), "n"],
            ["slices", p => `${p.slices} of ${plural(p.cell_bits, "bit")}`], ["converter", p => plural(p.adc_bits, "bit")],
            ["device", p => p.device + (p.read_noise ? ", noisy" : "")]
          ],
          projections),
      table(
          "What is lost",
          [
            ["projection", p => p.name], ["weight error, steps", p => number(p.weight_error), "n"],
            ["signal to noise", p => (value(p, "snr") === null ? "\u2013" : `${number(value(p, "snr"))} dB`), "n"],
            ["error of a sum, steps", p => number(value(p, "rms")), "n"], ["largest", p => number(value(p, "largest")), "n"],
            ["clipped", p => (value(p, "clipped") === null ? "\u2013" : percent(value(p, "clipped"))), "n"]
          ],
          projections),
      errors.length < projections.length ?
          h("p", {class: "muted"}, "Errors of sums are known where data was given: '--input' or '--calibrate'.") :
          null,
      outputs ?
          table(
              `With other seeds: of ${whole(outputs.spikes)} spikes and ${plural(outputs.samples, "sample")}`,
              [["seed", t => `trial ${t[0] + 1}`], ["other spikes", t => whole(t[1]), "n"], ["other classes", t => whole(t[2]), "n"]],
              outputs.other_spikes.map((n, k) => [k, n, outputs.other_classes[k]])) :
          null,
      cycles ? [
        h("h3", {}, "Cycles of the cores, a step"), stackedBar(cycles, "", "Cycles of the cores"),
        shareTable("Cycles of rows and crossbars", "", cycles)
      ] :
               null,
      energy ? [
        h("h3", {}, "Energy, a step"), stackedBar(energy, "J", "Energy of rows and crossbars"),
        shareTable("Energy of rows and crossbars", "J", energy)
      ] :
               null);
}
