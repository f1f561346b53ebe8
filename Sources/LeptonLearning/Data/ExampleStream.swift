import LeptonTensor

/// Examples that come in parts, of which one at a time is in memory.
///
/// What gives a part gives the same one each time; how many examples it has, and what they look like, is seen
/// once, when the stream is made, and held against each later coming.
public final class ExampleStream {
  /// What examples look like, the same in all parts.
  struct PartForm: Equatable {
    let inputs: Form
    let targets: Form
    let classes: [String]?
    let isWeighted: Bool
    let inputParts: Packing?
    let targetParts: Packing?
  }

  /// How many examples stand before each part, and behind the last.
  let starts: [Int]
  /// The smallest and the largest label; nothing where targets are no classes.
  let labels: ClosedRange<Int>?
  /// A few examples that show what all look like.
  let sample: Dataset
  private let form: PartForm
  private let make: (Int) throws -> Dataset
  private var current: (number: Int, part: Dataset)?
  /// The parts that were made, by their numbers; nothing where each is let go for the next.
  private var kept: [Int: Dataset]?

  /// Goes through all parts once.
  ///
  /// - Throws: what `make` throws; `TensorError` with code `data/part` if parts do not go together, `data/empty`
  ///   if there is no example.
  init(parts count: Int, _ make: @escaping (Int) throws -> Dataset) throws {
    var starts = [0]
    var labels: ClosedRange<Int>?
    var first: (sample: Dataset, form: PartForm, number: Int)?
    for number in 0..<max(0, count) {
      let part = try ExampleStream.resident(make(number), number)
      let form = try PartForm(of: part)
      if let first, form != first.form {
        throw ExampleStream.misfit(number, form, beside: first.number, first.form)
      }
      starts.append(try ExampleStream.sum(starts.last ?? 0, part.count))
      guard part.count > 0 else { continue }
      if let own = try part.labels() {
        let known = labels ?? own
        labels =
          min(known.lowerBound, own.lowerBound)...max(known.upperBound, own.upperBound)
      }
      if first == nil { first = (try part.excerpt(Declaration.batch), form, number) }
    }
    guard let first else {
      throw TensorError("data/empty", "there are no examples in the \(max(0, count)) parts")
    }
    self.starts = starts
    self.labels = labels
    self.make = make
    (sample, form) = (first.sample, first.form)
  }

  /// Takes parts of which is known how many examples they have and between which labels they lie: the first that
  /// has examples shows what all look like, and each is held against that when it comes.
  ///
  /// - Throws: what `make` throws; `TensorError` with code `data/empty` if there is no example.
  init(
    counts: [Int], labels: ClosedRange<Int>?, _ make: @escaping (Int) throws -> Dataset
  ) throws {
    guard let first = counts.firstIndex(where: { $0 > 0 }) else {
      throw TensorError("data/empty", "there are no examples in the \(counts.count) parts")
    }
    starts = try counts.reduce(into: [0]) { $0.append(try ExampleStream.sum($0.last ?? 0, $1)) }
    let part = try ExampleStream.resident(make(first), first)
    (self.labels, self.make) = (labels, make)
    form = try PartForm(of: part)
    sample = try part.excerpt(Declaration.batch)
  }

  /// Takes the parts of another stream, and keeps each once it was made.
  init(keeping other: ExampleStream) {
    (starts, labels, sample, form) = (other.starts, other.labels, other.sample, other.form)
    make = other.make
    kept = [:]
  }

  /// Takes some of the examples of each part of another stream: how many, and those at which places.
  ///
  /// - Throws: `TensorError` with code `data/empty` if that is no example.
  init(
    of other: ExampleStream, counts: [Int], places: @escaping (_ number: Int) throws -> [Int]
  ) throws {
    starts = try counts.reduce(into: [0]) { $0.append(try ExampleStream.sum($0.last ?? 0, $1)) }
    guard let count = starts.last, count > 0 else {
      throw TensorError("data/empty", "no example of \(other.count) is left on one side of the cut")
    }
    (labels, sample, form) = (other.labels, other.sample, other.form)
    make = { number in try other.part(number).subset(places(number), source: "") }
  }

  /// How many parts there are.
  public var partCount: Int { starts.count - 1 }

  /// How many examples there are in all.
  public var count: Int { starts.last ?? 0 }

  /// How many examples a part has.
  func count(of number: Int) -> Int { starts[number + 1] - starts[number] }

  /// The part of that number; the one before is let go.
  ///
  /// - Throws: what makes a part throws; `TensorError` with code `data/part` if it is another one than before.
  func part(_ number: Int) throws -> Dataset {
    if let current, current.number == number { return current.part }
    if let known = kept?[number] { return known }
    current = nil
    let part = try ExampleStream.resident(make(number), number)
    let form = try PartForm(of: part)
    guard part.count == count(of: number), form == self.form else {
      throw TensorError(
        "data/part",
        "part \(number) has changed: it has \(part.count) examples \(form.description), and it had "
          + "\(count(of: number)) \(self.form.description)",
        help: ["what gives a part must give the same one each time"])
    }
    if kept != nil { kept?[number] = part } else { current = (number, part) }
    return part
  }

  /// Inputs, targets, and weights if there are some, of the examples at some places of the whole.
  func examples(at places: some Collection<Int>) throws -> [Tensor] {
    var pieces: [[Tensor]] = []
    var rest = Array(places)[...]
    while let first = rest.first {
      let number = part(of: first)
      let own = starts[number]..<starts[number + 1]
      let run = rest.prefix { own.contains($0) }
      pieces.append(try part(number).examples(at: run.map { $0 - own.lowerBound }))
      rest = rest.dropFirst(run.count)
    }
    guard let first = pieces.first, pieces.count > 1 else { return pieces.first ?? [] }
    return try first.indices.map { index in try Tensor.concatenated(pieces.map { $0[index] }) }
  }

  /// The number of the part in which a place lies: the last that begins at or before it.
  private func part(of place: Int) -> Int {
    var (low, high) = (0, partCount - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= place { low = middle } else { high = middle - 1 }
    }
    return low
  }

  private static func sum(_ one: Int, _ two: Int) throws -> Int {
    let (sum, overflow) = one.addingReportingOverflow(two)
    if overflow { throw TensorError("data/part", "there are more examples than can be counted") }
    return sum
  }

  /// Refuses a part that comes in parts itself.
  private static func resident(_ part: Dataset, _ number: Int) throws -> Dataset {
    guard part.stream == nil else {
      throw TensorError("data/part", "part \(number) comes in parts itself")
    }
    return part
  }

  private static func misfit(
    _ number: Int, _ form: PartForm, beside other: Int, _ known: PartForm
  ) -> TensorError {
    TensorError(
      "data/part",
      "part \(number) has examples \(form.description), but part \(other) has some \(known.description)",
      help: ["all parts have inputs and targets of one shape and type, and the same classes"])
  }
}

extension ExampleStream.PartForm {
  fileprivate init(of part: Dataset) throws {
    inputs = try Form(Shape(part.exampleShape), part.inputType)
    targets = try Form(Shape(part.targetShape), part.targetType)
    classes = part.classes
    isWeighted = part.isWeighted
    inputParts = part.inputParts
    targetParts = part.targetParts
  }

  fileprivate var description: String {
    let names = classes.map { " of the classes \($0.joined(separator: ", "))" } ?? ""
    return
      "of \(inputs.elementType.rawValue) \(inputs.shape) with targets of \(targets.elementType.rawValue) "
      + "\(targets.shape)\(names)\(isWeighted ? " and weights" : "")"
  }
}
