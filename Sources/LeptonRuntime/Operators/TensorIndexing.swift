import LeptonTensor

/// What `x[…]` gives for a tensor: NumPy's rules.
///
/// Slices are taken first, in one step that keeps every axis. If there are lists or masks, they are
/// broadcast together with single positions beside them; their axes are merged into one, and the
/// places on it are gathered. Their shape stands where the first of them stood if they are
/// neighbours, else in front. At the end single positions lose their axis and new axes are put in.
enum TensorIndexing {
  /// The part of a tensor that subscripts pick.
  static func value(of tensor: Tensor, at subscripts: [Subscript]) throws -> Tensor {
    let steps = try expand(subscripts, rank: tensor.shape.rank)
    var slices: [Slice] = []
    let isAdvanced = steps.contains(where: \.isGathering)
    for step in steps where step.axes > 0 {
      let axis = slices.count
      slices += try step.slices(
        tensor.shape.sizes[axis..<axis + step.axes], keepingPositions: isAdvanced)
    }
    let sliced = try tensor.sliced(slices)
    return try isAdvanced ? Gathering(sliced, steps).result() : reshape(sliced, steps)
  }

  /// Takes out the axes of single positions and puts in new ones.
  private static func reshape(_ tensor: Tensor, _ steps: [Step]) throws -> Tensor {
    guard steps.contains(where: { $0.isDropped || $0.isNew }) else { return tensor }
    var result: [Int] = []
    var axis = 0
    for step in steps {
      if step.isNew { result.append(1) }
      if !step.isDropped { result += tensor.shape.sizes[axis..<axis + step.axes] }
      axis += step.axes
    }
    return try tensor.reshaped(to: result)
  }

  /// Brings subscripts to one for each axis: `...` stands for the axes that are left.
  private static func expand(_ subscripts: [Subscript], rank: Int) throws -> [Step] {
    var steps = try subscripts.map(Step.init)
    let used = steps.reduce(0) { $0 + $1.axes }
    guard used <= rank else { throw LanguageError.tooManySubscripts(used, rank) }
    let rest = Step.whole(rank - used)
    let places = steps.indices.filter { steps[$0].isEllipsis }
    guard places.count <= 1 else { throw LanguageError.severalEllipses }
    if let place = places.first {
      steps[place] = rest
    } else if rank > used {
      steps.append(rest)
    }
    return steps
  }

  /// What a subscript does to the axes it is about.
  enum Step {
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
      case .position(let value): self = try Step.places(value)
      }
    }

    /// A list of positions, a mask, or a tensor that is one position.
    private static func places(_ value: Value) throws -> Step {
      guard let tensor = try value.asTensor() else { throw LanguageError.subscriptType(value) }
      if case .list = value, tensor.shape.count == 0 { return .gather(try tensor.cast(to: .int64)) }
      if tensor.elementType == .bool { return .mask(tensor) }
      guard tensor.elementType.isInteger else { throw LanguageError.subscriptType(value) }
      let isNumber = tensor.shape.rank == 0 && !tensor.isTraced
      return isNumber ? .drop(try tensor.integerItem()) : .gather(tensor)
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

    /// What is cut before anything is gathered.
    func slices(_ sizes: ArraySlice<Int>, keepingPositions: Bool) throws -> [Slice] {
      switch self {
      case .drop(let index) where !keepingPositions:
        let position = try Step.position(index, sizes)
        return [Slice(from: position, to: position + 1)]
      case .slice(let start, let stop, let step):
        if step == 0 { throw LanguageError("value/step", "the step of a slice must not be 0") }
        // A step beyond the axis takes one element, however large it is.
        let size = (sizes.first ?? 0) + 1
        return [Slice(from: start, to: stop, step: min(max(step ?? 1, -size), size))]
      default: return sizes.map { _ in Slice() }
      }
    }

    /// The positions on each of its axes; `nil` if it gathers nothing.
    func positions(_ sizes: ArraySlice<Int>) throws -> [Tensor]? {
      switch self {
      case .drop(let index):
        return [try Tensor([Step.position(index, sizes)], shape: [])]
      case .gather(let indices): return [try Step.checked(indices, sizes)]
      case .mask(let mask):
        guard mask.shape.sizes == Array(sizes) else {
          throw mask.shape.rank == 1
            ? LanguageError.mask(mask.shape.count, sizes.first ?? 0)
            : LanguageError.maskShape(mask.shape.sizes, Array(sizes))
        }
        return try mask.placesOfNonzero()
      default: return nil
      }
    }

    /// The position from 0 that an int means on an axis.
    private static func position(_ index: Int, _ sizes: ArraySlice<Int>) throws -> Int {
      let count = sizes.first ?? 0
      let position = index < 0 ? index + count : index
      guard position >= 0, position < count else {
        throw LanguageError.index(index, count, axis: sizes.startIndex)
      }
      return position
    }

    /// The shape that a single truth among positions has: one place, or none.
    func lonelyShape() throws -> Shape {
      guard case .mask(let mask) = self, mask.shape.rank == 0 else { return .scalar }
      return try Shape([mask.integerItem()])
    }

    /// Positions on an axis, which negative ones count from the end.
    private static func checked(_ indices: Tensor, _ sizes: ArraySlice<Int>) throws -> Tensor {
      if let index = try indices.place(outside: sizes.first ?? 0) {
        throw LanguageError.index(index, sizes.first ?? 0, axis: sizes.startIndex)
      }
      return indices
    }
  }
}

