// .npy files: values against files that numpy wrote, and refusal of malformed ones.
#include "runtime/Npy.h"
#include "TestFiles.h"

#include <cmath>
#include <cstdlib>

using namespace engram;
using namespace engram::test;

static std::vector<double> doublesOf(const std::string &name) {
  Expected<Tensor> tensor = readNpy(fixture(name));
  EXPECT_TRUE(tensor.has_value()) << (tensor ? "" : tensor.error().message);
  return tensor ? tensor->toDoubles() : std::vector<double>();
}

static const std::vector<double> grid = {0, 1, 2, 10, 11, 12};
static const std::vector<double> shifted = {-5, -4, -3, 5, 6, 7};

static std::string npy(const std::string &dictionary, const std::string &data) {
  std::string text = dictionary + "\n";
  std::string header("\x93NUMPY\x01\x00", 8);
  header += {static_cast<char>(text.size() & 255), static_cast<char>(text.size() >> 8)};
  return header + text + data;
}

static std::string errorOf(const std::string &dictionary, const std::string &data = "") {
  return messageOf(parseNpy(bytesOf(npy(dictionary, data)), "x.npy"));
}

TEST(Npy, ReadsEveryElementType) {
  for (const char *code : {"u1", "u2", "u4", "u8"})
    EXPECT_EQ(doublesOf(std::string("grid_") + code + ".npy"), grid) << code;
  for (const char *code : {"i1", "i2", "i4", "i8"})
    EXPECT_EQ(doublesOf(std::string("grid_") + code + ".npy"), shifted) << code;
  for (const char *code : {"f4", "f8"})
    EXPECT_EQ(doublesOf(std::string("grid_") + code + ".npy"),
              (std::vector<double>{-1.25, -1, -0.75, 1.25, 1.5, 1.75}))
        << code;
  EXPECT_EQ(doublesOf("grid_bool.npy"), (std::vector<double>{0, 1, 0, 0, 1, 0}));
}

