extension Trace {
  /// How many products the matrix products of the steps from a place on add up.
  public func multiplyAdds(from start: Int) -> Int {
    (max(0, start)..<max(0, start, count)).reduce(0) { total, index in
      let node = self[index]
      guard case .operation(let operation, _) = node.kind, operation.name == Operation.matmul.name,
        let inner = node.inputs.first.flatMap({ self[$0].form.shape.sizes.last })
      else { return total }
      return total.addingSaturated(node.form.shape.count, times: inner)
    }
  }
}

extension Int {
  /// This number and a product, or the largest number if there is none so large.
  fileprivate func addingSaturated(_ a: Int, times b: Int) -> Int {
    let (product, isTooLarge) = a.multipliedReportingOverflow(by: b)
    let (sum, overflows) = addingReportingOverflow(product)
    return isTooLarge || overflows ? .max : sum
  }
}
