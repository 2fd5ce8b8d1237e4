// Files of routing tables: what PACMAN writes is read, what is wrong is said, what is written reads
// back.
#include "lowering/NCoreToAer/RouteFile.h"
#include "lowering/NCoreToAer/MinimizeRules.h"
#include "tests/runtime/TestFiles.h"
#include <gtest/gtest.h>
#include <map>

using namespace engram;
using namespace engram::aer;
using namespace engram::test;

static std::vector<RouteFileTable> example() {
  RouteFileTable first, second;
  first.place = {24, 20};
  first.entries = {{0x100, 0xffffff00, 0x4223, false}, {0x200, 0xffffff00, 8, true}};
  second.place = {0, 1};
  second.entries = {{0, 0, 0xffffff, false}};
  return {first, second};
}

static void expectEqual(const std::vector<RouteFileTable> &a,
                        const std::vector<RouteFileTable> &b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t t = 0; t < a.size(); ++t) {
    EXPECT_EQ(a[t].place, b[t].place);
    ASSERT_EQ(a[t].entries.size(), b[t].entries.size());
    for (size_t k = 0; k < a[t].entries.size(); ++k) {
      EXPECT_EQ(a[t].entries[k].key, b[t].entries[k].key);
      EXPECT_EQ(a[t].entries[k].mask, b[t].entries[k].mask);
      EXPECT_EQ(a[t].entries[k].route, b[t].entries[k].route);
      EXPECT_EQ(a[t].entries[k].defaultable, b[t].entries[k].defaultable);
    }
  }
}

TEST(RouteFileTest, WhatIsWrittenReadsBack) {
  Scratch scratch;
  for (const char *name : {"a.json", "a.json.gz", "A.JSON"}) {
    ASSERT_TRUE(writeRouteFile(scratch / name, example()));
    auto read = readRouteFile(scratch / name);
    ASSERT_TRUE(read) << read.error().message;
    expectEqual(*read, example());
  }
  std::vector<RouteFileTable> one = {example()[0]};
  one[0].place = std::nullopt;
  one[0].entries[1].defaultable = false;
  for (const char *name : {"a.csv", "a.csv.gz"}) {
    ASSERT_TRUE(writeRouteFile(scratch / name, one));
    auto read = readRouteFile(scratch / name);
    ASSERT_TRUE(read) << read.error().message;
    expectEqual(*read, one);
  }
  EXPECT_EQ(contentOf(scratch / "a.csv"),
            "0x00000100,0xFFFFFF00,0x00004223\n0x00000200,0xFFFFFF00,0x00000008\n");
}

TEST(RouteFileTest, CsvTakesDecimalNumbersBlanksAndDosLines) {
  Scratch scratch;
  put(scratch / "a.csv", "256, 4294967040 ,0x10\r\n\n 0x0,0X0,1");
  auto read = readRouteFile(scratch / "a.csv");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ((*read)[0].entries.size(), 2u);
  EXPECT_EQ((*read)[0].entries[0].mask, 0xffffff00u);
  EXPECT_EQ((*read)[0].entries[1].route, 1u);
}

