/* What compiled code calls on a machine without the instructions: Run-time ABI for the Arm
   Architecture (IHI 0043), 4.2 and 4.3. Compiled by itself, never with the code that calls it, and
   written so that no function needs another one of its kind. */
#include <stddef.h>
#include <stdint.h>

static uint64_t join(uint32_t low, uint32_t high) {
  union {
    uint32_t words[2];
    uint64_t value;
  } both = {{low, high}};
  return both.value;
}

struct halves {
  uint32_t low, high;
};

static struct halves split(uint64_t value) {
  union {
    uint64_t value;
    struct halves words;
  } both = {value};
  return both.words;
}

uint64_t __aeabi_lmul(uint64_t a, uint64_t b) {
  struct halves x = split(a), y = split(b);
  uint64_t low = (uint64_t)x.low * y.low;
  struct halves product = split(low);
  return join(product.low, product.high + x.low * y.high + x.high * y.low);
}

uint64_t __aeabi_llsl(uint64_t a, int shift) {
  struct halves x = split(a);
  if (shift >= 32)
    return join(0, shift >= 64 ? 0 : x.low << (shift - 32));
  if (shift == 0)
    return a;
  return join(x.low << shift, x.high << shift | x.low >> (32 - shift));
}

uint64_t __aeabi_llsr(uint64_t a, int shift) {
  struct halves x = split(a);
  if (shift >= 32)
    return join(shift >= 64 ? 0 : x.high >> (shift - 32), 0);
  if (shift == 0)
    return a;
  return join(x.low >> shift | x.high << (32 - shift), x.high >> shift);
}

int64_t __aeabi_lasr(int64_t a, int shift) {
  struct halves x = split((uint64_t)a);
  int32_t high = (int32_t)x.high;
  if (shift >= 32)
    return (int64_t)join((uint32_t)(high >> (shift >= 63 ? 31 : shift - 32)),
                         (uint32_t)(high >> 31));
  if (shift == 0)
    return a;
  return (int64_t)join(x.low >> shift | x.high << (32 - shift), (uint32_t)(high >> shift));
}

/* Quotient and remainder, bit by bit; by zero: all ones, the dividend. */
static uint32_t divide(uint32_t a, uint32_t b, uint32_t *rest) {
  uint32_t quotient = 0, r = 0;
  for (int bit = 31; bit >= 0; --bit) {
    uint32_t carry = r >> 31;
    r = r << 1 | (a >> bit & 1);
    quotient <<= 1;
    if (carry || r >= b) {
      r -= b;
      quotient |= 1;
    }
  }
  *rest = r;
  return quotient;
}

uint32_t __aeabi_uidiv(uint32_t a, uint32_t b) {
  uint32_t rest;
  return divide(a, b, &rest);
}

/* Two results in r0 and r1. */
uint64_t __aeabi_uidivmod(uint32_t a, uint32_t b) {
  uint32_t rest, quotient = divide(a, b, &rest);
  return join(quotient, rest);
}

static uint32_t magnitude(int32_t x) { return x < 0 ? 0u - (uint32_t)x : (uint32_t)x; }

uint64_t __aeabi_idivmod(int32_t a, int32_t b) {
  uint32_t rest, quotient = divide(magnitude(a), magnitude(b), &rest);
  if ((a < 0) != (b < 0))
    quotient = 0u - quotient;
  return join(quotient, a < 0 ? 0u - rest : rest);
}

int32_t __aeabi_idiv(int32_t a, int32_t b) { return (int32_t)split(__aeabi_idivmod(a, b)).low; }

/* Loops of volatile accesses stay loops: a compiler would make calls of these functions of them. */

void *memcpy(void *to, const void *from, size_t bytes) {
  volatile unsigned char *t = to;
  const unsigned char *f = from;
  if ((((uintptr_t)to | (uintptr_t)from) & 3) == 0)
    for (; bytes >= 4; bytes -= 4, t += 4, f += 4)
      *(volatile uint32_t *)t = *(const uint32_t *)f;
  for (; bytes; --bytes)
    *t++ = *f++;
  return to;
}

void *memmove(void *to, const void *from, size_t bytes) {
  volatile unsigned char *t = to;
  const unsigned char *f = from;
  if ((uintptr_t)to <= (uintptr_t)from || (uintptr_t)to >= (uintptr_t)from + bytes)
    return memcpy(to, from, bytes);
  while (bytes--)
    t[bytes] = f[bytes];
  return to;
}

void *memset(void *to, int value, size_t bytes) {
  volatile unsigned char *t = to;
  uint32_t byte = (unsigned char)value, word = byte | byte << 8 | byte << 16 | byte << 24;
  if (((uintptr_t)to & 3) == 0)
    for (; bytes >= 4; bytes -= 4, t += 4)
      *(volatile uint32_t *)t = word;
  for (; bytes; --bytes)
    *t++ = (unsigned char)value;
  return to;
}

#define ALIAS_OF(name, of) extern __typeof(of) name __attribute__((alias(#of)))
#define ALIAS(name, of) ALIAS_OF(name, of)
ALIAS(__aeabi_memcpy, memcpy);
ALIAS(__aeabi_memcpy4, memcpy);
ALIAS(__aeabi_memcpy8, memcpy);
ALIAS(__aeabi_memmove, memmove);
ALIAS(__aeabi_memmove4, memmove);
ALIAS(__aeabi_memmove8, memmove);

/* Arguments in another order. */
void __aeabi_memset(void *to, size_t bytes, int value) { memset(to, value, bytes); }
void __aeabi_memclr(void *to, size_t bytes) { memset(to, 0, bytes); }
ALIAS(__aeabi_memset4, __aeabi_memset);
ALIAS(__aeabi_memset8, __aeabi_memset);
ALIAS(__aeabi_memclr4, __aeabi_memclr);
ALIAS(__aeabi_memclr8, __aeabi_memclr);
