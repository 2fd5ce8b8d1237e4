// Spike raster plots as self-contained SVG pictures.
#include "runtime/Raster.h"

#include "runtime/NumberText.h"
#include "runtime/Philox.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace engram {

namespace {

constexpr double left = 58, right = 24, headerHeight = 22, gap = 14;
constexpr const char *ink = "#1f2933", *muted = "#6b7785", *rule = "#e4e8ec", *frame = "#c3cad2";
// Dark enough on white for marks of one pixel, and distinct with colour-blind eyes.
constexpr const char *colours[] = {"#1f5fa8", "#c2410c", "#0f766e", "#7e3aa6",
                                   "#a16207", "#be185d", "#3f6212", "#475569"};

/// Where one population is drawn.
struct Panel {
  const RasterSeries *series;
  double top, height;
  const char *colour;
};

/// Marks on a grid of a tenth of a pixel, 'y' from the top of the panel.
struct Mark {
  uint32_t x, y;
  friend bool operator<(Mark a, Mark b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); }
  friend bool operator==(Mark a, Mark b) { return a.x == b.x && a.y == b.y; }
};

} // namespace

// The length of the UTF-8 sequence at 'i', 0 where it is malformed or not allowed in XML.
static size_t sequenceLength(std::string_view text, size_t i) {
  auto byte = [&](size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
  unsigned lead = byte(i);
  if (lead < 0x80)
    return lead >= 0x20 && lead != 0x7f ? 1 : 0;
  size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4)
    return 0;
  for (size_t k = 1; k < length; ++k)
    if ((byte(i + k) & 0xc0) != 0x80)
      return 0;
  unsigned second = byte(i + 1);
  bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  bool outside = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
  bool noncharacter = lead == 0xef && second == 0xbf && byte(i + 2) >= 0xbe;
  return overlong || outside || noncharacter ? 0 : length;
}

// Text as XML content, at most 'limit' characters long.
static std::string escaped(std::string_view text, size_t limit) {
  std::string result;
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++characters) {
    if (characters == limit)
      return result + "…";
    size_t length = sequenceLength(text, i);
    if (length == 0)
      result += "\uFFFD";
    else if (text[i] == '&')
      result += "&amp;";
    else if (text[i] == '<')
      result += "&lt;";
    else if (text[i] == '>')
      result += "&gt;";
    else
      result.append(text.substr(i, length));
    i += std::max<size_t>(length, 1);
  }
  return result;
}

// 1, 2 or 5 times a power of ten, so that about 'count' of them cover 'span'.
static double tickStep(double span, int count) {
  double rough = span / count, power = std::pow(10.0, std::floor(std::log10(rough)));
  double digit = rough / power;
  return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
}

static std::string tickText(double value) {
  if (std::fabs(value) < 1e15 && value == std::floor(value))
    return grouped(static_cast<int64_t>(value));
  return fmt::format("{:.6g}", value);
}

static bool isDrawn(const RasterSeries &series, size_t i, int64_t stepCount) {
  return series.steps[i] >= 0 && series.steps[i] < stepCount && series.neurons[i] >= 0 &&
         series.neurons[i] < series.size;
}

static size_t spikeCount(const RasterSeries &series) {
  return std::min(series.steps.size(), series.neurons.size());
}

static int64_t stepsShown(const std::vector<RasterSeries> &series, const RasterOptions &options) {
  if (options.stepCount > 0)
    return options.stepCount;
  int64_t last = 0;
  for (const RasterSeries &one : series)
    for (int64_t step : one.steps)
      last = std::max(last, std::min(step, INT64_MAX - 1));
  return last + 1;
}

// Larger populations get more room, but much less than in proportion.
static double panelHeight(int64_t size, size_t panels) {
  double wanted = 14 + 16 * std::sqrt(static_cast<double>(std::max<int64_t>(size, 1)));
  double highest = std::max(420.0 / static_cast<double>(panels), 90.0);
  return std::round(std::clamp(wanted, 26.0, highest));
}

static double markHeight(const Panel &panel) {
  double row = panel.height / static_cast<double>(std::max<int64_t>(panel.series->size, 1));
  return std::clamp(row * 0.8, 1.3, 14.0);
}

