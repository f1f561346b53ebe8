/// The gradients of a traced number with respect to traced tensors, as further steps of the trace.
///
/// Because derivatives are operations, gradients can be differentiated again. A tensor on which
/// `result` does not depend gets zeros. To differentiate with respect to a tensor that is itself
/// computed, pass ``Tensor/distinct()`` of it into the computation.
///
/// Throws `gradient/scalar` unless `result` is a single fraction, `gradient/type` if one of the
/// tensors holds no fractions, `trace/foreign` if one is not of the trace.
public func gradients(of result: Tensor, withRespectTo tensors: [Tensor]) throws -> [Tensor] {
  guard result.elementType.isFloat else {
    throw TensorError(
      "gradient/scalar", "a gradient needs a fraction, and this is \(result.elementType.rawValue)",
      help: ["what counts, compares or rounds has no gradient"])
  }
  guard result.shape.count == 1 else {
    throw TensorError(
      "gradient/scalar",
      "a gradient needs a single fraction, not a tensor of shape \(result.shape)",
      help: ["take a sum or a mean first"])
  }
  let seed = try Tensor(repeating: 1.0, shape: result.shape.sizes, type: result.elementType)
  return try pullback(of: result, seed, withRespectTo: tensors)
}

/// The gradients of `sum(result * seed)` with respect to traced tensors (a vector–Jacobian product).
public func pullback(
  of result: Tensor, _ seed: Tensor, withRespectTo tensors: [Tensor]
) throws -> [Tensor] {
  guard let trace = result.trace else {
    return try tensors.map {
      try Tensor(repeating: 0.0, shape: $0.shape.sizes, type: $0.elementType)
    }
  }
  var walk = try ReverseWalk(trace, from: result, seed, towards: tensors)
  return try walk.gradients()
}

/// The walk from a result back to what it was computed from.
private struct ReverseWalk {
  let trace: Trace
  let targets: [Int?]
  let forms: [Form]
  let start: Int
  let wanted: [Bool]
  /// What the readers of each step say of its gradient, which is the sum.
  var found: [Int: [Tensor]]

  init(_ trace: Trace, from result: Tensor, _ seed: Tensor, towards tensors: [Tensor]) throws {
    self.trace = trace
    for tensor in tensors where !tensor.elementType.isFloat {
      throw TensorError(
        "gradient/type", "there is no gradient with respect to \(tensor.elementType.rawValue)",
        help: ["cast it to float32 first"])
    }
    targets = try tensors.map { $0.trace === trace ? try trace.index(of: $0) : nil }
    forms = tensors.map(\.form)
    start = try trace.index(of: result)
    found = [start: [seed]]
    var wanted = [Bool](repeating: false, count: start + 1)
    for target in targets.compactMap(\.self) where target <= start { wanted[target] = true }
    for index in 0...start where !wanted[index] {
      let node = trace[index]
      wanted[index] = node.form.elementType.isFloat && node.inputs.contains { wanted[$0] }
    }
    self.wanted = wanted
  }

  mutating func gradients() throws -> [Tensor] {
    for index in (0...start).reversed() where wanted[index] { try visit(index) }
    return try zip(targets, forms).map { target, form in
      if let parts = target.flatMap({ found[$0] }) { return try GradientSum(parts, trace).total() }
      return try Tensor(repeating: 0.0, shape: form.shape.sizes, type: form.elementType)
    }
  }

  private mutating func visit(_ index: Int) throws {
    let node = trace[index]
    guard let parts = found[index], case .operation(let operation, let attributes) = node.kind,
      case .rule(let derivative) = operation.derivative
    else { return }
    let gradient = try GradientSum(parts, trace).total()
    if parts.count > 1 { found[index] = [gradient] }
    let step = Linearization(
      inputs: node.inputs.map(trace.tensor), output: trace.tensor(at: index),
      attributes: attributes, gradient: gradient, wanted: node.inputs.map { wanted[$0] })
    for (input, part) in zip(node.inputs, try derivative(step)) where wanted[input] {
      guard let part else { continue }
      found[input, default: []].append(part)
    }
  }
}
