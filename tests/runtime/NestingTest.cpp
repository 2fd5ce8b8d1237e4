// Depth of brackets: where the limit is passed, and what is no bracket.
#include "runtime/Nesting.h"

#include <gtest/gtest.h>
#include <string>

using engram::nestedTooDeep;

TEST(Nesting, CountsBracketsOfAllKindsWithinEachOther) {
  EXPECT_FALSE(nestedTooDeep("f({[<1>]})", 4));
  EXPECT_EQ(nestedTooDeep("f({[<1>]})", 3), 4u);
  EXPECT_FALSE(nestedTooDeep("()()()(){}[]<>", 1));
  EXPECT_FALSE(nestedTooDeep("", 0));
  EXPECT_EQ(nestedTooDeep("(", 0), 0u);
}

TEST(Nesting, FindsWhereALongRunPassesTheLimit) {
  EXPECT_EQ(nestedTooDeep(std::string(100000, '['), 1000), 1000u);
}

TEST(Nesting, StringsAndCommentsAreNotCounted) {
  EXPECT_FALSE(nestedTooDeep(R"("(((" ")\"(((")", 0));
  EXPECT_FALSE(nestedTooDeep("// (((\n", 0));
  EXPECT_EQ(nestedTooDeep("// (((\n(", 0), 7u);
  EXPECT_EQ(nestedTooDeep("a / (b)", 0), 4u);
}

TEST(Nesting, AStringThatIsNotClosedHidesNothingOnTheNextLine) {
  EXPECT_EQ(nestedTooDeep("\"a\n((", 1), 4u);
}

TEST(Nesting, ArrowsAndComparisonsCloseNothing) {
  EXPECT_EQ(nestedTooDeep("<() -> <", 1), 1u);
  EXPECT_EQ(nestedTooDeep("(a -> (b >= (c", 2), 12u);
  EXPECT_EQ(nestedTooDeep("<<a> -> <<b", 2), 9u);
}

TEST(Nesting, MinusSignsInARowAreNestedToo) {
  EXPECT_EQ(nestedTooDeep("1 - - -x", 2), 6u);
  EXPECT_FALSE(nestedTooDeep("1 - x - y - z -> a", 1));
}

TEST(Nesting, ClosingMoreThanWasOpenedDoesNotMakeRoom) { EXPECT_EQ(nestedTooDeep(")))((", 1), 4u); }
