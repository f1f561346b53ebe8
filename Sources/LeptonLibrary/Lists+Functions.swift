import LeptonRuntime
import LeptonTensor

extension Library {
  /// Words that take functions of elements.
  static var listFunctions: Family {
    Family("Lists and functions", [map, filter, reduce, sorted, sortBy, groupBy, apply])
  }

  private static var map: Builtin {
    Builtin(
      "map(values, function)", "The list of what a function gives for each element.",
      details: "`[function(x) for x in values]` says the same.",
      examples: ["map([1, 2, 3], x -> x^2)": "[1, 4, 9]", "[4.0, 9.0].map(sqrt)": "[2.0, 3.0]"]
    ) { (context: Context, values: Elements, function: Callee) -> [Value] in
      try values.list.map { try function($0, in: context) }
    }
  }

  private static var filter: Builtin {
    Builtin(
      "filter(values, test)", "The elements for which a function gives true.",
      details: """
        `[x for x in values if test(x)]` says the same. Of a table it gives the table of those rows; the \
        function is given each row as a record.
        """,
      examples: ["filter([1, 2, 3, 4], x -> x % 2 == 0)": "[2, 4]"]
    ) { (context: Context, values: Value, test: Callee) -> Value in
      guard let test = Test(test.value, context) else { return .nothing }
      if case .object(let table as TableObject) = values {
        let kept = try table.rows.enumerated().filter { try test.holds(.record($0.element)) }
        return table.with(table.data.rows(kept.map(\.offset))).value
      }
      return .list(try Elements.bridging(values).list.filter(test.holds))
    }
  }

  private static var reduce: Builtin {
    Builtin(
      "reduce(values, function, start = nothing)",
      "Combines the elements from the left by a function of two values.",
      details: "Without a start it begins with the first element.",
      examples: [
        "reduce([1, 2, 3], (a, b) -> a * b)": "6",
        "reduce([\"a\", \"b\"], (all, x) -> [x, all], [])": "[\"b\", [\"a\", []]]",
      ]
    ) { (context: Context, values: Elements, function: Callee, start: Value) -> Value in
      var elements = values.list[...]
      var result = start
      if case .nothing = start { result = try values.nonEmpty("first")[0]; elements.removeFirst() }
      for element in elements { result = try function(result, element, in: context) }
      return result
    }
  }

  private static var sorted: Builtin {
    Builtin(
      "sorted(values, key = nothing, descending = false)", "The elements in order, as a list.",
      details: """
        Numbers are ordered by size, strings by code points, lists by their first elements that differ. \
        With `key`, a function, elements are ordered by what it gives. Equals keep their order. `sort` \
        sorts a tensor.
        """,
      examples: [
        "sorted([3, 1, 2])": "[1, 2, 3]",
        "sorted([\"b\", \"a\"], descending=true)": "[\"b\", \"a\"]",
        "sorted([\"ccc\", \"a\", \"bb\"], key=len)": "[\"a\", \"bb\", \"ccc\"]",
      ]
    ) { (context: Context, values: Elements, key: Callee?, descending: Bool) -> [Value] in
      try values.list.ordered(by: key, descending: descending, in: context)
    }
  }

  private static var sortBy: Builtin {
    Builtin(
      "sort_by(values, key, descending = false)",
      "The elements in the order of what a function gives for each.",
      details: """
        A table is sorted by a function of its rows, or by one or more of its columns, of which earlier \
        ones matter more: `sort_by(t, ["town", "age"], descending=[false, true])`. What is missing stands \
        last; equals keep their order.
        """,
      examples: [
        "sort_by([3, -1, 2], abs)": "[-1, 2, 3]",
        "table({x: [2, 3, 1]}).sort_by(\"x\", descending=true).x": "tensor([3, 2, 1])",
      ]
    ) { (context: Context, values: Value, key: Value, descending: Flags) -> Value in
      if case .object(let table as TableObject) = values {
        return try table.sorted(by: key, descending: descending.list, in: context).value
      }
      return .list(
        try Elements.bridging(values).list.ordered(
          by: Callee.bridging(key), descending: descending.list[0], in: context))
    }
  }

