import Glibc

/// Memory for the elements of one tensor: 64-byte aligned, with 64 bytes of slack after the end.
///
/// It is written before the tensor that owns it is handed out, and never after.
final class Storage: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  /// What was taken from the system, in which the elements stand.
  private let memory: UnsafeMutableRawPointer

  private static let alignment = 64

  /// Bytes after the last element that may be read, so that vector loads need no tail.
  static let slack = 64

  /// The bytes of a large page; tensors of several such are asked for in large pages.
  private static let hugePage = 2 << 20

  /// Takes memory from the system.
  ///
  /// Throws `memory/limit` if there is not as much.
  init(byteCount: Int) throws {
    try Storage.require(byteCount)
    guard let memory = Storage.take(byteCount + Storage.slack) else {
      throw Storage.shortage(of: byteCount)
    }
    self.memory = memory
    pointer = memory.alignedUp(toMultipleOf: Storage.alignment)
    memset(pointer + byteCount, 0, Storage.slack)
  }

  deinit { free(memory) }

  /// Takes memory in which as many bytes stand aligned: many in large pages, few without the search for
  /// an aligned piece, which takes longer than to add ten numbers.
  private static func take(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    byteCount < hugePage * 2 ? malloc(byteCount + alignment) : aligned(byteCount)
  }

  /// Takes aligned memory, in large pages if it fills one.
  static func aligned(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let isLarge = byteCount >= hugePage
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, isLarge ? hugePage : alignment, byteCount) == 0 else {
      return nil
    }
    if isLarge { madvise(memory, byteCount, MADV_HUGEPAGE) }
    return memory
  }

  /// Throws `memory/limit` for more bytes than can be had.
  static func require(_ byteCount: Int) throws {
    guard SystemMemory.has(byteCount) else { throw shortage(of: byteCount) }
  }

  private static func shortage(of byteCount: Int) -> TensorError {
    TensorError(
      "memory/limit", "there is no memory for \(byteCount >> 20) MiB",
      help: ["look at the sizes: an element takes 4 bytes in float32, 8 in float64 and int64"])
  }
}