TEST(Npy, KeepsShapeAndType) {
  Expected<Tensor> tensor = readNpy(fixture("grid_i2.npy"));
  ASSERT_TRUE(tensor.has_value());
  EXPECT_EQ(tensor->shape, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(tensor->dtype, DType::I16);
  EXPECT_EQ(tensor->at(3), 5.0);
  EXPECT_EQ(tensor->toInts().value(), (std::vector<int64_t>{-5, -4, -3, 5, 6, 7}));
}

TEST(Npy, ReadsFortranOrderAsRowMajor) {
  EXPECT_EQ(doublesOf("fortran_f8.npy"), grid);
  std::vector<double> cube = doublesOf("fortran_cube_i4.npy");
  ASSERT_EQ(cube.size(), 24u);
  for (size_t i = 0; i < cube.size(); ++i)
    EXPECT_EQ(cube[i], static_cast<double>(i));
}

TEST(Npy, ReadsBigEndianAndLaterVersions) {
  EXPECT_EQ(doublesOf("big_endian_i4.npy"), grid);
  EXPECT_EQ(doublesOf("version2.npy"), grid);
  EXPECT_EQ(doublesOf("version3.npy"), grid);
}

TEST(Npy, ReadsHalfPrecisionExactly) {
  std::vector<double> values = doublesOf("half.npy");
  ASSERT_EQ(values.size(), 9u);
  EXPECT_EQ(values[0], 65504);
  EXPECT_EQ(values[1], std::ldexp(1, -14));
  EXPECT_EQ(values[2], std::ldexp(1, -24));
  // The binary16 nearest to 1/3 is 1365 / 4096.
  EXPECT_EQ(values[3], 1365.0 / 4096.0);
  EXPECT_EQ(values[4], INFINITY);
  EXPECT_EQ(values[5], -INFINITY);
  EXPECT_TRUE(std::isnan(values[6]));
  EXPECT_TRUE(values[7] == 0 && std::signbit(values[7]));
  EXPECT_EQ(values[8], -1.5);
}

TEST(Npy, ReadsScalarsAndEmptyArrays) {
  EXPECT_EQ(doublesOf("scalar_f8.npy"), std::vector<double>{2.5});
  Expected<Tensor> empty = readNpy(fixture("empty_f4.npy"));
  ASSERT_TRUE(empty.has_value());
  EXPECT_EQ(empty->shape, (std::vector<int64_t>{0, 7}));
  EXPECT_EQ(empty->size(), 0);
}

TEST(Npy, WritesTheBytesOfNumpySave) {
  Scratch scratch;
  for (const char *name : {"grid_u1", "grid_i2", "grid_u4", "grid_i8", "grid_f4", "grid_f8",
                           "grid_bool", "scalar_f8", "empty_f4"}) {
    std::string source = fixture(std::string(name) + ".npy"), copy = scratch / "copy.npy";
    Expected<Tensor> tensor = readNpy(source);
    ASSERT_TRUE(tensor.has_value());
    ASSERT_TRUE(writeNpy(copy, *tensor).has_value());
    EXPECT_EQ(contentOf(copy), contentOf(source)) << name;
  }
}

TEST(Npy, RefusesEveryTruncation) {
  for (const char *name : {"grid_f8.npy", "version2.npy", "fortran_cube_i4.npy", "half.npy"}) {
    std::string whole = contentOf(fixture(name));
    for (size_t length = 0; length < whole.size(); ++length)
      EXPECT_FALSE(parseNpy(bytesOf(whole.substr(0, length)), name).has_value()) << length;
    EXPECT_FALSE(parseNpy(bytesOf(whole + "x"), name).has_value());
  }
}

TEST(Npy, SurvivesEveryChangedByte) {
  std::string whole = contentOf(fixture("fortran_cube_i4.npy"));
  for (size_t i = 0; i < whole.size(); ++i)
    for (int value = 0; value < 256; ++value) {
      std::string changed = whole;
      changed[i] = static_cast<char>(value);
      Expected<Tensor> tensor = parseNpy(bytesOf(changed), "x.npy");
      if (tensor) {
        EXPECT_EQ(tensor->data.size(), tensor->size() * byteSize(tensor->dtype));
      }
    }
}

TEST(Npy, RefusesAbsurdShapesBeforeAllocating) {
  EXPECT_EQ(errorOf("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 10), }"),
            "'x.npy': expected 80000000000 bytes of elements for shape (1000000000, 10) of '<f8', "
            "got 0");
  EXPECT_EQ(errorOf("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}"),
            "'x.npy': expected at most 2^40 elements, got shape (4294967296, 4294967296)");
  EXPECT_EQ(errorOf("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 9223372036854775807)}"),
            "'x.npy': expected at most 2^40 elements, got shape (0, 9223372036854775807)");
  std::string dimensions;
  for (int i = 0; i < 33; ++i)
    dimensions += "1,";
  EXPECT_EQ(errorOf("{'descr': '<f8', 'fortran_order': False, 'shape': (" + dimensions + ")}"),
            "'x.npy': expected at most 32 dimensions");
}

TEST(Npy, SaysWhatIsWrongWithTheHeader) {
  EXPECT_EQ(messageOf(parseNpy(bytesOf("PK\x03\x04 a zip file"), "x.npy")),
            "'x.npy': not an .npy file");
  EXPECT_EQ(messageOf(parseNpy(bytesOf(std::string("\x93NUMPY\x04\x00\x00\x00", 10)), "x.npy")),
            "'x.npy': unsupported: .npy version 4.0");
  EXPECT_EQ(messageOf(readNpy(fixture("structured.npy"))),
            "'" + fixture("structured.npy") + "': unsupported: structured elements");
  EXPECT_EQ(messageOf(readNpy(fixture("complex.npy"))),
            "'" + fixture("complex.npy") + "': unsupported: elements of type '<c16'");
  EXPECT_EQ(errorOf("{'descr': '<f8', 'shape': (1,)}", std::string(8, 0)),
            "'x.npy': expected the keys 'descr', 'fortran_order' and 'shape' in the header");
  EXPECT_EQ(errorOf("{'descr': '<f8', 'fortran_order': Perhaps, 'shape': (1,)}"),
            "'x.npy': malformed value of 'fortran_order' in the header");
  EXPECT_EQ(errorOf("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"),
            "'x.npy': malformed value of 'shape' in the header");
  EXPECT_EQ(errorOf("{'descr': '<f8', 'descr': '<f8'}"),
            "'x.npy': unexpected or repeated key 'descr' in the header");
}

TEST(Npy, NamesAFileThatCannotBeRead) {
  Scratch scratch;
  std::string missing = scratch / "missing.npy";
  EXPECT_EQ(messageOf(readNpy(missing)),
            "'" + missing + "': cannot be opened: No such file or directory");
  EXPECT_EQ(messageOf(readNpy("/")), "'/': expected a file, got a directory");
  EXPECT_EQ(messageOf(readNpy("/dev/null")), "'/dev/null': not an .npy file");
}

TEST(Tensor, ToIntsRefusesWhatIsNoInt64) {
  EXPECT_EQ(messageOf(Tensor::from<double>({2}, {1, 2.5}).toInts()),
            "expected a whole number at element 1, got 2.5");
  EXPECT_EQ(messageOf(Tensor::from<float>({1}, {NAN}).toInts()),
            "expected a whole number at element 0, got nan");
  EXPECT_EQ(messageOf(Tensor::from<double>({1}, {9223372036854775808.0}).toInts()),
            "expected a whole number at element 0, got 9223372036854775808");
  EXPECT_EQ(messageOf(Tensor::from<uint64_t>({1}, {uint64_t(1) << 63}).toInts()),
            "expected element 0 to be below 2^63, got 9223372036854775808");
  EXPECT_EQ(Tensor::from<double>({1}, {-9223372036854775808.0}).toInts().value()[0], INT64_MIN);
}
