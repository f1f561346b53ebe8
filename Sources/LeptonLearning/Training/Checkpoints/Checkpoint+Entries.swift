import LeptonTensor

// A checkpoint as named tensors and texts, which a file can hold.
extension Checkpoint {
  /// What a file of this form says of itself.
  public static let format = "lepton checkpoint 3"

  /// The tensors: `parameters/0.dense.kernel`, `memory/0.dense.kernel/mean`, `history/loss`.
  public func tensors() throws -> [(name: String, tensor: Tensor)] {
    var all: [(name: String, tensor: Tensor)] = []
    func add(_ tree: ParameterTree, below prefix: String) {
      all += tree.entries.map { (prefix + $0.path, $0.tensor) }
    }
    add(parameters, below: "parameters/")
    add(states, below: "states/")
    add(memory, below: "memory/")
    if let best {
      add(best.parameters, below: "best/parameters/")
      add(best.states, below: "best/states/")
      all.append(("best loss", try Tensor([best.loss], shape: [1])))
    }
    for (number, sums) in sums.enumerated() {
      all.append(("sums/\(number)", try Tensor(sums, shape: [sums.count])))
    }
    all.append(("seconds", try Tensor([place.seconds], shape: [1])))
    for (name, numbers) in history.columns {
      all.append(("history/\(name)", try Tensor(numbers, shape: [numbers.count])))
    }
    return all
  }

  /// The texts: the facts of the run and its place.
  public var texts: [String: String] {
    var texts = facts.reduce(into: [String: String]()) { $0["run/\($1.name)"] = $1.value }
    texts["format"] = Checkpoint.format
    texts["key"] = String(key, radix: 16)
    texts["epoch"] = "\(place.epoch)"
    texts["step"] = "\(place.step)"
    texts["position"] = "\(place.position)"
    texts["best epoch"] = best.map { "\($0.epoch)" }
    texts["stopped"] = history.stopped?.rawValue
    return texts
  }

  /// Reads what ``tensors()`` and ``texts`` wrote.
  ///
  /// - Throws: `TensorError` with code `train/checkpoint` if something is missing or cannot be.
  public init(tensors: [(name: String, tensor: Tensor)], texts: [String: String]) throws {
    let reader = CheckpointReader(tensors: tensors, texts: texts)
    guard texts["format"] == Checkpoint.format else {
      throw TensorError("train/checkpoint", "it is no checkpoint of this version of Lepton")
    }
    guard let key = texts["key"].flatMap({ UInt64($0, radix: 16) }) else {
      throw reader.lacking("key")
    }
    self.key = key
    facts = texts.filter { $0.key.hasPrefix("run/") }.sorted { $0.key < $1.key }.map {
      Fact(String($0.key.dropFirst(4)), $0.value)
    }
    place = Place(
      epoch: try reader.count("epoch"), step: try reader.count("step"),
      position: try reader.count("position"), seconds: try reader.number("seconds"))
    sums = try reader.numbered("sums/") { try reader.numbers("sums/\($0)") }
    parameters = reader.tree("parameters/")
    states = reader.tree("states/")
    memory = reader.tree("memory/")
    best = try texts["best epoch"].map { _ in
      Best(
        loss: try reader.number("best loss"), epoch: try reader.count("best epoch"),
        parameters: reader.tree("best/parameters/"), states: reader.tree("best/states/"))
    }
    history = try History(columns: reader.columns("history/"))
    history.stopped = texts["stopped"].flatMap(History.Stop.init)
  }
}

/// Reads the parts of a checkpoint by their names.
private struct CheckpointReader {
  let tensors: [(name: String, tensor: Tensor)]
  let texts: [String: String]

  func lacking(_ name: String) -> TensorError {
    TensorError("train/checkpoint", "its entry \"\(name)\" is missing or is not what it should be")
  }

  /// A whole number from 0 on.
  func count(_ name: String) throws -> Int {
    guard let count = texts[name].flatMap({ Int($0) }), count >= 0, count < 1 << 53 else {
      throw lacking(name)
    }
    return count
  }

  func numbers(_ name: String) throws -> [Double] {
    guard let tensor = tensors.first(where: { $0.name == name })?.tensor,
      tensor.elementType == .float64, tensor.shape.rank == 1
    else { throw lacking(name) }
    return try tensor.elements(as: Double.self)
  }

  func number(_ name: String) throws -> Double {
    guard let number = try numbers(name).first else { throw lacking(name) }
    return number
  }

  /// The tensors below a prefix.
  func tree(_ prefix: String) -> ParameterTree {
    tensors.filter { $0.name.hasPrefix(prefix) }.reduce(into: ParameterTree()) {
      $0[String($1.name.dropFirst(prefix.count))] = $1.tensor
    }
  }

  /// What stands under 0, 1, 2 and so on below a prefix.
  func numbered<Part>(_ prefix: String, _ part: (Int) throws -> Part) throws -> [Part] {
    var parts: [Part] = []
    while tensors.contains(where: { $0.name.hasPrefix("\(prefix)\(parts.count)") }) {
      parts.append(try part(parts.count))
    }
    return parts
  }

  func columns(_ prefix: String) throws -> [(name: String, numbers: [Double])] {
    let names = tensors.map(\.name).filter { $0.hasPrefix(prefix) }
    return try names.map { (String($0.dropFirst(prefix.count)), try numbers($0)) }
  }
}
