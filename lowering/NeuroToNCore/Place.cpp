// Placement along a Hilbert curve with force-directed refinement follows Jin et al., "Mapping very
// large scale spiking neuron network to neuromorphic hardware", ASPLOS 2023; the order along the
// curve by recursive bisection, and the annealing, are ours.
#include "lowering/NeuroToNCore/Place.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <metis.h>
#include <numeric>
#include <random>

using namespace engram::ncore;

std::optional<PlaceMethod> engram::ncore::parsePlaceMethod(std::string_view name) {
  if (name == "engram")
    return PlaceMethod::Engram;
  if (name == "hilbert")
    return PlaceMethod::Hilbert;
  if (name == "hilbert-force")
    return PlaceMethod::HilbertForce;
  if (name == "linear")
    return PlaceMethod::Linear;
  return std::nullopt;
}

std::vector<Router> engram::ncore::hilbertCurve(int gridX, int gridY) {
  int side = 1;
  while (side < std::max(gridX, gridY))
    side *= 2;
  std::vector<Router> curve;
  for (int64_t index = 0, end = int64_t(side) * side; index < end; ++index) {
    // Two bits of the index a level: the quadrant, and how the curve is turned in it.
    int x = 0, y = 0;
    int64_t rest = index;
    for (int size = 1; size < side; size *= 2) {
      int rx = int(rest / 2) & 1, ry = (int(rest) ^ rx) & 1;
      if (ry == 0) {
        if (rx == 1) {
          x = size - 1 - x;
          y = size - 1 - y;
        }
        std::swap(x, y);
      }
      x += size * rx;
      y += size * ry;
      rest /= 4;
    }
    if (x < gridX && y < gridY)
      curve.push_back({x, y});
  }
  return curve;
}

//===-- costs
//-----------------------------------------------------------------------------------===//

namespace {

/// Hops between routers, by table while that is small.
class Distances {
public:
  explicit Distances(const Target &target) : target(target) {
    if (target.gridSize() > 2048)
      return;
    for (int64_t index = 0; index < target.gridSize(); ++index)
      table.push_back(target.hopsFrom(target.routerAt(index)));
  }
  double between(int64_t a, int64_t b) const {
    if (table.empty())
      return target.distance(target.routerAt(a), target.routerAt(b));
    int hops = table[a][b];
    // No way at all: as bad as all the way around, and more.
    return hops < 0 ? double(target.gridX + target.gridY) * 4 : hops;
  }

private:
  const Target &target;
  std::vector<std::vector<int>> table;
};

/// Cores on slots, with the cost of exchanging two slots.
class Board {
public:
  Board(const Traffic &traffic, const Target &target, Router host);

  void arrange(const std::vector<int32_t> &slotsInOrder, const std::vector<int32_t> &order);
  double cost() const;
  /// How much the cost falls if what is on two slots changes places.
  double gain(int32_t a, int32_t b) const;
  void exchange(int32_t a, int32_t b);
  void force();
  void anneal(uint64_t seed, double work);
  std::vector<int32_t> bisectionOrder(uint64_t seed) const;
  bool hasLawsOnly() const {
    return !fields.empty() &&
           std::all_of(edges.begin(), edges.end(), [](const auto &list) { return list.empty(); });
  }

  struct Edge {
    int32_t to;
    double rate;
  };
  const Target &target;
  Distances distances;
  int cores;
  int64_t host;
  std::vector<CorePlace> slots;
  std::vector<int64_t> routerOf;             ///< of a slot
  std::vector<std::vector<int32_t>> slotsAt; ///< of a router
  std::vector<std::vector<Edge>> edges;      ///< both directions together; `cores` is the host
  std::vector<int32_t> slotOf, coreAt;

private:
  /// What a core has to do with a law: its rate as a sender, its chance as a receiver.
  struct Role {
    int32_t law;
    double rate, chance;
  };
  /// Hops to all receivers and to all senders of a law from each router, weighted.
  struct Field {
    double hostRate = 0;
    std::vector<double> toReceivers, toSenders;
  };
  std::vector<std::vector<Role>> rolesOf; ///< of a core, ascending by law
  std::vector<Field> fields;

