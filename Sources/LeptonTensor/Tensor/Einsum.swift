/// Einstein's summation: a product of tensors whose axes have names, summed over the names that the
/// result does not have.
///
/// `ij,jk->ik` is the matrix product. Operands are taken two at a time, from the left; each pair
/// becomes one batched matrix product.
struct Einsum {
  /// The name of an axis: a letter, or a place counted from the end of `...`.
  enum Label: Hashable {
    case letter(Character)
    case rest(Int)
  }

  /// A tensor whose axes have names, none of them twice.
  private struct Term {
    var tensor: Tensor
    var labels: [Label]
  }

  private let equation: EinsumEquation
  private let type: ElementType
  private var terms: [Term] = []
  private var sizes: [Label: Int] = [:]

  init(_ text: String, _ operands: [Tensor]) throws {
    equation = try EinsumEquation(text, ranks: operands.map(\.shape.rank))
    let types = operands.map(\.elementType)
    type = types.dropFirst().reduce(types[0]) { $0.promoted(with: $1) }
    for (place, operand) in operands.enumerated() {
      let term = Term(tensor: try operand.cast(to: type.asSum), labels: equation.inputs[place])
      try measure(term, operand: place)
      terms.append(try Einsum.diagonal(of: term))
    }
    terms = try terms.map(withoutSingles)
  }

  /// The result.
  func result() throws -> Tensor {
    var rest = terms[...]
    guard var total = rest.popFirst() else { throw EinsumEquation.noOperands }
    while let next = rest.popFirst() {
      total = try product(total, next, keeping: Set(equation.output + rest.flatMap(\.labels)))
    }
    total = try Einsum.summed(total, keeping: Set(equation.output))
    let order = equation.output.compactMap { total.labels.firstIndex(of: $0) }
    return try total.tensor.transposed(axes: order)
      .reshaped(to: equation.output.map { sizes[$0] ?? 1 }).cast(to: type)
  }

  /// Notes the size of each name; an axis of size 1 goes with any other.
  private mutating func measure(_ term: Term, operand: Int) throws {
    for (axis, label) in term.labels.enumerated() {
      let size = term.tensor.shape[axis]
      let known = sizes[label] ?? 1
      guard known == 1 || size == 1 || known == size else {
        throw EinsumEquation.sizes(label, size, axis: axis, operand: operand, known)
      }
      if sizes[label] == nil || known == 1 { sizes[label] = size }
    }
  }

  /// A name that stands twice takes the diagonal of its axes.
  private static func diagonal(of term: Term) throws -> Term {
    var term = term
    while let (first, second) = repetition(term.labels) {
      let label = term.labels[first]
      let (size, other) = (term.tensor.shape[first], term.tensor.shape[second])
      guard size == other else { throw EinsumEquation.diagonal(label, size, other) }
      let kept = term.labels.indices.filter { $0 != first && $0 != second }
      term.tensor = try term.tensor.transposed(axes: kept + [first, second]).diagonal()
      term.labels = kept.map { term.labels[$0] } + [label]
    }
    return term
  }

  private static func repetition(_ labels: [Label]) -> (Int, Int)? {
    for (place, label) in labels.enumerated() {
      if let first = labels[..<place].firstIndex(of: label) { return (first, place) }
    }
    return nil
  }

  /// Drops axes of size 1 that go with longer ones.
  private func withoutSingles(_ term: Term) throws -> Term {
    let singles = term.labels.indices.filter {
      term.tensor.shape[$0] == 1 && sizes[term.labels[$0]] != 1
    }
    guard !singles.isEmpty else { return term }
    return Term(
      tensor: try term.tensor.squeezed(axes: singles),
      labels: term.labels.indices.filter { !singles.contains($0) }.map { term.labels[$0] })
  }

  /// Sums over the names that nobody needs any more.
  private static func summed(_ term: Term, keeping kept: Set<Label>) throws -> Term {
    let axes = term.labels.indices.filter { !kept.contains(term.labels[$0]) }
    guard !axes.isEmpty else { return term }
    return Term(tensor: try term.tensor.sum(axes: axes), labels: term.labels.filter(kept.contains))
  }

  private func product(_ a: Term, _ b: Term, keeping kept: Set<Label>) throws -> Term {
    let a = try Einsum.summed(a, keeping: kept.union(b.labels))
    let b = try Einsum.summed(b, keeping: kept.union(a.labels))
    let shared = a.labels.filter(b.labels.contains)
    let (batch, inner) = (shared.filter(kept.contains), shared.filter { !kept.contains($0) })
    let rows = a.labels.filter { !shared.contains($0) }
    let columns = b.labels.filter { !shared.contains($0) }
    let left = try matrix(a, batch, rows, inner)
    let right = try matrix(b, batch, inner, columns)
    let product = try inner.isEmpty ? left.multiplying(right) : left.matmul(right)
    let labels = batch + rows + columns
    return Term(tensor: try product.reshaped(to: labels.map { sizes[$0] ?? 1 }), labels: labels)
  }

  /// A term as a batch of matrices.
  private func matrix(
    _ term: Term, _ batch: [Label], _ rows: [Label], _ columns: [Label]
  ) throws -> Tensor {
    let order = (batch + rows + columns).compactMap { term.labels.firstIndex(of: $0) }
    let shape = try [batch, rows, columns].map { labels in
      try Shape(labels.map { sizes[$0] ?? 1 }).count
    }
    return try term.tensor.transposed(axes: order).reshaped(to: shape)
  }
}

extension Tensor {
  /// Einstein's summation, as `ij,jk->ik` says it: names stand for axes, the products are summed
  /// over the names that the result does not have.
  ///
  /// Without `->` the result has the names that stand once, in alphabetical order. `...` stands for
  /// axes without a name, which broadcast. Throws `value/einsum` for an equation that does not read,
  /// `shape/einsum` for axes that do not go together.
  public static func einsum(_ equation: String, _ operands: [Tensor]) throws -> Tensor {
    guard !operands.isEmpty else { throw EinsumEquation.noOperands }
    return try Einsum(equation, operands).result()
  }
}
