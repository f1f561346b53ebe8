/// Puts texts together, byte by byte, in memory that is used again and again.
final class ByteWriter {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = 256
  /// How many bytes have been written.
  private(set) var count = 0

  /// More memory than this is not kept.
  private static let kept = 1 << 20
  /// The most digits that a number of 64 bits has.
  private static let mostDigits = 20

  init() { memory = .allocate(capacity: capacity) }

  deinit { memory.deallocate() }

  /// Begins a new text.
  func begin() {
    count = 0
    if capacity > Self.kept { move(to: 256) }
  }

  /// What was written, as a string.
  var string: String {
    String(decoding: UnsafeBufferPointer(start: memory, count: count), as: UTF8.self)
  }

  /// Writes bytes.
  func append(_ bytes: UnsafePointer<UInt8>, count added: Int) {
    makeRoom(for: added)
    (memory + count).update(from: bytes, count: added)
    count += added
  }

  /// Writes a character of ASCII.
  func append(_ byte: UInt8) {
    makeRoom(for: 1)
    memory[count] = byte
    count += 1
  }

  /// Writes a whole number.
  func append(_ int: Int) {
    if int < 0 { append(UInt8(ascii: "-")) }
    append(UInt64(int.magnitude))
  }

  /// Writes a whole number, with zeros before it up to a number of digits.
  func append(_ number: UInt64, digits least: Int = 1) {
    let digits = max(Self.digits(of: number), least)
    makeRoom(for: digits)
    var rest = number
    var place = memory + (count + digits)
    count += digits
    while place > memory + (count - digits) {
      place -= 1
      let quotient = rest / 10
      place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest &- quotient &* 10)
      rest = quotient
    }
  }

  private static func digits(of number: UInt64) -> Int {
    var digits = 1
    var limit: UInt64 = 10
    while digits < mostDigits, number >= limit {
      digits += 1
      let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
      if overflow { return number >= limit ? mostDigits : digits }
      limit = next
    }
    return digits
  }

  @inline(__always)
  private func makeRoom(for added: Int) {
    if count + added > capacity { move(to: 2 * (count + added)) }
  }

  @inline(never)
  private func move(to capacity: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: memory, count: count)
    memory.deallocate()
    memory = larger
    self.capacity = capacity
  }
}
