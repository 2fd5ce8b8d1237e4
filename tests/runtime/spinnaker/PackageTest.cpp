// Routing tables as bytes, and packages as folders.
#include "runtime/spinnaker/Package.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace engram::spinnaker;
namespace fs = std::filesystem;

// rtr_entry of sark.h: u16 next, u16 free, u32 route, u32 key, u32 mask; little-endian.
TEST(Package, TableIsRouterEntriesAsSarkHasThem) {
  RouteEntry entry;
  entry.key = 0x12345600;
  entry.mask = 0xffffff00;
  entry.addLink(2);
  entry.addCore(0);
  entry.addCore(16);
  std::string bytes = encodeTable({entry}, 1);
  const unsigned char expected[] = {1,    0,    0,    0,    0x84, 0,    0x80, 0,
                                    0x00, 0x56, 0x34, 0x12, 0x00, 0xff, 0xff, 0xff};
  ASSERT_EQ(bytes.size(), 32u);
  EXPECT_EQ(bytes.substr(0, 16), std::string(reinterpret_cast<const char *>(expected), 16));
  EXPECT_EQ(bytes.substr(16), std::string(16, '\xff'));
}

TEST(Package, TableComesBackAsItWas) {
  for (int version : {1, 2}) {
    std::vector<RouteEntry> table;
    for (uint32_t k = 0; k < 1000; ++k) {
      RouteEntry entry;
      entry.key = k << 8;
      entry.mask = 0xffffff00;
      entry.addLink(static_cast<int>(k % 6));
      entry.addCore(static_cast<int>(k % (version == 1 ? 17 : 152)));
      table.push_back(entry);
    }
    auto read = decodeTable(encodeTable(table, version), version);
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), table.size());
    for (size_t k = 0; k < table.size(); ++k) {
      EXPECT_EQ((*read)[k].key, table[k].key);
      EXPECT_EQ((*read)[k].mask, table[k].mask);
      EXPECT_EQ((*read)[k].route, table[k].route);
      EXPECT_EQ((*read)[k].more, table[k].more);
      EXPECT_TRUE((*read)[k].hasLink(static_cast<int>(k % 6)));
      EXPECT_TRUE((*read)[k].hasCore(static_cast<int>(k % (version == 1 ? 17 : 152))));
    }
  }
}

TEST(Package, DamagedTableIsRefused) {
  RouteEntry entry;
  entry.key = 0x100;
  entry.mask = 0xff00;
  std::string bytes = encodeTable({entry, entry}, 1);
  EXPECT_FALSE(decodeTable("", 1));
  EXPECT_FALSE(decodeTable(bytes.substr(1), 1));
  EXPECT_FALSE(decodeTable(bytes.substr(0, 32), 1)); // without its end
  std::string order = bytes;
  order[0] = 7;
  EXPECT_FALSE(decodeTable(order, 1));
  std::string outside = bytes;
  outside[8] = 1;
  EXPECT_FALSE(decodeTable(outside, 1));
}

TEST(Package, IsWrittenAsAWholeOrNotAtAll) {
  fs::path folder = fs::path(testing::TempDir()) / "engram-package-test";
  fs::remove_all(folder);
  fs::create_directory(folder);
  Package package;
  package.network = "first";
  package.machine.target = "spinnaker-1";
  std::string path = (folder / "net.spin").string();
  ASSERT_TRUE(writePackage(package, path));
  package.network = "second";
  ASSERT_TRUE(writePackage(package, path + "/"));
  auto read = readPackage(path);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->network, "second");
  // A name that cannot be a file: nothing changes, and nothing is left behind.
  package.kinds.push_back({"no/such", "code", "", 4});
  EXPECT_FALSE(writePackage(package, path));
  EXPECT_EQ(readPackage(path)->network, "second");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  std::ofstream(folder / "file") << "text";
  EXPECT_FALSE(writePackage(package, (folder / "file").string()));
  fs::remove_all(folder);
}