  void addLaws(const std::vector<Traffic::Law> &laws);
  void weighFields();
  void moveInFields(int32_t core, int64_t before, int64_t after);
  double lawRate(int32_t a, int32_t b) const;
  double lawGain(int32_t core, int32_t to, int32_t except) const;
  double moveGain(int32_t core, int32_t to, int32_t except) const;
  void bisect(std::vector<int32_t> part, uint64_t seed, std::vector<int32_t> &order) const;
};

} // namespace

Board::Board(const Traffic &traffic, const Target &target, Router hostRouter)
    : target(target), distances(target), cores(traffic.cores), host(target.indexOf(hostRouter)),
      slots(target.cores()), slotsAt(target.gridSize()), edges(traffic.cores) {
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    routerOf.push_back(target.indexOf(slots[slot].router()));
    slotsAt[routerOf.back()].push_back(static_cast<int32_t>(slot));
  }
  std::vector<std::vector<Edge>> both(cores + 1);
  for (int32_t from = 0; from <= cores; ++from)
    for (Traffic::Flow flow : traffic.from[from]) {
      both[from].push_back({flow.to, flow.rate});
      both[flow.to].push_back({from, flow.rate});
    }
  for (int core = 0; core < cores; ++core) {
    std::vector<Edge> &list = both[core];
    std::sort(list.begin(), list.end(), [](Edge a, Edge b) { return a.to < b.to; });
    for (Edge edge : list) {
      if (!edges[core].empty() && edges[core].back().to == edge.to)
        edges[core].back().rate += edge.rate;
      else
        edges[core].push_back(edge);
    }
  }
  addLaws(traffic.laws);
}

void Board::addLaws(const std::vector<Traffic::Law> &laws) {
  rolesOf.resize(cores);
  fields.resize(laws.size());
  for (size_t k = 0; k < laws.size(); ++k) {
    auto law = static_cast<int32_t>(k);
    auto roleOf = [&](int32_t core) -> Role & {
      std::vector<Role> &roles = rolesOf[core];
      return !roles.empty() && roles.back().law == law ? roles.back()
                                                       : roles.emplace_back(Role{law, 0, 0});
    };
    for (Traffic::Flow node : laws[k].from)
      (node.to == cores ? fields[k].hostRate : roleOf(node.to).rate) += node.rate;
    for (Traffic::Flow core : laws[k].to)
      roleOf(core.to).chance += core.rate;
  }
}

void Board::weighFields() {
  for (Field &field : fields) {
    field.toReceivers.assign(target.gridSize(), 0);
    field.toSenders.assign(target.gridSize(), 0);
  }
  if (fields.empty())
    return;
  for (int64_t at = 0; at < target.gridSize(); ++at) {
    for (Field &field : fields)
      field.toSenders[at] += field.hostRate * distances.between(at, host);
    for (int core = 0; core < cores; ++core) {
      double hops = distances.between(at, routerOf[slotOf[core]]);
      for (const Role &role : rolesOf[core]) {
        fields[role.law].toReceivers[at] += role.chance * hops;
        fields[role.law].toSenders[at] += role.rate * hops;
      }
    }
  }
}

void Board::moveInFields(int32_t core, int64_t before, int64_t after) {
  if (rolesOf[core].empty())
    return;
  for (int64_t at = 0; at < target.gridSize(); ++at) {
    double more = distances.between(at, after) - distances.between(at, before);
    for (const Role &role : rolesOf[core]) {
      fields[role.law].toReceivers[at] += role.chance * more;
      fields[role.law].toSenders[at] += role.rate * more;
    }
  }
}

/// Both directions together.
double Board::lawRate(int32_t a, int32_t b) const {
  double rate = 0;
  const std::vector<Role> &first = rolesOf[a], &second = rolesOf[b];
  for (size_t i = 0, j = 0; i < first.size() && j < second.size();) {
    if (first[i].law == second[j].law)
      rate += first[i].rate * second[j].chance + second[j].rate * first[i].chance;
    bool left = first[i].law <= second[j].law;
    j += first[i].law >= second[j].law;
    i += left;
  }
  return rate;
}

