// Multicast traffic of a partition.
#include "lowering/NeuroToNCore/Traffic.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace engram::ncore;

double Traffic::betweenCores() const {
  double sum = 0;
  for (int core = 0; core < cores; ++core)
    for (Flow flow : from[core])
      sum += flow.rate;
  for (const Law &law : laws) {
    double chances = 0;
    std::vector<double> chance(cores + 1, 0);
    for (Flow to : law.to) {
      chances += to.rate;
      chance[to.to] = to.rate;
    }
    for (Flow node : law.from)
      if (node.to != cores)
        sum += node.rate * (chances - chance[node.to]);
  }
  return sum;
}

double Traffic::fromHost() const {
  double sum = 0;
  for (Flow flow : from[cores])
    sum += flow.rate;
  for (const Law &law : laws)
    for (Flow node : law.from)
      if (node.to == cores)
        for (Flow to : law.to)
          sum += node.rate * to.rate;
  return sum;
}

Reach::Reach(const SpikeNetwork &network, const Assignment &assignment, double maxDraws)
    : network(network), assignment(assignment), sources(network.groups.size()),
      neuronsOn(network.groups.size()) {
  double cost = 0;
  bool possible = true;
  for (const Relation &relation : network.relations)
    if (relation.isRandom()) {
      cost += drawCost(network, relation);
      possible &= static_cast<bool>(relation.draw);
      exact = false;
    }
  bool draws = possible && cost <= maxDraws;
  exact |= draws;
  drawn.reserve(network.relations.size());
  for (size_t r = 0; r < network.relations.size(); ++r) {
    const Relation &relation = network.relations[r];
    Source &source = sources[relation.source];
    if (relation.kind == Relation::Kind::Explicit)
      source.listed.push_back({relation.rows.get(), relation.target});
    else if (relation.isRandom() && draws)
      source.listed.push_back({&drawn.emplace_back(relation.draw()), relation.target});
    else
      source.laws.push_back(static_cast<int>(r));
  }
  for (size_t g = 0; g < network.groups.size(); ++g)
    for (int32_t core : assignment.coreOf[g])
      ++neuronsOn[g][core];
}

// The chance that the laws of a source group bring a spike of one of its neurons to each core.
std::vector<double> Reach::chances(const Source &source) const {
  std::vector<double> miss(assignment.cores, 0);
  for (int r : source.laws)
    for (auto [core, neurons] : neuronsOn[network.relations[r].target])
      miss[core] += logOfNoSynapse(network, network.relations[r], double(neurons));
  for (double &chance : miss)
    chance = -std::expm1(chance);
  return miss;
}

std::vector<int32_t> Reach::coresOf(const Source &source, int64_t neuron,
                                    std::vector<char> &seen) const {
  std::vector<int32_t> cores;
  for (const Listed &list : source.listed)
    for (int64_t k = list.rows->starts[neuron]; k < list.rows->starts[neuron + 1]; ++k) {
      int32_t core = assignment.coreOf[list.target][list.rows->targets[k]];
      if (!seen[core])
        cores.push_back(core);
      seen[core] = 1;
    }
  for (int32_t core : cores)
    seen[core] = 0;
  return cores;
}

Traffic Reach::traffic(size_t mostListed) const {
  Traffic traffic;
  traffic.cores = assignment.cores;
  size_t flows = 0;
  // Cores that talk to most others are many at once: sums in rows of a matrix, one row at a time.
  std::vector<std::map<int32_t, double>> sums(assignment.cores + 1);
  std::vector<char> seen(assignment.cores, 0);
  for (size_t g = 0; g < sources.size(); ++g) {
    const Source &source = sources[g];
    if (source.listed.empty() && source.laws.empty())
      continue;
    std::vector<double> chance = chances(source);
    std::map<int32_t, double> rateOn;
    for (int64_t j = 0; j < network.groups[g].size; ++j) {
      double rate = network.groups[g].rate(j);
      int32_t node = nodeOf(g, j);
      rateOn[node] += rate;
      for (int32_t core : coresOf(source, j, seen))
        if (core != node && chance[core] < 1)
          sums[node][core] += rate * (1 - chance[core]);
    }
    Traffic::Law law;
    for (auto [node, rate] : rateOn)
      law.from.push_back({node, rate});
    for (int32_t core = 0; core < assignment.cores; ++core)
      if (chance[core] > 0)
        law.to.push_back({core, chance[core]});
    flows += law.from.size() * law.to.size();
    traffic.laws.push_back(std::move(law));
  }
  if (flows <= mostListed) {
    for (const Traffic::Law &law : traffic.laws)
      for (Traffic::Flow node : law.from)
        for (Traffic::Flow core : law.to)
          if (core.to != node.to)
            sums[node.to][core.to] += node.rate * core.rate;
    traffic.laws.clear();
  }
  for (const std::map<int32_t, double> &row : sums) {
    std::vector<Traffic::Flow> &flows = traffic.from.emplace_back();
    for (auto [core, rate] : row)
      flows.push_back({core, rate});
  }
  return traffic;
}