  private static var groupBy: Builtin {
    Builtin(
      "group_by(values, key)",
      "A record of lists: the elements for which a function gives the same.",
      details:
        """
        The names are what the function gives, as text, in the order in which they come up. A table is \
        grouped by a function of its rows, or by one or more of its columns; its groups are tables.
        """,
      examples: [
        "group_by([\"ant\", \"bee\", \"ape\"], first)": "{a: [\"ant\", \"ape\"], b: [\"bee\"]}"
      ]
    ) { (context: Context, values: Value, key: Value) -> Record in
      if case .object(let table as TableObject) = values {
        return try table.grouped(by: key, in: context)
      }
      let (values, key) = (try Elements.bridging(values), try Callee.bridging(key))
      var places: [String: Int] = [:]
      var names: [String] = []
      var groups: [[Value]] = []
      for element in values.list {
        let name = try key(element, in: context).text
        if let place = places[name] {
          groups[place].append(element)
        } else {
          places[name] = groups.count
          names.append(name)
          groups.append([element])
        }
      }
      return zip(names, groups).reduce(into: Record()) { $0[$1.0] = .list($1.1) }
    }
  }

  private static var apply: Builtin {
    Builtin(
      "apply(function, arguments)",
      "Calls a function with the elements of a list as its arguments.",
      examples: ["apply(max, [3, 7])": "7"]
    ) { (context: Context, function: Callee, arguments: [Value]) -> Value in
      try context.call(function.value, arguments)
    }
  }
}

/// One truth, or one for each of several things.
struct Flags: Bridged {
  let list: [Bool]

  static var typeDescription: String { "true, false or a list of these" }

  static func bridging(_ value: Value) throws -> Flags {
    guard case .list = value else { return Flags(list: [try Bool.bridging(value)]) }
    let list = try [Bool].bridging(value)
    guard !list.isEmpty else { throw mismatch(value) }
    return Flags(list: list)
  }

  var value: Value { list.value }
}

extension [Value] {
  /// The elements in order; equals keep theirs.
  func ordered(by key: Callee?, descending: Bool, in context: Context) throws -> [Value] {
    let keys = try key.map { key in try map { try key($0, in: context) } } ?? self
    return try keys.order(descending: descending).map { self[$0] }
  }

  /// The places of the elements in order; equals keep theirs.
  func order(descending: Bool) throws -> [Int] {
    if let places = placesOfNumbers(descending: descending) { return places }
    return try indices.sorted { one, other in
      let order = try self[one].order(to: self[other])
      if order != 0 { return (order < 0) != descending }
      return one < other
    }
  }

  /// The places of numbers in order, equals as they stand; `nil` if not all are ints or all floats.
  private func placesOfNumbers(descending: Bool) -> [Int]? {
    if let ints = numbers({ if case .int(let int) = $0 { int } else { nil } }) {
      return ints.places(descending: descending)
    }
    let floats = numbers { if case .float(let float) = $0, !float.isNaN { float } else { nil } }
    return floats?.places(descending: descending)
  }

  /// What a closure makes of all elements; `nil` if it makes nothing of one.
  private func numbers<Number>(_ number: (Value) -> Number?) -> [Number]? {
    var numbers: [Number] = []
    numbers.reserveCapacity(count)
    for element in self {
      guard let number = number(element) else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

extension Array where Element: Comparable {
  /// The places of the elements in order, equals as they stand.
  fileprivate func places(descending: Bool) -> [Int] {
    var pairs = enumerated().map { (key: $1, place: $0) }
    if descending {
      pairs.sort { $0.key > $1.key || ($0.key == $1.key && $0.place < $1.place) }
    } else {
      pairs.sort { $0.key < $1.key || ($0.key == $1.key && $0.place < $1.place) }
    }
    return pairs.map(\.place)
  }
}
