import LeptonSession

/// Gathers what a cell gives, up to a limit: an endless loop that prints must not fill the memory.
struct OutputTray {
  /// How many outputs a cell may give.
  static let countLimit = 10_000
  /// How many bytes of text a cell may give where nothing else is said.
  static let sizeLimit = 4 << 20

  /// What was gathered.
  private(set) var outputs: [Output] = []
  private var size = 0
  private let limit: Int
  /// Whether something was dropped.
  private(set) var isOverfull = false

  init(limit: Int?) { self.limit = limit ?? Self.sizeLimit }

  /// Takes an output, or drops it; a failure is always taken, for it is the last one.
  mutating func take(_ output: Output) {
    if case .text(let text) = output { size += text.utf8.count }
    if case .failure = output {
      outputs.append(output)
    } else if outputs.count >= Self.countLimit || size > limit {
      isOverfull = true
    } else {
      outputs.append(output)
    }
  }
}