/// The gathering that lists, masks and the positions beside them ask for.
private struct Gathering {
  private let tensor: Tensor
  /// The axes that are gathered, and the positions on each.
  private var axes: [Int] = []
  private var positions: [Tensor] = []
  /// The shape to which the positions broadcast.
  private var shape = Shape.scalar
  /// The axes that stay, and how many of them stand before the gathered ones.
  private var keptAxes: [Int] = []
  private var axesBefore = 0
  /// The sizes of the axes that stay and of new ones, and how many stand before the gathered ones.
  private var sizes: [Int] = []
  private var sizesBefore = 0

  init(_ tensor: Tensor, _ steps: [TensorIndexing.Step]) throws {
    self.tensor = tensor
    var axis = 0
    var last: Int?
    var isApart = false
    for (place, step) in steps.enumerated() {
      let range = axis..<axis + step.axes
      axis = range.upperBound
      guard let found = try step.positions(tensor.shape.sizes[range]) else {
        keptAxes += range
        sizes += step.isNew ? [1] : Array(tensor.shape.sizes[range])
        continue
      }
      if last == nil { (axesBefore, sizesBefore) = (keptAxes.count, sizes.count) }
      isApart = isApart || place != (last ?? place - 1) + 1
      last = place
      axes += range
      positions += found
      shape = try ([try step.lonelyShape()] + found.map(\.shape)).reduce(shape, together)
    }
    if isApart { (axesBefore, sizesBefore) = (0, 0) }
  }

  private func together(_ a: Shape, _ b: Shape) throws -> Shape {
    do {
      return try a.broadcast(with: b)
    } catch is TensorError {
      throw LanguageError.positions(a.sizes, b.sizes)
    }
  }

  func result() throws -> Tensor {
    let order = keptAxes[..<axesBefore] + axes + keptAxes[axesBefore...]
    let merged = axes.reduce(1) { $0 * tensor.shape[$1] }
    let front = keptAxes[..<axesBefore].map { tensor.shape[$0] }
    let back = keptAxes[axesBefore...].map { tensor.shape[$0] }
    return try tensor.transposed(axes: Array(order)).reshaped(to: front + [merged] + back)
      .gathered(places().broadcast(to: shape.sizes), axis: axesBefore)
      .reshaped(to: sizes[..<sizesBefore] + shape.sizes + sizes[sizesBefore...])
  }

  /// The places on the merged axis, counted row by row.
  private func places() throws -> Tensor {
    if positions.count == 1 { return positions[0] }
    var places = try Tensor(repeating: 0, shape: [])
    for (axis, found) in zip(axes, positions) {
      let size = tensor.shape[axis]
      let positive = try Tensor.select(
        found.less(than: 0), found.cast(to: .int64).adding(size), found)
      places = try places.multiplying(size).adding(positive)
    }
    return places
  }
}
