#include "CKernels.h"
#include "eight.h"

#define NUMBER float
#define MASK int32_t
#define LANES 8
#define NAME(word) lk_single_##word
#include "median.h"
#undef NUMBER
#undef MASK
#undef LANES
#undef NAME

#define NUMBER double
#define MASK int64_t
#define LANES 4
#define NAME(word) lk_double_##word
#include "median.h"

void lk_median_single(const float *x, const long *offsets, long count, float *y, long places) {
  lk_single_run(x, offsets, count, y, places);
}

void lk_median_double(const double *x, const long *offsets, long count, double *y, long places) {
  lk_double_run(x, offsets, count, y, places);
}

void lk_exchange_single(const float *x, float *y, long count, float old, float new_one) {
  lk_single_exchange(x, y, count, old, new_one);
}

void lk_exchange_double(const double *x, double *y, long count, double old, double new_one) {
  lk_double_exchange(x, y, count, old, new_one);
}
