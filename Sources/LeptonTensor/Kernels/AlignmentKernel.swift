import Glibc

/// Connectionist temporal classification (Graves and others 2006): the probability that a sequence of
/// frames, each with a distribution over classes, says a sequence of labels, with blanks between them and
/// each label for one frame or more.
///
/// The states of an example are its labels with a blank before, between and behind them. Everything is
/// added up in logarithms and in double precision; one example is one tile.
struct AlignmentKernel<T: Real>: Sendable {
  private let shape: AlignmentShape
  private let failure: Failure

  init(_ problem: Problem) {
    shape = AlignmentShape(problem.inputs.map(\.shape), blank: problem.attributes.sizes[0])
    let shape = shape
    failure = Failure { place, detail in shape.mistake(place, detail) }
  }

  /// −log P for each example.
  func losses() -> Work {
    work(bytes: MemoryLayout<T>.stride, rows: 2) { example, memory, target in
      target.assumingMemoryBound(to: T.self)[0] = T(-example.forward(memory, keepsAll: false))
    }
  }

  /// The gradients of the losses by the frames' log-probabilities; zeros where P is 0.
  func slopes() -> Work {
    let count = shape.time * shape.classes
    return work(bytes: count * MemoryLayout<T>.stride, rows: shape.time + 2) {
      example, memory, target in
      let slopes = target.assumingMemoryBound(to: T.self)
      slopes.update(repeating: 0, count: count)
      let total = example.forward(memory, keepsAll: true)
      if total > -.infinity { example.backward(memory, total, slopes) }
    }
  }

  private func work(
    bytes: Int, rows: Int,
    _ body:
      @escaping @Sendable (
        AlignmentExample<T>, UnsafeMutablePointer<Double>, UnsafeMutableRawPointer
      ) -> Void
  ) -> Work {
    let (shape, failure) = (shape, failure)
    let frames = shape.time * shape.classes * MemoryLayout<T>.stride
    return Work(
      tiles: shape.batch,
      accesses: [
        .tiled(bytes: bytes), .tiled(bytes: frames), .tiled(bytes: shape.labels * 8),
        .tiled(bytes: 8), .tiled(bytes: 8),
      ],
      scratch: rows * (2 * shape.labels + 1) * 8, failure: failure
    ) { memory, tile in
      let example = AlignmentExample<T>(
        shape: shape, frames: memory.input(0, as: T.self) + tile * shape.time * shape.classes,
        labels: memory.input(1, as: Int.self) + tile * shape.labels,
        time: memory.input(2, as: Int.self)[tile], length: memory.input(3, as: Int.self)[tile])
      if let mistake = example.mistake {
        memset(memory.output + tile * bytes, 0, bytes)
        return failure.report(tile, mistake)
      }
      body(
        example, memory.scratch.assumingMemoryBound(to: Double.self), memory.output + tile * bytes)
    }
  }
}

/// The sizes of an alignment.
struct AlignmentShape: Sendable {
  let batch: Int
  let time: Int
  let classes: Int
  let labels: Int
  let blank: Int

  /// Reads the sizes of log-probabilities `[batch, time, classes]` and labels `[batch, most labels]`.
  init(_ operands: [Shape], blank: Int) {
    (batch, time, classes) = (operands[0][0], operands[0][1], operands[0][2])
    labels = operands[1][1]
    self.blank = blank
  }

  /// What an example that cannot be read is told.
  func mistake(_ example: Int, _ detail: Int) -> TensorError {
    let what =
      switch detail {
      case 0: "has a label that is no class of 0 to \(classes - 1), or the blank \(blank)"
      case 1: "has a length that is not within 0 to \(time) frames"
      default: "has a number of labels that is not within 0 to \(labels)"
      }
    return TensorError("value/range", "example \(example) \(what)")
  }
}

/// One example to be aligned.
struct AlignmentExample<T: Real> {
  let shape: AlignmentShape
  let frames: UnsafePointer<T>
  let labels: UnsafePointer<Int>
  let time: Int
  let length: Int

  /// What is wrong with the example, as the detail of a failure.
  var mistake: Int? {
    guard time >= 0, time <= shape.time else { return 1 }
    guard length >= 0, length <= shape.labels else { return 2 }
    for place in 0..<length {
      let label = labels[place]
      guard label >= 0, label < shape.classes, label != shape.blank else { return 0 }
    }
    return nil
  }

  private var states: Int { 2 * length + 1 }

  @inline(__always)
  private func label(_ state: Int) -> Int { state & 1 == 0 ? shape.blank : labels[state / 2] }

  /// Whether a state may follow the one before the last: a label that differs from the one before it.
  @inline(__always)
  private func skips(_ state: Int) -> Bool {
    state & 1 == 1 && state >= 3 && labels[state / 2] != labels[state / 2 - 1]
  }

  @inline(__always)
  private func frame(_ time: Int, _ state: Int) -> Double {
    Double(frames[time * shape.classes + label(state)])
  }

  /// log P, with log α of all frames in memory if they are kept, else of the last two.
  func forward(_ memory: UnsafeMutablePointer<Double>, keepsAll: Bool) -> Double {
    guard time > 0 else { return length == 0 ? 0 : -.infinity }
    for state in 0..<states { memory[state] = state < 2 ? frame(0, state) : -.infinity }
    for time in 1..<Swift.max(time, 1) {
      let before = memory + (keepsAll ? time - 1 : (time - 1) & 1) * states
      let now = memory + (keepsAll ? time : time & 1) * states
      for state in 0..<states {
        let sum = logSum(
          before[state], state > 0 ? before[state - 1] : -.infinity,
          skips(state) ? before[state - 2] : -.infinity)
        now[state] = sum + frame(time, state)
      }
    }
    let last = memory + (keepsAll ? time - 1 : (time - 1) & 1) * states
    return logSum(last[states - 1], states > 1 ? last[states - 2] : -.infinity, -.infinity)
  }

  /// Takes from the slopes the probability of each class in each frame, given the labels.
  func backward(
    _ memory: UnsafeMutablePointer<Double>, _ total: Double, _ slopes: UnsafeMutablePointer<T>
  ) {
    let rest = memory + shape.time * states
    for time in (0..<time).reversed() {
      let (now, later) = (rest + (time & 1) * states, rest + (1 - time & 1) * states)
      for state in 0..<states {
        now[state] =
          time == self.time - 1
          ? (state >= states - 2 ? 0 : -.infinity)
          : logSum(
            said(later, time + 1, state), said(later, time + 1, state + 1),
            state + 2 < states && skips(state + 2) ? said(later, time + 1, state + 2) : -.infinity)
        let share = exp(memory[time * states + state] + now[state] - total)
        slopes[time * shape.classes + label(state)] -= T(share)
      }
    }
  }

  /// What the frames from one on say from a state on.
  @inline(__always)
  private func said(_ later: UnsafePointer<Double>, _ time: Int, _ state: Int) -> Double {
    state < states ? later[state] + frame(time, state) : -.infinity
  }

  /// log(eᵃ + eᵇ + eᶜ).
  @inline(__always)
  private func logSum(_ a: Double, _ b: Double, _ c: Double) -> Double {
    let top = Swift.max(a, Swift.max(b, c))
    guard top > -.infinity else { return top }
    return top + log(exp(a - top) + exp(b - top) + exp(c - top))
  }
}
