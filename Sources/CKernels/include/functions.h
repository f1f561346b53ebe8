// Elementary functions, written once and compiled for each width of vectors: the includer defines VEC
// and INTS, vectors of floats and of whole numbers, NAME(word), INNER, which stands before each
// function, and SCALE(y, n, k), which is y * 2^n, rounded once, where k is n as a float. Each lane is
// the same operations in the same order for every width, so the bits are the same.

INNER VEC NAME(splat)(float x) { return (VEC)(x); }
INNER VEC NAME(fma)(VEC a, VEC b, VEC c) { return __builtin_elementwise_fma(a, b, c); }
INNER VEC NAME(max)(VEC a, VEC b) { return __builtin_elementwise_max(a, b); }
INNER VEC NAME(min)(VEC a, VEC b) { return __builtin_elementwise_min(a, b); }
INNER VEC NAME(sqrt)(VEC a) { return __builtin_elementwise_sqrt(a); }
INNER VEC NAME(select)(INTS c, VEC a, VEC b) {
  return (VEC)((c & (INTS)a) | (~c & (INTS)b));
}
// The nearest number within bounds; NaN stays.
INNER VEC NAME(clamp)(VEC x, float low, float high) {
  x = NAME(select)(low > x, NAME(splat)(low), x);
  return NAME(select)(high < x, NAME(splat)(high), x);
}

// 2^n for n in -126 ... 127.
INNER VEC NAME(power_of_two)(INTS n) { return (VEC)((n + 127) << 23); }

// e^r - 1 for |r| <= ln(2)/2.
INNER VEC NAME(expm1_core)(VEC r) {
  VEC p = NAME(splat)(1.0f / 40320);
  p = NAME(fma)(p, r, NAME(splat)(1.0f / 5040));
  p = NAME(fma)(p, r, NAME(splat)(1.0f / 720));
  p = NAME(fma)(p, r, NAME(splat)(1.0f / 120));
  p = NAME(fma)(p, r, NAME(splat)(1.0f / 24));
  p = NAME(fma)(p, r, NAME(splat)(1.0f / 6));
  p = NAME(fma)(p, r, NAME(splat)(0.5f));
  return NAME(fma)(p * r, r, r);
}

// x = n ln 2 + r with |r| <= ln(2)/2; n is rounded by adding 1.5 * 2^23, k is n as a float.
INNER VEC NAME(split)(VEC x, INTS *n, VEC *k) {
  VEC magic = NAME(splat)(12582912.0f);
  VEC t = NAME(fma)(x, NAME(splat)(1.44269504088896341f), magic);
  *n = (INTS)t - (INTS)magic;
  *k = t - magic;
  VEC r = NAME(fma)(*k, NAME(splat)(-0.693359375f), x);
  return NAME(fma)(*k, NAME(splat)(2.12194440e-4f), r);
}

// e^x. Error at most 1 ulp; overflows to infinity, underflows gradually, NaN stays.
INNER VEC NAME(exp)(VEC x) {
  INTS n;
  VEC k, r = NAME(split)(NAME(clamp)(x, -104.0f, 89.0f), &n, &k);
  VEC y = NAME(expm1_core)(r) + 1.0f;
  return SCALE(y, n, k);
}

// tanh x = (e^2x - 1) / (e^2x + 1). Error at most 2.5 ulp.
INNER VEC NAME(tanh)(VEC x) {
  VEC a = NAME(min)(__builtin_elementwise_abs(x), NAME(splat)(9.5f));
  INTS n;
  VEC k, r = NAME(split)(a + a, &n, &k);
  VEC s = NAME(power_of_two)(n);
  VEC e = NAME(fma)(s, NAME(expm1_core)(r), s - 1.0f);
  VEC y = __builtin_elementwise_copysign(e / (e + 2.0f), x);
  return NAME(select)(x != x, x, y);
}

// 1 / (1 + e^-x). Error at most 2.5 ulp for x > -87; 0 below.
INNER VEC NAME(sigmoid)(VEC x) { return 1.0f / (1.0f + NAME(exp)(-x)); }

