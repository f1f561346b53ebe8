// Medians of windows, written once and compiled for each type of fractions: the includer defines
// NUMBER, MASK (a whole number of its size), LANES and NAME(word).

typedef NUMBER NAME(vec) __attribute__((ext_vector_type(LANES)));
typedef NUMBER NAME(loose) __attribute__((ext_vector_type(LANES), aligned(sizeof(NUMBER))));
typedef MASK NAME(mask) __attribute__((ext_vector_type(LANES)));
#define VEC NAME(vec)

INNER void NAME(order)(VEC *a, VEC *b) {
  VEC low = *a < *b ? *a : *b;
  *b = *a < *b ? *b : *a;
  *a = low;
}

// The middle of an odd number of vectors, lane by lane: of a few more than half of them the smallest and the
// largest are no median, and are forgotten, one by one for each that is left.
INNER VEC NAME(middle)(const NUMBER *x, const long *offsets, long count) {
  VEC a[count / 2 + 2];
  NAME(mask) is_none = (NAME(mask))(0);
  long held = count / 2 + 2 < count ? count / 2 + 2 : count, next = held;
  for (long i = 0; i < held; i++) {
    a[i] = *(const NAME(loose) *)(x + offsets[i]);
    is_none |= a[i] != a[i];
  }
  for (; held > 2; held--) {
    long half = held / 2;
    for (long i = 0; i < half; i++) NAME(order)(&a[i], &a[held - 1 - i]);
    if (held % 2) {
      NAME(order)(&a[0], &a[half]);
      NAME(order)(&a[half], &a[held - 1]);
    }
    for (long i = 1; i < half; i++) {
      NAME(order)(&a[0], &a[i]);
      NAME(order)(&a[held - 1 - i], &a[held - 1]);
    }
    if (next == count) return (NAME(mask))is_none != 0 ? (VEC)(NUMBER)__builtin_nan("") : a[1];
    a[0] = *(const NAME(loose) *)(x + offsets[next++]);
    is_none |= a[0] != a[0];
  }
  return a[0];
}

TARGET static void NAME(run)(const NUMBER *x, const long *offsets, long count, NUMBER *y, long places) {
  for (long i = 0; i < places; i += LANES) {
    VEC v;
    switch (count) {
      case 3: v = NAME(middle)(x + i, offsets, 3); break;
      case 5: v = NAME(middle)(x + i, offsets, 5); break;
      case 9: v = NAME(middle)(x + i, offsets, 9); break;
      default: v = NAME(middle)(x + i, offsets, count);
    }
    if (places - i >= LANES)
      *(NAME(loose) *)(y + i) = v;
    else
      for (long k = 0; k < places - i; k++) y[i + k] = v[k];
  }
}

// Numbers in order with another one in the place of `old`: what stays moves up to fill the gap, and down to
// make room. From the place before them to a vector behind them there stand bounds, which stay.
TARGET static void NAME(exchange)(const NUMBER *x, NUMBER *y, long count, NUMBER old, NUMBER new) {
  for (long i = 0; i < count; i += LANES) {
    VEC before = *(const NAME(loose) *)(x + i - 1), here = *(const NAME(loose) *)(x + i),
        behind = *(const NAME(loose) *)(x + i + 1);
    VEC left = before < old ? before : here, kept = here < old ? here : behind;
    VEC low = kept < new ? kept : (VEC)new;
    *(NAME(loose) *)(y + i) = left > low ? left : low;
  }
}
#undef VEC
