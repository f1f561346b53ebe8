import LeptonSyntax

extension LiteralTypes {
  /// The literals that an argument of a Swift type may be; every type where that is not known.
  ///
  /// It mirrors what `bridging` of the standard types takes: an `Int` may be written `10.0`.
  package init(takenAs type: any Bridged.Type) {
    switch type {
    case is Int.Type, is Double.Type: self = .number
    case is Bool.Type: self = .bool
    case is String.Type: self = .string
    case is Record.Type: self = .record
    case let optional as any OptionalArgument.Type:
      self = LiteralTypes(takenAs: optional.wrapped).union(.nothing)
    default: self = .any
    }
  }
}

/// An argument that may be `nothing`.
private protocol OptionalArgument {
  static var wrapped: any Bridged.Type { get }
}

extension Optional: OptionalArgument where Wrapped: Bridged {
  fileprivate static var wrapped: any Bridged.Type { Wrapped.self }
}
