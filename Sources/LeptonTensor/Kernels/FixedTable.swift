/// Plain numbers in memory of their own, which threads read without counting references.
///
/// Whoever makes a table frees it.
struct FixedTable<Element>: @unchecked Sendable {
  private let memory: UnsafeMutableBufferPointer<Element>

  init(_ elements: [Element]) {
    memory = .allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
  }

  var count: Int { memory.count }

  /// The first element; the table has at least one.
  var pointer: UnsafePointer<Element>? { UnsafePointer(memory.baseAddress) }

  @inline(__always)
  subscript(index: Int) -> Element { memory[index] }

  func free() { memory.deinitialize().deallocate() }
}
