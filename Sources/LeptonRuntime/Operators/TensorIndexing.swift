import LeptonTensor

/// What `x[…]` gives for a tensor: NumPy's rules.
enum TensorIndexing {
  /// The part of a tensor that subscripts pick.
  ///
  /// Slices and single positions are taken first, in one step that keeps every axis; lists and masks
  /// follow, from the last axis to the first; then single positions lose their axis and new axes are
  /// put in.
  static func value(of tensor: Tensor, at subscripts: [Subscript]) throws -> Tensor {
    let steps = try expand(subscripts, rank: tensor.shape.rank)
    var slices: [Slice] = []
    var axis = 0
    for step in steps where step.axes > 0 {
      slices += try step.slices(tensor.shape.sizes[axis..<axis + step.axes])
      axis += step.axes
    }
    var result = try tensor.sliced(slices)
    result = try gather(result, steps)
    return try reshape(result, steps)
  }

  /// Lists and masks.
  private static func gather(_ tensor: Tensor, _ steps: [Step]) throws -> Tensor {
    var places: [(axis: Int, step: Step)] = []
    var axis = 0
    for step in steps {
      if step.isGathering { places.append((axis, step)) }
      axis += step.axes
    }
    if places.count > 1 { return try gatherTogether(tensor, places) }
    guard let (axis, step) = places.first else { return tensor }
    return try step.gather(tensor, axis: axis)
  }

  /// Several lists: they are broadcast together and pick single elements of their axes, which must
  /// stand next to each other.
  private static func gatherTogether(
    _ tensor: Tensor, _ places: [(axis: Int, step: Step)]
  ) throws -> Tensor {
    let first = places[0].axis
    guard places.indices.allSatisfy({ places[$0].axis == first + $0 && places[$0].step.axes == 1 })
    else {
      throw LanguageError(
        "value/index", "lists of positions must stand next to each other in an index")
    }
    let sizes = tensor.shape.sizes
    var flat: Tensor?
    for (axis, step) in places {
      let indices = try step.indices(count: sizes[axis])
      flat = try flat?.multiplying(sizes[axis]).adding(indices) ?? indices
    }
    let merged = sizes[first..<first + places.count].reduce(1, *)
    let shape = sizes[..<first] + [merged] + sizes[(first + places.count)...]
    guard let flat else { return tensor }
    return try tensor.reshaped(to: Array(shape)).gathered(flat, axis: first)
  }

  /// Takes out the axes of single positions and puts in new ones.
  private static func reshape(_ tensor: Tensor, _ steps: [Step]) throws -> Tensor {
    guard steps.contains(where: { $0.isDropped || $0.isNew }) else { return tensor }
    let sizes = tensor.shape.sizes
    var result: [Int] = []
    var axis = 0
    var isFirstGathered = true
    let several = steps.filter(\.isGathering).count > 1
    for step in steps {
      if step.isNew {
        result.append(1)
      } else if step.isDropped {
        axis += 1
      } else {
        let kept = step.isGathering ? (several && !isFirstGathered ? 0 : step.rank) : step.axes
        if step.isGathering { isFirstGathered = false }
        result += sizes[axis..<min(axis + kept, sizes.count)]
        axis += kept
      }
    }
    return try tensor.reshaped(to: result)
  }

  /// Brings subscripts to one for each axis: `...` stands for the axes that are left.
  private static func expand(_ subscripts: [Subscript], rank: Int) throws -> [Step] {
    var steps = try subscripts.map(Step.init)
    let used = steps.reduce(0) { $0 + $1.axes }
    guard used <= rank else { throw LanguageError.tooManySubscripts(used, rank) }
    let rest = Step.whole(rank - used)
    if let place = steps.firstIndex(where: \.isEllipsis) {
      steps[place] = rest
    } else {
      steps.append(rest)
    }
    return steps
  }

  /// What a subscript does to the axes it is about.
  private enum Step {
    case drop(Int)
    case slice(Int?, Int?, Int?)
    case gather(Tensor)
    case mask(Tensor)
    case new
    case ellipsis
    case whole(Int)

    init(_ item: Subscript) throws {
      switch item {
      case .ellipsis: self = .ellipsis
      case .slice(let start, let stop, let step): self = .slice(start, stop, step)
      case .position(.nothing): self = .new
      case .position(.int(let index)): self = .drop(index)
      case .position(let value):
        guard let tensor = try value.asTensor(), !tensor.elementType.isFloat else {
          throw LanguageError.subscriptType(value)
        }
        if tensor.elementType == .bool {
          self = .mask(tensor)
        } else {
          let isNumber = tensor.shape.rank == 0 && !tensor.isTraced
          self = isNumber ? .drop(try tensor.integerItem()) : .gather(tensor)
        }
      }
    }

    /// How many axes it is about.
    var axes: Int {
      switch self {
      case .drop, .slice, .gather: 1
      case .mask(let mask): mask.shape.rank
      case .whole(let count): count
      case .new, .ellipsis: 0
      }
    }

    var isDropped: Bool { if case .drop = self { true } else { false } }
    var isNew: Bool { if case .new = self { true } else { false } }
    var isEllipsis: Bool { if case .ellipsis = self { true } else { false } }
    var isGathering: Bool {
      switch self {
      case .gather, .mask: true
      default: false
      }
    }

    /// How many axes a list or mask leaves.
    var rank: Int {
      switch self {
      case .gather(let indices): indices.shape.rank
      default: 1
      }
    }

    /// What is cut before anything is gathered.
    func slices(_ sizes: ArraySlice<Int>) throws -> [Slice] {
      switch self {
      case .drop(let index):
        let position = try Subscript.position(index, count: sizes.first ?? 0)
        return [Slice(from: position, to: position + 1)]
      case .slice(let start, let stop, let step):
        if step == 0 { throw LanguageError("value/step", "the step of a slice must not be 0") }
        return [Slice(from: start, to: stop, step: step ?? 1)]
      default: return sizes.map { _ in Slice() }
      }
    }

    /// The positions on an axis of `count`, none of them negative.
    func indices(count: Int) throws -> Tensor {
      switch self {
      case .gather(let indices):
        if indices.isTraced { return indices }
        let numbers = try indices.elements(as: Int.self).map {
          try Subscript.position($0, count: count)
        }
        return try Tensor(numbers, shape: indices.shape.sizes)
      case .mask(let mask):
        let truths = try mask.elements(as: Int.self)
        guard truths.count == count else { throw LanguageError.mask(truths.count, count) }
        let numbers = truths.indices.filter { truths[$0] != 0 }
        return try Tensor(numbers, shape: [numbers.count])
      default: return try Tensor.range(count)
      }
    }

    /// Gathers along an axis; a mask of several axes takes them as one.
    func gather(_ tensor: Tensor, axis: Int) throws -> Tensor {
      let sizes = tensor.shape.sizes
      let masked = sizes[axis..<axis + axes]
      if case .mask(let mask) = self, mask.shape.sizes != Array(masked) {
        throw LanguageError.maskShape(mask.shape.sizes, Array(masked))
      }
      let count = masked.reduce(1, *)
      let shape = sizes[..<axis] + [count] + sizes[(axis + axes)...]
      return try tensor.reshaped(to: Array(shape)).gathered(indices(count: count), axis: axis)
    }
  }
}