void Reach::forEachSet(
    const std::function<void(int32_t, double, const std::vector<int32_t> &)> &set) const {
  std::vector<char> seen(assignment.cores, 0);
  for (size_t g = 0; g < sources.size(); ++g) {
    const Source &source = sources[g];
    std::set<int32_t> always;
    // Neurons of one group may not have themselves as a target; a core with nothing else is rare,
    // and a spike too many there costs little.
    for (int r : source.laws)
      for (auto [core, neurons] : neuronsOn[network.relations[r].target])
        always.insert(core);
    std::vector<int32_t> common(always.begin(), always.end());
    if (source.listed.empty()) {
      std::map<int32_t, double> rateOn;
      for (int64_t j = 0; j < network.groups[g].size && !common.empty(); ++j)
        rateOn[nodeOf(g, j)] += network.groups[g].rate(j);
      for (auto [node, rate] : rateOn)
        set(node, rate, common);
      continue;
    }
    for (int64_t j = 0; j < network.groups[g].size; ++j) {
      std::vector<int32_t> cores = coresOf(source, j, seen);
      cores.insert(cores.end(), common.begin(), common.end());
      std::sort(cores.begin(), cores.end());
      cores.erase(std::unique(cores.begin(), cores.end()), cores.end());
      if (!cores.empty())
        set(nodeOf(g, j), network.groups[g].rate(j), cores);
    }
  }
}

//===-- links
//-----------------------------------------------------------------------------------===//

namespace {
/// Loads of links by trees of shortest paths.
class Links {
public:
  explicit Links(const Target &target)
      : target(target), hopsTo(target.gridSize()), load(target.gridSize() * target.numLinks(), 0) {}

  void add(Router from, const std::vector<Router> &to, double rate) {
    used.clear();
    for (Router router : to)
      walk(from, router);
    for (int64_t link : used)
      load[link] += rate;
    hops += rate * double(used.size());
  }
  double hops = 0;
  double worst() const { return load.empty() ? 0 : *std::max_element(load.begin(), load.end()); }

private:
  void walk(Router at, Router to) {
    std::vector<int> &left = hopsTo[target.indexOf(to)];
    // Hops are the same in both directions, as dead links are dead in both.
    if (left.empty())
      left = target.hopsFrom(to);
    static const int square[] = {0, 2, 1, 3}, six[] = {0, 3, 1, 4, 2, 5};
    while (at != to && left[target.indexOf(at)] >= 0) {
      for (int k = 0; k < target.numLinks(); ++k) {
        int link = target.isHexagonal() ? six[k] : square[k];
        std::optional<Router> next = target.neighbour(at, link);
        if (!next || left[target.indexOf(*next)] != left[target.indexOf(at)] - 1)
          continue;
        used.insert(target.indexOf(at) * target.numLinks() + link);
        at = *next;
        break;
      }
    }
  }

  const Target &target;
  std::vector<std::vector<int>> hopsTo;
  std::vector<double> load;
  std::set<int64_t> used;
};
} // namespace

Quality engram::ncore::measure(const Reach &reach, const Assignment &assignment,
                               const Placement &placement, const Target &target) {
  Quality quality;
  quality.cores = assignment.cores;
  // Spikes with the same way share one tree.
  std::map<std::pair<int64_t, std::vector<int64_t>>, double> trees;
  reach.forEachSet([&](int32_t node, double rate, const std::vector<int32_t> &cores) {
    bool host = node == assignment.cores;
    Router from = host ? placement.host : placement.placeOf[node].router();
    std::set<int64_t> routers;
    for (int32_t core : cores) {
      if (core == node)
        continue;
      (host ? quality.fromHost : quality.crossing) += rate;
      if (Router to = placement.placeOf[core].router(); to != from)
        routers.insert(target.indexOf(to));
    }
    if (!routers.empty())
      trees[{target.indexOf(from), std::vector<int64_t>(routers.begin(), routers.end())}] += rate;
  });
  Links links(target);
  for (const auto &[way, rate] : trees) {
    std::vector<Router> to;
    for (int64_t index : way.second)
      to.push_back(target.routerAt(index));
    links.add(target.routerAt(way.first), to, rate);
  }
  quality.hops = links.hops;
  quality.worstLink = links.worst();
  return quality;
}
