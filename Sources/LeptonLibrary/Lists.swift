import LeptonRuntime
import LeptonTensor

extension Library {
  /// Lists: making them, putting them together, asking about them.
  static var lists: Family {
    Family(
      "Lists",
      [
        len, range, list, push, pop, remove, removeAt, concat, first, last, drop, reverse,
        repeated, zip, enumerate,
      ] + listQuestions)
  }

  private static var len: Builtin {
    Builtin(
      "len(x)", "How many elements a value has.",
      details: """
        Those of a list, the names of a record, the code points of a string, the size of a tensor's \
        first axis, the rows of a table, the examples of a dataset.
        """,
      examples: ["len([4, 5, 6])": "3", "len(\"naïve\")": "5", "len(zeros([2, 7]))": "2"]
    ) { (x: Value) -> Int in
      switch x {
      case .list(let elements): return elements.count
      case .record(let record): return record.count
      case .string(let string): return string.unicodeScalars.count
      case .tensor(let tensor): if let size = tensor.shape.sizes.first { return size }
      case .object(let object): if let count = object.count { return count }
      default: break
      }
      throw LanguageError(
        "type/argument", "\(x.typeDescription) has no length here",
        help: ["lists, records, strings, datasets and tensors with an axis have one"])
    }.shortened(by: .count)
  }

  private static var range: Builtin {
    Builtin(
      "range(start, stop = nothing, step = 1)", "Whole numbers in order.",
      details: """
        `range(n)` goes from 0 to n - 1, `range(a, b)` from a to b - 1, `range(a, b, step)` in steps; \
        the end is never part of it. The numbers are made as they are needed: `list(range(n))` is a \
        list, `arange(n)` a tensor.
        """,
      examples: [
        "list(range(4))": "[0, 1, 2, 3]", "list(range(2, 5))": "[2, 3, 4]",
        "[x^2 for x in range(5, 0, -2)]": "[25, 9, 1]",
      ]
    ) { (start: Int, stop: Int?, step: Int) -> Value in
      let (first, end) = stop.map { (start, $0) } ?? (0, start)
      return .object(try IntegerRange(from: first, to: end, by: step))
    }.shortened(by: .range)
  }

  private static var list: Builtin {
    Builtin(
      "list(x)", "The elements of a value as a list.",
      details: """
        A string gives its characters, a record its pairs of name and value, a tensor its numbers \
        (nested lists where it has more than one axis).
        """,
      examples: [
        "list(\"abc\")": "[\"a\", \"b\", \"c\"]",
        "list(tensor([[1, 2], [3, 4]]))": "[[1, 2], [3, 4]]",
      ]
    ) { (x: Value) -> Value in
      if case .tensor(let tensor) = x, tensor.shape.rank > 0 { return try tensor.nested() }
      return .list(try Elements.bridging(x).list)
    }
  }

  private static var push: Builtin {
    Builtin(
      "push(values, value)", "The list with one more element at its end.",
      details: "`xs = push(xs, x)` takes constant time on average.",
      examples: ["push([1, 2], 3)": "[1, 2, 3]"],
      changing: { values, value in
        guard case .list(var elements) = values else { throw [Value].mismatch(values) }
        try elements.checkGrowth()
        values = .nothing
        elements.append(value)
        return .list(elements)
      }
    ).shortened(by: .append)
  }

  private static var pop: Builtin {
    Builtin(
      "pop(values, count = 1)", "The list without its last element, or its last few.",
      details: """
        It undoes `push`; `last(values)` is the element. `xs = pop(xs)` takes constant time. \
        `remove_at(values, position)` leaves out another one.
        """,
      examples: ["pop([1, 2, 3])": "[1, 2]"],
      changing: { values, count in
        guard case .list(var elements) = values else { throw [Value].mismatch(values) }
        let count = try Int.bridging(count)
        guard (0...elements.count).contains(count) else {
          throw LanguageError(
            "value/empty", "a list of \(elements.count) elements cannot lose \(count)")
        }
        values = .nothing
        elements.removeLast(count)
        return .list(elements)
      })
  }

