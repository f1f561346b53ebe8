import LeptonTensor

/// What a normalising layer learns: a factor and a summand for each channel, either of which may be left out.
struct ScaleAndShift {
  let scale: Initializer?
  let shift: Initializer?

  /// `(x − centre) · factor`, times the scale, plus the shift.
  ///
  /// `shape` is that of the parameters; they broadcast to the shape of `factor`.
  func apply(
    to x: Tensor, centre: Tensor, factor: Tensor, _ shape: [Int], in scope: ParameterScope
  ) throws -> Tensor {
    let factor =
      try scale.map { try factor.multiplying(scope.parameter("scale", shape, $0)) } ?? factor
    let shift = try shift.map { try scope.parameter("shift", shape, $0) }
    return try x.affine(
      centre: centre, factor: factor,
      shift: shift.map { try $0.broadcast(to: factor.shape.sizes) } ?? zeros(like: factor))
  }

  /// Normalised rows, times the scale, plus the shift.
  func apply(to x: Tensor, _ shape: [Int], in scope: ParameterScope) throws -> Tensor {
    guard scale != nil || shift != nil else { return x }
    let one = try Tensor(repeating: 1.0, shape: shape, type: x.elementType)
    return try apply(to: x, centre: zeros(like: one), factor: one, shape, in: scope)
  }

  private func zeros(like tensor: Tensor) throws -> Tensor {
    try Tensor(repeating: 0.0, shape: tensor.shape.sizes, type: tensor.elementType)
  }

  /// The arguments that differ from a word's own defaults, in Lepton.
  func arguments(besides defaults: ScaleAndShift) -> [String] {
    [("scale", scale, defaults.scale), ("shift", shift, defaults.shift)].compactMap {
      $1 == $2 ? nil : "\($0)=\($1?.source ?? "nothing")"
    }
  }

  /// Whether anything is learned.
  var isThere: Bool { scale != nil || shift != nil }

  /// Ones and zeros.
  static let standard = ScaleAndShift(scale: .ones, shift: .zeros)
}
