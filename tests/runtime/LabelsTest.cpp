// Lists of classes in the formats that users have.
#include "runtime/Labels.h"
#include "TestFiles.h"
#include "runtime/Npy.h"

using namespace engram;
using namespace engram::test;

using Classes = std::vector<int64_t>;

static std::string errorOf(const std::string &text) {
  return messageOf(parseLabels(text, "x.csv"));
}

TEST(Labels, ReadsOneNumberALine) {
  for (const char *text : {"7\n2\n1\n", "label\n7\n2\n1", "# classes\r\n7\r\n\r\n2\r\n1\r\n",
                           "7.000e+00\n2.000e+00\n1.000e+00\n"}) {
    Expected<LabelList> list = parseLabels(text, "x");
    ASSERT_TRUE(list.has_value()) << list.error().message;
    EXPECT_EQ(list->classes, (Classes{7, 2, 1})) << text;
    EXPECT_TRUE(list->samples.empty());
  }
}

TEST(Labels, ReadsSamplesByNameAndTheLastColumn) {
  Expected<LabelList> list = parseLabels("#sample #class\r\n60001\t7\r\n60002\t2\r\n", "x");
  ASSERT_TRUE(list.has_value());
  EXPECT_EQ(list->classes, (Classes{7, 2}));
  EXPECT_EQ(list->samples, (std::vector<std::string>{"60001", "60002"}));
  EXPECT_EQ(list->classOf("60002"), 2);
  EXPECT_FALSE(list->classOf("60003").has_value());
  list = parseLabels("file,split,class\na b.npy,test,4\n", "x");
  ASSERT_TRUE(list.has_value());
  EXPECT_EQ(list->classOf("a b.npy"), 4);
}

TEST(Labels, ReadsTheSharedListOfNMnist) {
  std::string path = sharedData("NMNIST/test100.txt");
  if (!std::filesystem::exists(path))
    GTEST_SKIP() << "no file " << path;
  Expected<LabelList> list = readLabels(path);
  ASSERT_TRUE(list.has_value()) << list.error().message;
  EXPECT_EQ(list->classes.size(), 100u);
  // The first test digits of MNIST: 7 2 1 0 4 1 4 9 5 9.
  EXPECT_EQ(Classes(list->classes.begin(), list->classes.begin() + 10),
            (Classes{7, 2, 1, 0, 4, 1, 4, 9, 5, 9}));
}

TEST(Labels, ReadsNpy) {
  Scratch scratch;
  std::string path = scratch / "labels.npy";
  ASSERT_TRUE(writeNpy(path, Tensor::from<uint8_t>({3}, {7, 2, 1})).has_value());
  EXPECT_EQ(readLabels(path)->classes, (Classes{7, 2, 1}));
  ASSERT_TRUE(writeNpy(path, Tensor::from<double>({2, 1}, {3, 4})).has_value());
  EXPECT_EQ(readLabels(path)->classes, (Classes{3, 4}));
  ASSERT_TRUE(writeNpy(path, Tensor::from<int8_t>({2}, {3, -4})).has_value());
  EXPECT_EQ(messageOf(readLabels(path)),
            "'" + path + "': expected class 1 to be 0 or more, got -4");
  ASSERT_TRUE(writeNpy(path, Tensor::from<int8_t>({1, 2}, {3, 4})).has_value());
  EXPECT_EQ(messageOf(readLabels(path)),
            "'" + path + "': expected a list of at least one class, got shape (1, 2)");
  ASSERT_TRUE(writeNpy(path, Tensor::from<float>({1}, {0.5f})).has_value());
  EXPECT_FALSE(readLabels(path).has_value());
}

TEST(Labels, ErrorsNameTheLine) {
  EXPECT_EQ(errorOf("1\nx\n"),
            "'x.csv': line 2: expected a class, a whole number of 0 or more, got 'x'");
  EXPECT_EQ(errorOf("1\n2.5\n"),
            "'x.csv': line 2: expected a class, a whole number of 0 or more, got '2.5'");
  EXPECT_EQ(errorOf("-1\n"),
            "'x.csv': line 1: expected a class, a whole number of 0 or more, got '-1'");
  EXPECT_EQ(errorOf("a 1\nb\n"), "'x.csv': line 2: expected 2 columns, got 1");
  EXPECT_EQ(errorOf("a 1\na 2\n"), "'x.csv': line 2: sample 'a' has class 2 here and 1 before");
  EXPECT_EQ(errorOf("# nothing\n"), "'x.csv': expected at least one label");
}
