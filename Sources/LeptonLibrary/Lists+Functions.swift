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
      details: "`[x for x in values if test(x)]` says the same.",
      examples: ["filter([1, 2, 3, 4], x -> x % 2 == 0)": "[2, 4]"]
    ) { (context: Context, values: Elements, test: Callee) -> [Value] in
      guard let test = Test(test.value, context) else { return [] }
      return try values.list.filter(test.holds)
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
      "sort_by(values, key)", "The elements in the order of what a function gives for each.",
      details: "`sorted(values, key=...)` says the same.",
      examples: ["sort_by([3, -1, 2], abs)": "[-1, 2, 3]"]
    ) { (context: Context, values: Elements, key: Callee) -> [Value] in
      try values.list.ordered(by: key, descending: false, in: context)
    }
  }

  private static var groupBy: Builtin {
    Builtin(
      "group_by(values, key)",
      "A record of lists: the elements for which a function gives the same.",
      details:
        "The names are what the function gives, as text, in the order in which they come up.",
      examples: [
        "group_by([\"ant\", \"bee\", \"ape\"], first)": "{a: [\"ant\", \"ape\"], b: [\"bee\"]}"
      ]
    ) { (context: Context, values: Elements, key: Callee) -> Record in
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

extension [Value] {
  /// The elements in order; equals keep theirs.
  fileprivate func ordered(by key: Callee?, descending: Bool, in context: Context) throws -> [Value]
  {
    let keys = try key.map { key in try map { try key($0, in: context) } } ?? self
    if let places = keys.placesOfNumbers(descending: descending) { return places.map { self[$0] } }
    let order = try indices.sorted { one, other in
      if try keys[one].precedes(keys[other]) { return !descending }
      if try keys[other].precedes(keys[one]) { return descending }
      return one < other
    }
    return order.map { self[$0] }
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
