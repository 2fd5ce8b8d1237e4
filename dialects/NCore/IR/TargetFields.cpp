// The table of the fields of a target.
#include "dialects/NCore/IR/TargetFields.h"

#include <type_traits>

using namespace engram::ncore;

// Enough for any machine, and whole numbers that a double holds.
static constexpr double many = 1e15;
static constexpr double maxRate = 1e18;
static constexpr double maxSide = 1024;

const std::vector<TargetField> &engram::ncore::targetFields() {
  using T = Target;
  using G = FieldGroup;
  static const char *const none = "no limit";
  static const char *const unknown = "not known";
  static const std::vector<TargetField> fields = {
      {"name", G::Machine, "", &T::name, 0, 0, "", "letters, digits, '-', '_' and '.'; needed"},
      {"description", G::Machine, "", &T::description, 0, 0, "", "one line for people"},
      {"topology", G::Machine, "", &T::topology, 0, 0, "",
       "how routers are joined: mesh, torus, hexagonal or hexagonal_torus"},
      {"grid", G::Machine, "routers", GridMember(), 1, maxSide, "",
       "columns and rows of routers, [x, y]"},
      {"cores_per_router", G::Machine, "cores", &T::coresPerRouter, 1, 4096, "",
       "cores of a router that run neurons"},
      {"absent", G::Machine, "", &T::absent, 0, maxSide, "",
       "places of the grid without a router, [[x, y], ...]"},
      {"dead_cores", G::Machine, "", &T::deadCores, 0, 4096, "",
       "cores not to be used, [[x, y, core], ...]"},
      {"dead_links", G::Machine, "", &T::deadLinks, 0, maxSide, "",
       "links not to be used in either direction, [[x, y, link], ...]"},

      {"source_cores", G::Machine, "cores", &T::sourceCores, 0, many, "spikes enter from outside",
       "cores at a host's router that send the spikes of its sources"},

      {"neurons", G::Core, "neurons", &T::neurons, 0, many, none, "neurons of a core"},
      {"populations", G::Core, "programs", &T::populations, 0, many, none,
       "populations of a core, each with its update program"},
      {"own_programs", G::Core, "", &T::ownPrograms, 0, 1, "",
       "whether populations with equal update programs count as several"},
      {"synapse_words", G::Core, "words", &T::synapseWords, 0, many, none,
       "words of synapse memory of a core, headers of rows included"},
      {"synapse_word_bits", G::Core, "bits", &T::synapseWordBits, 1, 4096, "",
       "width of such a word"},
      {"synapse_overhead_bits", G::Core, "bits", &T::synapseOverheadBits, 0, 4096, "",
       "of a sparse synapse beside its weight: index, delay, type"},
      {"row_header_words", G::Core, "words", &T::rowHeaderWords, 0, 4096, "",
       "words of a row (a source neuron's synapses into a core) before its synapses"},
      {"dense_rows", G::Core, "", &T::denseRows, 0, 1, "",
       "whether a row may be stored as the weights of consecutive neurons alone"},
      {"fan_in", G::Core, "neurons", &T::fanIn, 0, many, none,
       "distinct source neurons of the synapses into a core"},
      {"key_map_entries", G::Core, "entries", &T::keyMapEntries, 0, many, none,
       "aligned blocks of keys that a core tells apart; 'fan_in' then limits the keys in them"},
      {"fan_out", G::Core, "cores", &T::fanOut, 0, many, none,
       "cores that the spikes of one neuron may reach"},
      {"weight_bits", G::Core, "bits", &T::weightBits, 1, 64, "any",
       "widths of weights that there are, [w, ...]"},
      {"delay_slots", G::Core, "steps", &T::delaySlots, 0, many, none,
       "slots of the ring of inputs, that of the current step included"},
      {"state_words", G::Core, "words", &T::stateWords, 0, many, none, "state words of a neuron"},
      {"state_bits", G::Core, "bits", &T::stateBits, 0, 64, none, "width of a state word"},
      {"program_length", G::Core, "operations", &T::programLength, 0, many, none,
       "operations of the update programs of a core together; instructions where there are "
       "'constants'"},
      {"constants", G::Core, "constants", &T::constants, 0, many, "no instructions",
       "constants of the update programs of a core together, which then are instructions of "
       "Engram's neuron engine"},
      {"accumulator_bits", G::Core, "bits", &T::accumulatorBits, 0, 64, none,
       "width of the sum of a port"},
      {"ports", G::Core, "ports", &T::ports, 0, many, none,
       "inputs of a population that projections feed"},
      {"memory_bytes", G::Core, "bytes", &T::memoryBytes, 0, many, none,
       "bytes of one memory of a core that holds sums, states, tables"},
      {"memory_fixed", G::Core, "bytes", &T::memoryFixed, 0, many, "",
       "of it, what there is whatever the core holds"},
      {"memory_neuron", G::Core, "bytes", &T::memoryNeuron, 0, many, "", "of it, for each neuron"},
      {"memory_port", G::Core, "bytes", &T::memoryPort, 0, many, "",
       "of it, for each port of a neuron that projections feed"},
      {"memory_word", G::Core, "bytes", &T::memoryWord, 0, many, "",
       "of it, for each 32 bits of a neuron's states and own parameters"},
      {"memory_sender", G::Core, "bytes", &T::memorySender, 0, many, "",
       "of it, for each core or source that sends to the core"},
      {"rows_in_memory", G::Core, "", &T::rowsInMemory, 0, 1, "",
       "whether the words of synapses lie in it"},
      {"crossbars", G::Core, "tiles", &T::crossbars, 0, many, "none",
       "tiles for in-memory computing"},
      {"crossbar_rows", G::Core, "rows", &T::crossbarRows, 0, 128, "128",
       "source neurons of a tile"},
      {"crossbar_columns", G::Core, "columns", &T::crossbarColumns, 0, 128, "128",
       "target neurons of a tile"},

      {"table_entries", G::Router, "entries", &T::tableEntries, 0, many, none,
       "entries of the routing table of a router"},
      {"key_bits", G::Router, "bits", &T::keyBits, 1, 64, "", "width of a key"},

      {"min_delay", G::Delay, "steps", &T::minDelay, 0, many, "",
       "least delay of a synapse between two cores"},
      {"max_delay", G::Delay, "steps", &T::longestDelay, 0, many, "delay_slots - 1",
       "longest delay of a synapse"},

      {"step_seconds", G::Rate, "s", &T::stepSeconds, 0, maxRate, "as fast as it goes",
       "length of a step in real time"},
      {"clock_hz", G::Rate, "Hz", &T::clockHz, 0, maxRate, unknown, "clock of the cores"},
      {"cycles_per_synapse", G::Rate, "cycles", &T::cyclesPerSynapse, 0, maxRate, unknown,
       "time of a core for a synaptic event"},
      {"cycles_per_neuron", G::Rate, "cycles", &T::cyclesPerNeuron, 0, maxRate, unknown,
       "time of a core for the update of a neuron"},
      {"cycles_per_spike", G::Rate, "cycles", &T::cyclesPerSpike, 0, maxRate, unknown,
       "time of a core for a spike that arrives, beside its synapses"},
      {"delivers_while_updating", G::Rate, "", &T::deliversWhileUpdating, 0, 1, "",
       "whether cores deliver the spikes of cores while they update, and those of hosts before"},
      {"lanes", G::Rate, "neurons", &T::lanes, 0, 4096, unknown,
       "neurons, each with another number modulo it, whose synapses a core adds in a cycle"},
      {"cycles_per_step", G::Rate, "cycles", &T::cyclesPerStep, 0, maxRate, "",
       "time of a step before the first update, whatever it holds"},
      {"cycles_per_step_end", G::Rate, "cycles", &T::cyclesPerStepEnd, 0, maxRate, "",
       "time of a step behind the last update"},
      {"cycles_per_population", G::Rate, "cycles", &T::cyclesPerPopulation, 0, maxRate, "",
       "time of a core for each population on it in a step"},
      {"cycles_per_operation", G::Rate, "cycles", &T::cyclesPerOperation, 0, maxRate, "",
       "time of an operation of an update program, beside 'cycles_per_neuron'"},
      {"cycles_per_product", G::Rate, "cycles", &T::cyclesPerProduct, 0, maxRate,
       "cycles_per_operation", "time of one that multiplies, shifts or rounds"},
      {"cycles_per_random", G::Rate, "cycles", &T::cyclesPerRandom, 0, maxRate,
       "cycles_per_operation", "time of a random number"},
      {"spike_latency", G::Rate, "cycles", &T::spikeLatency, 0, maxRate, "",
       "from the arrival of a spike at a core until its synapses are added, beside their number"},
      {"cycles_per_drive", G::Rate, "cycles", &T::cyclesPerDrive, 0, maxRate, "",
       "time of a core to drive a row of a crossbar by a bit of a payload"},
      {"cycles_per_noise", G::Rate, "cycles", &T::cyclesPerNoise, 0, maxRate, "",
       "time before that for the noise of a spike in a tile"},
      {"cycles_per_conversion", G::Rate, "cycles", &T::cyclesPerConversion, 0, maxRate, "",
       "time to convert a tile, beside its codes"},
      {"conversions_per_cycle", G::Rate, "codes", &T::conversionsPerCycle, 0, maxRate, "",
       "codes of columns that the converters of a core make in a cycle"},
      {"link_packets_per_second", G::Rate, "packets/s", &T::linkPacketsPerSecond, 0, maxRate,
       unknown, "rate of a link in one direction"},
      {"hop_seconds", G::Rate, "s", &T::hopSeconds, 0, maxRate, unknown,
       "time of a packet from router to router"},

      {"energy_per_synapse", G::Energy, "J", &T::energyPerSynapse, 0, maxRate, unknown,
       "energy of a synaptic event"},
      {"energy_per_neuron_update", G::Energy, "J", &T::energyPerNeuronUpdate, 0, maxRate, unknown,
       "energy of the update of a neuron in a step"},
      {"energy_per_spike", G::Energy, "J", &T::energyPerSpike, 0, maxRate, unknown,
       "energy of a spike that a core sends"},
      {"energy_per_hop", G::Energy, "J", &T::energyPerHop, 0, maxRate, unknown,
       "energy of a packet over one link"},
      {"energy_per_drive", G::Energy, "J", &T::energyPerDrive, 0, maxRate, unknown,
       "energy of a row of a crossbar tile, all slices of it, driven by a bit of a payload"},
      {"energy_per_conversion", G::Energy, "J", &T::energyPerConversion, 0, maxRate, unknown,
       "energy of a code of a column"},
      {"idle_watts", G::Energy, "W", &T::idleWatts, 0, maxRate, unknown,
       "power of the whole machine without a network"},

      {"relay_neuron_cost", G::Cost, "neurons", &T::relayNeuronCost, 0, maxRate, "",
       "cost of a relay neuron that lengthens a delay"},
      {"extension_core_cost", G::Cost, "neurons", &T::extensionCoreCost, 0, maxRate,
       "no such cores", "cost of a core that holds spikes back for other cores"},
      {"extension_stages", G::Cost, "stages", &T::extensionStages, 1, 4096, "",
       "times the longest delay for which such a core holds back the spikes of 'neurons' neurons"},
  };
  return fields;
}

