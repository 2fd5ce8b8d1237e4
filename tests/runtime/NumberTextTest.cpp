// Numbers and untrusted text as people read them.
#include "runtime/NumberText.h"

#include <gtest/gtest.h>

using namespace engram;

TEST(NumberText, StepTimesAreTheDecimalsThatPeopleWrite) {
  EXPECT_EQ(stepTime(3, 0.1), 0.3);
  EXPECT_EQ(stepTime(7, 0.1), 0.7);
  EXPECT_EQ(stepTime(123456789, 0.1), 12345678.9);
  EXPECT_EQ(stepTime(0, 0.1), 0.0);
  EXPECT_EQ(stepTime(5, 1.0 / 3), 1.66666666666667);
}

TEST(NumberText, ParsesWholeTextsOnly) {
  EXPECT_EQ(parseNumber("-1.5e3"), -1500.0);
  EXPECT_EQ(parseNumber("+2"), 2.0);
  for (const char *text : {"", "+", "+-1", "1 ", "1,5", "0x10", "1e", "nan(1)", "--1", "1e400"})
    EXPECT_FALSE(parseNumber(text).has_value()) << text;
  EXPECT_EQ(parseInteger("7.000000000000000000e+00"), 7);
  EXPECT_EQ(parseInteger("9223372036854775807"), INT64_MAX);
  for (const char *text : {"9223372036854775808", "1.5", "nan", "inf", "1e17"})
    EXPECT_FALSE(parseInteger(text).has_value()) << text;
}

TEST(NumberText, QuotesStrangeTextForDiagnostics) {
  EXPECT_EQ(quote("a\nb"), "'a\\x0ab'");
  EXPECT_EQ(quote(std::string(50, 'x')), "'" + std::string(40, 'x') + "…'");
  EXPECT_EQ(grouped(-1234567), "-1,234,567");
  EXPECT_EQ(grouped(-123), "-123");
  EXPECT_EQ(grouped(1000), "1,000");
}
