import LeptonTensor

extension LanguageError {
  /// Asks for memory that a value is about to take.
  ///
  /// - Throws: `memory/limit` if it is not there.
  public static func checkMemory(for byteCount: Int) throws {
    guard SystemMemory.has(byteCount) else { throw noMemory(for: byteCount) }
  }

  /// Asks for memory where a text that grows moves to twice as much.
  ///
  /// - Throws: `memory/limit` if it is not there.
  static func checkGrowth(from size: Int, by added: Int) throws {
    let total = size + added
    guard total >= SystemMemory.much, size.leadingZeroBitCount != total.leadingZeroBitCount
    else { return }
    try checkMemory(for: 2 * total)
  }
}

extension [Value] {
  /// Asks for memory that a list is about to take.
  ///
  /// - Throws: `memory/limit` if it is not there.
  public static func checkMemory(count: Int) throws {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
    try LanguageError.checkMemory(for: overflow ? .max : byteCount)
  }

  /// Asks for memory if the next element makes the list move to twice as much.
  ///
  /// - Throws: `memory/limit` if it is not there.
  @inline(__always)
  package func checkGrowth() throws {
    if count == capacity { try Self.checkMemory(count: 2 * count) }
  }
}
