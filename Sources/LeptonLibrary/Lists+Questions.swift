import LeptonRuntime
import LeptonTensor

extension Library {
  /// Words that look for something in a list, or look at all that stands in it.
  static var listQuestions: [Builtin] { [unique, count, contains, indexOf, flat] }

  private static var unique: Builtin {
    Builtin(
      "unique(values, counts = false, inverse = false)", "The different elements.",
      details: """
        Those of a list in the order in which they first stand, those of a tensor sorted; of a table, the \
        different rows. For a tensor `counts=true` and `inverse=true` give a record: `values`, `counts`, \
        how often each occurs, and `inverse`, for each element which of the values it is.
        """,
      examples: [
        "unique([3, 1, 3, 2, 1])": "[3, 1, 2]", "unique(tensor([3, 1, 3]))": "tensor([1, 3])",
      ]
    ) { (values: Value, counts: Bool, inverse: Bool) -> Value in
      if case .tensor(let tensor) = values { return try tensor.distinct(counts, inverse) }
      if counts || inverse { return try Tensor.bridging(values).distinct(counts, inverse) }
      if case .object(let table as TableObject) = values { return table.distinctRows.value }
      var seen: Set<ValueKey> = []
      return .list(
        try Elements.bridging(values).list.filter { seen.insert(try ValueKey($0)).inserted })
    }
  }

  private static var count: Builtin {
    Builtin(
      "count(values, what = nothing, axis = nothing, keepdims = false)",
      "How many elements are the same as a value, or pass a test.",
      details: """
        Without `what` it counts what is true or not 0. In a string it counts how often a text occurs, \
        without overlap. A tensor is counted over all axes, or over those that `axis` names.
        """,
      examples: [
        "count([1, 2, 1], 1)": "2", "count([1, 2, 3], x -> x > 1)": "2",
        "count(\"banana\", \"an\")": "2",
        "count(tensor([[1, 0], [2, 3]]), axis=0)": "tensor([2, 1])",
      ]
    ) { (context: Context, values: Value, what: Value, axis: Axes?, keep: Bool) -> Value in
      if case .string(let text) = values, case .string(let part) = what, !part.isEmpty {
        return .int(text.occurrences(of: part))
      }
      if let truths = try values.countable(what, isNamed: axis != nil || keep) {
        return .tensor(try truths.sum(axes: axis?.list, keepingDimensions: keep))
      }
      let elements = try Elements.bridging(values).list
      if let test = Test(what, context) { return .int(try elements.count(where: test.holds)) }
      if case .nothing = what { return .int(try elements.count { try $0.isTruth }) }
      let key = try ValueKey(what)
      return .int(try elements.count { try ValueKey($0) == key })
    }
  }

  private static var contains: Builtin {
    Builtin(
      "contains(values, part)", "Whether a list has an element, a text a part, or a record a name.",
      details: "`part in values` says the same.",
      examples: ["contains([1, 2], 2)": "true", "contains(\"lepton\", \"pto\")": "true"]
    ) { (values: Value, part: Value) -> Bool in
      try Comparison.contains(values, part)
    }
  }

  private static var indexOf: Builtin {
    Builtin(
      "index_of(values, part)", "The first place of an element in a list, or of a part in a text.",
      details: "It gives `nothing` where there is none.",
      examples: ["index_of([\"a\", \"b\"], \"b\")": "1", "index_of(\"lepton\", \"t\")": "3"]
    ) { (values: Value, part: Value) -> Int? in
      if case .string(let text) = values, case .string(let part) = part {
        return text.place(of: part)
      }
      return try Elements.bridging(values).list.firstIndex { try Comparison.isSame($0, part) }
    }
  }

  private static var flat: Builtin {
    Builtin(
      "flat(values)", "The elements of all lists in a list, however deep.",
      details: "`flatten()` is the layer; `x.reshape(-1)` lays a tensor out flat.",
      examples: ["flat([1, [2, [3]], []])": "[1, 2, 3]"]
    ) { (values: [Value]) -> [Value] in
      var rest = Array(values.reversed())
      var flat: [Value] = []
      while let next = rest.popLast() {
        if case .list(let elements) = next {
          rest.append(contentsOf: elements.reversed())
        } else {
          flat.append(next)
        }
      }
      return flat
    }
  }
}

extension Tensor {
  /// The different elements in ascending order, with what else is asked for in a record.
  fileprivate func distinct(_ counts: Bool, _ inverse: Bool) throws -> Value {
    let found = try distinctElements()
    if !counts && !inverse { return .tensor(found.values) }
    var record = Record(["values": .tensor(found.values)])
    if counts { record["counts"] = .tensor(found.counts) }
    if inverse { record["inverse"] = .tensor(try found.inverse.reshaped(to: shape.sizes)) }
    return .record(record)
  }
}

extension Value {
  /// What is counted of a tensor as truths: what is not 0, or equals a value; `nil` for all else.
  ///
  /// A list counts as a tensor if axes are named.
  fileprivate func countable(_ what: Value, isNamed: Bool) throws -> Tensor? {
    guard isTensor || isNamed, what.callable == nil else { return nil }
    let tensor = try Tensor.bridging(self)
    if case .nothing = what { return try tensor.cast(to: .bool) }
    return try tensor.equal(to: Numeric.bridging(what).operand)
  }

  private var isTensor: Bool { if case .tensor = self { true } else { false } }

  /// Whether a number or a truth is not 0 and not false.
  fileprivate var isTruth: Bool {
    get throws {
      switch self {
      case .bool(let bool): return bool
      default: return try Numeric.bridging(self).number != 0
      }
    }
  }
}
