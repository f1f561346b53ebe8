import LeptonRuntime

extension Library {
  /// Words that talk to whoever reads along.
  static var conversation: Family {
    Family(
      "Conversation",
      [
        Builtin("print(values...)", "Prints values with a space between them.") {
          (context: Context, values: [Value]) in
          context.emit(.text(values.map(\.display).joined(separator: " ")))
          return Value.nothing
        }
      ])
  }
}