  private static var remove: Builtin {
    Builtin(
      "remove(values, value)", "The list without the first element that is the same as a value.",
      details: "`filter(values, x -> x != value)` leaves all of them out.",
      examples: ["remove([3, 1, 3], 3)": "[1, 3]"]
    ) { (values: [Value], value: Value) -> [Value] in
      let key = try ValueKey(value)
      guard let place = try values.firstIndex(where: { try ValueKey($0) == key }) else {
        throw LanguageError(
          "value/absent", "\(value.display) is not in the list",
          help: ["`if value in values { … }` asks first"])
      }
      return Array(values[..<place] + values[(place + 1)...])
    }
  }

  private static var removeAt: Builtin {
    Builtin(
      "remove_at(values, position)", "The list without the element at a position.",
      examples: ["remove_at([7, 8, 9], -1)": "[7, 8]"]
    ) { (values: [Value], position: Int) -> [Value] in
      let place = try Subscript.position(position, count: values.count)
      return Array(values[..<place] + values[(place + 1)...])
    }
  }

  private static var concat: Builtin {
    Builtin(
      "concat(values..., axis = 0)", "Lists, tensors or tables one after the other.",
      details: """
        Lists give a list, tensors a tensor, joined along `axis`; their other axes have the same sizes. \
        Tables give a table: they have the same columns, in any order. One list of lists, of tensors or \
        of tables stands for its elements.
        """,
      examples: [
        "concat([1, 2], [3])": "[1, 2, 3]", "concat([[1], [2, 3]])": "[1, 2, 3]",
        "concat(zeros([1, 2]), ones([1, 2]))": "tensor([[0.0, 0.0], [1.0, 1.0]])",
      ]
    ) { (values: [Value], axis: Int) -> Value in
      var parts = values
      if values.count == 1, case .list(let elements)? = values.first { parts = elements }
      if case .object(is TableObject)? = parts.first {
        return try TableObject.concatenated(parts.map(TableObject.bridging)).value
      }
      if axis == 0, let lists = try? parts.map([Value].bridging) {
        return .list(try joined(lists))
      }
      for part in parts where part.isScalar {
        throw LanguageError(
          "type/argument", "lists and tensors are joined, and this is \(part.typeDescription)",
          help: ["push(values, value) adds one element to a list"])
      }
      return .tensor(
        try Tensor.concatenated(parts.map { try Tensor.bridging($0) }, axis: axis))
    }
  }

  private static func joined(_ lists: [[Value]]) throws -> [Value] {
    let count = lists.reduce(0) { $0 + $1.count }
    try [Value].checkMemory(count: count)
    var joined: [Value] = []
    joined.reserveCapacity(count)
    for list in lists { joined += list }
    return joined
  }

  private static var first: Builtin {
    Builtin(
      "first(values)", "The first element.",
      examples: ["first([7, 8, 9])": "7", "first(\"abc\")": "\"a\""]
    ) { (values: Elements) -> Value in try values.nonEmpty("first").first ?? .nothing }
  }

  private static var last: Builtin {
    Builtin(
      "last(values)", "The last element.", examples: ["last([7, 8, 9])": "9"]
    ) { (values: Elements) -> Value in try values.nonEmpty("last").last ?? .nothing }
  }

  private static var drop: Builtin {
    Builtin(
      "drop(values, count)", "The elements behind the first so many.",
      details: """
        `values[count:]` says the same, and `head(values, count)` gives the others. `without(table, names...)` \
        leaves columns out.
        """,
      examples: ["drop([7, 8, 9], 2)": "[9]"]
    ) { (values: Value, count: Int) -> Value in
      try Indexing.value(
        of: values, at: [.slice(start: notNegative(count), stop: nil, step: nil)])
    }
  }

  private static func notNegative(_ count: Int) throws -> Int {
    guard count >= 0 else {
      throw LanguageError("value/range", "\(count) elements cannot be counted off")
    }
    return count
  }

