import LeptonRuntime

/// What a written expression is meant to be; mostly it is.
enum Kind: CaseIterable {
  case int, float, bool, string, list, record, tensor, function, model, size, anything

  /// What a parameter most likely takes, by its name and by what its heading is known to accept.
  init(of parameter: Signature.Parameter) {
    self = Self.kinds[parameter.name] ?? Self.kind(accepted: parameter.accepts)
  }

  private static func kind(accepted types: LiteralTypes) -> Kind {
    if types == .any { return .anything }
    if types.contains(.int) { return types.contains(.float) ? .float : .int }
    let rows: [(LiteralTypes, Kind)] = [
      (.string, .string), (.function, .function), (.list, .list), (.record, .record),
      (.bool, .bool),
    ]
    return rows.first { types.contains($0.0) }?.1 ?? .anything
  }

  /// What the names of parameters promise.
  private static let kinds: [String: Kind] = {
    let rows: [(String, Kind)] = [
      ("x y a b q m matrix tensor inputs targets logits labels mask weights values", .tensor),
      ("list xs elements items pairs", .list),
      (
        "axis k n count units rank seed epochs batch depth times index digits width stride step",
        .int
      ),
      ("padding groups classes channels kernel size steps order decimals", .int),
      ("shape sizes axes input output repeats", .size),
      ("function f test key body by", .function),
      ("text part separator prefix suffix string old new pattern name path title", .string),
      ("model net layer block stage head", .model),
      ("keepdims bias shuffle descending", .bool),
      ("record fields options metrics", .record),
      (
        "rate scale low high share mean std slope alpha beta epsilon probability temperature",
        .float
      ),
    ]
    var kinds: [String: Kind] = [:]
    for (names, kind) in rows {
      for name in names.split(separator: " ") { kinds[String(name)] = kind }
    }
    return kinds
  }()
}
