/// The threads on which the engine computes.
public enum Execution {
  /// The number of threads, which changes how long a computation takes but never its result.
  public static var threads: Int {
    get { 1 }
    set { _ = newValue }
  }

  /// Computes all tiles of a piece of work.
  static func run(_ work: Work, _ pointers: [UnsafeMutableRawPointer]) {
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: work.scratch + 64, alignment: 64)
    defer { scratch.deallocate() }
    pointers.withUnsafeBufferPointer { pointers in
      guard let base = pointers.baseAddress else { return }
      let operands = Operands(pointers: base, scratch: scratch)
      for tile in 0..<work.tiles { work.run(operands, tile: tile) }
    }
  }
}