  private static var reverse: Builtin {
    Builtin(
      "reverse(values)", "The elements backwards.",
      details: "A tensor is turned around along its first axis, a table by its rows.",
      examples: ["reverse([1, 2, 3])": "[3, 2, 1]", "reverse(\"abc\")": "\"cba\""]
    ) { (values: Value) -> Value in
      switch values {
      case .string(let string):
        .string(String(String.UnicodeScalarView(string.unicodeScalars.reversed())))
      case .tensor(let tensor): .tensor(try tensor.flipped(axes: [0]))
      case .object(let table as TableObject):
        table.with(table.data.rows((0..<table.data.rowCount).reversed())).value
      default: .list(try Elements.bridging(values).list.reversed())
      }
    }
  }

  private static var repeated: Builtin {
    Builtin(
      "repeat(value, times, axis = nothing)",
      "A text or a list several times over, or a list of one value.",
      details: """
        Of a tensor each element is repeated, or each place along `axis`, so many times; `times` may then \
        be a list with a number for each. `tile` puts a tensor side by side with itself.
        """,
      examples: [
        "repeat(\"ab\", 3)": "\"ababab\"", "repeat([1, 2], 2)": "[1, 2, 1, 2]",
        "repeat(0, 3)": "[0, 0, 0]", "repeat(tensor([1, 2]), 2)": "tensor([1, 1, 2, 2])",
      ]
    ) { (value: Value, times: Value, axis: Int?) -> Value in
      if case .tensor(let tensor) = value {
        let lines = try axis == nil ? tensor.reshaped(to: [-1]) : tensor
        return .tensor(try lines.repeatedEach(Sizes.bridging(times).list, axis: axis ?? 0))
      }
      return try value.repeated(Int.bridging(times))
    }
  }

  private static var zip: Builtin {
    Builtin(
      "zip(values...)", "Lists side by side: the first elements of all, then the second ones.",
      details: "It ends with the shortest of them.",
      examples: ["zip([1, 2], [\"a\", \"b\"])": "[[1, \"a\"], [2, \"b\"]]"]
    ) { (values: [Elements]) -> [Value] in
      let count = values.map(\.list.count).min() ?? 0
      return (0..<count).map { place in .list(values.map { $0.list[place] }) }
    }.walked(
      by: Builtin("zip(values...)", "The same, element by element.") { (values: [Value]) in
        try SideBySide(values)
      })
  }

  private static var enumerate: Builtin {
    Builtin(
      "enumerate(values, start = 0)", "Each element behind its number.",
      examples: ["enumerate([\"a\", \"b\"])": "[[0, \"a\"], [1, \"b\"]]"]
    ) { (values: Elements, start: Int) -> [Value] in
      try values.list.enumerated().map { place, element in
        let (number, overflow) = start.addingReportingOverflow(place)
        guard !overflow else {
          throw LanguageError("number/overflow", "the numbers do not fit an int")
        }
        return .list([.int(number), element])
      }
    }.walked(
      by: Builtin("enumerate(values, start = 0)", "The same, element by element.") {
        (values: Value, start: Int) in try SideBySide(numbering: values, from: start)
      })
  }
}

extension Value {
  /// Whether the value is one thing, neither a list nor a tensor.
  fileprivate var isScalar: Bool {
    switch self {
    case .list, .tensor: false
    default: true
    }
  }

  /// A text or a list so many times over, or a list of one value.
  fileprivate func repeated(_ times: Int) throws -> Value {
    let size =
      switch self {
      case .string(let string): string.utf8.count
      case .list(let elements): elements.count
      default: 1
      }
    let (total, overflow) = max(size, 1).multipliedReportingOverflow(by: times)
    guard times >= 0, !overflow, total <= Elements.limit else {
      throw LanguageError("value/range", "a value cannot be repeated \(times) times")
    }
    switch self {
    case .string(let string): return .string(String(repeating: string, count: times))
    case .list(let elements): return .list(Array(repeatElement(elements, count: times).joined()))
    default: return .list(Array(repeating: self, count: times))
    }
  }
}
