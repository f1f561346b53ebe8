import LeptonLearning
import LeptonRuntime
import LeptonTensor

// What words with windows take: numbers for each axis, and what is put around.

extension Sizes {
  /// One number for each axis; a single one stands for all.
  func filled(_ axes: Int, _ what: String) throws -> [Int] {
    if list.count == axes { return list }
    guard list.count == 1, let only = list.first else {
      throw LanguageError(
        "value/range",
        "\(what) takes \(axes == 1 ? "one number" : "one number, or \(axes)"), not \(list)")
    }
    return Array(repeating: only, count: axes)
  }
}

/// What is put around an input: `"same"`, `1`, `[1, 2]`, `[[0, 1], [1, 0]]`.
struct PaddingArgument: Bridged {
  private enum Form {
    case named(Padding)
    /// Numbers before and after an axis.
    case numbers([[Int]])
  }

  let value: Value
  private let form: Form

  static var typeDescription: String { "\"valid\", \"same\", \"causal\", or numbers" }

  static func bridging(_ value: Value) throws -> PaddingArgument {
    switch value {
    case .string(let name):
      let names: [(String, Padding)] = [("valid", .valid), ("same", .same), ("causal", .causal)]
      let place = try Library.choice(name, of: names.map(\.0), "padding")
      return PaddingArgument(value: value, form: .named(names[place].1))
    case .list(let elements):
      return PaddingArgument(value: value, form: .numbers(try elements.map(pair)))
    default:
      guard let number = try? Int.bridging(value) else { throw mismatch(value) }
      return PaddingArgument(value: value, form: .numbers([[number, number]]))
    }
  }

  private static func pair(_ value: Value) throws -> [Int] {
    guard case .list = value else {
      let number = try Int.bridging(value)
      return [number, number]
    }
    let pair = try [Int].bridging(value)
    guard pair.count == 2 else {
      throw LanguageError(
        "value/range", "a padding has one number before an axis and one after it, not \(pair)")
    }
    return pair
  }

  /// The padding of so many axes; a single number stands for all.
  func padding(_ axes: Int) throws -> Padding {
    switch form {
    case .named(let padding): return padding
    case .numbers(let pairs):
      if pairs.count == axes { return .explicit(pairs) }
      guard pairs.count == 1 else {
        throw LanguageError("value/range", "padding takes one number for each of \(axes) axes")
      }
      return .explicit(Array(repeating: pairs[0], count: axes))
    }
  }

  /// The padding of one or two axes, as many as there are numbers for.
  func padding() throws -> Padding {
    if case .numbers(let pairs) = form { return try padding(max(1, min(pairs.count, 2))) }
    return try padding(1)
  }
}

/// What stands in the padding: zeros, or elements of the input.
struct BorderArgument: Bridged {
  let margin: Margin?

  static var typeDescription: String { "the name of a border" }

  static func bridging(_ value: Value) throws -> BorderArgument {
    let names = ["zeros"] + Margin.allCases.map(\.rawValue)
    let place = try Library.choice(String.bridging(value), of: names, "border")
    return BorderArgument(margin: place == 0 ? nil : Margin.allCases[place - 1])
  }

  var value: Value { .string(margin?.rawValue ?? "zeros") }
}

/// The numbers of windows over so many axes.
struct WindowArguments {
  let axes: Int
  let size: Sizes
  let stride: Sizes
  let padding: PaddingArgument
  let dilation: Sizes
  var border: BorderArgument?

  /// The numbers together.
  func sliding() throws -> Sliding {
    try Sliding(
      size: size.filled(axes, "size"), stride: stride.filled(axes, "stride"),
      dilation: dilation.filled(axes, "dilation"), padding: padding.padding(axes),
      border: border?.margin)
  }
}
