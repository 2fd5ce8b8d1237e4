// Raster plots: where marks are, how many, and that the picture is well-formed.
#include "runtime/Raster.h"
#include "TestFiles.h"

#include <regex>

using namespace engram;

static size_t occurrences(const std::string &text, const std::string &part) {
  size_t count = 0;
  for (size_t i = text.find(part); i != std::string::npos; i = text.find(part, i + 1))
    ++count;
  return count;
}

// The marks of all populations: the paths with a stroke width.
static std::vector<std::pair<double, double>> marksOf(const std::string &svg) {
  std::vector<std::pair<double, double>> marks;
  std::regex path("stroke-width=\"[0-9.]+\" d=\"([^\"]*)\""),
      mark("M([0-9.]+) ([0-9.]+)v([0-9.]+)");
  for (std::sregex_iterator p(svg.begin(), svg.end(), path), end; p != end; ++p) {
    std::string data = (*p)[1];
    for (std::sregex_iterator m(data.begin(), data.end(), mark); m != end; ++m)
      marks.emplace_back(std::stod((*m)[1]), std::stod((*m)[2]) + std::stod((*m)[3]) / 2);
  }
  return marks;
}

TEST(Raster, PutsTimeToTheRightAndNeuronsUpwards) {
  RasterOptions options;
  options.stepCount = 10;
  auto marks = marksOf(renderRaster({{"a", 4, {0, 9}, {0, 3}}}, options));
  ASSERT_EQ(marks.size(), 2u);
  // The plot is 960 - 58 - 24 = 878 pixels wide; the marks stand in the middle of their steps.
  EXPECT_NEAR(marks[0].first, 58 + 878 * 0.05, 0.11);
  EXPECT_NEAR(marks[1].first, 58 + 878 * 0.95, 0.11);
  // Three of four rows apart, the higher neuron nearer to the top.
  EXPECT_GT(marks[0].second, marks[1].second + 30);
}

TEST(Raster, NamesPopulationsSizesAndRates) {
  RasterOptions options;
  options.dtMs = 0.5;
  options.stepCount = 2000;
  options.title = "R&D <1>";
  // 4 spikes of 2,000 neurons in 1 s are 0.002 Hz.
  std::string svg =
      renderRaster({{"L5 <pyramidal>", 2000, {1, 2, 3, 4}, {0, 1, 2, 1999}}}, options);
  EXPECT_NE(svg.find("L5 &lt;pyramidal&gt;"), std::string::npos);
  EXPECT_NE(svg.find("R&amp;D &lt;1&gt;"), std::string::npos);
  EXPECT_NE(svg.find("2,000 neurons · 4 spikes · 0.002 Hz"), std::string::npos);
  EXPECT_NE(svg.find("time (ms)"), std::string::npos);
  EXPECT_NE(svg.find(">1,000</text>"), std::string::npos);
  EXPECT_EQ(svg.find("thinned"), std::string::npos);
}

TEST(Raster, BoundsTheMarksAndSaysSo) {
  RasterSeries series{"many", 500, {}, {}};
  for (int64_t step = 0; step < 600; ++step)
    for (int64_t neuron = 0; neuron < 500; ++neuron) {
      series.steps.push_back(step);
      series.neurons.push_back(neuron);
    }
  RasterOptions options;
  options.maxMarks = 1000;
  std::string svg = renderRaster({series, series}, options);
  size_t count = marksOf(svg).size();
  EXPECT_LE(count, 1000u);
  EXPECT_GT(count, 850u);
  EXPECT_NE(svg.find("thinned: a random "), std::string::npos);
  EXPECT_NE(svg.find("300,000 spikes"), std::string::npos);
  EXPECT_EQ(svg, renderRaster({series, series}, options));
}

TEST(Raster, SharesMarksAtOnePlaceAndSkipsWhatIsOutside) {
  RasterOptions options;
  options.stepCount = 10;
  std::string svg = renderRaster({{"a", 2, {1, 1, -1, 10, 3, 4, 5}, {0, 0, 0, 0, -1, 2}}}, options);
  EXPECT_EQ(marksOf(svg).size(), 1u);
  EXPECT_NE(svg.find("2 neurons · 2 spikes"), std::string::npos);
}

TEST(Raster, LimitsThePopulationsAndSaysSo) {
  std::vector<RasterSeries> series(30, RasterSeries{"p", 1, {0}, {0}});
  std::string svg = renderRaster(series);
  EXPECT_EQ(occurrences(svg, "1 neuron · 1 spike<"), 24u);
  EXPECT_NE(svg.find("6 more populations are not shown"), std::string::npos);
}

TEST(Raster, SurvivesStrangeInput) {
  for (const RasterSeries &series :
       {RasterSeries{"", 0, {}, {}}, RasterSeries{"x", -5, {1}, {0}},
        RasterSeries{"x", INT64_MAX, {INT64_MAX, INT64_MIN}, {INT64_MAX - 1, 0}},
        RasterSeries{"bad \xff\xc0\x80 \x01 utf-8 \xe2\x82", 1, {0}, {0}}}) {
    std::string svg = renderRaster({series});
    EXPECT_EQ(svg.substr(svg.size() - 7), "</svg>\n");
    EXPECT_EQ(svg.find('\x01'), std::string::npos);
    EXPECT_EQ(svg.find('\xff'), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
  }
  RasterOptions options;
  options.width = -1;
  options.maxMarks = -1;
  options.maxSeries = -1;
  EXPECT_NE(renderRaster({}, options).find("</svg>"), std::string::npos);
}
