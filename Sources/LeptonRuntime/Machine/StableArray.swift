/// Elements that never move, for the machine to read without counting whoever holds them.
final class StableArray<Element> {
  /// The first of them.
  let first: UnsafeMutablePointer<Element>
  /// How many there are.
  let count: Int

  init(_ elements: [Element] = []) {
    count = elements.count
    first = .allocate(capacity: max(count, 1))
    first.initialize(from: elements, count: count)
  }

  deinit {
    first.deinitialize(count: count)
    first.deallocate()
  }
}
