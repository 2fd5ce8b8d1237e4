// Numeric tables as text.
#include "runtime/Csv.h"
#include "TestFiles.h"

#include <cfloat>
#include <cmath>

using namespace engram;
using namespace engram::test;

static CsvTable table(const std::string &text) {
  Expected<CsvTable> result = parseCsv(text, "x.csv");
  EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message);
  return result ? *result : CsvTable();
}

static std::string errorOf(const std::string &text) { return messageOf(parseCsv(text, "x.csv")); }

TEST(Csv, ReadsEverySeparator) {
  for (const char *text :
       {"1,2,3\n4,5,6\n", "1;2;3\n4;5;6", "1\t2\t3\r\n4\t5\t6\r\n", "  1 2  3\n 4 \t 5 6  \n\n",
        "\xef\xbb\xbf"
        "1, 2, +3\n4 ,5, 6\n"}) {
    CsvTable result = table(text);
    EXPECT_EQ(result.values.shape, (std::vector<int64_t>{2, 3})) << text;
    EXPECT_EQ(result.values.toDoubles(), (std::vector<double>{1, 2, 3, 4, 5, 6})) << text;
    EXPECT_TRUE(result.header.empty());
  }
}

TEST(Csv, ReadsHeaderAndComments) {
  CsvTable result = table("# made by hand\n\n\"time, ms\",v\n0.5,-1e-3 # rest\n# gap\n1,inf\n");
  EXPECT_EQ(result.header, (std::vector<std::string>{"time, ms", "v"}));
  EXPECT_EQ(result.values.toDoubles(), (std::vector<double>{0.5, -1e-3, 1, INFINITY}));
}

TEST(Csv, ReadsWhatNumpySavetxtWrites) {
  Expected<CsvTable> result = readCsv(fixture("savetxt.csv"));
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->values.shape, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(result->values.toDoubles(), (std::vector<double>{0, 0.125, 0.25, 1.25, 1.375, 1.5}));
}

TEST(Csv, ErrorsNameLineAndColumn) {
  EXPECT_EQ(errorOf("a,b\n1,2\n\n3,x\n"), "'x.csv': line 4, column 2: expected a number, got 'x'");
  EXPECT_EQ(errorOf("1,2\n3\n"), "'x.csv': line 2: expected 2 columns, got 1");
  EXPECT_EQ(errorOf("1,2\n3,\n"), "'x.csv': line 2, column 2: expected a number, got ''");
  EXPECT_EQ(errorOf("1,oops\n3,4\n"), "'x.csv': line 1, column 2: expected a number, got 'oops'");
  EXPECT_EQ(errorOf("1\n1e999\n"), "'x.csv': line 2, column 1: expected a number, got '1e999'");
  EXPECT_EQ(errorOf(std::string("1\n\x01\0", 4)),
            "'x.csv': line 2, column 1: expected a number, got '\\x01\\x00'");
  EXPECT_EQ(errorOf(""), "'x.csv': expected at least one row of numbers");
  EXPECT_EQ(errorOf("only,names\n"), "'x.csv': expected at least one row of numbers");
}

TEST(Csv, WritesTheShortestNumbersThatReadBackEqual) {
  Scratch scratch;
  std::string path = scratch / "out.csv";
  std::vector<double> values = {0.1, 1.0 / 3, -0.0, 5e-324, DBL_MAX, 1e23};
  ASSERT_TRUE(writeCsv(path, {"a", "b"}, Tensor::from<double>({3, 2}, values)).has_value());
  EXPECT_EQ(contentOf(path), "a,b\n0.1,0.3333333333333333\n-0,5e-324\n1.7976931348623157e+308,"
                             "1e+23\n");
  EXPECT_EQ(readCsv(path)->values.toDoubles(), values);
  ASSERT_TRUE(writeCsv(path, {}, Tensor::from<float>({2}, {0.1f, 16777216.f})).has_value());
  EXPECT_EQ(contentOf(path), "0.1\n16777216\n");
  ASSERT_TRUE(writeCsv(path, {}, Tensor::from<uint64_t>({1}, {UINT64_MAX})).has_value());
  EXPECT_EQ(contentOf(path), "18446744073709551615\n");
}

TEST(Csv, RefusesToWriteWhatCannotBeReadBack) {
  Scratch scratch;
  EXPECT_FALSE(writeCsv(scratch / "x", {}, Tensor::zeros({1, 1, 1}, DType::F64)).has_value());
  EXPECT_FALSE(writeCsv(scratch / "x", {"a"}, Tensor::zeros({1, 2}, DType::F64)).has_value());
  EXPECT_FALSE(writeCsv(scratch / "x", {"a,b"}, Tensor::zeros({1}, DType::F64)).has_value());
  EXPECT_EQ(scratch.fileCount(), 0u);
}
