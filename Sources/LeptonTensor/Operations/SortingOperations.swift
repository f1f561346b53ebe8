// Order along an axis. The attribute `sizes` is `[1]` for descending order.

extension Operation {
  static let sortings: [Operation] = [sort, argsort]

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
}
