// What ARM programs call for 64-bit numbers, division and memory does what the host's operators do.
#include <cstring>
#include <gtest/gtest.h>
#include <random>

extern "C" {
uint64_t __aeabi_lmul(uint64_t a, uint64_t b);
uint64_t __aeabi_llsl(uint64_t a, int shift);
uint64_t __aeabi_llsr(uint64_t a, int shift);
int64_t __aeabi_lasr(int64_t a, int shift);
uint32_t __aeabi_uidiv(uint32_t a, uint32_t b);
uint64_t __aeabi_uidivmod(uint32_t a, uint32_t b);
int32_t __aeabi_idiv(int32_t a, int32_t b);
uint64_t __aeabi_idivmod(int32_t a, int32_t b);
void *core_memcpy(void *to, const void *from, size_t bytes);
void *core_memmove(void *to, const void *from, size_t bytes);
void *core_memset(void *to, int value, size_t bytes);
void __aeabi_memset(void *to, size_t bytes, int value);
void __aeabi_memclr(void *to, size_t bytes);
}

namespace {

/// Random numbers of all lengths, and those at the edges.
std::vector<uint64_t> samples() {
  std::vector<uint64_t> all = {0,
                               1,
                               2,
                               0x7fffffff,
                               0x80000000,
                               0xffffffff,
                               0x100000000,
                               uint64_t(INT64_MAX),
                               uint64_t(1) << 63,
                               UINT64_MAX};
  std::mt19937_64 random(1);
  for (int k = 0; k < 200; ++k)
    all.push_back(random() >> random() % 64);
  return all;
}

} // namespace

TEST(Builtins, MultiplyAndShift64Bits) {
  for (uint64_t a : samples()) {
    for (uint64_t b : samples())
      ASSERT_EQ(__aeabi_lmul(a, b), a * b) << a << " " << b;
    for (int shift = 0; shift < 64; ++shift) {
      ASSERT_EQ(__aeabi_llsl(a, shift), a << shift) << a << " " << shift;
      ASSERT_EQ(__aeabi_llsr(a, shift), a >> shift) << a << " " << shift;
      ASSERT_EQ(__aeabi_lasr(int64_t(a), shift), int64_t(a) >> shift) << a << " " << shift;
    }
  }
}

TEST(Builtins, DivideWithRemainder) {
  for (uint64_t wideA : samples())
    for (uint64_t wideB : samples()) {
      auto a = uint32_t(wideA), b = uint32_t(wideB);
      if (b == 0)
        continue;
      ASSERT_EQ(__aeabi_uidiv(a, b), a / b) << a << " " << b;
      ASSERT_EQ(__aeabi_uidivmod(a, b), uint64_t(a % b) << 32 | a / b) << a << " " << b;
      if (a == 0x80000000 && b == 0xffffffff)
        continue;
      auto c = int32_t(a), d = int32_t(b);
      ASSERT_EQ(__aeabi_idiv(c, d), c / d) << c << " " << d;
      ASSERT_EQ(__aeabi_idivmod(c, d), uint64_t(uint32_t(c % d)) << 32 | uint32_t(c / d));
    }
}

TEST(Builtins, CopyAndFillAtAnyPlace) {
  std::mt19937 random(1);
  for (int k = 0; k < 2000; ++k) {
    unsigned char ours[64], theirs[64];
    for (int i = 0; i < 64; ++i)
      ours[i] = theirs[i] = static_cast<unsigned char>(random());
    size_t to = random() % 32, from = random() % 32, bytes = random() % 32;
    switch (k % 5) {
    case 0:
      core_memmove(ours + to, ours + from, bytes);
      std::memmove(theirs + to, theirs + from, bytes);
      break;
    case 1:
      core_memcpy(ours + to % 16 + 32, ours + from % 16, bytes % 16);
      std::memcpy(theirs + to % 16 + 32, theirs + from % 16, bytes % 16);
      break;
    case 2:
      core_memset(ours + to, 0x100 + k % 256, bytes);
      std::memset(theirs + to, k % 256, bytes);
      break;
    case 3:
      __aeabi_memset(ours + to, bytes, 0x5a);
      std::memset(theirs + to, 0x5a, bytes);
      break;
    default:
      __aeabi_memclr(ours + to, bytes);
      std::memset(theirs + to, 0, bytes);
    }
    ASSERT_EQ(std::memcmp(ours, theirs, 64), 0) << k;
  }
}