const TargetField *engram::ncore::findTargetField(const std::string &name) {
  for (const TargetField &field : targetFields())
    if (field.name == name)
      return &field;
  return nullptr;
}

const char *engram::ncore::titleOf(FieldGroup group) {
  switch (group) {
  case FieldGroup::Machine:
    return "machine";
  case FieldGroup::Core:
    return "core";
  case FieldGroup::Router:
    return "router";
  case FieldGroup::Delay:
    return "delays";
  case FieldGroup::Rate:
    return "time";
  case FieldGroup::Energy:
    return "energy";
  case FieldGroup::Cost:
    return "costs of long delays";
  }
  return "";
}

static constexpr std::pair<const char *, Topology> topologies[] = {
    {"mesh", Topology::Mesh},
    {"torus", Topology::Torus},
    {"hexagonal", Topology::Hexagonal},
    {"hexagonal_torus", Topology::HexagonalTorus}};

const char *engram::ncore::nameOf(Topology topology) {
  for (auto [name, value] : topologies)
    if (value == topology)
      return name;
  return "";
}

std::optional<Topology> engram::ncore::topologyOf(const std::string &name) {
  for (auto [text, value] : topologies)
    if (text == name)
      return value;
  return std::nullopt;
}

bool engram::ncore::isDefault(const Target &target, const TargetField &field) {
  static const Target other;
  return std::visit(
      [&](auto member) {
        if constexpr (std::is_same_v<decltype(member), GridMember>)
          return false; // as the name, it is always said
        else
          return target.*member == other.*member;
      },
      field.member);
}
