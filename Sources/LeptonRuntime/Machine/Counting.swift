import CPlatform

/// The counting of what slots refer to.
///
/// Values never leave the thread that runs their interpreter, so their counts take no locked instructions:
/// those would be two fifths of the time of a program that handles records. What the engine's threads may
/// hold as well, tensors, and words are counted as everywhere else.
enum Counting {
  /// Adds a count.
  @inline(never)
  static func retain(_ slot: Slot) {
    if slot.isShared { _ = slot.reference?.retain() } else { platform_retain_alone(slot.address) }
  }

  /// Takes a count away.
  @inline(never)
  static func release(_ slot: Slot) {
    if slot.isShared { slot.reference?.release() } else { platform_release_alone(slot.address) }
  }

  /// Adds a count of an object of which no other thread knows.
  @inline(__always)
  static func retain(_ object: AnyObject) {
    platform_retain_alone(Unmanaged.passUnretained(object).toOpaque())
  }

  /// Takes a count of an object away of which no other thread knows.
  @inline(__always)
  static func release<Object>(_ object: Unmanaged<Object>) {
    platform_release_alone(object.toOpaque())
  }
}

extension Slot {
  /// Whether another thread may count the same object.
  @inline(__always)
  fileprivate var isShared: Bool { tag == Tag.tensor || tag == Tag.word || tag == Tag.other }

  /// The reference, if there is one.
  fileprivate var reference: Unmanaged<AnyObject>? {
    address.map(Unmanaged<AnyObject>.fromOpaque)
  }
}
