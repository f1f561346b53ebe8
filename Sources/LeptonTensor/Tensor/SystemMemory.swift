import Glibc

/// How much memory can still be had.
///
/// The kernel promises memory that it does not have, and ends a process that writes to it; and what
/// goes beyond a limit of the address space is refused where nobody can say so in words. So whoever
/// is about to take much asks here first. The answer is a measurement and not a reservation.
public enum SystemMemory {
  /// From how many bytes on it is worth asking, which takes some microseconds.
  public static let much = 16 << 20
  /// What is left for everything that does not ask.
  private static let reserve = 256 << 20

  /// Whether so many bytes can be had, as far as they are many.
  public static func has(_ byteCount: Int) -> Bool {
    byteCount < much || byteCount <= available - reserve
  }

  /// Whether what is left is only the reserve.
  public static var isScarce: Bool { available < reserve }

  /// The bytes that can be had: of the machine's memory and of the process's address space.
  private static var available: Int {
    let free = number(behind: "MemAvailable:", in: "/proc/meminfo").map { $0 << 10 } ?? .max
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    guard limit.rlim_cur < rlim_t(Int.max), let pages = number(behind: "", in: "/proc/self/statm")
    else { return free }
    return min(free, Int(limit.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The number behind a text in one of the kernel's own files.
  private static func number(behind mark: String, in path: String) -> Int? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { buffer in
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      let text = buffer.prefix(max(count, 0))
      guard let start = mark.isEmpty ? 0 : text.firstRange(of: mark.utf8)?.upperBound else {
        return nil
      }
      let digits = text[start...].drop { $0 == UInt8(ascii: " ") }.prefix { (48...57).contains($0) }
      return Int(String(decoding: digits, as: UTF8.self))
    }
  }
}
