import LeptonTensor

/// Tries a loss on all targets that there are, so that one which it cannot take is told with its place, before
/// anything is trained on it.
///
/// Of the outputs only the shape is known: what depends on them is recorded and not computed, so this costs what
/// the loss computes of the targets alone. A step that is replayed from a plan looks at no value.
struct TargetCheck {
  let loss: Loss
  /// The shape of the outputs of one example.
  let outputShape: [Int]

  /// Takes the outputs of any number of examples.
  init(_ loss: Loss, outputs: Shape) {
    self.loss = loss
    outputShape = Array(outputs.sizes.dropFirst())
  }

  /// The most outputs of a chunk, because a loss may make a row of zeros and a one of each label.
  private static let chunkSize = 1 << 22
  /// The most outputs that are tried at once to tell a place in the data.
  private static let largestSize = 1 << 26

  /// How many outputs an example has.
  private var width: Int { max(1, (try? Shape(outputShape).count) ?? .max) }

  /// Tries the targets of a data set, or of those of its examples that are in memory.
  ///
  /// - Throws: what the loss throws, as of all examples up to the wrong one, so that their places are those in the data.
  func run(on data: Dataset) throws {
    guard isNeeded(for: data.targetType) else { return }
    let chunk = min(max(1, Self.chunkSize / width), 1024)
    for start in stride(from: 0, to: data.residentCount, by: chunk) {
      let end = min(start + chunk, data.residentCount)
      do {
        guard try run(on: data.residentTargets(start..<end)) else { return }
      } catch {
        if start > 0, end <= Self.largestSize / width { try run(on: data.residentTargets(0..<end)) }
        throw error
      }
    }
  }

  /// Tries some targets; false if the loss does something that is to be done while training alone.
  @discardableResult
  func run(on targets: Tensor) throws -> Bool {
    let trace = Trace()
    let shape = try Shape([targets.shape[0]] + outputShape)
    do {
      _ = try loss.apply(outputs: trace.input(Form(shape, .float32)), targets: targets)
      return true
    } catch  where trace.wasRead {
      guard !trace.hadEffect else { return false }
      _ = try loss.apply(
        outputs: Tensor(repeating: 0.0, shape: shape.sizes), targets: targets)
      return true
    }
  }

  /// Classes are held against the number of outputs without it, and squares of differences take any number.
  private func isNeeded(for targets: ElementType) -> Bool {
    switch loss {
    case .crossEntropy: targets.isFloat
    case .meanSquaredError: false
    case .custom: true
    }
  }
}

extension Dataset {
  /// How many of the examples are in memory: all, or a few where they come in parts.
  fileprivate var residentCount: Int { stream == nil ? count : allTargets.shape[0] }

  /// The targets of neighbours among those in memory.
  fileprivate func residentTargets(_ positions: Range<Int>) throws -> Tensor {
    guard rows != nil else {
      return try allTargets.sliced([Slice(from: positions.lowerBound, to: positions.upperBound)])
    }
    return try allTargets.gathered(Tensor(positions.map(row), shape: [positions.count]))
  }
}