static std::vector<Mark> marksOf(const Panel &panel, int64_t stepCount, double plotWidth) {
  const RasterSeries &series = *panel.series;
  std::vector<Mark> marks;
  marks.reserve(spikeCount(series));
  double perStep = plotWidth / static_cast<double>(stepCount);
  double row = panel.height / static_cast<double>(std::max<int64_t>(series.size, 1));
  for (size_t i = 0; i < spikeCount(series); ++i) {
    if (!isDrawn(series, i, stepCount))
      continue;
    double x = (static_cast<double>(series.steps[i]) + 0.5) * perStep;
    double y = panel.height - (static_cast<double>(series.neurons[i]) + 0.5) * row;
    marks.push_back({static_cast<uint32_t>(x * 10), static_cast<uint32_t>(y * 10)});
  }
  std::sort(marks.begin(), marks.end());
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  return marks;
}

// Keeps about 'fraction' of the marks, chosen by a hash of their place.
static void thin(std::vector<Mark> &marks, double fraction, uint32_t panel) {
  auto dropped = [&](Mark mark) {
    return uniform01(uniform32(0, panel, uint64_t(mark.y) << 32 | mark.x, 0)) >= fraction;
  };
  marks.erase(std::remove_if(marks.begin(), marks.end(), dropped), marks.end());
}

static void drawMarks(std::string &svg, const Panel &panel, const std::vector<Mark> &marks,
                      double perStep) {
  if (marks.empty())
    return;
  double height = markHeight(panel), width = std::clamp(perStep * 0.4, 1.0, 3.2);
  svg += fmt::format("<path fill=\"none\" stroke=\"{}\" stroke-width=\"{:.1f}\" d=\"", panel.colour,
                     width);
  for (Mark mark : marks)
    svg += fmt::format("M{:.1f} {:.1f}v{:.1f}", left + mark.x / 10.0,
                       panel.top + mark.y / 10.0 - height / 2, height);
  svg += "\"/>\n";
}

static std::string seriesSummary(const RasterSeries &series, int64_t stepCount, double dtMs) {
  int64_t count = 0;
  for (size_t i = 0; i < spikeCount(series); ++i)
    count += isDrawn(series, i, stepCount);
  std::string text =
      fmt::format("{} neuron{} · {} spike{}", grouped(series.size), series.size == 1 ? "" : "s",
                  grouped(count), count == 1 ? "" : "s");
  double seconds = static_cast<double>(stepCount) * dtMs * 1e-3;
  if (seconds > 0 && series.size > 0)
    text += fmt::format(" · {:.3g} Hz",
                        static_cast<double>(count) / seconds / static_cast<double>(series.size));
  return text;
}

// Name and summary above the panel, its frame, and the neuron indices at the left.
static void drawFrame(std::string &svg, const Panel &panel, double plotWidth,
                      const std::string &summary) {
  const RasterSeries &series = *panel.series;
  svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\"><tspan font-weight=\"600\" "
                     "fill=\"{}\">{}</tspan><tspan dx=\"10\" font-size=\"11\">{}</tspan></text>\n",
                     left, panel.top - 7, muted, panel.colour,
                     escaped(series.name.empty() ? "unnamed" : series.name, 64), summary);
  svg += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
                     "fill=\"none\" stroke=\"{}\"/>\n",
                     left, panel.top, plotWidth, panel.height, frame);
  if (series.size < 1)
    return;
  double row = panel.height / static_cast<double>(series.size);
  auto label = [&](int64_t neuron) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" font-size=\"10\" "
                       "fill=\"{}\">{}</text>\n",
                       left - 6,
                       panel.top + panel.height - (static_cast<double>(neuron) + 0.5) * row + 3.5,
                       muted, grouped(neuron));
  };
  label(0);
  if (series.size < 2 || panel.height - row < 11)
    return;
  label(series.size - 1);
  int ticks = static_cast<int>(panel.height / 40);
  if (ticks < 2)
    return;
  auto step =
      static_cast<int64_t>(std::max(1.0, tickStep(static_cast<double>(series.size), ticks)));
  double room = 12 / row;
  for (int64_t neuron = step; static_cast<double>(neuron) < series.size - 1 - room; neuron += step)
    if (static_cast<double>(neuron) > room)
      label(neuron);
}

