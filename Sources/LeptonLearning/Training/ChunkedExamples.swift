import LeptonTensor

/// Examples of which some batches at a time, a chunk, are in memory, one chunk in the place of another.
protocol ChunkedExamples {
  /// How many examples a chunk holds: a whole number of batches.
  var chunk: Int { get }
  /// Whether making a chunk is work that another thread can do meanwhile.
  var isMadeAhead: Bool { get }
  /// What stands in the place of the first chunk until it is made.
  func placeholder() throws -> [Tensor]
  /// Draws what chance decides for an epoch.
  mutating func begin(epoch: Int) throws
  /// What makes the examples of some rows, at most a chunk; what is left of the chunk repeats the first.
  ///
  /// What must be done by the thread that trains, such as asking a function of the language for a part, is
  /// done here; what is returned may run on any thread.
  func making(_ rows: ArraySlice<Int>) throws -> ChunkMaking
}

/// Makes a chunk, on the thread that calls it alone or on all.
typealias ChunkMaking = @Sendable (_ isAlone: Bool) throws -> [Tensor]

/// How large chunks are.
enum ChunkSize {
  private static let mostExamples = 2048
  /// As many stay in the cache until they are trained on.
  private static let mostBytes = 1 << 20

  /// Whole batches, of few examples and few bytes, but at least one.
  static func examples(_ data: Dataset, batch: Int) -> Int {
    let bytes = data.tensors.reduce(1) {
      $0 + Form($1.shape, $1.elementType).byteCount / max(1, $1.shape[0])
    }
    let most = min(data.count, mostExamples, max(1, mostBytes / bytes))
    return batch * max(1, most / batch)
  }
}

/// Chunks of examples that come in parts.
struct StreamedExamples: ChunkedExamples {
  private let data: Dataset
  private let stream: ExampleStream
  /// The weights of the classes, if they count differently.
  private let classes: Tensor?
  let chunk: Int
  let isMadeAhead = false

  init(_ data: Dataset, _ stream: ExampleStream, classWeights: [Double]?, batch: Int) throws {
    self.data = data
    self.stream = stream
    classes = try data.classTable(classWeights)
    chunk = ChunkSize.examples(data, batch: batch)
  }

  func placeholder() throws -> [Tensor] {
    let rows = try Tensor([Int](repeating: 0, count: chunk), shape: [chunk])
    return try weighed(data.tensors.map { try $0.gathered(rows) })
  }

  func begin(epoch: Int) {}

  func making(_ rows: ArraySlice<Int>) throws -> ChunkMaking {
    let examples = try make(rows)
    return { _ in examples }
  }

  func make(_ rows: ArraySlice<Int>) throws -> [Tensor] {
    let examples = try weighed(stream.examples(at: rows))
    guard rows.count < chunk else { return examples }
    let places = Array(0..<rows.count) + [Int](repeating: 0, count: chunk - rows.count)
    let rows = try Tensor(places, shape: [chunk])
    return try examples.map { try $0.gathered(rows) }
  }

  /// The examples with the weights of their classes.
  private func weighed(_ examples: [Tensor]) throws -> [Tensor] {
    let weights = try Dataset.weights(examples.dropFirst(2).first, of: examples[1], by: classes)
    return examples.prefix(2) + (weights.map { [$0] } ?? [])
  }
}
