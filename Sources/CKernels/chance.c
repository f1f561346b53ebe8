#include "CKernels.h"
#include "eight.h"

// Philox-4x32-10 for eight counters at a time; Swift has it for one.

typedef uint32_t words __attribute__((ext_vector_type(8)));
typedef uint64_t longs __attribute__((ext_vector_type(4)));

// The upper and the lower halves of products.
INNER void multiply(words a, uint32_t factor, words *high, words *low) {
  words even = (words)(((longs)a & 0xffffffff) * (uint64_t)factor);
  words odd = (words)(((longs)a >> 32) * (uint64_t)factor);
  *low = __builtin_shufflevector(even, odd, 0, 8, 2, 10, 4, 12, 6, 14);
  *high = __builtin_shufflevector(even, odd, 1, 9, 3, 11, 5, 13, 7, 15);
}

// Eight blocks, word by word, become 32 words, block by block.
INNER void put_together(const words *word, words *blocks) {
  words a = __builtin_shufflevector(word[0], word[1], 0, 8, 1, 9, 4, 12, 5, 13);
  words b = __builtin_shufflevector(word[0], word[1], 2, 10, 3, 11, 6, 14, 7, 15);
  words c = __builtin_shufflevector(word[2], word[3], 0, 8, 1, 9, 4, 12, 5, 13);
  words d = __builtin_shufflevector(word[2], word[3], 2, 10, 3, 11, 6, 14, 7, 15);
  blocks[0] = __builtin_shufflevector(a, c, 0, 1, 8, 9, 2, 3, 10, 11);
  blocks[1] = __builtin_shufflevector(b, d, 0, 1, 8, 9, 2, 3, 10, 11);
  blocks[2] = __builtin_shufflevector(a, c, 4, 5, 12, 13, 6, 7, 14, 15);
  blocks[3] = __builtin_shufflevector(b, d, 4, 5, 12, 13, 6, 7, 14, 15);
}

// The words of eight blocks from the given one on.
INNER void eight_blocks(uint64_t key, uint64_t counter, uint64_t block, words *word) {
  for (int i = 0; i < 8; i++) {
    word[0][i] = (uint32_t)(block + i);
    word[1][i] = (uint32_t)((block + i) >> 32);
  }
  word[2] = (words)((uint32_t)counter);
  word[3] = (words)((uint32_t)(counter >> 32));
  uint32_t one = (uint32_t)key, two = (uint32_t)(key >> 32);
  UNROLL for (int round = 0; round < 10; round++) {
    words ha, la, hb, lb;
    multiply(word[0], 0xD2511F53, &ha, &la);
    multiply(word[2], 0xCD9E8D57, &hb, &lb);
    word[0] = hb ^ word[1] ^ one;
    word[1] = lb;
    word[2] = ha ^ word[3] ^ two;
    word[3] = la;
    one += 0x9E3779B9;
    two += 0xBB67AE85;
  }
}

TARGET void lk_uniform(uint64_t key, uint64_t counter, uint64_t block, float *y, long count) {
  for (long start = 0; start < count; start += 32, block += 8) {
    words word[4];
    eight_blocks(key, counter, block, word);
    words blocks[4];
    put_together(word, blocks);
    UNROLL for (int i = 0; i < 4; i++) {
      lk_f8 v = __builtin_convertvector((lk_i8)(blocks[i] >> 8), lk_f8) * 0x1p-24f;
      long room = count - start - 8 * i;
      if (room >= 8)
        *(lk_f8u *)(y + start + 8 * i) = v;
      else
        for (long k = 0; k < room; k++) y[start + 8 * i + k] = v[k];
    }
  }
}

TARGET void lk_random_bits(uint64_t key, uint64_t counter, uint64_t block, uint64_t *y, long count) {
  for (long start = 0; start < count; start += 8, block += 8) {
    words word[4];
    eight_blocks(key, counter, block, word);
    for (long i = 0; i < 8 && start + i < count; i++)
      y[start + i] = word[0][i] | (uint64_t)word[1][i] << 32;
  }
}