// The natural logarithm. Error at most 2 ulp; log 0 = -inf, of negative numbers NaN.
INNER VEC NAME(log)(VEC x) {
  INTS tiny = x < 1.17549435e-38f;
  VEC v = NAME(select)(tiny, x * 8388608.0f, x);
  // m in [sqrt(1/2), sqrt(2)): log x = e ln 2 + log m, and log m = 2 atanh((m-1)/(m+1)).
  INTS bits = (INTS)v;
  INTS e = (bits - 0x3f3504f3) >> 23;
  VEC m = (VEC)(bits - (e << 23));
  VEC k = __builtin_convertvector(e - (tiny & 23), VEC);
  VEC f = m - 1.0f;
  VEC s = f / (f + 2.0f);
  VEC z = s * s;
  VEC p = NAME(splat)(2.0f / 11);
  p = NAME(fma)(p, z, NAME(splat)(2.0f / 9));
  p = NAME(fma)(p, z, NAME(splat)(2.0f / 7));
  p = NAME(fma)(p, z, NAME(splat)(2.0f / 5));
  p = NAME(fma)(p, z, NAME(splat)(2.0f / 3));
  // log m = f - (f^2/2 - s (f^2/2 + z p))
  VEC h = 0.5f * f * f;
  VEC y = NAME(fma)(s, NAME(fma)(z, p, h), k * 1.42860677e-6f);
  y = NAME(fma)(k, NAME(splat)(0.693145752f), f - (h - y));
  y = NAME(select)(x == 0.0f, NAME(splat)(-__builtin_inff()), y);
  y = NAME(select)(x == __builtin_inff(), x, y);
  return NAME(select)((x < 0.0f) | (x != x), NAME(splat)(__builtin_nanf("")), y);
}

// e^x - 1. Error at most 2 ulp.
INNER VEC NAME(expm1)(VEC x) {
  INTS n;
  VEC k, r = NAME(split)(NAME(min)(NAME(max)(x, NAME(splat)(-104.0f)), NAME(splat)(80.0f)), &n, &k);
  VEC s = NAME(power_of_two)(__builtin_elementwise_max(n, (INTS){} - 126));
  VEC y = NAME(fma)(s, NAME(expm1_core)(r), s - 1.0f);
  y = NAME(select)(x > 80.0f, NAME(exp)(x), y);
  return NAME(select)((x == 0.0f) | (x != x), x, y);
}

// log(1 + x). Error at most 3 ulp; -1 gives -inf, what is below NaN.
INNER VEC NAME(log1p)(VEC x) {
  VEC u = 1.0f + x;
  // What was lost in the sum, as a share of it.
  VEC lost = (x - (u - 1.0f)) / u;
  VEC y = NAME(log)(u);
  y = NAME(select)((u > 0.0f) & (u < __builtin_inff()), y + lost, y);
  return NAME(select)(x == 0.0f, x, y);
}

// The error function: a rational minimax approximation on [-4, 4], as in Eigen. Error at most 8 ulp.
INNER VEC NAME(erf)(VEC x) {
  VEC c = NAME(min)(NAME(max)(x, NAME(splat)(-4.0f)), NAME(splat)(4.0f));
  VEC z = c * c;
  VEC p = NAME(splat)(-2.72614225801306e-10f);
  p = NAME(fma)(p, z, NAME(splat)(2.77068142495902e-08f));
  p = NAME(fma)(p, z, NAME(splat)(-2.10102402082508e-06f));
  p = NAME(fma)(p, z, NAME(splat)(-5.69250639462346e-05f));
  p = NAME(fma)(p, z, NAME(splat)(-7.34990630326855e-04f));
  p = NAME(fma)(p, z, NAME(splat)(-2.95459980854025e-03f));
  p = NAME(fma)(p, z, NAME(splat)(-1.60960333262415e-02f));
  VEC q = NAME(splat)(-1.45660718464996e-05f);
  q = NAME(fma)(q, z, NAME(splat)(-2.13374055278905e-04f));
  q = NAME(fma)(q, z, NAME(splat)(-1.68282697438203e-03f));
  q = NAME(fma)(q, z, NAME(splat)(-7.37332916720468e-03f));
  q = NAME(fma)(q, z, NAME(splat)(-1.42647390514189e-02f));
  VEC y = NAME(min)(NAME(max)(c * p / q, NAME(splat)(-1.0f)), NAME(splat)(1.0f));
  return NAME(select)(x != x, x, y);
}