double Board::lawGain(int32_t core, int32_t to, int32_t except) const {
  if (rolesOf[core].empty())
    return 0;
  int64_t before = routerOf[slotOf[core]], after = routerOf[to];
  double hops = distances.between(before, after), gain = 0;
  for (const Role &role : rolesOf[core]) {
    const Field &field = fields[role.law];
    gain += role.rate * (field.toReceivers[before] - field.toReceivers[after]) +
            role.chance * (field.toSenders[before] - field.toSenders[after]);
    // The fields have the core itself where it was.
    gain += 2 * role.rate * role.chance * hops;
  }
  if (except >= 0) {
    int64_t there = routerOf[slotOf[except]];
    gain -= lawRate(core, except) *
            (distances.between(before, there) - distances.between(after, there));
  }
  return gain;
}

void Board::arrange(const std::vector<int32_t> &slotsInOrder, const std::vector<int32_t> &order) {
  slotOf.assign(cores, -1);
  coreAt.assign(slots.size(), -1);
  for (size_t k = 0; k < order.size(); ++k) {
    slotOf[order[k]] = slotsInOrder[k];
    coreAt[slotsInOrder[k]] = order[k];
  }
  weighFields();
}

double Board::cost() const {
  double cost = 0;
  for (int core = 0; core < cores; ++core)
    for (Edge edge : edges[core]) {
      int64_t there = edge.to == cores ? host : routerOf[slotOf[edge.to]];
      // Between cores each edge comes up twice.
      cost += edge.rate * distances.between(routerOf[slotOf[core]], there) *
              (edge.to == cores ? 1 : 0.5);
    }
  for (int core = 0; core < cores; ++core)
    for (const Role &role : rolesOf[core])
      cost += role.rate * fields[role.law].toReceivers[routerOf[slotOf[core]]];
  for (const Field &field : fields)
    cost += field.hostRate * field.toReceivers[host];
  return cost;
}

double Board::moveGain(int32_t core, int32_t to, int32_t except) const {
  double gain = lawGain(core, to, except);
  int64_t before = routerOf[slotOf[core]], after = routerOf[to];
  for (Edge edge : edges[core]) {
    if (edge.to == except)
      continue;
    int64_t there = edge.to == cores ? host : routerOf[slotOf[edge.to]];
    gain += edge.rate * (distances.between(before, there) - distances.between(after, there));
  }
  return gain;
}

double Board::gain(int32_t a, int32_t b) const {
  if (routerOf[a] == routerOf[b])
    return 0;
  // The two stay as far from each other as they are.
  double gain = 0;
  if (coreAt[a] >= 0)
    gain += moveGain(coreAt[a], b, coreAt[b]);
  if (coreAt[b] >= 0)
    gain += moveGain(coreAt[b], a, coreAt[a]);
  return gain;
}

void Board::exchange(int32_t a, int32_t b) {
  std::swap(coreAt[a], coreAt[b]);
  for (auto [slot, other] : {std::pair(a, b), std::pair(b, a)})
    if (coreAt[slot] >= 0) {
      slotOf[coreAt[slot]] = slot;
      moveInFields(coreAt[slot], routerOf[other], routerOf[slot]);
    }
}

// Each core gives way to the strongest pull: the best exchange with a core, or a free place, at a
// neighbouring router, until none gains.
void Board::force() {
  constexpr int sweeps = 50;
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    double total = 0;
    for (int core = 0; core < cores; ++core) {
      double most = 1e-9;
      int32_t best = -1;
      Router router = target.routerAt(routerOf[slotOf[core]]);
      for (int link = 0; link < target.numLinks(); ++link)
        if (std::optional<Router> next = target.neighbour(router, link))
          for (int32_t slot : slotsAt[target.indexOf(*next)])
            if (double gained = gain(slotOf[core], slot); gained > most) {
              most = gained;
              best = slot;
            }
      if (best < 0)
        continue;
      exchange(slotOf[core], best);
      total += most;
    }
    if (total <= 1e-4 * cost())
      break;
  }
}

