import LeptonSyntax

extension Signature {
  /// Reads a heading.
  ///
  /// It never fails: what is wrong with the heading stands in `mistakes`.
  public init(heading text: String) {
    let heading = Parser.parseHeading(Source(name: "heading", text: text))
    self.init(
      name: heading.name,
      parameters: heading.parameters?.map {
        Parameter(name: $0.name, defaultValue: $0.defaultValue, isVariadic: $0.isVariadic)
      },
      isOpen: heading.isOpen)
    mistakes = heading.diagnostics
  }

  /// Takes the signature of a function of the program.
  public init(name: String, function: Function) {
    self.init(
      name: name,
      parameters: function.parameters.map {
        Parameter(name: $0.name.text, defaultValue: $0.defaultValue)
      })
  }
}