TEST(RouteFileTest, SaysWhatIsWrong) {
  Scratch scratch;
  const std::map<std::string, std::pair<std::string, std::string>> cases = {
      {"short.csv",
       {"1,2\n", "short.csv:1: expected key, mask and route, whole numbers of 32 bits, got '1,2'"}},
      {"word.csv", {"\n0x1,0x1,north\n", "word.csv:2: expected key, mask and route"}},
      {"wide.csv", {"0x100000000,0x1,1\n", "wide.csv:1: expected key, mask and route"}},
      {"more.csv", {"1,1,1,1\n", "more.csv:1: expected key, mask and route"}},
      {"never.csv",
       {"0x3,0x1,1\n", "never.csv:1: expected a key without bits outside of its mask, got key "
                       "0x00000003 and mask 0x00000001"}},
      {"text.json", {"hello", "text.json: expected JSON"}},
      {"object.json", {"{}", "object.json: expected a list of tables"}},
      {"number.json", {"[3]", "number.json: table 0: expected an object"}},
      {"place.json",
       {"[{\"x\": 1, \"entries\": []}]", "place.json: table 0: expected a field 'y'"}},
      {"entries.json",
       {"[{\"x\": 1, \"y\": 0}]", "entries.json: table 0: expected 'entries', a list"}},
      {"key.json",
       {"[{\"x\":1,\"y\":0,\"entries\":[{\"key\":-1,\"mask\":0,\"spinnaker_route\":1}]}]",
        "key.json: table 0, entry 0: expected 'key' to be a whole number up to 4294967295, got "
        "'-1'"}},
      {"flag.json",
       {"[{\"x\":1,\"y\":0,\"entries\":[{\"key\":1,\"mask\":1,\"spinnaker_route\":1,"
        "\"defaultable\":1}]}]",
        "flag.json: table 0, entry 0: expected 'defaultable' to be true or false"}},
      {"twice.json",
       {"[{\"x\":1,\"y\":0,\"entries\":[]},{\"x\":1,\"y\":0,\"entries\":[]}]",
        "twice.json: expected one table (1, 0), got several"}},
      {"plain.csv.gz", {"1,1,1\n", "plain.csv.gz: expected a file of gzip"}},
      {"deep.json", {std::string(1000000, '['), "deep.json: expected JSON"}},
  };
  for (auto &[name, what] : cases) {
    put(scratch / name, what.first);
    EXPECT_NE(messageOf(readRouteFile(scratch / name)).find(what.second), std::string::npos)
        << name << ": " << messageOf(readRouteFile(scratch / name));
  }
  EXPECT_NE(messageOf(readRouteFile(scratch / "absent.csv")).find("absent.csv"), std::string::npos);
  EXPECT_NE(messageOf(readRouteFile(scratch / "a.txt"))
                .find("to end in .csv, .json, .csv.gz or .json.gz"),
            std::string::npos);
  EXPECT_NE(
      messageOf(writeRouteFile(scratch / "two.csv", example())).find("holds one table, got 2"),
      std::string::npos);
}

TEST(RouteFileTest, CutOrChangedBytesNeverCrash) {
  Scratch scratch;
  for (const char *name : {"a.json", "a.json.gz"}) {
    ASSERT_TRUE(writeRouteFile(scratch / name, example()));
    std::string whole = contentOf(scratch / name);
    for (size_t k = 0; k < whole.size(); ++k) {
      put(scratch / "x.json.gz", whole.substr(0, k));
      std::string changed = whole;
      changed[k] ^= 0x10;
      put(scratch / "x.json", changed);
      (void)readRouteFile(scratch / "x.json");
      if (name == std::string("a.json.gz"))
        EXPECT_EQ(readRouteFile(scratch / "x.json.gz").has_value(), false) << k;
    }
  }
}

TEST(RouteFileTest, TablesOfPacmanGetAsSmallAsTheyHaveTo) {
  std::string hard = sharedData("PACMAN/malloc_hard_routing_tables.json.gz"),
              large = sharedData("PACMAN/table1.csv.gz");
  if (!std::filesystem::exists(hard) || !std::filesystem::exists(large))
    GTEST_SKIP() << "'" << sharedData("PACMAN") << "' is absent";
  auto read = readRouteFile(hard);
  ASSERT_TRUE(read) << read.error().message;
  read->push_back((*readRouteFile(large))[0]);
  ASSERT_EQ(read->size(), 7u);
  size_t sum = 0;
  for (const RouteFileTable &table : *read) {
    Demands demands;
    std::map<uint32_t, RouteId> routes;
    for (const RouteFileEntry &entry : table.entries)
      demands.push_back({{entry.key, entry.mask},
                         routes.emplace(entry.route, routes.size()).first->second,
                         false});
    MinimizeOptions pair, best;
    pair.algorithm = Algorithm::RangePair;
    size_t published = minimize(demands, routes.size(), pair)->rules.size();
    Expected<Minimized> found = minimize(demands, routes.size(), best);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_TRUE(found->proved);
    EXPECT_LE(found->rules.size(), published);
    EXPECT_LE(found->rules.size(), table.place ? 501u : 361u);
    sum += table.place ? found->rules.size() : 0;
  }
  EXPECT_LE(sum, 1197u);
}
