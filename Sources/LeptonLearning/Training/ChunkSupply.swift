import LeptonTensor

/// The chunks of an epoch, one after the other, each made on a thread of its own while the one before is
/// trained on.
///
/// At most one chunk is made ahead, so that memory holds three: that which is trained on, the next, and
/// what it is made of. A mistake in making one shows when it is asked for.
final class ChunkSupply {
  private var chunks: any ChunkedExamples
  private let order: any EpochOrder
  /// The thread that makes chunks ahead; nothing where that is not wanted, or not to be had.
  private lazy var thread: SideThread? =
    chunks.isMadeAhead && Execution.threads > 1 ? SideThread() : nil
  private var ahead: (positions: Range<Int>, product: Product)?

  /// What a thread has made, to be looked at when it is done.
  private final class Product: @unchecked Sendable {
    var examples: Result<[Tensor], any Error> = .success([])
  }

  init(_ chunks: any ChunkedExamples, in order: any EpochOrder) {
    self.chunks = chunks
    self.order = order
  }

  /// How many examples a chunk holds.
  var chunk: Int { chunks.chunk }

  /// What stands in the place of the first chunk until it is made.
  func placeholder() throws -> [Tensor] { try chunks.placeholder() }

  /// Draws what chance decides for an epoch.
  func begin(epoch: Int) throws {
    ahead = nil
    try chunks.begin(epoch: epoch)
  }

  /// The chunk that begins at a position of the epoch.
  func examples(from position: Int) throws -> [Tensor] {
    let positions = self.positions(from: position)
    let examples = try known(positions) ?? chunks.making(order.examples(at: positions))(false)
    makeAhead(self.positions(from: positions.upperBound))
    return examples
  }

  private func positions(from start: Int) -> Range<Int> {
    start..<max(start, min(order.count, start + chunk))
  }

  /// What was made ahead, if it is that chunk.
  private func known(_ positions: Range<Int>) throws -> [Tensor]? {
    guard let ahead, ahead.positions == positions else { return nil }
    self.ahead = nil
    thread?.wait()
    return try ahead.product.examples.get()
  }

  private func makeAhead(_ positions: Range<Int>) {
    guard !positions.isEmpty, let thread else { return }
    let product = Product()
    ahead = (positions, product)
    do {
      let making = try chunks.making(order.examples(at: positions))
      thread.begin { product.examples = Result { try making(true) } }
    } catch {
      product.examples = .failure(error)
    }
  }
}
