import Glibc

/// Memory for the elements of one tensor: 64-byte aligned, with 64 bytes of slack after the end.
///
/// It is written before the tensor that owns it is handed out, and never after.
final class Storage: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  /// Bytes after the last element that may be read, so that vector loads need no tail.
  static let slack = 64

  /// The bytes of a large page; tensors of several such are asked for in large pages.
  private static let hugePage = 2 << 20

  /// Takes memory from the system.
  ///
  /// Throws `memory/limit` if there is not as much.
  init(byteCount: Int) throws {
    var memory: UnsafeMutableRawPointer?
    let isLarge = byteCount >= Storage.hugePage * 2
    let alignment = isLarge ? Storage.hugePage : 64
    try Storage.require(byteCount)
    guard posix_memalign(&memory, alignment, byteCount + Storage.slack) == 0, let memory else {
      throw Storage.shortage(of: byteCount)
    }
    if isLarge { madvise(memory, byteCount, MADV_HUGEPAGE) }
    memset(memory + byteCount, 0, Storage.slack)
    pointer = memory
  }

  deinit { free(pointer) }

  /// Throws `memory/limit` for more bytes than can be had.
  static func require(_ byteCount: Int) throws {
    guard SystemMemory.has(byteCount) else { throw shortage(of: byteCount) }
  }

  private static func shortage(of byteCount: Int) -> TensorError {
    TensorError("memory/limit", "there is no memory for \(byteCount >> 20) MiB")
  }
}
