import LeptonRuntime

/// Names of columns or fields: one, several, or a list of them.
struct Names: Bridged {
  let list: [String]

  static var typeDescription: String { "a name or a list of names" }

  static func bridging(_ value: Value) throws -> Names {
    switch value {
    case .string(let name): return Names(list: [name])
    case .list, .object(is any ListLike):
      return Names(list: try [Value].bridging(value).flatMap { try bridging($0).list })
    default: throw mismatch(value)
    }
  }

  var value: Value { list.value }
}

extension Record {
  /// The record with other names, given as a record of old and new ones.
  func renamed(_ names: Record) throws -> Record {
    for name in names.names where self[name] == nil { throw missing(name) }
    var renamed = Record()
    for (name, value) in zip(self.names, values) {
      let new = try names[name].map(String.bridging) ?? name
      guard renamed[new] == nil else {
        throw LanguageError("value/names", "two fields would be called \(new.quoted)")
      }
      renamed[new] = value
    }
    return renamed
  }
}
