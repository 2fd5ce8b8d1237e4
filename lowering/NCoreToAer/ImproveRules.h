// Makes an ordered table smaller, step by step, without ever changing what it does to demanded
// keys.
#pragma once

#include "lowering/NCoreToAer/CubeScan.h"

namespace engram::aer {

/// A table under improvement. In each step one rule gives up what other rules would do as well,
/// moves down as far as what is left allows, and grows over what keeps other rules of its route
/// alive, as the cubes of ESPRESSO (Brayton et al. 1984) do; a rule that nothing needs any more is
/// removed. Moving down is what changes the order of routes: the fewer rules are below, the fewer
/// keys are in the way of growing.
///
/// Refers to `demands`, which have to be disjoint and in the order of their routes.
class RuleImprover {
public:
  RuleImprover(const Demands &demands, const Rules &rules, uint64_t seed);

  /// Whether the rules do what is demanded, as each later state then does.
  bool isRight() const;
  /// Until `work` is exhausted, `goal` rules are left, or nothing was gained for `patience` steps
  /// of work.
  void run(Work &work, uint64_t patience, size_t goal);

  size_t size() const { return order.size(); }
  /// With cubes no larger than what they do for demanded keys.
  Rules rules() const;

private:
  static constexpr int none = -1;   ///< no rule
  static constexpr int broken = -2; ///< the demand is not met

  const Demands &demands;
  CubeList cubes;                         ///< of the demands
  Rules all;                              ///< by number, removed ones too
  std::vector<int> order;                 ///< numbers of the rules, in the order of the table
  std::vector<int> place;                 ///< of a rule in `order`; none if it is removed
  std::vector<uint32_t> needs;            ///< how many demands a rule alone meets
  std::vector<std::vector<int>> meeting;  ///< for each demand, the rules that meet it, in order
  std::vector<std::vector<uint32_t>> met; ///< for each rule, the demands that it meets
  std::vector<int> server; ///< for each demand, the rule that meets it, none or broken
  /// For each demand, what happens without its server: none if it is met all the same, else the
  /// rule that gets it wrong, or broken if no rule is left.
  std::vector<int> successor;
  uint64_t state; ///< of the random numbers
  uint64_t spent = 0;

  // What a step works with, kept to save allocations.
  std::vector<uint64_t> conflicts; ///< sets of bits, of each of which one has to stay
  std::vector<uint64_t> wanted;    ///< for each rule, the bits to drop to take over its needs
  std::vector<uint32_t> seen;      ///< for each rule, how many of its needs were looked at
  std::vector<uint32_t> gains;     ///< demands that the rule could take over from another one
  std::vector<char> stays;         ///< for each rule, whether a need of it cannot be taken over
  std::vector<std::pair<uint64_t, double>> offers; ///< bits to drop, and what that is worth

  uint64_t random();
  double randomPart() { return static_cast<double>(random() >> 40) * 0x1p-24; }
  bool serves(int rule, size_t demand) const { return all[rule].route == demands[demand].route; }
  bool alone(size_t demand) const { return server[demand] >= 0 && successor[demand] != none; }
  bool canMiss(size_t demand) const {
    return demands[demand].mayMiss || demands[demand].route == noRoute;
  }
  void settle(size_t demand);
  void attach(int rule);
  void detach(int rule);
  void offer(const Rule &rule, uint64_t dropped, uint64_t kept);
  void renumber(size_t from);
  void remove(int rule);
  void moveBefore(int rule, int other);
  Rule reduced(int rule, int &before) const;
  uint64_t collect(const Rule &rule, int number);
  uint64_t collectConflicts(Cube cube, size_t begin, size_t end, int at, uint64_t kept);
  void collectGains(Cube cube, size_t begin, size_t end, int at);
  void keepMinimalConflicts();
  bool mayDrop(uint64_t bits, uint64_t kept);
  uint64_t takeRules(int number, uint64_t kept);
  uint64_t takeDemands(uint64_t dropped, uint64_t kept);
  void improve(int rule);
};

} // namespace engram::aer
