// Numbers in attributes: every element type, inline, splat or in a resource; and the values of
// distributions.
#include "dialects/Neuro/IR/Numbers.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace mlir;
using namespace engram::neuro;

namespace {

class Numbers : public testing::Test {
protected:
  Numbers() { context.loadDialect<NeuroDialect>(); }
  Attribute parse(const std::string &text) { return parseAttribute(text, &context); }
  std::vector<double> read(const std::string &text) { return readNumbers(parse(text)); }
  FailureOr<std::vector<double>> values(const std::string &text, int64_t count) {
    return valuesOf(parse(text), count, "mV", {9, streamOf("p/v")},
                    [&] { return emitError(UnknownLoc::get(&context)); });
  }
  MLIRContext context;
};

using List = std::vector<double>;

TEST_F(Numbers, AreReadFromScalars) {
  EXPECT_EQ(read("0.5"), List{0.5});
  EXPECT_EQ(read("0.1 : f32"), List{static_cast<double>(0.1f)});
  EXPECT_EQ(read("-3 : i32"), List{-3});
  EXPECT_EQ(read("200 : ui8"), List{200});
  EXPECT_EQ(read("true"), List{1});
}

TEST_F(Numbers, AreReadFromListsOfEveryType) {
  EXPECT_EQ(read("dense<[0.5, -1.0]> : tensor<2xf64>"), (List{0.5, -1}));
  EXPECT_EQ(read("dense<[0.5, -1.0]> : tensor<2xf32>"), (List{0.5, -1}));
  for (const char *type : {"i8", "i16", "i32", "i64", "si8", "index"})
    EXPECT_EQ(read(std::string("dense<[7, -1]> : tensor<2x") + type + ">"), (List{7, -1})) << type;
  EXPECT_EQ(read("dense<[7, 255]> : tensor<2xui8>"), (List{7, 255}));
  EXPECT_EQ(read("dense<[7, 65535]> : tensor<2xui16>"), (List{7, 65535}));
  EXPECT_EQ(read("dense<[7, 4294967295]> : tensor<2xui32>"), (List{7, 4294967295.0}));
  EXPECT_EQ(read("dense<[true, false, true]> : tensor<3xi1>"), (List{1, 0, 1}));
}

TEST_F(Numbers, AreReadFromSplatsAsFromLists) {
  EXPECT_EQ(read("dense<0.5> : tensor<2xf32>"), (List{0.5, 0.5}));
  EXPECT_EQ(read("dense<-1> : tensor<2xi16>"), (List{-1, -1}));
  EXPECT_EQ(read("dense<true> : tensor<2xi1>"), (List{1, 1}));
  EXPECT_EQ(read("dense<255> : tensor<2xui8>"), (List{255, 255}));
}

TEST_F(Numbers, AreRefusedBeyondWhatMemoryHolds) {
  EXPECT_TRUE(isNumeric(parse("dense<0.5> : tensor<1000x1000xf64>")));
  EXPECT_FALSE(isNumeric(parse("dense<0.5> : tensor<1000000x1000000xf64>")));
  EXPECT_FALSE(isNumeric(parse("dense<0.5> : tensor<2xf16>")));
  EXPECT_FALSE(isNumeric(parse("\"text\"")));
}

TEST_F(Numbers, SurviveBeingStored) {
  Builder b(&context);
  for (Type type :
       {Type(b.getF64Type()), Type(b.getF32Type()), Type(b.getI32Type()), Type(b.getI64Type())})
    for (int64_t count : {1, 16, 17, 100}) {
      List numbers;
      for (int64_t k = 0; k < count; ++k)
        numbers.push_back(static_cast<double>(k * 3 - 7));
      auto stored = makeElements(RankedTensorType::get({count}, type), numbers, "numbers");
      EXPECT_TRUE(hasData(stored));
      EXPECT_EQ(readNumbers(stored), numbers);
      // Short ones stand in the text, where people read them.
      EXPECT_EQ(isa<DenseResourceElementsAttr>(stored), count > 16);
    }
  EXPECT_EQ(
      readNumbers(makeElements(RankedTensorType::get({3}, b.getI1Type()), List{1, 0, 1}, "bits")),
      (List{1, 0, 1}));
}

TEST_F(Numbers, OfAQuantityAreConverted) {
  EXPECT_EQ(*values("#neuro.quantity<0.5 V>", 3), List{500});
}

TEST_F(Numbers, OfADistributionHaveItsMoments) {
  int64_t n = 20000;
  List uniform = *values("#neuro.uniform<-1.0, 3.0>", n),
       normal = *values("#neuro.normal<2.0, 0.5>", n);
  auto mean = [&](const List &x) {
    double s = 0;
    for (double v : x)
      s += v;
    return s / n;
  };
  auto deviation = [&](const List &x) {
    double s = 0, m = mean(x);
    for (double v : x)
      s += (v - m) * (v - m);
    return std::sqrt(s / n);
  };
  double root = std::sqrt(static_cast<double>(n)), sigma = 4 / std::sqrt(12.0);
  EXPECT_NEAR(mean(uniform), 1, 4 * sigma / root);
  EXPECT_NEAR(deviation(uniform), sigma, 4 * sigma / root);
  EXPECT_NEAR(mean(normal), 2, 4 * 0.5 / root);
  EXPECT_NEAR(deviation(normal), 0.5, 4 * 0.5 / root);
  EXPECT_GT(*std::min_element(uniform.begin(), uniform.end()), -1);
  EXPECT_LT(*std::max_element(uniform.begin(), uniform.end()), 3);
}

} // namespace
