// Order along an axis. The attribute `sizes` is `[1]` for descending order.

extension Operation {
  static let sortings: [Operation] = [sort, argsort, searchSorted]

  /// The elements in order.
  public static let sort: Operation = Operation(
    "sort", "The elements in ascending order along an axis; NaN last.",
    rule: { forms, _ in forms[0] },
    kernel: { SortWork.work(of: $0.output.elementType, $0) },
    derivative: .rule { step in
      // The gradient goes back to where each element came from.
      let order = try argsort.applied([step.inputs[0]], step.attributes)
      let back = try order.sortedIndices(axis: step.attributes.axes[0])
      return [try step.gradient.takenAlong(back, axis: step.attributes.axes[0])]
    },
    batching: .shiftedAxes)

  /// The places of the elements in order.
  public static let argsort: Operation = Operation(
    "argsort", "The places of the elements in ascending order; equals keep theirs, NaN is last.",
    rule: { forms, _ in Form(forms[0].shape, .int64) },
    kernel: { ArgsortWork.work(of: $0.inputs[0].elementType, $0) },
    derivative: .none, batching: .shiftedAxes)

  /// The places of values in a sorted row.
  public static let searchSorted: Operation = Operation(
    "searchsorted",
    "How many elements of a sorted row stand before a value: those below it or, if `sizes` is [1], equal.",
    rule: { forms, _ in
      guard forms[0].shape.rank == 1 else {
        throw TensorError(
          "shape/axis", "values are searched in one sorted row, and its shape is \(forms[0].shape)")
      }
      return Form(forms[1].shape, .int64)
    },
    kernel: { SearchWork.work(of: $0.inputs[0].elementType, $0) },
    derivative: .none,
    batching: .rule { operation, operands, batched, attributes in
      guard batched[0] else { return try operation.applied(operands, attributes) }
      // Rows that differ are searched from end to end.
      let (row, values) = (operands[0], try operands[1].expanded(at: -1))
      let rank = values.shape.rank + (batched[1] ? 0 : 1)
      let rows = try row.reshaped(
        to: [row.shape[0]] + Array(repeating: 1, count: rank - 2) + [row.shape[1]])
      let isBefore =
        try attributes.sizes == [1] ? rows.lessOrEqual(to: values) : rows.less(than: values)
      let isLast = try values.notEqual(to: values)
        .and(attributes.sizes == [1] ? rows.equal(to: rows).or(true) : rows.equal(to: rows))
      return try isBefore.or(isLast).sum(axes: [-1])
    })
}
