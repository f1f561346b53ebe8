extension FormulaReader {
  /// Reads what a command takes, and makes of both what they say together.
  mutating func command(_ name: String) throws(Unreadable) -> Formula {
    if let formula = FormulaNames.formula(for: name) { return formula }
    if let style = LetterStyle(command: name) { return .styled(try argument(), style) }
    if let accent = FormulaNames.accents[name] { return .accent(try argument(), accent) }
    if let height = Self.height(of: name) { return .bracket(try bracket(), height: height) }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac":
      let fraction = Formula.fraction(try argument(), try argument(), isRuled: true)
      return name == "frac" ? fraction : .style(fraction, isDisplayed: name != "tfrac")
    case "binom", "dbinom", "tbinom":
      return .fence("(", .fraction(try argument(), try argument(), isRuled: false), ")")
    case "sqrt": return try root()
    case "text", "textrm", "textnormal", "textit", "textbf", "textsf", "texttt", "mbox":
      return .text(try words())
    case "operatorname":
      let takesLimits = peek() == .character("*")
      if takesLimits { next() }
      return .function(try words(), takesLimits: takesLimits)
    case "left": return try fence()
    case "middle": return .sign(try bracket(), .relation)
    case "begin": return try environment()
    default: return try arrangement(name)
    }
  }

  /// Reads what sets one thing over, under or into another.
  private mutating func arrangement(_ name: String) throws(Unreadable) -> Formula {
    switch name {
    case "overset", "stackrel":
      let above = try argument()
      return .stack(try argument(), below: nil, above: above)
    case "underset":
      let below = try argument()
      return .stack(try argument(), below: below, above: nil)
    case "xrightarrow", "xleftarrow":
      let arrow = Formula.sign(name == "xrightarrow" ? "→" : "←", .relation)
      return .stack(arrow, below: nil, above: try argument())
    case "substack":
      guard next() == .opening else { throw Unreadable() }
      let rows = try grid(until: .closing)
      next()
      return .grid(Formula.Grid(rows: rows, columns: [.centre], isSmall: true))
    case "boxed": return .boxed(try argument())
    case "phantom": return .phantom(try argument())
    case "not":
      guard case .sign(let sign, _) = try argument(), !sign.isEmpty else { throw Unreadable() }
      return .sign(FormulaNames.negation(of: sign), .relation)
    case "pmod":
      let inside: [Formula] = [.function("mod", takesLimits: false), try argument()]
      return .row([.space(1), .sign("(", .opening)] + inside + [.sign(")", .closing)])
    case "tag": return .row([.space(2), .text("(\(try words()))")])
    case "hline": return .row([])
    default: throw Unreadable()
    }
  }

  private mutating func root() throws(Unreadable) -> Formula {
    guard peek() == .character("[") else { return .root(try argument(), degree: nil) }
    guard let option = option() else { throw Unreadable() }
    var reader = FormulaReader(option)
    let degree = try reader.formula()
    return .root(try argument(), degree: degree)
  }

  // Brackets.

  private mutating func fence() throws(Unreadable) -> Formula {
    let left = try bracket()
    let inside = try row(until: [.command("right")])
    next()
    return .fence(left, inside, try bracket())
  }

  /// Reads a bracket; a point is none.
  private mutating func bracket() throws(Unreadable) -> String {
    switch next() {
    case .character("."): return ""
    case .character(let sign) where "()[]|/<>".contains(sign):
      return ["<": "⟨", ">": "⟩"][sign] ?? String(sign)
    case .command(let name):
      guard case .sign(let sign, let role) = FormulaNames.formula(for: name),
        [.opening, .closing, .ordinary].contains(role) || "↑↓".contains(sign)
      else { throw Unreadable() }
      return sign
    default: throw Unreadable()
    }
  }

  /// The height of the brackets for which `\big` and its like ask.
  private static func height(of name: String) -> Double? {
    let base = name.last.map { "lrm".contains($0) } == true ? String(name.dropLast()) : name
    return ["big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0][base]
  }

  // Environments.

  private mutating func environment() throws(Unreadable) -> Formula {
    let name = try words()
    let plain = name.hasSuffix("*") ? String(name.dropLast()) : name
    let columns = plain == "array" ? try self.columns() : [.centre]
    let rows = try grid(until: .command("end"))
    next()
    guard try words() == name else { throw Unreadable() }
    return try Self.arranged(Formula.Grid(rows: rows, columns: columns), as: plain)
  }

  /// A grid as an environment sets it.
  private static func arranged(
    _ grid: Formula.Grid, as name: String
  ) throws(Unreadable) -> Formula {
    var grid = grid
    if let (left, right) = brackets[name] { return .fence(left, .grid(grid), right) }
    switch name {
    case "cases", "dcases":
      grid.columns = [.left]
      grid.isDisplayed = name == "dcases"
      return .fence("{", .grid(grid), "")
    case "smallmatrix": grid.isSmall = true
    case "aligned", "align", "split", "alignedat", "eqnarray":
      grid.isJoined = name != "eqnarray"
      grid.columns = [.right, .centre, .left]
      grid.isDisplayed = true
    case "gathered", "gather", "equation", "multline": grid.isDisplayed = true
    case "array", "matrix": break
    default: throw Unreadable()
    }
    return .grid(grid)
  }

  private static let brackets = [
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
  ]

  private mutating func columns() throws(Unreadable) -> [Formula.Grid.Column] {
    let columns = try words().compactMap { letter -> Formula.Grid.Column? in
      ["l": .left, "c": .centre, "r": .right][letter]
    }
    return columns.isEmpty ? [.centre] : columns
  }
}
