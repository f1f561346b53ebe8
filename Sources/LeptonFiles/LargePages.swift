import Glibc

/// Pages of 2 MiB under memory that is about to be filled.
package enum LargePages {
  private static let size = 1 << 21

  /// Asks the kernel for large pages, which saves most of the page faults of a first write; without
  /// them nothing changes but the time.
  package static func advise(_ memory: UnsafeMutableRawBufferPointer) {
    guard memory.count >= 2 * size, let start = memory.baseAddress else { return }
    let first = start.alignedUp(toMultipleOf: size)
    let count = (memory.count - start.distance(to: first)) / size * size
    madvise(first, count, Int32(MADV_HUGEPAGE))
  }
}
