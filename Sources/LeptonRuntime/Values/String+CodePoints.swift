import Glibc

extension String {
  /// Lends the bytes of the text in UTF-8.
  @inlinable @inline(__always)
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let direct = utf8.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
    return direct ?? Array(utf8).withUnsafeBytes(body)
  }

  /// Whether another text has the same code points; composed and decomposed letters differ, as they
  /// do in length.
  @inline(__always)
  public func isSame(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes { mine in
      other.withBytes { theirs in
        guard let a = mine.baseAddress, let b = theirs.baseAddress else { return true }
        return a == b || memcmp(a, b, mine.count) == 0
      }
    }
  }

  /// Whether another text stands in this one, code point by code point.
  func holds(_ part: String) -> Bool {
    withBytes { mine in part.withBytes { mine.place(of: $0, from: 0) != nil } }
  }
}

extension UnsafeRawBufferPointer {
  /// The first place from `start` on at which other bytes stand in these.
  public func place(of part: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = baseAddress, let other = part.baseAddress, let first = part.first else {
      return start <= count ? start : nil
    }
    var place = start
    while place + part.count <= count,
      let found = memchr(base + place, Int32(first), count - part.count - place + 1)
    {
      place = UnsafeRawPointer(found) - base
      if memcmp(found, other, part.count) == 0 { return place }
      place += 1
    }
    return nil
  }
}
