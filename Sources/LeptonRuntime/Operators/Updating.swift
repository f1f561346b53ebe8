import LeptonTensor

/// What `x.name[key] = value` makes of `x`.
///
/// What stands on the path is taken out, changed and put back, so that nothing is copied that nobody
/// else holds; a failure puts it back too.
enum Updating {
  /// A step of the path.
  enum Step {
    case field(String)
    case index([Subscript])

    /// The key, if the step is an index of one position.
    var key: Value? {
      guard case .index(let subscripts) = self, subscripts.count == 1,
        case .position(let key) = subscripts[0]
      else { return nil }
      return (try? subscripts[0].withoutTensor).flatMap(\.value) ?? key
    }
  }

  /// Changes a value along a path.
  static func update(_ value: inout Value, along path: ArraySlice<Step>, to new: Value) throws {
    guard let step = path.first else {
      value = new
      return
    }
    let rest = path.dropFirst()
    switch (value, step, step.key) {
    case (.record, .field(let name), _), (.record, _, .string(let name)?):
      try record(&value, name, rest, new)
    case (.object(let object), .field(let name), _):
      try self.object(&value, object, name, rest, new)
    case (.object(let object), .index(let subscripts), _):
      try self.object(&value, object, subscripts, rest, new)
    case (.list, _, .int(let index)?): try list(&value, index, rest, new)
    case (.list, .index(let subscripts), _): try list(&value, subscripts, rest, new)
    case (.tensor, .index(let subscripts), _): try tensor(&value, subscripts, rest, new)
    case (_, .field(let name), _): throw LanguageError.notSettable(name, value)
    case (_, .index, _): throw LanguageError.notUpdatable(value)
    }
  }

  private static func record(
    _ value: inout Value, _ name: String, _ rest: ArraySlice<Step>, _ new: Value
  ) throws {
    guard case .record(var record) = value else { return }
    value = .nothing
    defer { value = .record(record) }
    guard !rest.isEmpty else {
      record[name] = new
      return
    }
    guard let position = record.position(of: name) else {
      throw Fields.missing(name, in: .record(record))
    }
    try record.update(at: position) { try update(&$0, along: rest, to: new) }
  }

  private static func object(
    _ value: inout Value, _ object: any Object, _ name: String, _ rest: ArraySlice<Step>,
    _ new: Value
  ) throws {
    var new = new
    if !rest.isEmpty {
      guard var field = try object.field(name) else { throw Fields.missing(name, in: value) }
      try update(&field, along: rest, to: new)
      new = field
    }
    guard let changed = try object.setting(name, to: new) else {
      throw LanguageError.notSettable(name, value)
    }
    value = .object(changed)
  }

  private static func object(
    _ value: inout Value, _ object: any Object, _ subscripts: [Subscript],
    _ rest: ArraySlice<Step>, _ new: Value
  ) throws {
    var new = new
    if !rest.isEmpty {
      var part = try Indexing.value(of: value, at: subscripts)
      try update(&part, along: rest, to: new)
      new = part
    }
    guard let changed = try object.setting(subscripts, to: new) else {
      throw LanguageError.notUpdatable(value)
    }
    value = .object(changed)
  }

  private static func list(
    _ value: inout Value, _ index: Int, _ rest: ArraySlice<Step>, _ new: Value
  ) throws {
    guard case .list(var elements) = value else { return }
    value = .nothing
    defer { value = .list(elements) }
    let position = try Subscript.position(index, count: elements.count)
    try update(&elements[position], along: rest, to: new)
  }

  /// One subscript that picks several places, or several subscripts, which go on from element to element
  /// as long as each is one position: a list never becomes a tensor here.
  private static func list(
    _ value: inout Value, _ subscripts: [Subscript], _ rest: ArraySlice<Step>, _ new: Value
  ) throws {
    if subscripts.count == 1, rest.isEmpty { return try list(&value, subscripts[0], new) }
    guard subscripts.count > 1, let index = try subscripts[0].single else {
      throw LanguageError.placesOfLists
    }
    let inner = Step.index(Array(subscripts.dropFirst()))
    try list(&value, index, ([inner] + rest)[...], new)
  }

  /// A slice, a mask or a list of positions: one value for all, or as many as there are places.
  private static func list(_ value: inout Value, _ item: Subscript, _ new: Value) throws {
    guard case .list(var elements) = value else { return }
    value = .nothing
    defer { value = .list(elements) }
    let positions = try Indexing.positions(item, count: elements.count)
    guard case .list(let values) = new else {
      for position in positions { elements[position] = new }
      return
    }
    guard values.count == positions.count else {
      throw LanguageError.sliceCount(positions.count, values.count)
    }
    for (position, value) in zip(positions, values) { elements[position] = value }
  }

  /// A tensor: what the subscripts pick becomes the value, broadcast to its shape.
  ///
  /// The places are found by indexing the tensor of all positions the same way.
  private static func tensor(
    _ value: inout Value, _ subscripts: [Subscript], _ rest: ArraySlice<Step>, _ new: Value
  ) throws {
    guard case .tensor(let tensor) = value else { throw LanguageError.notUpdatable(value) }
    var new = new
    if !rest.isEmpty {
      var part = Value.tensor(try TensorIndexing.value(of: tensor, at: subscripts))
      try update(&part, along: rest, to: new)
      new = part
    }
    guard let operand = try new.operand() else { throw LanguageError.notElement(new) }
    value = .tensor(try tensor.replacing(subscripts, by: operand))
  }
}

extension Tensor {
  /// A copy in which what subscripts pick is something else; the last of several values for a place
  /// wins.
  fileprivate func replacing(_ subscripts: [Subscript], by operand: any TensorOperand) throws
    -> Tensor
  {
    let all = try Tensor.range(shape.count).reshaped(to: shape.sizes)
    let places = try TensorIndexing.value(of: all, at: subscripts)
    var new = try operand.tensor(beside: elementType).cast(to: elementType)
    let extra = Swift.max(new.shape.rank - places.shape.rank, 0)
    if new.shape.sizes.prefix(extra).allSatisfy({ $0 == 1 }) {
      new = try new.reshaped(to: Array(new.shape.sizes.dropFirst(extra)))
    }
    return try reshaped(to: [shape.count])
      .scattering(new.broadcast(to: places.shape.sizes), at: places).reshaped(to: shape.sizes)
  }
}