// Vertical rules in all panels and the labelled axis below the last one.
static void drawTimeAxis(std::string &svg, const std::vector<Panel> &panels, double bottom,
                         double plotWidth, double end, const char *name) {
  double step = tickStep(end, 8);
  std::string rules, labels;
  for (int64_t k = 0; k * step <= end * (1 + 1e-9); ++k) {
    double x = left + k * step / end * plotWidth;
    for (const Panel &panel : panels)
      rules += fmt::format("M{:.1f} {:.1f}v{:.1f}", x, panel.top, panel.height);
    rules += fmt::format("M{:.1f} {:.1f}v5", x, bottom);
    labels += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" "
                          "font-size=\"11\" fill=\"{}\">{}</text>\n",
                          x, bottom + 18, muted, tickText(k * step));
  }
  svg += fmt::format("<path fill=\"none\" stroke=\"{}\" d=\"{}\"/>\n{}", rule, rules, labels);
  svg +=
      fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" fill=\"{}\">{}</text>\n",
                  left + plotWidth / 2, bottom + 37, ink, name);
}

std::string renderRaster(const std::vector<RasterSeries> &series, const RasterOptions &options) {
  int64_t stepCount = stepsShown(series, options);
  double width = std::clamp(options.width, 320, 8192), plotWidth = width - left - right;
  size_t shown =
      std::min(series.size(), static_cast<size_t>(std::max<int64_t>(options.maxSeries, 0)));
  double top = options.title.empty() ? 10 : 40;
  std::vector<Panel> panels;
  for (size_t i = 0; i < shown; ++i) {
    double height = panelHeight(series[i].size, shown);
    panels.push_back({&series[i], top + headerHeight, height, colours[i % std::size(colours)]});
    top += headerHeight + height + gap;
  }
  double bottom = shown ? top - gap : top;

  std::vector<std::vector<Mark>> marks;
  size_t total = 0;
  for (const Panel &panel : panels) {
    marks.push_back(marksOf(panel, stepCount, plotWidth));
    total += marks.back().size();
  }
  std::string note;
  if (auto limit = static_cast<size_t>(std::max<int64_t>(options.maxMarks, 0)); total > limit) {
    size_t kept = 0;
    for (size_t i = 0; i < marks.size(); ++i) {
      thin(marks[i], static_cast<double>(limit) / static_cast<double>(total),
           static_cast<uint32_t>(i));
      // The random choice may exceed the bound by a little.
      marks[i].resize(std::min(marks[i].size(), limit - kept));
      kept += marks[i].size();
    }
    note = fmt::format("thinned: a random {} of {} marks are drawn", grouped(kept), grouped(total));
  }
  if (shown < series.size())
    note += fmt::format("{}{} more populations are not shown", note.empty() ? "" : " · ",
                        grouped(static_cast<int64_t>(series.size() - shown)));

  double height = bottom + 48 + (note.empty() ? 0 : 20);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"Inter, 'Helvetica Neue', Arial, 'DejaVu "
      "Sans', sans-serif\" font-size=\"12\">\n<title>{2}</title>\n<rect width=\"100%\" "
      "height=\"100%\" fill=\"#ffffff\"/>\n",
      width, height, escaped(options.title.empty() ? "spike raster" : options.title, 200));
  if (!options.title.empty())
    svg += fmt::format("<text x=\"{:.1f}\" y=\"25\" font-size=\"16\" font-weight=\"600\" "
                       "fill=\"{}\">{}</text>\n",
                       left, ink, escaped(options.title, 96));
  bool inMs = options.dtMs > 0;
  drawTimeAxis(svg, panels, bottom, plotWidth,
               static_cast<double>(stepCount) * (inMs ? options.dtMs : 1),
               inMs ? "time (ms)" : "step");
  for (size_t i = 0; i < panels.size(); ++i) {
    drawFrame(svg, panels[i], plotWidth, seriesSummary(*panels[i].series, stepCount, options.dtMs));
    drawMarks(svg, panels[i], marks[i], plotWidth / static_cast<double>(stepCount));
  }
  if (!note.empty())
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"11\" font-style=\"italic\" "
                       "fill=\"{}\">{}</text>\n",
                       left, height - 9, muted, note);
  return svg + "</svg>\n";
}

} // namespace engram