void Board::anneal(uint64_t seed, double work) {
  double degree = 1;
  for (const std::vector<Edge> &list : edges)
    degree += double(list.size());
  for (const std::vector<Role> &roles : rolesOf)
    degree += double(roles.size()) * double(target.gridSize());
  degree = 1 + 2 * degree / double(std::max(1, cores));
  auto proposals = static_cast<int64_t>(std::min(work / degree, 3000.0 * cores));
  std::mt19937_64 random(seed);
  auto below = [&](uint64_t bound) { return random() % bound; };
  double first = 0.5 * cost() / std::max(1, cores), last = first / 1000;
  if (first <= 0 || slots.size() < 2)
    return;
  // Slots near the used ones: a machine may be much larger than the network.
  auto room = std::min<uint64_t>(slots.size(), 2 * uint64_t(cores) + 16);
  std::vector<int32_t> near;
  for (bool used : {true, false})
    for (size_t slot = 0; slot < slots.size(); ++slot)
      if ((coreAt[slot] >= 0) == used)
        near.push_back(static_cast<int32_t>(slot));
  double gained = 0, most = 0;
  std::vector<int32_t> best = slotOf;
  int64_t sinceBest = 0;
  for (int64_t k = 0; k < proposals; ++k) {
    double temperature = first * std::pow(last / first, double(k) / double(proposals));
    int32_t a = slotOf[below(cores)], b = near[below(room)];
    double change = gain(a, b);
    if (change < 0 && double(random() >> 11) * 0x1p-53 >= std::exp(change / temperature))
      continue;
    exchange(a, b);
    gained += change;
    if (++sinceBest >= cores && gained > most) {
      most = gained;
      best = slotOf;
      sinceBest = 0;
    }
  }
  if (gained > most)
    return;
  slotOf = best;
  std::fill(coreAt.begin(), coreAt.end(), -1);
  for (int core = 0; core < cores; ++core)
    coreAt[slotOf[core]] = core;
  weighFields();
}

// METIS halves the cores where the least traffic is cut, and each half again.
void Board::bisect(std::vector<int32_t> part, uint64_t seed, std::vector<int32_t> &order) const {
  if (part.size() <= 2) {
    order.insert(order.end(), part.begin(), part.end());
    return;
  }
  std::vector<idx_t> vertexOf(cores + 1, -1), starts = {0}, neighbours, weights;
  for (size_t k = 0; k < part.size(); ++k)
    vertexOf[part[k]] = static_cast<idx_t>(k);
  double largest = 0;
  for (int32_t core : part)
    for (Edge edge : edges[core])
      if (vertexOf[edge.to] >= 0)
        largest = std::max(largest, edge.rate);
  for (int32_t core : part) {
    for (Edge edge : edges[core])
      if (vertexOf[edge.to] >= 0 && edge.rate > 1e-6 * largest) {
        neighbours.push_back(vertexOf[edge.to]);
        weights.push_back(1 + static_cast<idx_t>(1e4 * edge.rate / largest));
      }
    starts.push_back(static_cast<idx_t>(neighbours.size()));
  }
  idx_t count = static_cast<idx_t>(part.size()), constraints = 1, parts = 2, cut = 0;
  idx_t options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_SEED] = static_cast<idx_t>(seed & 0x7fffffff);
  std::vector<idx_t> side(part.size(), 0);
  int status = METIS_PartGraphRecursive(&count, &constraints, starts.data(), neighbours.data(),
                                        nullptr, nullptr, weights.data(), &parts, nullptr, nullptr,
                                        options, &cut, side.data());
  std::vector<int32_t> halves[2];
  for (size_t k = 0; k < part.size(); ++k)
    halves[status == METIS_OK ? side[k] : k >= part.size() / 2].push_back(part[k]);
  if (halves[0].empty() || halves[1].empty()) {
    order.insert(order.end(), part.begin(), part.end());
    return;
  }
  // The half that talks more with what came last goes first.
  double talk[2] = {0, 0};
  std::vector<bool> placed(cores + 1, false);
  for (int32_t core : order)
    placed[core] = true;
  for (int h = 0; h < 2; ++h)
    for (int32_t core : halves[h])
      for (Edge edge : edges[core])
        if (placed[edge.to] || (order.empty() && edge.to == cores))
          talk[h] += edge.rate;
  bool swapped = talk[1] > talk[0];
  bisect(std::move(halves[swapped]), seed, order);
  bisect(std::move(halves[!swapped]), seed, order);
}

