import CBLAS

/// The routines of LAPACK for one type of fractions; matrices stand column by column.
///
/// Everything is passed by address, as Fortran does. The last argument of each says what went wrong.
struct LAPACK<Real> {
  typealias Count = UnsafePointer<Int32>?
  typealias Text = UnsafePointer<CChar>?
  typealias Given = UnsafePointer<Real>?
  typealias Changed = UnsafeMutablePointer<Real>?
  typealias Integers = UnsafeMutablePointer<Int32>?

  let getrf: (Count, Count, Changed, Count, Integers, Integers) -> Void
  let getrs: (Text, Count, Count, Given, Count, Count, Changed, Count, Integers, Int) -> Void
  let potrf: (Text, Count, Changed, Count, Integers, Int) -> Void
  let syevd:
    (
      Text, Text, Count, Changed, Count, Changed, Changed, Count, Integers, Count, Integers, Int,
      Int
    ) -> Void
  let gesdd:
    (
      Text, Count, Count, Changed, Count, Changed, Changed, Count, Changed, Count, Changed, Count,
      Integers, Integers, Int
    ) -> Void
  let gelqf: (Count, Count, Changed, Count, Changed, Changed, Count, Integers) -> Void
  let orglq: (Count, Count, Count, Changed, Count, Given, Changed, Count, Integers) -> Void
}

/// Fractions with which LAPACK computes.
protocol Real: Arithmetic, BinaryFloatingPoint {
  /// The routines for them.
  static var lapack: LAPACK<Self> { get }
  /// C = A B for matrices that stand row by row, each given transposed or not.
  static func multiply(
    _ a: UnsafePointer<Self>, _ turnsA: Bool, _ b: UnsafePointer<Self>, _ turnsB: Bool,
    into c: UnsafeMutablePointer<Self>, m: Int, k: Int, n: Int)
}

extension Float: Real {
  static var lapack: LAPACK<Float> {
    LAPACK(
      getrf: sgetrf_, getrs: sgetrs_, potrf: spotrf_, syevd: ssyevd_, gesdd: sgesdd_,
      gelqf: sgelqf_, orglq: sorglq_)
  }

  static func multiply(
    _ a: UnsafePointer<Float>, _ turnsA: Bool, _ b: UnsafePointer<Float>, _ turnsB: Bool,
    into c: UnsafeMutablePointer<Float>, m: Int, k: Int, n: Int
  ) {
    guard m > 0, n > 0, k > 0 else { return c.update(repeating: 0, count: m * n) }
    cblas_sgemm(
      CblasRowMajor, turnsA ? CblasTrans : CblasNoTrans, turnsB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), 1, a, Int32(turnsA ? m : k), b, Int32(turnsB ? k : n), 0, c,
      Int32(n))
  }
}

extension Double: Real {
  static var lapack: LAPACK<Double> {
    LAPACK(
      getrf: dgetrf_, getrs: dgetrs_, potrf: dpotrf_, syevd: dsyevd_, gesdd: dgesdd_,
      gelqf: dgelqf_, orglq: dorglq_)
  }

  static func multiply(
    _ a: UnsafePointer<Double>, _ turnsA: Bool, _ b: UnsafePointer<Double>, _ turnsB: Bool,
    into c: UnsafeMutablePointer<Double>, m: Int, k: Int, n: Int
  ) {
    guard m > 0, n > 0, k > 0 else { return c.update(repeating: 0, count: m * n) }
    cblas_dgemm(
      CblasRowMajor, turnsA ? CblasTrans : CblasNoTrans, turnsB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), 1, a, Int32(turnsA ? m : k), b, Int32(turnsB ? k : n), 0, c,
      Int32(n))
  }
}
