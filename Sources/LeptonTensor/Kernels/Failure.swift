import Synchronization

/// Where a kernel found elements that it cannot compute with: the tiles tell, whoever ran them asks.
final class Failure: Sendable {
  private let first = Atomic(Int.max)
  private let error: @Sendable (_ place: Int, _ detail: Int) -> TensorError

  /// The bits that hold the detail beside the place.
  private static let detailBits = 16

  /// Makes a place to report to; the closure words what was reported.
  init(_ error: @escaping @Sendable (_ place: Int, _ detail: Int) -> TensorError) {
    self.error = error
  }

  /// Reports that the part at a place cannot be computed, with a detail below 2^16.
  func report(_ place: Int, _ detail: Int) {
    first.min(place &<< Failure.detailBits | detail, ordering: .relaxed)
  }

  /// Throws the error of the first place that was reported, and forgets it.
  func check() throws {
    let found = first.exchange(.max, ordering: .relaxed)
    guard found != .max else { return }
    throw error(found >> Failure.detailBits, found & (1 << Failure.detailBits - 1))
  }
}
