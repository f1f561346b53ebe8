import LeptonSyntax
import LeptonTensor

/// What stands behind a dot.
enum Fields {
  /// The value of a field; `nil` if there is none of that name.
  static func value(of name: String, in value: Value) throws -> Value? {
    switch value {
    case .record(let record): record[name]
    case .object(let object): try object.field(name)
    case .tensor(let tensor): try tensorField(name, of: tensor)
    default: nil
    }
  }

  /// The names that may stand behind a dot.
  static func names(of value: Value) -> [String] {
    switch value {
    case .record(let record): record.names
    case .object(let object): object.fieldNames
    case .tensor: ["shape", "type", "rank", "count", "T"]
    default: []
    }
  }

  private static func tensorField(_ name: String, of tensor: Tensor) throws -> Value? {
    switch name {
    case "shape": .list(tensor.shape.sizes.map(Value.int))
    case "type": .string(tensor.elementType.rawValue)
    case "rank": .int(tensor.shape.rank)
    case "count": .int(tensor.shape.count)
    case "T": .tensor(try tensor.matrixTransposed())
    default: nil
    }
  }

  /// The error of a field that is not there.
  ///
  /// - Parameter isWord: whether the library has a word of that name.
  static func missing(_ name: String, in value: Value, isWord: Bool = false) -> LanguageError {
    LanguageError(
      "name/field", "\(value.typeDescription) \(value.isMany ? "have" : "has") no field `\(name)`",
      help: help(for: name, names(of: value), isWord: isWord).map { [$0] } ?? [])
  }

  /// The error of a call behind a dot for which there is neither a field nor a function.
  ///
  /// - Parameter functions: the names of functions that it may be meant for.
  static func missing(_ name: String, calledOn value: Value, functions: [String]) -> LanguageError {
    let fields = names(of: value)
    let foreign = ForeignWord.hint(for: name)
    let near =
      Spelling.nearest(to: name, in: fields)
      ?? (foreign == nil ? Spelling.nearest(to: name, in: functions) : nil)
    let hint = near.map { "did you mean `\($0)`?" } ?? help(for: name, fields, isWord: false)
    let field = fields.isEmpty ? "" : ", and \(value.typeDescription) has no such field"
    return LanguageError(
      "name/field", "there is no function `\(name)`\(field)", help: hint.map { [$0] } ?? [])
  }

  private static func help(for name: String, _ names: [String], isWord: Bool) -> String? {
    if let near = Spelling.nearest(to: name, in: names) { return "did you mean `\(near)`?" }
    if isWord { return "`\(name)` is a word, and is called: \(name)(x) or x.\(name)()" }
    if let hint = ForeignWord.hint(for: name) { return hint }
    let shown = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return names.isEmpty ? nil : "its fields are \(shown)\(names.count > 10 ? ", …" : "")"
  }
}
