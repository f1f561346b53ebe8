extension Trace {
  /// How many products the steps from a place on add up.
  public func multiplyAdds(from start: Int) -> Int {
    (max(0, start)..<max(0, start, count)).reduce(0) { total, index in
      let node = self[index]
      guard case .operation(let operation, let attributes) = node.kind,
        let products = operation.multiplyAdds?(node.inputs.map { self[$0].form }, attributes)
      else { return total }
      let (sum, overflows) = total.addingReportingOverflow(products)
      return overflows ? .max : sum
    }
  }
}
