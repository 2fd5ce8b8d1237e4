// Files that appear only when they are whole.
#include "runtime/AtomicFile.h"
#include "TestFiles.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace engram;
using namespace engram::test;

TEST(AtomicFile, AppearsAtCommitAndNotBefore) {
  Scratch scratch;
  std::string path = scratch / "out.txt";
  Expected<AtomicFile> file = AtomicFile::create(path);
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(file->write("hello ").has_value());
  ASSERT_TRUE(file->write(std::string(200000, 'x')).has_value());
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(contentOf(path), "hello " + std::string(200000, 'x'));
  EXPECT_EQ(scratch.fileCount(), 1u);
  EXPECT_FALSE(file->write("more").has_value());
  EXPECT_FALSE(file->commit().has_value());
}

TEST(AtomicFile, LeavesTheOldFileWithoutACommit) {
  Scratch scratch;
  std::string path = scratch / "out.txt";
  put(path, "old");
  {
    Expected<AtomicFile> file = AtomicFile::create(path);
    ASSERT_TRUE(file->write(std::string(200000, 'x')).has_value());
    AtomicFile moved = std::move(*file);
    EXPECT_EQ(scratch.fileCount(), 2u);
  }
  EXPECT_EQ(contentOf(path), "old");
  EXPECT_EQ(scratch.fileCount(), 1u);
}

TEST(AtomicFile, KeepsPermissionsAndFollowsLinks) {
  Scratch scratch;
  put(scratch / "real", "old");
  ASSERT_EQ(::chmod((scratch / "real").c_str(), 0600), 0);
  std::filesystem::create_symlink("real", scratch / "link");
  ASSERT_TRUE(writeFileAtomically(scratch / "link", "new").has_value());
  EXPECT_TRUE(std::filesystem::is_symlink(scratch / "link"));
  EXPECT_EQ(contentOf(scratch / "real"), "new");
  struct stat info;
  ASSERT_EQ(::stat((scratch / "real").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST(AtomicFile, DoesNotReplaceADevice) {
  ASSERT_TRUE(writeFileAtomically("/dev/null", "gone").has_value());
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(AtomicFile, RemovesTheTemporaryWhenTheDiskIsFull) {
  Scratch scratch;
  // A limit on the size of files stands for the full disk.
  auto *previous = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before, small;
  getrlimit(RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 100000;
  setrlimit(RLIMIT_FSIZE, &small);
  Expected<void> result = writeFileAtomically(scratch / "out", std::string(200000, 'x'));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, previous);
  EXPECT_EQ(messageOf(result), "'" + (scratch / "out") + "': cannot be written: File too large");
  EXPECT_EQ(scratch.fileCount(), 0u);
}

TEST(AtomicFile, NamesATargetThatCannotBeWritten) {
  Scratch scratch;
  std::string path = scratch / "missing/out";
  EXPECT_EQ(messageOf(AtomicFile::create(path)),
            "'" + path + "': cannot be written: No such file or directory");
  EXPECT_EQ(messageOf(AtomicFile::create("/tmp")),
            "'/tmp': expected the name of a file to write, got a directory");
  EXPECT_EQ(messageOf(AtomicFile::create("")),
            "expected the name of a file to write, got an empty one");
}