std::vector<int32_t> Board::bisectionOrder(uint64_t seed) const {
  std::vector<int32_t> all(cores), order;
  std::iota(all.begin(), all.end(), 0);
  bisect(all, seed, order);
  return order;
}

//===-- methods
//---------------------------------------------------------------------------------===//

static Placement placementOf(const Board &board, Router host) {
  Placement placement;
  placement.host = host;
  for (int core = 0; core < board.cores; ++core)
    placement.placeOf.push_back(board.slots[board.slotOf[core]]);
  return placement;
}

double engram::ncore::hopCost(const Traffic &traffic, const Placement &placement,
                              const Target &target) {
  Distances distances(target);
  auto routerOf = [&](int32_t node) {
    return target.indexOf(node == traffic.cores ? placement.host
                                                : placement.placeOf[node].router());
  };
  double cost = 0;
  for (int32_t from = 0; from <= traffic.cores; ++from)
    for (Traffic::Flow flow : traffic.from[from])
      cost += flow.rate * distances.between(routerOf(from), routerOf(flow.to));
  for (const Traffic::Law &law : traffic.laws) {
    // By routers; a core is no hop from itself.
    std::vector<double> rateAt(target.gridSize(), 0), chanceAt(target.gridSize(), 0);
    for (Traffic::Flow node : law.from)
      rateAt[routerOf(node.to)] += node.rate;
    for (Traffic::Flow core : law.to)
      chanceAt[routerOf(core.to)] += core.rate;
    for (int64_t from = 0; from < target.gridSize(); ++from)
      for (int64_t to = 0; to < target.gridSize() && rateAt[from] > 0; ++to)
        if (chanceAt[to] > 0)
          cost += rateAt[from] * chanceAt[to] * distances.between(from, to);
  }
  return cost;
}

std::optional<Placement> engram::ncore::place(const Traffic &traffic, const Target &target,
                                              const PlaceOptions &options) {
  if (traffic.cores > target.numCores() || target.numRouters() == 0)
    return std::nullopt;
  Router host = target.isPresent(options.host) ? options.host : target.routers().front();
  Board board(traffic, target, host);
  std::vector<int32_t> given(traffic.cores), rows(board.slots.size()), curve;
  std::iota(given.begin(), given.end(), 0);
  std::iota(rows.begin(), rows.end(), 0);
  for (Router router : hilbertCurve(target.gridX, target.gridY))
    for (int32_t slot : board.slotsAt[target.indexOf(router)])
      curve.push_back(slot);

  board.arrange(options.method == PlaceMethod::Linear ? rows : curve, given);
  if (options.method == PlaceMethod::HilbertForce)
    board.force();
  if (options.method != PlaceMethod::Engram)
    return placementOf(board, host);

  std::vector<int32_t> best;
  double least = std::numeric_limits<double>::infinity();
  auto consider = [&] {
    double cost = options.cost ? options.cost(placementOf(board, host)) : board.cost();
    if (cost >= least)
      return;
    least = cost;
    best = board.slotOf;
  };
  for (bool bisected : {false, true}) {
    // Laws have no parts that talk more with each other.
    if (bisected && board.hasLawsOnly())
      continue;
    board.arrange(curve, bisected ? board.bisectionOrder(options.seed) : given);
    board.force();
    consider();
    board.anneal(options.seed, 1.5e7);
    board.force();
    consider();
  }
  board.arrange(best, given);
  return placementOf(board, host);
}
