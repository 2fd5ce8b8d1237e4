// Factors between units. Values from the SI brochure (9th edition, 2019): prefixes, and derived
// units by their definition.
#include "dialects/Neuro/IR/Units.h"
#include <gtest/gtest.h>

using namespace engram::neuro;

namespace {

void expectFactor(const char *from, const char *to, double factor) {
  std::optional<double> found = unitFactor(from, to);
  ASSERT_TRUE(found) << from << " to " << to;
  EXPECT_DOUBLE_EQ(*found, factor) << from << " to " << to;
}

TEST(Units, ConvertByPrefix) {
  expectFactor("s", "ms", 1e3);
  expectFactor("us", "s", 1e-6);
  expectFactor("mV", "V", 1e-3);
  expectFactor("nA", "pA", 1e3);
  expectFactor("fF", "F", 1e-15);
  expectFactor("GOhm", "MOhm", 1e3);
  expectFactor("kHz", "Hz", 1e3);
  expectFactor("cm", "m", 1e-2);
  expectFactor("mV", "mV", 1);
}

TEST(Units, ConvertByDefinition) {
  expectFactor("F", "A*s/V", 1); // C = Q / V
  expectFactor("S", "1/Ohm", 1); // G = 1 / R
  expectFactor("C", "A*s", 1);   // Q = I t
  expectFactor("V/A", "Ohm", 1); // R = V / I
  expectFactor("Hz", "1/s", 1);
  expectFactor("1/ms", "kHz", 1);
  expectFactor("MOhm*nF", "ms", 1); // tau = R C
  expectFactor("mM", "mol/m^3", 1); // a millimole a litre
  expectFactor("M", "mol/m^3", 1e3);
}

TEST(Units, ConvertDensities) {
  expectFactor("mS/cm^2", "S/m^2", 10);
  expectFactor("uF/cm^2", "F/m^2", 1e-2);
  expectFactor("uA/cm^2", "mA/cm^2", 1e-3);
  expectFactor("m^2", "cm^2", 1e4);
}

TEST(Units, RefuseWhatHasAnotherBase) {
  for (auto [from, to] :
       {std::pair("mV", "ms"), {"A", "V"}, {"1", "mV"}, {"m^2", "m"}, {"Hz", "s"}})
    EXPECT_FALSE(unitFactor(from, to)) << from << " to " << to;
}

TEST(Units, AreKnownOrNot) {
  for (const char *unit : {"ms", "mS/cm^2", "1", "1/ms", "mol/m^3"})
    EXPECT_TRUE(isKnownUnit(unit)) << unit;
  for (const char *unit : {"furlong", "xs", "mm^", "ms/", "/ms", "m^x", "k1"})
    EXPECT_FALSE(isKnownUnit(unit)) << unit;
}

} // namespace
