// Writes rtl/engram_chip_pkg.sv.
#include "backends/Accelerator/ChipPackage.h"
#include <fmt/format.h>
#include <utility>

std::string engram::a1::chipPackage(const ChipParameters &chip, const std::string &target) {
  const std::pair<const char *, int> sizes[] = {{"Columns", chip.columns},
                                                {"Rows", chip.rows},
                                                {"Neurons", chip.neurons},
                                                {"Slots", chip.slots},
                                                {"Ports", chip.ports},
                                                {"StateWords", chip.stateWords},
                                                {"Instructions", chip.instructions},
                                                {"Constants", chip.constants},
                                                {"Segments", chip.segments},
                                                {"SynapseWords", chip.synapseWords},
                                                {"Axons", chip.axons},
                                                {"KeyEntries", chip.keyEntries},
                                                {"RouteEntries", chip.routeEntries},
                                                {"AccumulatorBits", chip.accumulatorBits},
                                                {"Lanes", chip.lanes},
                                                {"Crossbars", chip.crossbars}};
  std::string text = fmt::format("// Sizes of the chip '{0}'.\n"
                                 "// Generated: engram targets {0} --sv > rtl/engram_chip_pkg.sv\n"
                                 "package engram_chip_pkg;\n\n",
                                 target);
  for (auto [name, value] : sizes)
    text += fmt::format("  localparam int {} = {};\n", name, value);
  text += fmt::format("  localparam logic [31:0] FeatureHash = 32'h{:08X};\n\nendpackage\n",
                      chip.featureHash());
  return text;
}
